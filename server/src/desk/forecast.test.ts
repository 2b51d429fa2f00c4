import { describe, expect, test } from 'vitest';
import type { Wait } from '../store/waits.ts';
import { createForecast } from './forecast.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 2, 10, 30);
const WEEK = 168 * HOUR;

const answered = (minutes: number, begun = NOW - 5 * HOUR): Wait => ({ begun, minutes, answered: true });
const waiting = (minutes: number): Wait => ({ begun: NOW - minutes * 60_000, minutes, answered: false });
const many = (count: number, make: (index: number) => Wait) =>
  Array.from({ length: count }, (_, n) => make(n));
const at = (waits: readonly Wait[], now = NOW) => createForecast(waits)(now);

describe('what may be expected', () => {
  test('is nothing where too few have waited', () => {
    expect(at([])).toBeNull();
    expect(at(many(11, () => answered(2)))).toBeNull();
    expect(at(many(12, () => answered(2)))).toEqual([0, 2]);
  });

  test('is from the middle to nine of ten, in minutes that people say, and only an end where that is soon', () => {
    expect(at(many(99, (n) => answered((n + 1) / 25)))).toEqual([0, 4]);
    expect(at(many(99, (n) => answered((n + 1) / 3)))).toEqual([15, 30]);
    expect(at(many(99, () => answered(20)))).toEqual([15, 20]);
  });

  test('counts those whom nobody has answered yet', () => {
    const quick = many(20, () => answered(2));
    expect(at([...quick, ...many(5, () => waiting(90))])).toBeNull();
    // Who has waited for half a minute says nothing against two.
    expect(at([...quick, ...many(5, () => waiting(0.5))])).toEqual([0, 2]);
  });

  test('is nothing where nobody would stay for it', () => {
    expect(at(many(40, () => answered(600)))).toBeNull();
  });

  test('is of the same hour of the week, and the hours around it, where enough have waited in them', () => {
    const monday = many(30, (n) => answered(25, NOW - WEEK * ((n % 5) + 1) + ((n % 3) - 1) * HOUR));
    const otherwise = many(300, (n) => answered(3, NOW - WEEK + (8 + (n % 90)) * HOUR));
    const forecast = createForecast([...monday, ...otherwise]);
    expect(forecast(NOW)).toEqual([20, 30]);
    expect(forecast(NOW + 12 * HOUR)).toEqual([0, 3]);
    expect(at([...monday.slice(1), ...otherwise])).toEqual([0, 3]);
  });

  test.each([12, 40, 400])('of %i who waited, its end holds for nine of ten who come after them', (count) => {
    const random = seeded(count);
    // Skewed as waits are: most are short, some very long.
    const wait = () => Math.exp(1.2 + 1.1 * normal(random));
    let held = 0;
    let told = 0;
    for (let day = 0; day < 400; day += 1) {
      const range = at(many(count, () => answered(wait())));
      if (!range) continue;
      for (let visitor = 0; visitor < 20; visitor += 1, told += 1) if (wait() <= range[1]) held += 1;
    }
    expect(told).toBeGreaterThan(4_000);
    expect(held / told).toBeGreaterThan(0.89);
    expect(held / told).toBeLessThan(0.97);
  });
});

/** Mulberry32: the same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
