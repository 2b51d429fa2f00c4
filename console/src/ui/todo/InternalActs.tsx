import { repairText } from '@fullname/shared/text';
import { useState } from 'preact/hooks';
import { countOf, localOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { Field, TextField } from '../common/Field.tsx';
import { DayField, endOfDay } from '../customer/DayField.tsx';
import type { FollowUpProps } from './ImmediateActs.tsx';

const LINE_MAX = 300;
const PLACES = [0, 1, 2] as const;
const CHECKS_MAX = 10;

/** The flag that everybody sees: three lines, what to check at the next order, and until when. */
export function InternalActs({ ending, draft }: FollowUpProps) {
  const t = words().work.internal;
  const [lines, setLines] = useState(PLACES.map((place) => draft.lines[place] ?? ''));
  const [checks, setChecks] = useState(draft.checks.join('\n'));
  const [until, setUntil] = useState(draft.until ? localOf(new Date(draft.until)).slice(0, 10) : '');
  const written = lines.map(clean).filter(Boolean);
  const ready = written.length > 0 && until !== '';

  function save(event: SubmitEvent) {
    event.preventDefault();
    if (!ready) return;
    const list = checks.split('\n').map(clean).filter(Boolean).slice(0, CHECKS_MAX);
    ending.end({ end: 'done', flag: { lines: written, checks: list, until: endOfDay(until) } }, t.done);
  }

  return (
    <form class="stack" onSubmit={save}>
      <fieldset class="flag-lines">
        <legend>{t.lines}</legend>
        <p class="field-hint">{t.linesHint}</p>
        {PLACES.map((place) => (
          <TextField
            key={place}
            label={t.line(countOf(place + 1))}
            value={lines[place] ?? ''}
            maxLength={LINE_MAX}
            onChange={(value) => setLines(lines.map((one, at) => (at === place ? value : one)))}
          />
        ))}
      </fieldset>
      <Field label={t.checks} hint={t.checksHint} optional>
        {(ids) => (
          <textarea
            {...ids}
            rows={3}
            value={checks}
            dir="auto"
            onInput={(event) => setChecks(event.currentTarget.value)}
          />
        )}
      </Field>
      <DayField label={t.until} value={until} onChange={setUntil} />
      <div class="task-acts">
        <button type="submit" class="button button-primary" disabled={!ready || ending.busy}>
          {t.save}
        </button>
      </div>
    </form>
  );
}

function clean(text: string): string {
  return repairText(text).trim();
}
