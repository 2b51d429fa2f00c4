/** The index of the search, on a real PostgreSQL: of a long talk nothing is missing, what is forgotten stays so, and what waits is not left behind. */
import { pino } from 'pino';
import { beforeAll, expect, test } from 'vitest';
import { createSearchIndex } from '../server/src/desk/search-index.ts';
import { termsOf } from '../server/src/desk/search-terms.ts';
import type { Db } from '../server/src/store/db.ts';
import { forgetLine } from '../server/src/store/preferences.ts';
import { addTerms, takeGrown } from '../server/src/store/search.ts';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, aVisitor, idOf } from './support/people.ts';
import { openRelay, type Relay } from './support/relay.ts';

let relay: Relay;
let megan: Agent;
beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  return relay.close;
});

async function noted(text: string): Promise<string> {
  const id = await said(text);
  await relay.database.pool.query("update entries set kind = 'preference-noted' where conversation_id = $1", [
    id,
  ]);
  return id;
}

async function said(...texts: readonly string[]): Promise<string> {
  const visitor = await aVisitor(relay);
  for (const text of texts) await visitor.say(text);
  const id = await idOf(relay, visitor);
  if (id === undefined) throw new Error('It was not stored.');
  return id;
}

const found = async (query: string) =>
  (await megan.do('conversation:list', { view: 'all', query })).rows.map(({ id }) => id);

async function indexNow(conversation: string): Promise<void> {
  const index = createSearchIndex(relay.database.db, pino({ level: 'silent' }));
  index.grown(conversation);
  await index.stop();
}

/** As if the words were a line of what was noted, which somebody has removed. */
async function forget(tx: Db, conversation: string): Promise<void> {
  const { rows } = await relay.database.pool.query<{ id: string; by: string }>(
    'select client_id as id, sender_id as by from entries where conversation_id = $1',
    [conversation],
  );
  for (const row of rows) await forgetLine(tx, { ...row, conversation }, 'Removed.');
}

const isWaitedFor = () =>
  eventually('somebody waits for a row', async () => {
    const { rows } = await relay.database.pool.query(
      "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return rows.length > 0;
  });

test('who ends indexes what waits', async () => {
  const id = await said('Where is my okapi?');
  await indexNow(id);
  expect(await found('okapi')).toEqual([id]);
});

test('each text of a talk that is read anew is found, however many there are', async () => {
  const characters = Array.from({ length: 12_000 }, (_, index) => String.fromCharCode(0x4e00 + index));
  const texts = [0, 4_000, 8_000].map((from) => characters.slice(from, from + 4_000).join(''));
  const id = await said(...texts);
  await indexNow(id);
  for (const text of texts) {
    expect(await found(text.slice(0, 2))).toEqual([id]);
    expect(await found(text.slice(-2))).toEqual([id]);
  }
});

test('words that are forgotten while they are being indexed do not come back', async () => {
  const id = await noted('My number is zebra seven.');
  const { db } = relay.database;
  let forgotten: Promise<unknown> = Promise.resolve();
  await db.transaction(async (tx) => {
    const grown = await takeGrown(tx, [id]);
    forgotten = db.transaction((other) => forget(other, id));
    await isWaitedFor();
    await addTerms(
      tx,
      grown.map(({ texts, ...mark }) => ({ ...mark, terms: texts.flatMap(termsOf) })),
    );
  });
  await forgotten;
  expect(await found('zebra')).toEqual([]);
  await indexNow(id);
  expect([await found('zebra'), await found('removed')]).toEqual([[], [id]]);
});

test('nor do words of a talk that was never indexed, forgotten just before', async () => {
  const id = await noted('My number is gnu eight.');
  await relay.database.pool.query('delete from search_terms where conversation_id = $1', [id]);
  let indexed: Promise<void> = Promise.resolve();
  await relay.database.db.transaction(async (tx) => {
    await forget(tx, id);
    indexed = indexNow(id);
    await isWaitedFor();
  });
  await indexed;
  expect(await found('gnu')).toEqual([]);
});
