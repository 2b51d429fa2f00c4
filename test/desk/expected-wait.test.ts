/** The wait that visitors are told of, learned from the store: a known distribution in, its range out. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createForecast } from '../../server/src/desk/forecast.ts';
import { readWaits } from '../../server/src/store/waits.ts';
import { anAgent, aVisitor, newId } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { openSecondRelay } from '../support/second-relay.ts';
import { plansOf } from '../tools/bench/plans.ts';

let databaseUrl: string;
let relay: Relay;
let site: string;
let visitor: string;

beforeAll(async () => {
  databaseUrl = await makeDatabase();
  relay = await openRelay({ databaseUrl });
  const someone = await aVisitor(relay);
  await someone.say('Hello?');
  const { rows } = await relay.database.pool.query(
    'select site_id, visitor_id, begun_here from conversations where client_id = $1',
    [someone.conversation],
  );
  expect(rows[0].begun_here, 'nobody was here').toBe(false);
  ({ site_id: site, visitor_id: visitor } = rows[0]);
});
afterAll(() => relay.close());

type Begun = { readonly ago: string; readonly answeredAfter?: number; readonly here?: boolean };

async function aWait({ ago, answeredAfter, here = true }: Begun): Promise<void> {
  const { rows } = await relay.database.pool.query<{ id: string }>(
    `insert into conversations (site_id, visitor_id, client_id, locale, status, created_at, begun_here)
     values ($1, $2, $3, 'en', 'open', now() - $4::interval, $5) returning id`,
    [site, visitor, newId(), ago, here],
  );
  const say = (seq: number, by: string, kind: string, minutes: number) =>
    relay.database.pool.query(
      `insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body, at)
       values ($1, $2, $2, $3, $4, $5, $6, 'x', now() - $7::interval + $8 * interval '1 minute')`,
      [rows[0]?.id, seq, kind, by, visitor, newId(), ago, minutes],
    );
  await say(1, 'visitor', 'message', 0);
  if (answeredAfter === undefined) return;
  await say(2, 'agent', 'joined', answeredAfter / 2);
  await say(3, 'agent', 'hello', answeredAfter);
  await say(4, 'agent', 'message', answeredAfter * 3);
}

test('is the range of those who began while somebody was here, and of nobody else', async () => {
  const read = async () => createForecast(await readWaits(relay.database.db))(Date.now());
  expect(await read()).toBeNull();
  // Twenty, evenly from 2 to 40 minutes: half of them within 22, nine of ten within 38.
  for (let n = 1; n <= 20; n += 1) await aWait({ ago: `${n * 30} hours`, answeredAfter: n * 2 });
  expect(await read()).toEqual([20, 45]);

  // Over a night, before anybody came; and so long ago that others were there.
  for (let n = 0; n < 20; n += 1) {
    await aWait({ ago: `${n + 20} hours`, answeredAfter: 200, here: false });
    await aWait({ ago: `${n + 50} days`, answeredAfter: 200 });
  }
  expect(await read()).toEqual([20, 45]);

  // Five who were never answered are no reason to call it quick: nine of ten are not known any more.
  for (let n = 0; n < 5; n += 1) await aWait({ ago: `${n + 2} days` });
  expect(await read()).toBeNull();
});

test('is told to visitors while somebody is here', async () => {
  await relay.database.pool.query("delete from conversations where created_at < now() - interval '1 hour'");
  for (let n = 1; n <= 20; n += 1) await aWait({ ago: `${n * 31} hours`, answeredAfter: n / 5 });
  // It is read when a relay starts, and then every few minutes.
  await relay.close();
  relay = await openSecondRelay(relay, { DATABASE_URL: databaseUrl });
  await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  const come = await aVisitor(relay);
  expect(come.heard('welcome')[0]?.expectation).toEqual({ kind: 'here', minutes: [0, 4] });
  await come.say('Hello?');
  const { rows } = await relay.database.pool.query(
    'select begun_here from conversations where client_id = $1',
    [come.conversation],
  );
  expect(rows[0]?.begun_here).toBe(true);
});

test('is read by indexes, however much was said', async () => {
  const { pool } = relay.database;
  await pool.query(
    `insert into conversations (site_id, visitor_id, client_id, locale, created_at)
     select $1, $2, gen_random_uuid(), 'en', now() - n * interval '1 minute' from generate_series(1, 30000) n`,
    [site, visitor],
  );
  await pool.query(
    `insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
     select id, n, n, 'message', 'visitor', $1, gen_random_uuid(), 'x' from conversations, generate_series(101, 102) n`,
    [visitor],
  );
  await pool.query('analyze conversations, entries');
  const { scans } = await plansOf(pool, () => readWaits(relay.database.db));
  expect(scans).toEqual([]);
});
