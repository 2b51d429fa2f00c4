/** What a run of every fault says of itself as a whole. */
import { expect, test } from 'vitest';
import { leftOut, passes, type Report, wholeFigures } from './whole.ts';

const held: Report = {
  ...{ name: 'relay-kill', cycles: 1, seconds: 40, secondsACycle: 40 },
  ...{ outcome: 'held', missing: [], figures: [] },
};
const skipped: Report = { ...held, name: 'clock', outcome: 'skipped', missing: ['faketime', 'root'] };

/** Of the time, and of what was left out. */
const reached = (reports: readonly Report[], seconds: number) =>
  wholeFigures(reports, seconds).map((one) => one.reached);

test('a run in which nothing was left out, over in 80 minutes, is whole', () => {
  expect(reached([held], 80 * 60)).toEqual([true, true]);
  expect(leftOut([held])).toBeNull();
});

test('a run that took longer is not', () => {
  expect(reached([held], 80 * 60 + 1)).toEqual([false, true]);
});

test('a skipped scenario leaves it not whole, and is named with what was missing', () => {
  expect(reached([held, skipped], 60)).toEqual([true, false]);
  expect(leftOut([held, skipped])).toBe('Not whole, left out: clock (no faketime, no root)');
});

test('what was skipped fails a run of all, and none in which it was named', () => {
  const reports = [held, skipped];
  expect(passes(reports, { asked: 2, figures: wholeFigures(reports, 60) })).toBe(false);
  expect(passes(reports, { asked: 2, figures: [] })).toBe(true);
  expect(passes([held], { asked: 1, figures: wholeFigures([held], 60) })).toBe(true);
});

test.each(['broken', 'crashed'] as const)(
  'one that is %s fails the run, and so does one that was not run',
  (outcome) => {
    expect(passes([{ ...held, outcome }], { asked: 1, figures: [] })).toBe(false);
    expect(passes([held], { asked: 2, figures: [] })).toBe(false);
  },
);
