import { useState } from 'preact/hooks';
import { api } from '../api.ts';
import { useDesk } from '../context.ts';
import { startSession } from '../session.ts';
import { words } from '../strings/index.ts';
import { say, sayProblem } from '../toast.ts';
import { Dialog } from './common/Dialog.tsx';

/** Demo is marked everywhere, and an owner can take it away with one click. */
export function DemoBanner() {
  const { person } = useDesk();
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const t = words();

  async function remove() {
    setBusy(true);
    const answer = await api.removeDemo();
    setBusy(false);
    setAsking(false);
    if (!answer.ok) return sayProblem(answer.code);
    // The person who removed it may have been part of it: then the way in is in the terminal, and nowhere else.
    say(person.demo ? t.demo.removedWithYou : t.demo.removed);
    await startSession();
  }

  return (
    <aside class="demo-banner" aria-label={t.demo.mark}>
      <span>{t.demo.banner}</span>
      {person.role === 'owner' && (
        <button type="button" class="link-button" onClick={() => setAsking(true)}>
          {t.demo.remove}
        </button>
      )}
      {asking && (
        <Dialog title={t.demo.removeTitle} onClose={() => setAsking(false)}>
          <p>{t.demo.removeText}</p>
          <footer class="dialog-foot">
            <button type="button" class="button" onClick={() => setAsking(false)}>
              {t.common.cancel}
            </button>
            <button type="button" class="button button-danger" disabled={busy} onClick={() => void remove()}>
              {t.demo.remove}
            </button>
          </footer>
        </Dialog>
      )}
    </aside>
  );
}
