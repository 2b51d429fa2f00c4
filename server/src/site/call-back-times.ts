/**
 * The times at which a site's visitors can be called back: whole hours of its opening hours, in its own zone, over the days on which
 * clocks change too. Pure: what is taken already comes from the store.
 */
import type { OpeningHours, Span } from '@fullname/shared/site-settings';

/** Milliseconds since 1970. */
export type Time = { readonly from: number; readonly to: number };

const MINUTE_MS = 60_000;
export const TIME_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** Whoever is to keep it must hear of it before. */
const LEAD_MS = 15 * MINUTE_MS;
const DAYS_AHEAD = 7;
/** A list that one still reads. */
const SHOWN_MOST = 24;

/** Where an owner has set no hours nobody has said that the night is staffed: then these, from Monday to Friday. */
const OFFICE: readonly Span[] = [['09:00', '17:00']];
const ALL_DAY = JSON.stringify([['00:00', '24:00']]);

type Wanted = {
  readonly hours: OpeningHours;
  readonly now: number;
  /** What is promised to others. */
  readonly taken: readonly Time[];
  /** How many at the same time. */
  readonly atOnce: number;
};

/** Free times, the next one first. */
export function freeTimes({ hours, now, taken, atOnce }: Wanted): Time[] {
  return openTimes(hours, now)
    .filter((time) => taken.filter((one) => overlap(one, time)).length < atOnce)
    .slice(0, SHOWN_MOST);
}

/** All times that may still be chosen, free or not. */
export function openTimes(hours: OpeningHours, now: number): Time[] {
  const zone = createZone(hours.timeZone);
  const today = zone.dayOf(now);
  const times = Array.from({ length: DAYS_AHEAD + 1 }, (_, ahead) => today + ahead * DAY_MS)
    .flatMap((day) =>
      spansOn(hours, day).map((span) => ({ from: zone.at(day, span[0]), to: zone.at(day, span[1]) })),
    )
    .sort((a, b) => a.from - b.from)
    .flatMap(inHours);
  return times.filter(({ from }) => from >= now + LEAD_MS && from <= now + DAYS_AHEAD * DAY_MS);
}

export function overlap(one: Time, other: Time): boolean {
  return one.from < other.to && other.from < one.to;
}

/** Of a day (its midnight, as if it were in UTC): a holiday has its own hours, or none. */
function spansOn(hours: OpeningHours, day: number): readonly Span[] {
  const date = new Date(day);
  const holiday = hours.holidays.find((one) => one.date === date.toISOString().slice(0, 10));
  if (holiday) return holiday.hours ?? [];
  const weekday = (date.getUTCDay() + 6) % 7;
  if (hours.week.every((spans) => JSON.stringify(spans) === ALL_DAY)) return weekday < 5 ? OFFICE : [];
  return hours.week[weekday] ?? [];
}

/** By the time that passes: a day on which clocks change has one hour less, or one more, and none twice. */
function inHours({ from, to }: Time): Time[] {
  const count = Math.max(0, Math.floor((to - from) / TIME_MS));
  return Array.from({ length: count }, (_, n) => ({
    from: from + n * TIME_MS,
    to: from + (n + 1) * TIME_MS,
  }));
}

type Zone = {
  /** The midnight of the day that it is there, as if it were in UTC. */
  dayOf(time: number): number;
  /** When it is `HH:MM` there on this day. */
  at(day: number, clock: string): number;
};

function createZone(timeZone: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric' },
    ...{ hour: 'numeric', minute: 'numeric', second: 'numeric' },
  });
  /** What the clocks there show, as if it were in UTC. */
  const shown = (time: number): number => {
    const parts = Object.fromEntries(
      format.formatToParts(time).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second);
  };
  const ahead = (time: number): number => shown(time) - Math.floor(time / 1_000) * 1_000;
  return {
    dayOf: (time) => Math.floor(shown(time) / DAY_MS) * DAY_MS,
    at(day, clock) {
      const [hours = 0, minutes = 0] = clock.split(':').map(Number);
      const wanted = day + (hours * 60 + minutes) * MINUTE_MS;
      const first = wanted - ahead(wanted);
      const second = wanted - ahead(first);
      // In the hour that is left out in spring no clock shows it: then as long after it.
      return shown(second) === wanted ? second : Math.max(first, second);
    },
  };
}
