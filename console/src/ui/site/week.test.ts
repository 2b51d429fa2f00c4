import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  ALWAYS,
  isAllDay,
  isAlways,
  isNight,
  keptWeek,
  type SaidSpan,
  saidWeek,
  USUAL_WEEK,
} from './week.ts';

const none = (): SaidSpan[][] => Array.from({ length: 7 }, () => []);

test('a night is one span, and is kept as two by the day', () => {
  const said = none();
  said[4] = [{ from: '22:00', to: '06:00' }];
  const kept = keptWeek(said);
  expect(kept[4]).toEqual([['22:00', '24:00']]);
  expect(kept[5]).toEqual([['00:00', '06:00']]);
  expect(saidWeek(kept)).toEqual(said);
  expect(isNight({ from: '22:00', to: '06:00' })).toBe(true);
});

test('from Sunday a night goes on on Monday', () => {
  const said = none();
  said[6] = [{ from: '20:00', to: '02:00' }];
  const kept = keptWeek(said);
  expect(kept[0]).toEqual([['00:00', '02:00']]);
  expect(saidWeek(kept)).toEqual(said);
});

test('midnight ends a day, and the day after may begin with it', () => {
  const said = none();
  said[1] = [{ from: '18:00', to: '00:00' }];
  expect(keptWeek(said)[1]).toEqual([['18:00', '24:00']]);
  expect(saidWeek(keptWeek(said))).toEqual(said);
});

test('whole days stay whole days', () => {
  expect(saidWeek(ALWAYS).every(isAllDay)).toBe(true);
  expect(keptWeek(saidWeek(ALWAYS))).toEqual(ALWAYS);
  expect(isAlways({ week: ALWAYS, holidays: [] })).toBe(true);
  expect(isAlways({ week: USUAL_WEEK, holidays: [] })).toBe(false);
});

test('spans that overlap are one, and come in order', () => {
  const said = none();
  said[0] = [
    { from: '13:00', to: '18:00' },
    { from: '09:00', to: '14:00' },
    { from: '20:00', to: '21:00' },
  ];
  expect(keptWeek(said)[0]).toEqual([
    ['09:00', '18:00'],
    ['20:00', '21:00'],
  ]);
});

test('a span without a time is kept, so that it can be marked', () => {
  const said = none();
  said[2] = [{ from: '', to: '12:00' }];
  expect(keptWeek(said)[2]).toEqual([['', '12:00']]);
});

test('whatever is kept says the same when it is read and kept again', () => {
  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
    const two = (of: number) => String(Math.floor(of)).padStart(2, '0');
    return `${two(quarter / 4)}:${two((quarter % 4) * 15)}`;
  });
  const span = fc.record({ from: time, to: time }).filter(({ from, to }) => from !== to);
  const week = fc.array(fc.array(span, { maxLength: 3 }), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(week, (said) => {
      const kept = keptWeek(said);
      expect(keptWeek(saidWeek(kept))).toEqual(kept);
      for (const day of kept) for (const [from, to] of day) expect(from < to).toBe(true);
    }),
  );
});
