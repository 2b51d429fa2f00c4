import { session, startSession } from '../session.ts';
import { words } from '../strings/index.ts';
import { ToastRegion } from './common/Toast.tsx';
import { AcceptLink } from './entry/AcceptLink.tsx';
import { EntryPage } from './entry/EntryPage.tsx';
import { SignIn } from './entry/SignIn.tsx';
import { Workplace } from './Workplace.tsx';

/** Who sits here decides what is drawn. */
export function App() {
  return (
    <>
      <Page />
      <ToastRegion />
    </>
  );
}

function Page() {
  const now = session.value;
  if (now.state === 'signed-in') return <Workplace key={now.info.person.id} info={now.info} />;
  if (now.state === 'signed-out') return <SignIn ended={now.ended} problem={now.problem} />;
  if (now.state === 'invited') return <AcceptLink token={now.token} link={now.link} />;
  if (now.state === 'unreachable') return <Unreachable />;
  return (
    <main class="entry" aria-busy="true">
      <p class="visually-hidden">{words().connection.connecting}</p>
    </main>
  );
}

function Unreachable() {
  const t = words();
  return (
    <EntryPage title={t.connection.unreachable} lead={t.connection.unreachableHint}>
      <button type="button" class="button button-primary" onClick={() => void startSession()}>
        {t.common.tryAgain}
      </button>
    </EntryPage>
  );
}
