/** What is found among many: the latest first, what few have however old it is, and an honest word where not all was looked at. */
import { LIST_PAGE_SIZE } from '@fullname/shared/limits';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId } from './support/people.ts';
import { openDemoRelay, openRelay, type Relay } from './support/relay.ts';

/** More than are looked at one by one. */
const LATER = 1_200;

let relay: Relay;
let megan: Agent;
/** Conversations that came before all others. */
const old = { linked: '', claimed: '', silent: '' };

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  old.linked = await said('A marmalade cat sat on it.');
  old.claimed = await said('Is the cello mended?');
  old.silent = await said('Put aside: marmalade.');
  await eventually('they are indexed', async () => (await find('marmalade')).rows.length === 2);
  const { pool } = relay.database;
  await pool.query(
    `with made as (insert into customers (name, email) values ('王小明', 'xiaoming@example.org') returning id)
     update visitors set customer_id = made.id from made where visitors.id = (select visitor_id from conversations where id = $1)`,
    [old.linked],
  );
  await pool.query(
    `update visitors set claimed_name = 'Zoë O''Halloran' where id = (select visitor_id from conversations where id = $1)`,
    [old.claimed],
  );
  await pool.query(`update conversations set status = 'spam' where id = $1`, [old.silent]);
  await manyMore();
});
afterAll(() => relay.close());

const find = (query: string) => megan.do('conversation:list', { view: 'all', query });
const idsOf = async (query: string) => (await find(query)).rows.map((row) => row.id);

async function said(text: string): Promise<string> {
  const visitor = await aVisitor(relay);
  await visitor.say(text);
  const { rows } = await relay.database.pool.query<{ id: string }>(
    'select id from conversations where client_id = $1',
    [visitor.conversation],
  );
  return rows[0]?.id ?? '';
}

/** A day later: all of them speak of parcels, and every third of a vase. */
async function manyMore(): Promise<void> {
  await relay.database.pool.query(
    `with visitor as (
       insert into visitors (site_id, token_hash, claimed_email, locale)
       select (select id from sites limit 1), decode(md5('a' || g) || md5('b' || g), 'hex'), g || '@shared.example', 'en'
       from generate_series(1, ${LATER}) g returning id, split_part(claimed_email, '@', 1)::int as g
     ), talk as (
       insert into conversations (site_id, visitor_id, client_id, status, closed_at, last_seq, last_at, locale)
       select (select id from sites limit 1), id, gen_random_uuid(), 'closed', now(), 1, now() + interval '1 day' + g * interval '1 second', 'en'
       from visitor returning id, last_at
     )
     insert into search_terms (conversation_id, seq, at, terms)
     select id, 1, last_at, array_to_tsvector(array['parcel'] || case when extract(second from last_at)::int % 3 = 0 then array['vase'] else '{}' end)
     from talk`,
  );
}

describe('what few have is found, however many came after it', () => {
  test.each(['marmalade', 'marm', 'cat marmalade'])('by words: %s', async (query) => {
    expect(await idsOf(query)).toEqual([old.linked]);
    expect((await find(query)).cut).toBeUndefined();
  });

  test.each(['王小明', '小明', '王', 'XIAOMING@', 'ming@ex'])(
    'by a customer’s name or address: %s',
    async (query) => {
      expect(await idsOf(query)).toEqual([old.linked]);
      expect((await find(query)).cut).toBeUndefined();
    },
  );

  test.each(['Zoë', 'zoË o', "O'Hall", 'ran'])('by what a visitor said of themselves: %s', async (query) => {
    expect(await idsOf(query)).toEqual([old.claimed]);
  });
});

describe('what nobody has as it was typed', () => {
  test.each(['zoe haloran', 'Zoë O’Hallorran', 'hallroan'])(
    'is looked for with a slip in the name: %s',
    async (query) => {
      expect(await idsOf(query)).toEqual([old.claimed]);
    },
  );

  test('is looked for in customers’ records as well, a name without its accents too', async () => {
    const search = async (query: string) =>
      (await megan.do('customer:search', { query })).map(({ name }) => name);
    await relay.database.pool.query(
      `insert into customers (name) values ('Inés Echeverría'), ('Ines Etcheverry')`,
    );
    expect(await search('Echevería')).toEqual(['Inés Echeverría']);
    expect(await search('ines echeverria')).toEqual(['Inés Echeverría']);
    expect(await search('Inés Echeverrixy')).toEqual([]);
  });

  test('is looked for with a slip in the number of an order, told in words or before them', async () => {
    const visitor = await aVisitor(relay);
    const { token, conversation } = visitor;
    const message = { id: newId(), text: 'Where is it? The other one was LR-58213.' };
    const about = { order: 'LR-77120' };
    await visitor.do('conversation:start', { token, conversation, message, locale: 'en', about });
    await eventually('it is indexed', async () => (await idsOf('LR-77120')).length === 1);
    for (const query of ['LR-71720', 'lr 7712', '58213', '58231']) expect(await idsOf(query)).toHaveLength(1);
    expect(await idsOf('LR-99120')).toEqual([]);
  });
});

describe('what many have', () => {
  test.each(['parcel', 'vase', 'shared.example'])(
    'is a page of the latest, and says so: %s',
    async (query) => {
      const { rows, cut, next } = await find(query);
      expect(rows).toHaveLength(LIST_PAGE_SIZE);
      expect({ cut, next }).toEqual({ cut: true, next: null });
      const times = rows.map((row) => row.lastAt);
      expect(times).toEqual([...times].sort().reverse());
      const { rows: latest } = await relay.database.pool.query<{ id: string }>(
        `select c.id from conversations c join search_terms t on t.conversation_id = c.id join visitors v on v.id = c.visitor_id
       where t.terms @@ $1::tsquery or v.claimed_email like $2 order by c.last_at desc limit ${LIST_PAGE_SIZE}`,
        [`'${query}'`, `%${query}%`],
      );
      expect(rows.map((row) => row.id)).toEqual(latest.map(({ id }) => id));
    },
  );
});

test('one Latin letter is looked for among the latest only, and says so', async () => {
  const { rows, cut } = await find('z');
  expect(rows).toEqual([]);
  expect(cut).toBe(true);
});

test('nothing is nothing, and all was looked at', async () => {
  expect(await find('nowhere')).toEqual({ rows: [], next: null });
});

test('the more words a conversation has, the longer it waits to be indexed anew, and not for ever', async () => {
  const [short, middling, long] = [await aVisitor(relay), await aVisitor(relay), await aVisitor(relay)];
  await short.say('A few.');
  await middling.say(manyWords('mid', 120));
  for (const part of ['one', 'two', 'three', 'four', 'five']) await long.say(manyWords(part, 400));
  const found = async (word: string) => (await find(word)).rows.length;
  await eventually('all are indexed', async () => (await found('mid119')) + (await found('five399')) === 2);
  await long.say('Zebra.');
  await middling.say('Gnu.');
  await short.say('Okapi.');
  await eventually('the short one is found by its new word', async () => (await found('okapi')) === 1);
  expect(await found('zebra')).toBe(0);
  await eventually('the middling one as well', async () => (await found('gnu')) === 1, 30_000);
});

const manyWords = (stem: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${stem}${index}`).join(' ');

test('a relay that fills its demo desk finds every conversation of it by its words', async () => {
  const { database, close } = await openDemoRelay();
  onTestFinished(close);
  const { rows } = await database.pool.query<{ n: number }>('select count(*)::int as n from conversations');
  await eventually(
    'all are indexed',
    async () =>
      (await database.pool.query('select 1 from search_terms where seq > 0')).rowCount === rows[0]?.n,
    30_000,
  );
  expect(rows[0]?.n).toBeGreaterThan(40);
});
