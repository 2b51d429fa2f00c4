import { readSiteSettings } from '@fullname/shared/site-settings';
import { describe, expect, test } from 'vitest';
import { freeTimes, openTimes } from './call-back-times.ts';

const HOUR = 3_600_000;

function hoursOf(hours: object) {
  return readSiteSettings({ hours }).hours;
}

/** Closed but for these spans on each day of the week, Monday first. */
function weekOf(...spans: readonly (readonly [string, string])[]) {
  return Array.from({ length: 7 }, () => spans);
}

function starts(hours: object, now: string): string[] {
  return openTimes(hoursOf(hours), Date.parse(now)).map(({ from }) =>
    new Date(from).toISOString().slice(0, 16),
  );
}

const MONDAY = '2026-11-23T00:00:00Z';

describe('the times of a site', () => {
  test('are whole hours of its opening hours, in its own zone', () => {
    const week = [[['09:00', '11:30']], [], [['14:00', '15:00']], [], [], [], []];
    expect(starts({ timeZone: 'Europe/Zurich', week }, MONDAY)).toEqual([
      '2026-11-23T08:00',
      '2026-11-23T09:00',
      '2026-11-25T13:00',
    ]);
    expect(starts({ timeZone: 'Asia/Kathmandu', week }, MONDAY)[0]).toBe('2026-11-23T03:15');
  });

  test('leave a quarter of an hour to hear of it, and end after a week', () => {
    const hours = { timeZone: 'UTC', week: weekOf(['09:00', '11:00']) };
    expect(starts(hours, '2026-11-23T08:45:00Z')[0]).toBe('2026-11-23T09:00');
    expect(starts(hours, '2026-11-23T08:45:01Z')[0]).toBe('2026-11-23T10:00');
    expect(starts(hours, '2026-11-23T09:30:00Z').at(-1)).toBe('2026-11-30T09:00');
  });

  test('are none on a holiday, or those that it has instead', () => {
    const week = weekOf(['09:00', '10:00']);
    const holidays = [{ date: '2026-11-24' }, { date: '2026-11-25', hours: [['12:00', '13:00']] }];
    expect(starts({ timeZone: 'UTC', week, holidays }, MONDAY).slice(0, 3)).toEqual([
      '2026-11-23T09:00',
      '2026-11-25T12:00',
      '2026-11-26T09:00',
    ]);
  });

  test('are office hours from Monday to Friday where nobody has said when it is open', () => {
    const times = starts({ timeZone: 'UTC' }, '2026-11-27T12:00:00Z');
    expect(times.slice(0, 6)).toEqual([
      '2026-11-27T13:00',
      '2026-11-27T14:00',
      '2026-11-27T15:00',
      '2026-11-27T16:00',
      '2026-11-30T09:00',
      '2026-11-30T10:00',
    ]);
  });

  test('follow the clocks that change: one hour less in spring, one more in autumn, none twice', () => {
    const hours = {
      timeZone: 'Europe/Zurich',
      week: [...Array.from({ length: 6 }, () => []), [['00:00', '06:00']]],
    };
    const spring = starts(hours, '2026-03-28T12:00:00Z');
    expect(spring).toEqual([
      '2026-03-28T23:00',
      '2026-03-29T00:00',
      '2026-03-29T01:00',
      '2026-03-29T02:00',
      '2026-03-29T03:00',
    ]);
    const autumn = starts(hours, '2026-10-24T12:00:00Z');
    expect(autumn).toHaveLength(7);
    expect(new Set(autumn).size).toBe(7);
    expect(autumn[0]).toBe('2026-10-24T22:00');
    expect(autumn.at(-1)).toBe('2026-10-25T04:00');
  });

  test('that begin in the hour which clocks leave out begin after it', () => {
    const week = [...Array.from({ length: 6 }, () => []), [['02:30', '05:00']]];
    // 02:30 is not shown on that night: as long after two o'clock it is 03:30, by summer time.
    expect(starts({ timeZone: 'Europe/Zurich', week }, '2026-03-28T12:00:00Z')).toEqual(['2026-03-29T01:30']);
  });
});

test('a time is free until as many have it as may, and one beside it stays free', () => {
  const hours = hoursOf({ timeZone: 'UTC', week: weekOf(['09:00', '11:00']) });
  const nine = Date.parse('2026-11-23T09:00:00Z');
  const one = { from: nine, to: nine + HOUR };
  const first = (taken: readonly { from: number; to: number }[], atOnce: number) =>
    freeTimes({ hours, now: Date.parse(MONDAY), taken, atOnce })[0]?.from;
  expect(first([one], 2)).toBe(nine);
  expect(first([one, one], 2)).toBe(nine + HOUR);
  // From before the owner changed the hours: it reaches into both.
  const askew = { from: nine + HOUR / 2, to: nine + (3 * HOUR) / 2 };
  expect(first([askew], 1)).toBe(nine + 24 * HOUR);
  expect(first([one], 1)).toBe(nine + HOUR);
});
