import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { checkHistory, describeViolation } from './check.ts';
import { type History, type HistoryEvent, readHistory } from './history.ts';
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

describe('a rest between two parts of a talk', () => {
  /**
   * One says two things; the other looks after the first and, by another view, after the second. `shown`: what the first look
   * shows; `goesOn`: whether it says that more is to come.
   */
  function twoLooks({ shown, goesOn }: { readonly shown: number; readonly goesOn: boolean }): History {
    const said = ['first', 'second'].map((text, at) => ({ number: at + 1, id: `id ${at + 1}`, text }));
    const write = (at: number): HistoryEvent[] => {
      const { id, text } = said[at] ?? { id: '', text: '' };
      const base = { who: 'visitor', id };
      return [
        { type: 'invoke', ...base, kind: 'message', text, at: 10 * at + 1 },
        { type: 'kept', ...base, at: 10 * at + 2 },
        { type: 'ok', ...base, number: at + 1, at: 10 * at + 3 },
      ];
    };
    const look = (at: number, lines: number): HistoryEvent[] => {
      const base = { who: 'agent', view: `look ${at}`, conversation: 'c', at: 10 * at + 5 };
      return [
        { type: 'list', ...base, from: 0, lines: said.slice(0, lines), pending: [] },
        { type: 'rest', ...base, ...(at === 0 && goesOn && { goesOn }) },
      ];
    };
    const rows = said.map(({ number, id, text }) => ({
      ...{ seq: number, publicSeq: number, who: 'visitor', id, kind: 'message', text },
    }));
    return [
      { type: 'right', who: 'visitor', role: 'visitor', at: 0 },
      { type: 'right', who: 'agent', role: 'agent', at: 0 },
      ...[...write(0), ...look(0, shown), ...write(1), ...look(1, 2)],
      {
        ...{ type: 'log', conversation: 'c', clientId: 'c of the visitor', visitor: 'visitor' },
        ...{ read: { visitor: 0, agent: 0 }, rows },
      },
    ];
  }
  const found = (history: History) => checkHistory(history).map(({ kind, what }) => `${kind}: ${what}`);

  test('need not show what was said later', () => {
    expect(found(twoLooks({ shown: 1, goesOn: true }))).toEqual([]);
  });

  test('must show what was acknowledged before', () => {
    expect(found(twoLooks({ shown: 0, goesOn: true }))).toEqual(['list: ends at 0, the log at 1']);
  });

  test('one that does not say that more is to come must show the end', () => {
    expect(found(twoLooks({ shown: 1, goesOn: false }))).toEqual(['list: ends at 1, the log at 2']);
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
