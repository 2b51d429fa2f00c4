import type { Failure } from '@fullname/shared/model';
import type { FailureEdit } from '@fullname/shared/recovery';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';
import { Changes } from './ChangedMeanwhile.tsx';
import { changesBetween } from './record-words.ts';

type HistoryProps = { readonly failure: Failure; readonly children?: ComponentChildren };

/** Who changed what, the newest first; read when it is asked for. */
export function History({ failure, children }: HistoryProps) {
  const t = words().recovery.record;
  const [open, setOpen] = useState(false);
  return (
    <div class="history">
      <p class="history-acts">
        {children}
        <button type="button" class="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t.history}
        </button>
      </p>
      {open && <Edits failure={failure} />}
    </div>
  );
}

function Edits({ failure }: { readonly failure: Failure }) {
  const t = words().recovery.record;
  const { value, problem } = useLoaded(() => api.failure(failure.id), [failure.revision], failure.id);
  return (
    <>
      {!value && !problem && <span class="skeleton" aria-hidden="true" />}
      {problem && <p class="form-problem">{words().errors[problem]}</p>}
      <ol class="edits">
        {value?.edits.map((edit) => (
          <Edit key={edit.id} edit={edit} />
        ))}
        <li>
          <p class="source">{t.logged(failure.by.fullName, whenOf(failure.recordedAt))}</p>
        </li>
      </ol>
    </>
  );
}

function Edit({ edit }: { readonly edit: FailureEdit }) {
  const t = words();
  return (
    <li>
      <p class="source">
        {t.recovery.record.edited(edit.by.fullName, whenOf(edit.at))}
        {edit.stage && <b> {t.customer.stages[edit.stage]}</b>}
      </p>
      <Changes changes={changesBetween(edit.before, edit.after)} />
    </li>
  );
}
