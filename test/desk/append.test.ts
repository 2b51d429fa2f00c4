/** The append itself, on a real PostgreSQL: numbering, retries, races, bad rows, the plan. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createGroupCommit } from '../../server/src/desk/group-commit.ts';
import { APPEND_TEXT, appendPrepared, type NewEntry } from '../../server/src/store/log.ts';
import { type Databases, openDatabases, openPool } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';

const log = pino({ level: 'silent' });
let databases: Databases;
let pool: pg.Pool;
let otherRelay: pg.Pool;
let visitor: string;
let site: string;

beforeAll(async () => {
  databases = await openDatabases();
  const url = await databases.make();
  pool = openPool({ connectionString: url });
  otherRelay = openPool({ connectionString: url });
  site = await one(`insert into sites (key, name, identity_secret) values ('k', 'Shop', 's') returning id`);
  visitor = await one(
    `insert into visitors (site_id, token_hash, locale) values ('${site}', sha256('t'), 'en') returning id`,
  );
});

afterAll(async () => {
  await pool.end();
  await otherRelay.end();
});

async function one(sql: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(sql);
  return rows[0]?.id ?? '';
}

function aConversation(): Promise<string> {
  return one(
    `insert into conversations (site_id, visitor_id, client_id, locale) values ('${site}', '${visitor}', '${randomUUID()}', 'en') returning id`,
  );
}

function words(conversation: string, body: string, more: Partial<NewEntry> = {}): NewEntry {
  return {
    conversation,
    senderKind: 'visitor',
    sender: visitor,
    clientId: randomUUID(),
    kind: 'message',
    body,
    data: null,
    isPublic: true,
    seen: null,
    ...more,
  };
}

async function logOf(
  conversation: string,
): Promise<{ seq: number; public_seq: number | null; body: string; kind: string }[]> {
  const { rows } = await pool.query(
    'select seq, public_seq, body, kind from entries where conversation_id = $1 order by seq',
    [conversation],
  );
  return rows as { seq: number; public_seq: number | null; body: string; kind: string }[];
}

async function expectDense(conversation: string): Promise<void> {
  const entries = await logOf(conversation);
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1));
  const numbers = entries.flatMap((entry) => entry.public_seq ?? []);
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  const { rows } = await pool.query('select last_seq, last_public_seq from conversations where id = $1', [
    conversation,
  ]);
  expect(rows[0]).toEqual({ last_seq: entries.length, last_public_seq: numbers.length });
}

describe('one statement', () => {
  test('numbers a batch over several conversations, notes without a public number', async () => {
    const [a, b] = [await aConversation(), await aConversation()];
    const note = words(a, 'internal', {
      kind: 'note',
      senderKind: 'agent',
      sender: randomUUID(),
      isPublic: false,
    });
    const answers = await appendPrepared(pool, [words(a, '1'), words(b, '2'), note, words(a, '3')]);
    expect(answers.map((answer) => answer.outcome)).toEqual(['stored', 'stored', 'stored', 'stored']);
    expect((await logOf(a)).map((entry) => [entry.seq, entry.public_seq, entry.body])).toEqual([
      [1, 1, '1'],
      [2, null, 'internal'],
      [3, 2, '3'],
    ]);
    await expectDense(b);
  });

  test('gives a retry the first result and stores it once; other words under the id are a conflict', async () => {
    const conversation = await aConversation();
    const row = words(conversation, 'once');
    const [first] = await appendPrepared(pool, [row]);
    const [again, , other] = await appendPrepared(pool, [
      row,
      words(conversation, 'next'),
      { ...row, clientId: row.clientId, body: 'twice' },
    ]);
    expect(
      first?.outcome === 'stored' && again?.outcome === 'retried' && again.entry.seq === first.entry.seq,
    ).toBe(true);
    expect(
      again?.outcome === 'retried' && first?.outcome === 'stored' && again.entry.at === first.entry.at,
    ).toBe(true);
    expect(other?.outcome).toBe('conflict');
    await expectDense(conversation);
  });

  test('refuses a visitor another’s conversation, without saying that it is there', async () => {
    const conversation = await aConversation();
    const [foreign, missing] = await appendPrepared(pool, [
      words(conversation, 'x', { sender: randomUUID() }),
      words(randomUUID(), 'x'),
    ]);
    expect([foreign?.outcome, missing?.outcome]).toEqual(['unknown', 'unknown']);
    expect(await logOf(conversation)).toEqual([]);
  });

  test('wakes a closed conversation with the visitor’s own words, in the same commit', async () => {
    const conversation = await aConversation();
    await pool.query(`update conversations set status = 'closed' where id = $1`, [conversation]);
    const [answer] = await appendPrepared(pool, [words(conversation, 'again')]);
    expect(answer?.outcome === 'stored' && answer.reopened).toBe(true);
    const { rows } = await pool.query(
      'select status, waiting_since is not null as waits from conversations where id = $1',
      [conversation],
    );
    expect(rows[0]).toEqual({ status: 'waiting', waits: true });
  });

  test('never reads the whole log, however large it is', async () => {
    const conversation = await aConversation();
    await pool.query(
      `insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
       select $1, n, n, 'message', 'visitor', $2, gen_random_uuid(), 'x' from generate_series(1, 20000) n`,
      [conversation, visitor],
    );
    await pool.query('update conversations set last_seq = 20000, last_public_seq = 20000 where id = $1', [
      conversation,
    ]);
    await pool.query(
      `insert into conversations (site_id, visitor_id, client_id, locale) select $1, $2, gen_random_uuid(), 'en' from generate_series(1, 5000)`,
      [site, visitor],
    );
    await pool.query('analyze');
    const client = await pool.connect();
    await client.query('set plan_cache_mode = force_generic_plan');
    await client.query(`prepare a (text) as ${APPEND_TEXT.replace('($1::json)', '($1::text::json)')}`);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain execute a('[]')`);
    await client.query('deallocate a');
    client.release();
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).toContain('entries_once');
    expect(plan).not.toMatch(/Seq Scan on (entries|conversations)/);
  });
});

describe('group commit', () => {
  test('one bad message in a full batch fails alone', async () => {
    const commit = createGroupCommit(pool, log);
    const conversation = await aConversation();
    const rows = Array.from({ length: 200 }, (_, index) =>
      words(conversation, index % 50 === 7 ? `poison \u0000 ${String(index)}` : `good ${String(index)}`),
    );
    const settled = await Promise.allSettled(rows.map((row) => commit.append(row)));
    const bad = settled.flatMap((one, index) => (one.status === 'rejected' ? [index] : []));
    expect(bad).toEqual([7, 57, 107, 157]);
    expect(
      settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])),
    ).toEqual(Array(4).fill('UNREADABLE'));
    expect((await logOf(conversation)).map((entry) => entry.body)).toEqual(
      rows.filter((_, index) => !bad.includes(index)).map((row) => row.body),
    );
    await expectDense(conversation);
  });

  test('the same retry on two relays at once is stored once and leaves no hole', async () => {
    const [here, there] = [createGroupCommit(pool, log), createGroupCommit(otherRelay, log)];
    const conversation = await aConversation();
    const rows = Array.from({ length: 300 }, (_, index) => words(conversation, String(index)));
    const answers = await Promise.all(
      rows.flatMap((row) => [here.append(row), there.append(row), here.append(row)]),
    );
    expect(answers.filter((answer) => answer.outcome === 'stored')).toHaveLength(300);
    expect(answers.every((answer) => answer.outcome === 'stored' || answer.outcome === 'retried')).toBe(true);
    expect(await logOf(conversation)).toHaveLength(300);
    await expectDense(conversation);
  });

  test('many conversations from two relays never deadlock for good', async () => {
    const [here, there] = [createGroupCommit(pool, log), createGroupCommit(otherRelay, log)];
    const conversations = await Promise.all(Array.from({ length: 20 }, aConversation));
    const sends = Array.from({ length: 600 }, (_, index) => {
      const conversation = conversations[(index * 7) % 20] ?? '';
      return (index % 2 ? here : there).append(words(conversation, String(index)));
    });
    expect((await Promise.all(sends)).every((answer) => answer.outcome === 'stored')).toBe(true);
    for (const conversation of conversations) await expectDense(conversation);
  });

  test('a conversation that somebody holds keeps no other waiting', async () => {
    const commit = createGroupCommit(pool, log);
    const [held, free] = [await aConversation(), await aConversation()];
    const holder = await otherRelay.connect();
    await holder.query('begin');
    await holder.query('select 1 from conversations where id = $1 for update', [held]);
    let isHeld = true;
    const waits = ['one', 'two'].map((body) => commit.append(words(held, body)));
    void Promise.race(waits).then(() => {
      isHeld = false;
    });
    await eventually('the batch waits for the row', async () => {
      const { rows } = await otherRelay.query(
        "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return rows.length > 0;
    });
    await expect(commit.append(words(free, 'goes on'))).resolves.toMatchObject({ outcome: 'stored' });
    await expect(commit.append(words(free, 'and on'))).resolves.toMatchObject({ outcome: 'stored' });
    expect(isHeld).toBe(true);
    await holder.query('rollback');
    holder.release();
    await Promise.all(waits);
    expect((await logOf(held)).map(({ body }) => body)).toEqual(['one', 'two']);
    await commit.idle();
  });

  test('while the answers of one batch go out, the store has the next', async () => {
    const conversation = await aConversation();
    const commit = createGroupCommit(pool, log);
    const told: number[] = [];
    let asked = 0;
    const send = async (body: string) => {
      await commit.append(words(conversation, body));
      told.push(asked);
    };
    let second: Promise<void> | undefined;
    const ask = pool.query.bind(pool);
    const spy = vi.spyOn(pool, 'query').mockImplementation((...asks: Parameters<typeof ask>) => {
      asked += 1;
      second ??= send('two');
      return ask(...asks);
    });
    onTestFinished(() => spy.mockRestore());
    await send('one');
    await second;
    expect(told).toEqual([2, 2]);
    expect((await logOf(conversation)).map(({ body }) => body)).toEqual(['one', 'two']);
  });

  test('a store that is gone is UNAVAILABLE: the sender keeps the message and tries again', async () => {
    const gone = new pg.Pool({ host: '127.0.0.1', port: 1, connectionTimeoutMillis: 500 });
    await expect(createGroupCommit(gone, log).append(words(randomUUID(), 'x'))).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
    await gone.end();
  });
});
