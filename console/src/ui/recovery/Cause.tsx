import { CAUSES, type Cause as CauseName } from '@fullname/shared/recovery';
import { useId, useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { useChange } from './change.ts';
import { Trouble } from './FixStep.tsx';
import { wordsOf } from './failure-draft.ts';
import type { StepProps } from './Stages.tsx';

/** What let it happen: asked only when it is put right, and of the process first. */
export function Cause({ thread, failure, canRecord }: StepProps & { readonly canRecord: boolean }) {
  const t = words().recovery.cause;
  const [open, setOpen] = useState(false);
  const said = [failure.cause && t.causes[failure.cause], failure.causeNote].filter(Boolean).join(': ');
  return (
    <section class="cause">
      <p>
        {canRecord ? (
          <button type="button" class="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t.title}
          </button>
        ) : (
          said && words().common.label(t.title)
        )}{' '}
        {!open && <span dir="auto">{said}</span>}
      </p>
      {open && <CauseForm thread={thread} failure={failure} onDone={() => setOpen(false)} />}
    </section>
  );
}

function CauseForm({ thread, failure, onDone }: StepProps & { readonly onDone: () => void }) {
  const t = words().recovery.cause;
  const id = useId();
  const changing = useChange(thread, failure);
  const [cause, setCause] = useState<CauseName | ''>(failure.cause ?? '');
  const [note, setNote] = useState(failure.causeNote ?? '');
  const save = async () => {
    if (await changing.save({ cause: cause || null, causeNote: wordsOf(note) })) onDone();
  };
  return (
    <form
      class="stack"
      aria-label={t.title}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <p class="stage-lead">{t.lead}</p>
      <div class="field">
        <label for={id}>{t.cause}</label>
        <select
          id={id}
          value={cause}
          onChange={(event) => setCause(CAUSES.find((one) => one === event.currentTarget.value) ?? '')}
        >
          <option value="">–</option>
          {CAUSES.map((one) => (
            <option key={one} value={one}>
              {t.causes[one]}
            </option>
          ))}
        </select>
      </div>
      <TextField label={t.note} value={note} onChange={setNote} maxLength={4000} optional />
      <Trouble changing={changing} />
      <p class="stage-acts">
        <button type="submit" class="button button-small" disabled={changing.busy}>
          {t.save}
        </button>
      </p>
    </form>
  );
}
