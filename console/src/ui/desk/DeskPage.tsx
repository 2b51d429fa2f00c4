import { useEffect } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { listenToKeys } from '../../keys.ts';
import { settings } from '../../preferences.ts';
import { go, route } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { askToWrite, beginAt, drawer, logFailure, overlay, pane, toggleCustomer } from '../../view.ts';
import { CustomerPane } from '../customer/CustomerPane.tsx';
import { ConversationList } from './ConversationList.tsx';
import { capabilities } from './capabilities.ts';
import { takeAndWrite } from './ThreadHead.tsx';
import { ThreadPane } from './ThreadPane.tsx';

/** Three panes: who waits, what was said, who it is. */
export function DeskPage() {
  const desk = useDesk();
  const { inbox } = desk;
  const conversation = route.value.page === 'desk' ? route.value.conversation : null;
  const open = inbox.open.value;

  useEffect(() => {
    inbox.select(conversation);
    pane.value = conversation === null ? 'list' : 'thread';
    drawer.value = false;
    beginAt(conversation);
  }, [conversation]);

  useEffect(
    () =>
      listenToKeys({
        help: () => show('keys'),
        palette: () => show('palette'),
        search: () => document.getElementById('search')?.focus(),
        down: () => step(1),
        up: () => step(-1),
        reply: () => askToWrite('reply'),
        note: () => askToWrite('note'),
        take: () => {
          const now = inbox.open.value;
          if (now.state === 'ready' && capabilities(desk, now.thread).take) void takeAndWrite(now.thread);
        },
        handOver: () => ifAble('handOver', () => show('hand-over')),
        close: () => ifAble('close', () => show('farewell')),
        failure: () => ifAble('record', logFailure),
        pane: toggleCustomer,
      }),
    [],
  );

  function ifAble(what: 'handOver' | 'close' | 'record', act: () => void): void {
    const now = inbox.open.value;
    if (now.state === 'ready' && capabilities(desk, now.thread)[what]) act();
  }

  function step(by: 1 | -1): void {
    const rows = inbox.list.rows.value;
    const now = inbox.open.value;
    const at = now.state === 'none' ? -1 : rows.findIndex((row) => row.id === now.id);
    const next = rows[at < 0 ? 0 : at + by];
    if (next) go({ page: 'desk', conversation: next.id });
  }

  return (
    <main
      class="desk"
      data-pane={pane.value}
      data-customer={settings.value.customerOpen ? 'open' : 'closed'}
      data-drawer={drawer.value ? 'open' : 'closed'}
    >
      <h1 class="visually-hidden">{words().list.title}</h1>
      <ConversationList />
      <ThreadPane />
      {open.state === 'ready' && <CustomerPane thread={open.thread} key={open.id} />}
    </main>
  );
}

function show(which: 'keys' | 'palette' | 'hand-over' | 'farewell'): void {
  overlay.value = which;
}
