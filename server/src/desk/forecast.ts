/**
 * How long a visitor may expect to wait, from how long others have waited: half of them no longer than the range begins, nine of
 * ten no longer than it ends. Of the same hour of the week where that is known well enough, else of all; of too few, nothing.
 */
import type { Wait } from '../store/waits.ts';

/** Minutes. `from` is 0 where all that is worth saying is "under". */
export type Minutes = readonly [from: number, to: number];
export type Forecast = (now: number) => Minutes | null;

/** Nine say where the tenth will be, on average; a few more keep one strange day from being all that is known. */
const LEAST = 12;
/** Of one hour of the week, with the hours around it: fewer are less sure than all of them together. */
const LEAST_OF_HOUR = 30;
const HOURS_AROUND = 1;
const WEEK_HOURS = 168;
const HOUR_MS = 3_600_000;
/** What people say. Beyond the last, a range helps nobody to decide whether to stay. */
const FRIENDLY = [1, 2, 3, 4, 5, 7, 10, 15, 20, 30, 45, 60, 90, 120, 180, 240];
/** A range that ends so soon needs no beginning. */
const SOON = 10;

export function createForecast(waits: readonly Wait[]): Forecast {
  const known = new Map<number, Minutes | null>();
  return (now) => {
    const hour = hourOf(now);
    const cached = known.get(hour);
    if (cached !== undefined) return cached;
    const near = waits.filter((wait) => hoursApart(hourOf(wait.begun), hour) <= HOURS_AROUND);
    const range = rangeOf(near.length >= LEAST_OF_HOUR ? near : waits);
    known.set(hour, range);
    return range;
  };
}

/** Longer than this nobody should sit in front of a chat: then a time is offered at which they are called back. */
const LONG = 10;

/** Whether whoever comes now would wait long: everybody who is here has all they can hold, and nothing says that it goes fast. */
export function isDoomed(
  places: readonly { readonly held: number; readonly most: number }[],
  minutes: Minutes | null,
): boolean {
  const isFull = places.length > 0 && places.every(({ held, most }) => held >= most);
  return isFull && (minutes === null || minutes[1] > LONG);
}

function rangeOf(waits: readonly Wait[]): Minutes | null {
  if (waits.length < LEAST) return null;
  const half = waitOf(waits, 0.5);
  const most = waitOf(waits, 0.9);
  if (half === null || most === null) return null;
  const to = FRIENDLY.find((minutes) => minutes >= most);
  if (to === undefined) return null;
  const from = FRIENDLY.findLast((minutes) => minutes <= half && minutes < to) ?? 0;
  return [to <= SOON ? 0 : from, to];
}

/**
 * The time within which this share of visitors is answered, by Kaplan and Meier: who still waits counts for as long as they have
 * waited, so that a bad day is not left out because it is not over. One more is counted who is never answered: then of the next
 * visitors, and not only of those who were looked at, at least this share is answered in time. Null where that is not known.
 */
function waitOf(waits: readonly Wait[], share: number): number | null {
  const sorted = [...waits].sort((a, b) => a.minutes - b.minutes || Number(b.answered) - Number(a.answered));
  let waiting = waits.length + 1;
  let left = 1;
  for (const { minutes, answered } of sorted) {
    if (answered) left *= 1 - 1 / waiting;
    waiting -= 1;
    // The product of many fractions is a little off.
    if (left <= 1 - share + 1e-9) return minutes;
  }
  return null;
}

/** Of the week, in UTC: a company's hours move against it twice a year, by one. */
function hourOf(time: number): number {
  return Math.floor(time / HOUR_MS) % WEEK_HOURS;
}

function hoursApart(one: number, other: number): number {
  const apart = Math.abs(one - other);
  return Math.min(apart, WEEK_HOURS - apart);
}
