import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off', LOG_LEVEL: 'fatal' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

const find = async (query: string) => (await megan.do('conversation:list', { view: 'all', query })).rows;

/** The index is well when words that are said now are found. */
async function expectFound(): Promise<void> {
  // The index goes by id: only many new conversations stand behind any one that blocks it.
  const word = `w${randomBytes(6).toString('hex')}`;
  const visitors = await Promise.all(Array.from({ length: 8 }, () => aVisitor(relay)));
  await Promise.all(visitors.map((visitor) => visitor.say(`Have you got ${word}?`)));
  await eventually('all of them are found', async () => (await find(word)).length === visitors.length);
  for (const visitor of visitors) visitor.close();
}

describe('the search goes on for everybody', () => {
  test('when a visitor writes in letters beyond the first plane, cut anywhere', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say(`begin 一${'𠀀'.repeat(60)} x${'𞤀'.repeat(60)} ${'𐌰'.repeat(79)}`);
    await expectFound();
    await eventually('the visitor is found by such letters', async () => (await find('𠀀𠀀')).length === 1);
    expect(await find(`x${'𞤀'.repeat(60)}`)).toHaveLength(1);
  });

  test('when a visitor writes more words than one conversation’s index can hold', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const { rows } = await relay.database.pool.query<{ id: string }>(
      'select id from conversations where client_id = $1',
      [visitor.conversation],
    );
    // As two hundred messages full of words that nobody has said before would leave it.
    await relay.database.pool.query(
      `insert into search_terms (conversation_id, seq, terms)
       select $1, 1, array_to_tsvector(array(select md5(n::text) || md5((-n)::text) from generate_series(1, 16300) n))
       on conflict (conversation_id) do update set terms = excluded.terms`,
      [rows[0]?.id],
    );
    await visitor.say(Array.from({ length: 300 }, () => randomBytes(6).toString('hex')).join(' '));
    await expectFound();
  });
});

describe('a question to the search', () => {
  test.each([
    ["'"],
    ["' | 'x"],
    ['!!! & | <-> :*'],
    ['a:*b & !c'],
    ['\\'],
    ['%'],
    ['_%_'],
    ["'); drop table entries; --"],
    ['x'.repeat(200)],
    ['一'.repeat(200)],
    ['\u0000'],
    ['\ud800'],
    ['𠀀'.repeat(100)],
    ['('.repeat(200)],
    ['a '.repeat(100)],
  ])('%j is answered, as words and nothing else', async (query) => {
    expect(await megan.ask('conversation:list', { view: 'all', query })).toMatchObject({ ok: true });
    expect(await megan.ask('customer:search', { query })).toMatchObject({ ok: true });
  });

  test('of signs alone is no wildcard', async () => {
    await (await aVisitor(relay)).say('Hello?');
    for (const query of ['%', '_', '%%', '\\%']) expect(await find(query)).toEqual([]);
  });
});
