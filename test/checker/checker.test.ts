import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkHistory, describeViolation } from './check.ts';
import { type History, readHistory } from './history.ts';
import { HARMLESS, MUTATIONS, type Mutation, seededPick } from './mutations.ts';

/** Four visitors and two agents around one kill of their relay, as it was recorded. */
const recorded = readHistory(fileURLToPath(new URL('./recorded.jsonl', import.meta.url)));

const BROKEN = 200;
const CLEAN = 50;

/** Mutation and seed in turn, until there are so many that found a place in the history. */
function mutated(mutations: Readonly<Record<string, Mutation>>, count: number) {
  const kinds = Object.entries(mutations);
  const all: { name: string; history: History }[] = [];
  for (let seed = 1; all.length < count && seed < count * 3; seed += 1) {
    const [name, mutate] = kinds[seed % kinds.length] ?? [];
    const history = mutate?.(recorded, seededPick(seed)) ?? null;
    if (name !== undefined && history) all.push({ name: `${name}, seed ${seed}`, history });
  }
  return all;
}

describe('the history checker', () => {
  test('finds nothing in what was recorded', () => {
    expect(recorded.length).toBeGreaterThan(300);
    expect(checkHistory(recorded).map(describeViolation)).toEqual([]);
  });

  test(`catches each of ${BROKEN} broken histories`, () => {
    const broken = mutated(MUTATIONS, BROKEN);
    expect(broken).toHaveLength(BROKEN);
    expect(
      broken.filter(({ history }) => checkHistory(history).length === 0).map(({ name }) => name),
    ).toEqual([]);
  });

  test('every way of breaking one finds its place', () => {
    const never = Object.entries(MUTATIONS).filter(
      ([, mutate]) =>
        !Array.from({ length: 20 }, (_, seed) => mutate(recorded, seededPick(seed))).some(Boolean),
    );
    expect(never.map(([name]) => name)).toEqual([]);
  });

  test(`finds nothing in ${CLEAN} clean ones`, () => {
    const clean = mutated(HARMLESS, CLEAN);
    expect(clean).toHaveLength(CLEAN);
    const wrong = clean.flatMap(({ name, history }) =>
      checkHistory(history).map((one) => `${name}: ${describeViolation(one)}`),
    );
    expect(wrong).toEqual([]);
  });

  test('keeps fifty such stories apart', () => {
    const many = Array.from({ length: 50 }, (_, copy) => renamed(recorded, `/${copy}`)).flat();
    expect(checkHistory(many)).toEqual([]);
  });
});

/** The same story of other people. */
function renamed(history: History, suffix: string): History {
  const text = JSON.stringify(history, (key, value: unknown) =>
    ['who', 'id', 'visitor', 'conversation', 'clientId', 'view'].includes(key) && typeof value === 'string'
      ? value + suffix
      : key === 'pending'
        ? (value as string[]).map((id) => id + suffix)
        : value,
  );
  return JSON.parse(text) as History;
}
