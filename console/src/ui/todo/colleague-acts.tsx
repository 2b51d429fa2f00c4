/** What is asked for beyond the three follow-ups: effort for what cannot be replaced, and a word on goodwill. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { GoodwillDecision, Task } from '@fullname/shared/recovery';
import { repairText } from '@fullname/shared/text';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';
import { AskedGoodwill } from '../giving/AskedGoodwill.tsx';
import type { Ending } from './ending.ts';

export function EffortActs({ ending }: { readonly ending: Ending }) {
  const t = words().work.effort;
  const [said, setSaid] = useState('');
  const text = repairText(said).trim();
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        if (text) ending.end({ end: 'done', said: text }, t.ended);
      }}
    >
      <TextField label={t.said} value={said} onChange={setSaid} rows={3} maxLength={500} required />
      <div class="task-acts">
        <button type="submit" class="button button-primary" disabled={!text || ending.busy}>
          {t.done}
        </button>
      </div>
    </form>
  );
}

/** A colleague's wish above their budget: yes, or another way. */
export function GoodwillActs({ task, onDone }: { readonly task: Task; readonly onDone: () => void }) {
  const t = words().work.goodwill;
  const { work } = useDesk();
  const [instead, setInstead] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const { goodwill } = task;
  if (!goodwill) return null;

  async function decide(decision: GoodwillDecision, done: string): Promise<void> {
    if (busy || !goodwill) return;
    setBusy(true);
    const answer = await api.decideGoodwill(goodwill, decision);
    setBusy(false);
    if (!answer.ok) return setProblem(answer.code);
    say(done);
    onDone();
    work.changed();
  }

  const way = repairText(instead).trim();
  return (
    <div class="stack">
      <AskedGoodwill goodwill={goodwill} />
      <div class="task-acts">
        <button
          type="button"
          class="button button-primary"
          disabled={busy}
          onClick={() => void decide({ grant: true }, t.granted)}
        >
          {t.grant}
        </button>
      </div>
      <TextField label={t.instead} value={instead} onChange={setInstead} maxLength={500} optional />
      <div class="task-acts">
        <button
          type="button"
          class="button"
          disabled={busy || !way}
          onClick={() => void decide({ grant: false, instead: way }, t.declined)}
        >
          {t.decline}
        </button>
      </div>
      {problem && (
        <p class="form-problem" role="alert">
          {words().errors[problem]}
        </p>
      )}
    </div>
  );
}
