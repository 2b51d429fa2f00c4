import type { OpeningHours } from '@fullname/shared/site-settings';
import { expect, test } from 'vitest';
import { openingsFrom } from './opening.ts';

const OFFICE: OpeningHours = {
  timeZone: 'Europe/Zurich',
  week: [0, 1, 2, 3, 4, 5, 6].map((day) => (day < 5 ? [['09:00', '17:00']] : [])),
  holidays: [],
};
/** The first two from a moment on, as UTC says them. */
const from = (hours: OpeningHours, now: string): string[] =>
  openingsFrom(hours, Date.parse(now))
    .slice(0, 2)
    .map((opening) => opening.map((at) => new Date(at).toISOString().slice(5, 16)).join(' '));

test('an opening that goes on, and the next one after the night', () => {
  // Wednesday, winter: one hour ahead of UTC.
  expect(from(OFFICE, '2026-03-04T15:59:00Z')).toEqual([
    '03-04T08:00 03-04T16:00',
    '03-05T08:00 03-05T16:00',
  ]);
  expect(from(OFFICE, '2026-03-04T16:00:00Z')[0]).toBe('03-05T08:00 03-05T16:00');
});

test('after a weekend on which clocks were changed, it opens by the new time', () => {
  expect(from(OFFICE, '2026-03-27T17:00:00Z')).toEqual([
    '03-30T07:00 03-30T15:00',
    '03-31T07:00 03-31T15:00',
  ]);
  const sundays = { ...OFFICE, week: OFFICE.week.map(() => [['01:00', '04:00']] as const) };
  // The night of the change is an hour shorter in spring, and longer in autumn.
  expect(from(sundays, '2026-03-28T20:00:00Z')[0]).toBe('03-29T00:00 03-29T02:00');
  expect(from(sundays, '2026-10-24T20:00:00Z')[0]).toBe('10-24T23:00 10-25T03:00');
});

test('holidays are closed, or have hours of their own', () => {
  const hours: OpeningHours = {
    ...OFFICE,
    holidays: [{ date: '2026-12-24', hours: [['09:00', '12:00']] }, { date: '2026-12-25' }],
  };
  expect(from(hours, '2026-12-23T20:00:00Z')).toEqual(['12-24T08:00 12-24T11:00', '12-28T08:00 12-28T16:00']);
});

test('a night is one opening, also for who looks after midnight', () => {
  const nights: OpeningHours = {
    ...OFFICE,
    timeZone: 'Asia/Tokyo',
    week: OFFICE.week.map(() => [
      ['00:00', '06:00'],
      ['22:00', '24:00'],
    ]),
  };
  // Half past three in the morning in Tokyo.
  expect(from(nights, '2026-03-03T18:30:00Z')).toEqual([
    '03-03T13:00 03-03T21:00',
    '03-04T13:00 03-04T21:00',
  ]);
});

test('the owner’s day is not the reader’s: in Auckland it is Monday already', () => {
  const hours: OpeningHours = { ...OFFICE, timeZone: 'Pacific/Auckland' };
  expect(from(hours, '2026-06-07T20:30:00Z')[0]).toBe('06-07T21:00 06-08T05:00');
});

test('always open is one opening without an end in sight; never open is none', () => {
  const always = { ...OFFICE, week: OFFICE.week.map(() => [['00:00', '24:00']] as const) };
  expect(openingsFrom(always, Date.parse('2026-03-04T12:00:00Z'))).toHaveLength(1);
  expect(openingsFrom({ ...OFFICE, week: OFFICE.week.map(() => []) }, Date.now())).toEqual([]);
});
