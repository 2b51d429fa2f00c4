import { randomBytes, randomUUID } from 'node:crypto';
import type { FirstReport } from '@fullname/shared/book';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { conversations, entries, rules, visitors } from '../../server/src/store/schema.ts';
import { call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { aRule } from './desk.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());
beforeEach(async () => {
  const { db } = relay.database;
  await db.delete(conversations);
  await db.delete(rules);
});

const owner = () => ({ origin: relay.origin, cookie: relay.owner });
const read = () => call<FirstReport>(owner(), 'GET /api/book/first-report');

async function run(sentences?: readonly { text: string; locale: string }[]): Promise<FirstReport> {
  await call(owner(), 'POST /api/book/first-report', sentences ? { sentences } : {});
  return eventually(
    'the report is made',
    async () => {
      const report = await read();
      return report.running === null && report;
    },
    50_000,
  );
}

/** Past conversations, each with these words of Megan's, written straight into the store. */
async function aPast(
  talks: readonly (readonly string[])[],
  at: { readonly relay: Relay; readonly by: string } = { relay, by: megan.person.id },
): Promise<string[]> {
  const { db, pool } = at.relay.database;
  const { rows } = await pool.query<{ id: string }>('select id from sites limit 1');
  const visitor = randomUUID();
  await db
    .insert(visitors)
    .values({ id: visitor, site: rows[0]?.id ?? '', tokenHash: randomBytes(32), locale: 'en' });
  const made = talks.map((words) => ({ id: randomUUID(), words }));
  for (let from = 0; from < made.length; from += 50) {
    const some = made.slice(from, from + 50);
    await db.insert(conversations).values(
      some.map(({ id }) => ({
        id,
        site: rows[0]?.id ?? '',
        visitor,
        clientId: randomUUID(),
        locale: 'en',
        status: 'closed' as const,
      })),
    );
    await db.insert(entries).values(
      some.flatMap(({ id, words }) =>
        words.map((body, index) => ({
          ...{ conversation: id, seq: index + 1, publicSeq: index + 1, kind: 'message', body },
          ...{ senderKind: 'agent' as const, sender: at.by, clientId: randomUUID() },
        })),
      ),
    );
  }
  return made.map(({ id }) => id);
}

describe('the first report', () => {
  test('before the first run says that there is none', async () => {
    await relay.database.pool.query('delete from first_reports');
    expect(await read()).toEqual({
      ...{ at: null, source: 'past', running: null, phrases: [] },
      read: { conversations: 0, sentences: 0 },
    });
  });

  test('counts what our own words hold, the most frequent first, with real sentences', async () => {
    const soon = await aRule(relay, { title: 'When is soon?', finds: ['soon'] });
    const policy = await aRule(relay, { title: 'Policy', finds: ['our policy'], level: 'suggestion' });
    const visitor = await aVisitor(relay);
    await visitor.say('Will it come soon? What is your policy?');
    const conversation = await megan.take(visitor);
    await megan.say(conversation, 'Hello. It comes soon.');
    await megan.say(conversation, 'It is our policy! We write Soon, very soon.');
    await megan.note(conversation, 'They want it soon.');
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'See you soon.' });
    const report = await run();
    expect(report).toMatchObject({ source: 'past', read: { conversations: 1, sentences: 5 } });
    expect(report.phrases).toEqual([
      {
        ...{ rule: soon, title: 'When is soon?', level: 'warning', words: 'soon', count: 4 },
        sentences: ['It comes soon.', 'We write Soon, very soon.', 'See you soon.'],
      },
      {
        ...{ rule: policy, title: 'Policy', level: 'suggestion', words: 'our policy', count: 1 },
        sentences: ['It is our policy!'],
      },
    ]);
    expect(Date.parse(report.at ?? '')).toBeGreaterThan(Date.now() - 60_000);
  });

  test('reads every conversation once over several batches, and long ones to their end', async () => {
    const rule = await aRule(relay);
    const long = Array.from({ length: 450 }, (_, n) => `Number ${n} comes soon.`);
    await aPast([...Array.from({ length: 340 }, () => ['It comes soon.', 'Thank you.']), long]);
    // All at one moment: the batches must not stumble over equal times.
    await relay.database.pool.query(`update conversations set created_at = '2026-05-01T10:00:00Z'`);
    const report = await run();
    expect(report.read).toEqual({ conversations: 341, sentences: 340 * 2 + 450 });
    expect(report.phrases).toMatchObject([{ rule, count: 340 + 450 }]);
  });

  test('shows at most twenty, and three sentences each', async () => {
    const words = Array.from({ length: 25 }, (_, n) => `w${String.fromCharCode(97 + n)}x`);
    for (const [n, word] of words.entries()) await aRule(relay, { title: `Rule ${n}`, finds: [word] });
    await aPast(words.map((word, n) => Array.from({ length: n + 1 }, (_, k) => `Say ${word} ${k} times.`)));
    const { phrases } = await run();
    expect(phrases.map(({ count }) => count)).toEqual(Array.from({ length: 20 }, (_, n) => 25 - n));
    expect(Math.max(...phrases.map(({ sentences }) => sentences.length))).toBe(3);
  });

  test('names nobody: no agent, no customer, no address, no number', async () => {
    await aRule(relay, {
      title: 'First name only',
      topic: 'first-name-only',
      finds: ['best, {agent.given}'],
    });
    await aRule(relay);
    const visitor = await aVisitor(relay);
    await visitor.say('Hello');
    const conversation = await megan.take(visitor);
    await megan.do('customer:link', { conversation, id: newId(), customer: { name: 'Rosa Lindqvist' } });
    await megan.say(
      conversation,
      'Dear Rosa, I am Megan Kajitani and write to rosa@example.com or 070 123 45 67 soon. Best, Megan',
    );
    const report = await run();
    expect(report.phrases.map(({ title }) => title).toSorted()).toEqual(['First name only', 'Soon']);
    const told = JSON.stringify(report);
    expect(told).not.toMatch(/megan|kajitani|rosa|lindqvist|example\.com|070/i);
    expect(told).not.toContain(megan.person.id);
    expect(told).toContain('Best, •••');
  });

  test('asks of each message what held when it was written', async () => {
    const again = await aRule(relay, {
      title: 'Asking again',
      finds: ['order number'],
      when: ['order-known'],
    });
    const first = await aRule(relay, { title: 'Hello', finds: ['good day'], when: ['first-reply'] });
    const never = await aRule(relay, { title: 'Never first', finds: ['good day'], unless: ['first-reply'] });
    const bye = await aRule(relay, { title: 'Bye', finds: ['good day'], when: ['closing'] });
    const visitor = await aVisitor(relay);
    await visitor.say('Hello');
    const conversation = await megan.take(visitor);
    await megan.say(conversation, 'Good day. What is your order number?');
    await visitor.say('My order number is BX-10293.');
    await megan.say(conversation, 'And what is the order number, please?');
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Good day.' });
    const { phrases } = await run();
    const counts = new Map(phrases.map(({ rule, count, sentences }) => [rule, [count, ...sentences]]));
    expect(counts.get(again)).toEqual([1, 'And what is the order number, please?']);
    expect(counts.get(first)).toEqual([1, 'Good day.']);
    expect(counts.get(never)).toEqual([1, 'Good day.']);
    expect(counts.get(bye)).toEqual([1, 'Good day.']);
  });

  test('leaves out what was put aside', async () => {
    await aRule(relay);
    const [spam] = await aPast([['It comes soon.']]);
    await relay.database.pool.query(`update conversations set status = 'spam' where id = $1`, [spam]);
    expect((await run()).read).toEqual({ conversations: 0, sentences: 0 });
  });

  test('reads an import by its languages, and keeps nothing else of it', async () => {
    const [english, chinese] = [
      await aRule(relay),
      await aRule(relay, { locale: 'zh-Hans', title: '尽快', finds: ['尽快'] }),
    ];
    const report = await run([
      { text: 'It comes soon. We hope.', locale: 'en' },
      { text: '我们会尽快处理。', locale: 'zh-Hans' },
      { text: '我们会尽快回复。', locale: 'zh-Hans' },
    ]);
    expect(report).toMatchObject({ source: 'import', read: { conversations: 0, sentences: 4 } });
    expect(report.phrases.map(({ rule, count, sentences }) => [rule, count, sentences])).toEqual([
      [chinese, 2, ['我们会尽快处理。', '我们会尽快回复。']],
      [english, 1, ['It comes soon.']],
    ]);
  });

  test('takes an import larger than any other body, from owners alone', async () => {
    await aRule(relay);
    const sentences = Array.from({ length: 3_000 }, (_, n) => ({
      text: `Parcel ${n} comes very soon to you.`,
      locale: 'en',
    }));
    expect(JSON.stringify(sentences).length).toBeGreaterThan(65_536);
    expect((await run(sentences)).phrases).toMatchObject([{ count: 3_000 }]);
    const agent = { origin: relay.origin, cookie: megan.cookie };
    expect(await refusal(request(agent, 'POST /api/book/first-report', { sentences }))).toBe('FORBIDDEN');
    expect(await refusal(request({ origin: relay.origin }, 'POST /api/book/first-report', {}))).toBe(
      'SIGNED_OUT',
    );
    expect((await request(agent, 'GET /api/book/first-report')).ok).toBe(true);
  });

  test.each([
    ['no sentence', { sentences: [] }],
    ['an unknown language', { sentences: [{ text: 'Bientôt.', locale: 'fr' }] }],
    ['a sentence too long', { sentences: [{ text: 'x'.repeat(4_001), locale: 'en' }] }],
    [
      'more than it takes',
      { sentences: Array.from({ length: 20_001 }, () => ({ text: 'x', locale: 'en' })) },
    ],
    ['somebody’s id', { sentences: [{ text: 'Soon.', locale: 'en', by: 'x' }] }],
  ])('refuses an import with %s', async (_what, body) => {
    expect(await refusal(request(owner(), 'POST /api/book/first-report', body))).toBe('INVALID_PAYLOAD');
  });
});

test('a relay that stops gives it up: nothing is left behind, and nobody waits for it', async () => {
  const databaseUrl = await makeDatabase();
  const stopping = await openRelay({ databaseUrl });
  const words = Array.from({ length: 20 }, () => 'It comes soon. '.repeat(60));
  await aPast(
    Array.from({ length: 200 }, () => words),
    { relay: stopping, by: (await anAgent(stopping)).person.id },
  );
  await aRule(stopping);
  const asked = request(
    { origin: stopping.origin, cookie: stopping.owner },
    'POST /api/book/first-report',
    {},
  );
  const { rows } = await eventually('it has begun', async () => {
    const begun = await stopping.database.pool.query('select report from first_reports');
    return begun.rowCount === 1 && begun;
  });
  expect(rows[0].report.running).toMatchObject({ of: 200 });
  await stopping.close();
  await asked.catch(() => undefined);
  const client = new pg.Client(databaseUrl);
  await client.connect();
  const left = await client.query(`select report -> 'at' as at from first_reports`);
  const locks = await client.query(`select 1 from pg_locks where locktype = 'advisory' and granted`);
  await client.end();
  expect([left.rows, locks.rowCount]).toEqual([[{ at: null }], 0]);
});

describe('while one runs', () => {
  /** Somebody else, a relay beside this one, is making the report. */
  async function elsewhere(): Promise<() => Promise<void>> {
    const client = await relay.database.pool.connect();
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock($1)', [0x7061_7374]);
    await relay.database.pool.query(
      `update first_reports set report = jsonb_set(report, '{running}', '{"done": 3, "of": 9}')`,
    );
    return async () => {
      await client.query('rollback');
      client.release();
    };
  }

  test('asking again answers how far it is, an import waits, and the last report stays', async () => {
    const rule = await aRule(relay);
    await aPast([['It comes soon.']]);
    await run();
    const end = await elsewhere();
    const again = await call<FirstReport>(owner(), 'POST /api/book/first-report', {});
    expect(again).toMatchObject({ running: { done: 3, of: 9 }, phrases: [{ rule, count: 1 }] });
    const sentences = [{ text: 'Soon.', locale: 'en' }];
    expect(await refusal(request(owner(), 'POST /api/book/first-report', { sentences }))).toBe('TOO_MANY');
    await end();
    // The relay that made it was killed: nothing runs any more, and the next one may begin.
    expect((await read()).running).toBeNull();
    expect((await run(sentences)).source).toBe('import');
  });

  test('is told from the first moment on, when nothing of it is written yet', async () => {
    await relay.database.pool.query('delete from first_reports');
    const end = await elsewhere();
    expect(await read()).toMatchObject({ at: null, running: { done: 0, of: 0 } });
    await end();
    expect((await read()).running).toBeNull();
  });

  test('two clicks at once make one report', async () => {
    await aRule(relay);
    await aPast(Array.from({ length: 300 }, () => ['It comes soon.', 'Very soon.']));
    const clicks = await Promise.all(
      [1, 2, 3].map(() => request<FirstReport>(owner(), 'POST /api/book/first-report', {})),
    );
    expect(clicks.every(({ ok }) => ok)).toBe(true);
    const report = await eventually('the report is made', async () => {
      const now = await read();
      return now.running === null && now;
    });
    expect(report.phrases).toMatchObject([{ count: 600 }]);
  });

  test('the desk goes on, progress is told, and it stops at 200,000 sentences', async () => {
    await aRule(relay);
    const words = `It comes soon. ${'Yes. '.repeat(499)}`;
    await aPast(Array.from({ length: 260 }, () => [words, words]));
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const conversation = await megan.take(visitor);
    let answered = false;
    const asked = call<FirstReport>(owner(), 'POST /api/book/first-report', {}).finally(() => {
      answered = true;
    });
    const seen: { done: number; of: number }[] = [];
    for (;;) {
      await megan.say(conversation, 'Here I am.');
      const wasAnswered = answered;
      const { running } = await read();
      if (running) seen.push(running);
      else if (wasAnswered) break;
    }
    await asked;
    expect(seen.length).toBeGreaterThan(0);
    // At its first moment it does not know yet how much there is.
    const counted = seen.filter(({ of }) => of > 0);
    expect(counted.length).toBeGreaterThan(0);
    expect(counted.every(({ done, of }) => of === 261 && done <= of)).toBe(true);
    expect(seen.map(({ done }) => done)).toEqual(
      seen.map(({ done }) => done).toSorted((one, two) => one - two),
    );
    const report = await read();
    expect(report.read.sentences).toBeGreaterThan(200_000 - 1);
    expect(report.read.sentences).toBeLessThan(200_000 + 500);
  });
});
