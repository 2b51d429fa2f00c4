import { words } from '../../strings/index.ts';
import { Field } from '../common/Field.tsx';

type DayFieldProps = {
  readonly label: string;
  /** yyyy-mm-dd in the reader's own calendar, or empty. */
  readonly value: string;
  readonly onChange: (day: string) => void;
  readonly optional?: boolean;
};

/** A day, with the three that are meant most often one click away. */
export function DayField({ label, value, onChange, optional = false }: DayFieldProps) {
  const t = words().forms.days;
  const near = [
    { label: t.today, day: dayFromToday(0) },
    { label: t.tomorrow, day: dayFromToday(1) },
    { label: t.week, day: dayFromToday(7) },
  ];
  return (
    <Field label={label} optional={optional}>
      {(ids) => (
        <div class="day-field">
          <input
            {...ids}
            type="date"
            value={value}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          {near.map((one) => (
            <button
              key={one.day}
              type="button"
              class="link-button"
              aria-pressed={value === one.day}
              onClick={() => onChange(one.day)}
            >
              {one.label}
            </button>
          ))}
        </div>
      )}
    </Field>
  );
}

/** The end of that working day here, as ISO in UTC. */
export function endOfDay(day: string): string {
  return new Date(`${day}T18:00:00`).toISOString();
}

function dayFromToday(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() + days);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
