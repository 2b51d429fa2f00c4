import type { SessionInfo } from '@fullname/shared/api';
import { LOCALES } from '@fullname/shared/locale';
import { useEffect, useState } from 'preact/hooks';
import { openBook } from '../book.ts';
import { type Connection, connect } from '../connection.ts';
import { type Desk, DeskContext } from '../context.ts';
import { openInbox } from '../inbox.ts';
import { followTitle, ring } from '../notify.ts';
import { openOutboxStore } from '../outbox-store.ts';
import { openReader } from '../reader/reader.ts';
import { go, route } from '../route.ts';
import { endSession, startSession } from '../session.ts';
import { readySound } from '../sound.ts';
import { words } from '../strings/index.ts';
import { joinTabs } from '../tabs.ts';
import { sayProblem } from '../toast.ts';
import { openWork } from '../work.ts';
import { DemoBanner } from './DemoBanner.tsx';
import { DeskPage } from './desk/DeskPage.tsx';
import {
  LaterBook,
  LaterHelp,
  LaterMoments,
  LaterSettings,
  LaterStories,
  LaterTodo,
} from './later-pages.tsx';
import { Overlays } from './Overlays.tsx';
import { Rail } from './Rail.tsx';
import { StatusLine } from './StatusLine.tsx';

/** The signed-in console: opens the connection and the models, and closes them with the session. */
export function Workplace({ info }: { readonly info: SessionInfo }) {
  const [desk, setDesk] = useState<Desk | null>(null);
  const me = info.person.id;
  useEffect(() => {
    const opened = startDesk(info, setDesk);
    return () => void opened.then((stop) => stop());
  }, [me]);

  if (!desk) return <main class="workplace" aria-busy="true" />;
  const current: Desk = { ...desk, person: info.person, demo: info.demo };
  return (
    <DeskContext.Provider value={current}>
      <div class="workplace">
        {route.value.page === 'desk' && (
          <button type="button" class="skip-link" onClick={() => document.getElementById('thread')?.focus()}>
            {words().skip}
          </button>
        )}
        <Rail />
        <div class="stage">
          {info.demo && <DemoBanner />}
          <StatusLine />
          <RoutedPage />
        </div>
      </div>
      <Overlays />
    </DeskContext.Provider>
  );
}

function RoutedPage() {
  const now = route.value;
  if (now.page === 'book') return <LaterBook />;
  if (now.page === 'todo') return <LaterTodo />;
  if (now.page === 'help') return <LaterHelp />;
  if (now.page === 'stories') return <LaterStories />;
  if (now.page === 'moments') return <LaterMoments />;
  if (now.page === 'settings') return <LaterSettings />;
  return <DeskPage />;
}

async function startDesk(info: SessionInfo, ready: (desk: Desk) => void): Promise<() => void> {
  const connection: Connection = connect({ signedOut: endSession, otherRelease: reloadOnce });
  const me = info.person.id;
  const inbox = await openInbox({
    connection,
    store: await openOutboxStore(),
    me,
    onRow: (row, before) => ring(row, before, me),
    onOtherPerson: () => void startSession(),
  });
  const work = openWork(connection);
  const book = openBook(inbox.bookTold);
  // Read before the first conversation is opened, so that its phrases are there when it is drawn.
  for (const one of LOCALES) book.read(one);
  const reader = openReader(() => LOCALES.flatMap((one) => book.read(one)?.rules ?? []));
  const stops = [
    connection.on('signed-out', endSession),
    joinTabs(),
    readySound(),
    followTitle(inbox),
    followWaking(() => inbox.wake()),
    () => reader.stop(),
    () => book.stop(),
    () => work.stop(),
    () => inbox.stop(),
    () => connection.close(),
  ];
  // Those behind the desk are asked by colleagues: that is where their day begins.
  if (info.person.role === 'back-office' && location.hash === '') go({ page: 'help' });
  ready({ inbox, book, reader, work, person: info.person, demo: info.demo });
  connection.wake();
  return () => {
    for (const stop of stops) stop();
    document.title = 'Fullname';
  };
}

/** The machine woke, the network is back, the tab is seen again: look at once whether anything was missed. */
function followWaking(wake: () => void): () => void {
  const seen = () => {
    if (document.visibilityState === 'visible') wake();
  };
  for (const event of ['online', 'pageshow', 'focus'] as const) window.addEventListener(event, wake);
  document.addEventListener('visibilitychange', seen);
  return () => {
    for (const event of ['online', 'pageshow', 'focus'] as const) window.removeEventListener(event, wake);
    document.removeEventListener('visibilitychange', seen);
  };
}

/** Another release needs another page. Where that was done and did not help, as behind a cache, the page must not spin: it says so. */
function reloadOnce(): void {
  const last = Number(sessionStorage.getItem('fullname.console.reloaded') ?? 0);
  if (Date.now() - last < 600_000) {
    sayProblem('OLD_PROTOCOL');
    return;
  }
  sessionStorage.setItem('fullname.console.reloaded', String(Date.now()));
  location.reload();
}
