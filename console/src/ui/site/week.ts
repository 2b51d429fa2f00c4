/** Opening hours as people say them: a night is one span, from 22:00 until 06:00. They are kept as two, by the day. */
import type { OpeningHours, Span } from '@fullname/shared/site-settings';

export type Week = OpeningHours['week'];
/** From and until; an end that is not after the beginning is on the next morning, and 00:00 is midnight. */
export type SaidSpan = { readonly from: string; readonly to: string };
export type SaidWeek = readonly (readonly SaidSpan[])[];

export const DAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const ALL_DAY: Span = ['00:00', '24:00'];
export const ALWAYS: Week = DAYS.map(() => [ALL_DAY]);
export const USUAL_WEEK: Week = DAYS.map((day) => (day < 5 ? [['09:00', '17:00']] : []));

export function isAllDay(day: readonly SaidSpan[]): boolean {
  return day.length === 1 && day[0]?.from === '00:00' && day[0].to === '00:00';
}

export function isAlways({ week, holidays }: Pick<OpeningHours, 'week' | 'holidays'>): boolean {
  return holidays.length === 0 && JSON.stringify(week) === JSON.stringify(ALWAYS);
}

/** Whether it ends on the morning after. */
export function isNight({ from, to }: SaidSpan): boolean {
  return to !== '00:00' && to <= from;
}

/** What is kept, as it is said: what goes on past midnight is one span, on the day on which it begins. */
export function saidWeek(week: Week): SaidWeek {
  const goesOn = DAYS.map((day) => {
    const last = week[day]?.at(-1);
    const next = week[(day + 1) % 7]?.[0];
    const isBoth =
      last?.[1] === '24:00' && last[0] !== '00:00' && next?.[0] === '00:00' && next[1] !== '24:00';
    return isBoth && next[1] <= last[0] ? next[1] : null;
  });
  return DAYS.map((day) => {
    const begun = goesOn[(day + 6) % 7] === null ? 0 : 1;
    const spans = week[day] ?? [];
    return spans.slice(begun).map(([from, to], at, rest) => {
      const night = at === rest.length - 1 ? goesOn[day] : null;
      return { from, to: night ?? (to === '24:00' ? '00:00' : to) };
    });
  });
}

/** What is said, as it is kept: by the day, in order, and without overlaps. A span that lacks a time is kept as it is, so that it can be marked. */
export function keptWeek(said: SaidWeek): Week {
  const days: Span[][] = DAYS.map(() => []);
  for (const day of DAYS) {
    for (const span of said[day] ?? []) {
      const to = span.to === '00:00' ? '24:00' : span.to;
      if (!isNight(span) || span.from === '' || span.to === '') days[day]?.push([span.from, to]);
      else {
        days[day]?.push([span.from, '24:00']);
        days[(day + 1) % 7]?.push(['00:00', to]);
      }
    }
  }
  return days.map(joined);
}

function joined(spans: readonly Span[]): Span[] {
  const whole: Span[] = [];
  for (const [from, to] of [...spans].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const last = whole.at(-1);
    if (last && from !== '' && from <= last[1])
      whole[whole.length - 1] = [last[0], to > last[1] ? to : last[1]];
    else whole.push([from, to]);
  }
  return whole;
}
