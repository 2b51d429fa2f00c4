import { useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import type { Ending } from './ending.ts';

/** A task that is not needed ends with a reason. */
export function Waive({ ending }: { readonly ending: Ending }) {
  const t = words();
  const [open, setOpen] = useState(false);
  const [why, setWhy] = useState('');
  return (
    <>
      <button type="button" class="link-button" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t.work.waive.open}
      </button>
      {open && (
        <form
          class="stack waive-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (why.trim()) ending.end({ end: 'waived', why: why.trim() }, t.work.waive.done);
          }}
        >
          <TextField label={t.work.waive.why} value={why} onChange={setWhy} maxLength={500} required focus />
          <button type="submit" class="button" disabled={!why.trim() || ending.busy}>
            {t.work.waive.submit}
          </button>
        </form>
      )}
    </>
  );
}
