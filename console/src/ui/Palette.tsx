import type { ConversationRow } from '@fullname/shared/model';
import { type Desk, useDesk } from '../context.ts';
import { go } from '../route.ts';
import { type Strings, words } from '../strings/index.ts';
import { askToWrite, logFailure, type Overlay, overlay, recordForm, showCustomer } from '../view.ts';
import { Dialog } from './common/Dialog.tsx';
import { Icon, type IconName } from './common/Icon.tsx';
import { SearchChoices } from './common/SearchChoices.tsx';
import { nameOf } from './desk/ConversationRow.tsx';
import { capabilities } from './desk/capabilities.ts';
import { takeAndWrite } from './desk/ThreadHead.tsx';

type Choice = {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly beside: string;
  readonly act: () => void;
};

/** Ctrl/⌘ + K: a conversation, a page, an action, by a few letters. */
export function Palette({ onClose }: { readonly onClose: () => void }) {
  const desk = useDesk();
  const t = words();
  return (
    <Dialog title={t.palette.title} onClose={onClose} wide>
      <SearchChoices
        name="palette"
        label={t.palette.placeholder}
        listLabel={t.palette.title}
        nothing={<p class="field-hint">{t.palette.nothing}</p>}
        find={(query) => findChoices(desk, t, query)}
        onPick={(choice) => {
          onClose();
          choice.act();
        }}
      >
        {(choice) => (
          <>
            <Icon name={choice.icon} />
            <span dir="auto">{choice.label}</span>
            <small>{choice.beside}</small>
          </>
        )}
      </SearchChoices>
    </Dialog>
  );
}

function findChoices(desk: Desk, t: Strings, query: string): readonly Choice[] {
  const wanted = query.trim().toLowerCase();
  const fits = (choice: Choice) => `${choice.label} ${choice.beside}`.toLowerCase().includes(wanted);
  const conversations = desk.inbox.list.rows.value.slice(0, 20).map((row) => goTo(row, t));
  const known = [...actionsOf(desk, t), ...conversations, ...pagesOf(desk, t)].filter(fits);
  if (!wanted) return known;
  const search: Choice = {
    id: 'search',
    icon: 'search',
    label: query.trim(),
    beside: t.list.search,
    act: () => {
      go({ page: 'desk', conversation: null });
      desk.inbox.list.show('all');
      desk.inbox.list.search(query.trim());
    },
  };
  return [...known, search];
}

function goTo(row: ConversationRow, t: Strings): Choice {
  return {
    id: row.id,
    icon: 'person',
    label: nameOf(row),
    beside: row.preview?.text.slice(0, 60) ?? t.palette.conversations,
    act: () => go({ page: 'desk', conversation: row.id }),
  };
}

function pagesOf(desk: Desk, t: Strings): readonly Choice[] {
  const page = (id: string, label: string, act: () => void): Choice => ({
    id,
    icon: 'right',
    label,
    beside: t.palette.pages,
    act,
  });
  const moments = page('moments', t.rail.momentsTitle, () => go({ page: 'moments' }));
  const owner = [
    page('sites', t.settings.sites, () => go({ page: 'settings', section: 'sites' })),
    page('people', t.settings.people, () => go({ page: 'settings', section: 'people' })),
  ];
  return [
    page('desk', t.rail.desk, () => go({ page: 'desk', conversation: null })),
    page('todo', t.work.title, () => go({ page: 'todo', section: 'tasks' })),
    page('promises', t.work.tabs.promises, () => go({ page: 'todo', section: 'promises' })),
    page('help', t.work.help.title, () => go({ page: 'help' })),
    page('book', t.book.title, () => go({ page: 'book' })),
    ...(desk.person.role === 'back-office' ? [] : [moments]),
    ...(desk.person.role === 'owner' ? owner : []),
    page('guides', t.settings.guides, () => go({ page: 'settings', section: 'guides' })),
    page('account', t.settings.account, () => go({ page: 'settings', section: 'account' })),
  ];
}

function actionsOf(desk: Desk, t: Strings): readonly Choice[] {
  const open = desk.inbox.open.value;
  const action = (id: string, label: string, act: () => void): Choice => ({
    id,
    icon: 'hand',
    label,
    beside: t.palette.actions,
    act,
  });
  const show = (which: Overlay) => () => {
    overlay.value = which;
  };
  if (open.state !== 'ready') return [action('keys', t.keys.title, show('keys'))];
  const { thread } = open;
  const able = capabilities(desk, thread);
  return [
    ...(able.take ? [action('take', t.keys.take, () => void takeAndWrite(thread))] : []),
    ...(able.reply ? [action('reply', t.keys.reply, () => askToWrite('reply'))] : []),
    action('note', t.keys.note, () => askToWrite('note')),
    action('ask-help', t.work.help.ask, show('ask-help')),
    ...(able.handOver ? [action('hand-over', t.keys.handOver, show('hand-over'))] : []),
    ...(able.close ? [action('close', t.keys.close, show('farewell'))] : []),
    ...(able.record ? [action('failure', t.forms.failure, logFailure)] : []),
    ...(able.record
      ? (['preference', 'promise'] as const).map((form) =>
          action(form, t.forms[form], () => {
            showCustomer();
            recordForm.value = form;
          }),
        )
      : []),
    action('keys', t.keys.title, show('keys')),
  ];
}
