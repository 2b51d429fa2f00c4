import { useDesk } from '../../context.ts';
import { dayOf, languageName, spanOf } from '../../format.ts';
import { go } from '../../route.ts';
import { locale, words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { askToWrite, narrow, type Overlay, overlay, toggleCustomer } from '../../view.ts';
import { Icon } from '../common/Icon.tsx';
import { Menu, type MenuItem } from '../common/Menu.tsx';
import { storyActs } from '../stories/story-acts.ts';
import { ClaimMark, nameOf, WaitTime } from './ConversationRow.tsx';
import { type Capabilities, capabilities } from './capabilities.ts';

/** Who it is, how long they wait, and what can be done. */
export function ThreadHead({ thread }: { readonly thread: Thread }) {
  const t = words();
  const detail = thread.detail.value;
  const name = nameOf(detail);
  return (
    <header class="thread-head">
      <button
        type="button"
        class="icon-button thread-back"
        aria-label={t.common.back}
        onClick={() => go({ page: 'desk', conversation: null })}
      >
        <Icon name="back" />
      </button>
      <div class="thread-who">
        <h2 dir="auto">
          {name}
          <ClaimMark row={detail} />
        </h2>
        <p class="thread-facts">
          <Facts thread={thread} />
        </p>
      </div>
      <Acts thread={thread} />
    </header>
  );
}

function Facts({ thread }: { readonly thread: Thread }) {
  const t = words();
  const { person } = useDesk();
  const detail = thread.detail.value;
  const live = detail.status === 'waiting' || detail.status === 'open';
  // A relay of the release before does not say it.
  const speaks = detail.speaks ?? detail.locale;
  return (
    <>
      {live && detail.waitingSince && (
        <span class="fact-wait">
          {t.list.views.waiting} <WaitTime since={detail.waitingSince} />
        </span>
      )}
      {detail.callBack && <b>{t.list.callBack(spanOf(detail.callBack.from, detail.callBack.to))}</b>}
      {!live && <span>{detail.status === 'closed' ? t.list.views.closed : t.thread.putAside}</span>}
      {!live && <span>{dayOf(detail.lastAt)}</span>}
      <span>{detail.site.name}</span>
      {speaks !== locale() && <span>{languageName(speaks)}</span>}
      {detail.holder && detail.holder.id !== person.id && (
        <span>{t.thread.heldBy(detail.holder.fullName)}</span>
      )}
      {detail.status === 'waiting' && detail.offeredTo && (
        <span>
          {detail.offeredTo.id === person.id
            ? t.list.offeredToYou
            : t.thread.offeredTo(detail.offeredTo.fullName)}
        </span>
      )}
      {detail.page && live && (
        <span class="fact-page">
          {detail.visitorHere ? t.thread.lookingAt : t.thread.wasLookingAt} “
          {detail.page.title || detail.page.url}”
        </span>
      )}
    </>
  );
}

/** What can be done, in the open; on a phone it moves into the menu, and taking is the composer's. */
function Acts({ thread }: { readonly thread: Thread }) {
  const t = words().thread;
  const desk = useDesk();
  const acts = actsOf(thread, capabilities(desk, thread));
  const shown = narrow.value ? [] : acts.filter((act) => act.inTheOpen);
  const menu = [...acts.filter((act) => !shown.includes(act)), ...storyActs(thread, desk.person)];
  return (
    <div class="thread-acts">
      {shown.map((act) => (
        <button
          key={act.label}
          type="button"
          class={act.primary ? 'button button-primary' : 'button'}
          {...(act.keys ? { 'data-tip': [act.hint, act.keys].filter(Boolean).join(' · ') } : {})}
          {...(act.keys ? { 'aria-keyshortcuts': act.keys } : {})}
          onClick={act.act}
        >
          {act.label}
        </button>
      ))}
      <button
        type="button"
        class="icon-button customer-toggle"
        data-tip="P"
        aria-keyshortcuts="P"
        aria-label={t.customer}
        onClick={toggleCustomer}
      >
        <Icon name="person" />
      </button>
      {menu.length > 0 && <Menu label={words().common.more} button={<Icon name="more" />} items={menu} />}
    </div>
  );
}

type Act = MenuItem & { readonly inTheOpen?: boolean; readonly primary?: boolean; readonly hint?: string };

function actsOf(thread: Thread, able: Capabilities): readonly Act[] {
  const t = words().thread;
  const show = (which: Overlay) => () => {
    overlay.value = which;
  };
  const take: Act = {
    label: t.take,
    keys: 'T',
    hint: t.takeHint,
    inTheOpen: true,
    primary: true,
    act: () => void takeAndWrite(thread),
  };
  return [
    ...(able.take ? [take] : []),
    ...(able.handOver ? [{ label: t.handOver, keys: 'H', inTheOpen: true, act: show('hand-over') }] : []),
    ...(able.close ? [{ label: t.close, keys: 'E', inTheOpen: true, act: show('farewell') }] : []),
    ...(able.reopen ? [{ label: t.reopen, inTheOpen: true, act: () => void reopen(thread) }] : []),
    ...(able.putAside ? [putAsideAct(thread)] : []),
  ];
}

function putAsideAct(thread: Thread): Act {
  const t = words().thread;
  const putAside = async (undo: boolean) => {
    const problem = await thread.putAside(undo);
    if (problem) sayProblem(problem);
    else if (!undo) say(t.setAsideDone, () => void putAside(true));
  };
  const isAside = thread.detail.value.status === 'spam';
  return { label: isAside ? t.takeBackPutAside : t.putAside, act: () => void putAside(isAside) };
}

/** Whoever takes a conversation means to answer: what is typed from now on is words, also while the relay is being asked. */
export async function takeAndWrite(thread: Thread): Promise<void> {
  askToWrite('reply');
  sayProblem(await thread.take());
}

async function reopen(thread: Thread): Promise<void> {
  const refused = await thread.reopen();
  sayProblem(refused);
  if (!refused) askToWrite('reply');
}
