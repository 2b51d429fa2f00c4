import { describe, expect, it } from 'vitest';
import type { Db } from './db.ts';
import { gathered } from './gathered.ts';

/** Answers when it is told to; what each query was asked. */
function slowStore() {
  const queries: { asks: readonly string[]; answer(): void; fail(error: Error): void }[] = [];
  const ask = gathered<string, string>(
    (_, asks) =>
      new Promise((resolve, reject) => {
        queries.push({ asks, answer: () => resolve(asks.map((one) => `${one}!`)), fail: reject });
      }),
  );
  const db = {} as Db;
  return { queries, ask: (one: string, of: Db = db) => ask(of, one) };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('questions that are gathered', () => {
  it('asks what comes in one turn of the event loop in one query, and gives each its own answer', async () => {
    const { queries, ask } = slowStore();
    const answers = Promise.all(['a', 'b', 'a', 'c'].map((one) => ask(one)));
    await nextTurn();
    expect(queries.map(({ asks }) => asks)).toEqual([['a', 'b', 'a', 'c']]);
    queries[0]?.answer();
    expect(await answers).toEqual(['a!', 'b!', 'a!', 'c!']);
  });

  it('never answers a question from a query that began before it was asked', async () => {
    const { queries, ask } = slowStore();
    const first = ask('a');
    await nextTurn();
    const second = ask('a');
    await nextTurn();
    expect(queries.map(({ asks }) => asks)).toEqual([['a'], ['a']]);
    queries[1]?.answer();
    expect(await second).toBe('a!');
    queries[0]?.answer();
    expect(await first).toBe('a!');
  });

  it('keeps what is asked while three queries are under way for the next one', async () => {
    const { queries, ask } = slowStore();
    const all: Promise<string>[] = [];
    for (const one of ['a', 'b', 'c', 'd', 'e']) {
      all.push(ask(one));
      await nextTurn();
    }
    expect(queries.map(({ asks }) => asks)).toEqual([['a'], ['b'], ['c']]);
    queries[1]?.answer();
    await all[1];
    await nextTurn();
    expect(queries[3]?.asks).toEqual(['d', 'e']);
    for (const query of queries) query.answer();
    expect(await Promise.all(all)).toEqual(['a!', 'b!', 'c!', 'd!', 'e!']);
  });

  it('fails those alone whose query failed', async () => {
    const { queries, ask } = slowStore();
    const lost = [ask('a'), ask('b')];
    await nextTurn();
    const kept = ask('c');
    await nextTurn();
    queries[0]?.fail(new Error('the line broke'));
    queries[1]?.answer();
    expect(await Promise.allSettled(lost)).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    expect(await kept).toBe('c!');
  });

  it('fails a query that does not answer every question', async () => {
    const ask = gathered<string, string>(async () => ['only one']);
    const db = {} as Db;
    const both = await Promise.allSettled([ask(db, 'a'), ask(db, 'b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  it('refuses who comes when twenty thousand wait already, and nobody else', async () => {
    const { queries, ask } = slowStore();
    const first: Promise<string>[] = [];
    for (let one = 0; one < 3; one += 1) {
      first.push(ask('first'));
      await nextTurn();
    }
    const waiting = Array.from({ length: 20_000 }, (_, one) => ask(String(one)));
    await expect(ask('too much')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    while (queries.length < 43) {
      for (const query of queries) query.answer();
      await nextTurn();
    }
    for (const query of queries) query.answer();
    expect((await Promise.all(waiting)).at(-1)).toBe('19999!');
    expect(await Promise.all(first)).toEqual(['first!', 'first!', 'first!']);
    const free = ask('free again');
    await nextTurn();
    queries.at(-1)?.answer();
    expect(await free).toBe('free again!');
  });

  it('asks each store its own questions', async () => {
    const { queries, ask } = slowStore();
    const other = {} as Db;
    void ask('a');
    void ask('b', other);
    await nextTurn();
    expect(queries.map(({ asks }) => asks)).toEqual([['a'], ['b']]);
  });
});
