/** An owner's opening hours as moments: when it is open from now on, whatever zone the reader is in. */
import type { OpeningHours, Span } from '@fullname/shared/site-settings';

/** From and until, in milliseconds since 1970. */
export type Opening = readonly [from: number, until: number];

const DAY_MS = 86_400_000;
/** Longer holidays than that are not foretold. */
const AHEAD_DAYS = 21;
/** Those that are listed. */
const DAYS = 7;
/** The first day that is looked at is yesterday: where the owner is, it may still go on. */
const FIRST_DAY = -1;

/** What is not over yet, the first first; what goes on past midnight is one. */
export function openingsFrom(hours: OpeningHours, now: number): readonly Opening[] {
  const offset = offsetsIn(hours.timeZone);
  const today = Math.floor((now + offset(now)) / DAY_MS);
  const all: Opening[] = [];
  for (let day = today + FIRST_DAY; day <= today + AHEAD_DAYS; day += 1) {
    for (const [from, until] of spansOf(hours, day)) {
      const [start, end] = [from, until].map((time) => momentOf(day * DAY_MS + sinceMidnight(time), offset));
      if (start === undefined || end === undefined) continue;
      const last = all.at(-1);
      if (last && start <= last[1]) all[all.length - 1] = [last[0], Math.max(last[1], end)];
      else all.push([start, end]);
    }
  }
  return all.filter(([, until]) => until > now);
}

export type OpenDay = { readonly at: number; readonly spans: readonly Opening[] };

/**
 * Seven days from today as the reader's own calendar has them. A night stands under the day on which it begins; what goes on for
 * longer than a day is cut at midnight.
 */
export function openDays(hours: OpeningHours, now: number): readonly OpenDay[] {
  const [today = 0, ...next] = Array.from({ length: DAYS + 1 }, (_, day) => midnight(now, day));
  const all = openingsFrom(hours, today);
  return next.map((end, day) => {
    const at = day === 0 ? today : (next[day - 1] ?? end);
    const spans = all.flatMap(([from, until]): Opening[] => {
      if (until - from <= DAY_MS) return from >= at && from < end ? [[from, until]] : [];
      return from < end && until > at ? [[Math.max(from, at), Math.min(until, end)]] : [];
    });
    return { at, spans };
  });
}

/** Whole days, also of 23 and 25 hours. */
export function isWholeDay({ at, spans }: OpenDay): boolean {
  const [first] = spans;
  return first?.[0] === at && first[1] === midnight(at, 1);
}

/** The beginning of a day in the reader's own zone, so many days after a moment. */
function midnight(moment: number, days: number): number {
  const date = new Date(moment);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days).getTime();
}

/** Of the week, or of a holiday. `day` counts from 1970, a Thursday. */
function spansOf({ week, holidays }: OpeningHours, day: number): readonly Span[] {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  const holiday = holidays.find((one) => one.date === date);
  const spans = holiday ? (holiday.hours ?? []) : (week[(day + 3) % 7] ?? []);
  return [...spans].sort(([one], [other]) => (one < other ? -1 : 1));
}

function sinceMidnight(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return (hours * 60 + minutes) * 60_000;
}

/** The second look is for the days on which clocks are changed. */
function momentOf(local: number, offset: (at: number) => number): number {
  return local - offset(local - offset(local));
}

/** How far a zone's clocks are ahead of UTC at a moment, in milliseconds. */
export function offsetsIn(timeZone: string | undefined): (at: number) => number {
  const formatter = new Intl.DateTimeFormat('en-u-nu-latn', {
    ...(timeZone && { timeZone }),
    hourCycle: 'h23',
    ...({ year: 'numeric', month: 'numeric', day: 'numeric' } as const),
    ...({ hour: 'numeric', minute: 'numeric', second: 'numeric' } as const),
  });
  return (at) => {
    const whole = Math.floor(at / 1_000) * 1_000;
    const part = Object.fromEntries(formatter.formatToParts(whole).map(({ type, value }) => [type, +value]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
    return Date.UTC(year, month - 1, day, hour, minute, second) - whole;
  };
}
