import { now } from '../../clock.ts';
import { localOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { Field } from './Field.tsx';

type MomentFieldProps = {
  readonly label: string;
  readonly hint?: string;
  /** yyyy-mm-ddThh:mm in the reader's own time, or empty. */
  readonly value: string;
  readonly onChange: (local: string) => void;
  readonly optional?: boolean;
};

/** A day and a time, with those that are meant most often one click away. */
export function MomentField({ label, hint, value, onChange, optional = false }: MomentFieldProps) {
  const t = words().work.times;
  const near = [
    { label: t.hour, at: localOf(new Date(now.value + 3_600_000)) },
    { label: t.today, at: localOf(atSix(0)) },
    { label: t.tomorrow, at: localOf(atSix(1)) },
  ];
  const soonest = localOf(new Date(now.value));
  return (
    <Field label={label} hint={hint} optional={optional}>
      {(ids) => (
        <div class="day-field moment-field">
          <input
            {...ids}
            type="datetime-local"
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <span class="near-moments">
            {near
              .filter((one) => one.at > soonest)
              .map((one) => (
                <button
                  key={one.label}
                  type="button"
                  class="link-button"
                  aria-pressed={value === one.at}
                  onClick={() => onChange(one.at)}
                >
                  {one.label}
                </button>
              ))}
          </span>
        </div>
      )}
    </Field>
  );
}

/** The moment that was chosen, as ISO in UTC; null while there is none. */
export function momentFrom(local: string): string | null {
  const time = Date.parse(local);
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}

function atSix(days: number): Date {
  const date = new Date(now.value);
  date.setDate(date.getDate() + days);
  date.setHours(18, 0, 0, 0);
  return date;
}
