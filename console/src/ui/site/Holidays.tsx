import type { OpeningHours, Span } from '@fullname/shared/site-settings';
import { dateOf } from '../../format.ts';
import { siteWords } from '../../strings/site.ts';
import { TextField } from '../common/Field.tsx';
import { Day } from './Day.tsx';
import { useSetup } from './setup.ts';
import type { SaidSpan } from './week.ts';

/** Days with other hours, or none. */
export function Holidays() {
  const { form, marked, set } = useSetup();
  const t = siteWords().hours;
  const { hours } = form.settings;
  type Holiday = OpeningHours['holidays'][number];
  const change = (holidays: readonly Holiday[]) => set('hours', { ...hours, holidays });
  const put = (at: number, day: Holiday) =>
    change(hours.holidays.map((one, index) => (index === at ? day : one)));
  const whyBad = (at: number, date: string) => {
    if (!marked(`hours.holidays.${at}`)) return null;
    if (date === '') return t.badDate;
    return hours.holidays.findIndex((one) => one.date === date) < at ? t.twice : null;
  };
  return (
    <section class="stack" aria-labelledby="holidays">
      <header>
        <h3 id="holidays">{t.holidays}</h3>
        <p class="field-hint">{hours.holidays.length === 0 ? t.noHolidays : t.holidaysHint}</p>
      </header>
      <ul class="week">
        {hours.holidays.map((day, at) => (
          // A day that is being chosen has no name yet.
          <li key={at} class="holiday">
            <TextField
              label={t.date}
              type="date"
              value={day.date}
              problem={whyBad(at, day.date)}
              onChange={(date) => put(at, { ...day, date })}
            />
            <Day
              name={nameOf(day.date)}
              spans={(day.hours ?? []).map(([from, to]) => ({ from, to: to === '24:00' ? '00:00' : to }))}
              path={`hours.holidays.${at}.hours`}
              onChange={(spans) =>
                put(at, spans.length === 0 ? { date: day.date } : { ...day, hours: spans.map(spanOf) })
              }
            />
            <button
              type="button"
              class="link-button"
              onClick={() => change(hours.holidays.filter((_, index) => index !== at))}
            >
              {t.removeHoliday(day.date && nameOf(day.date))}
            </button>
          </li>
        ))}
      </ul>
      <button type="button" class="button start" onClick={() => change([...hours.holidays, { date: '' }])}>
        {t.addHoliday}
      </button>
    </section>
  );
}

/** A day is a day wherever one reads it. */
function nameOf(date: string): string {
  return date === '' ? siteWords().hours.newHoliday : dateOf(`${date}T12:00`);
}

function spanOf({ from, to }: SaidSpan): Span {
  return [from, to === '00:00' ? '24:00' : to];
}
