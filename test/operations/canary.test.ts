/** What people write, and what they prove themselves by, must be in no log and in no metric: through every door, and when the store fails. */
import { randomInt } from 'node:crypto';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reachEmbeddedPostgres } from '../../server/src/postgres/embedded.ts';
import { agentSchemas, visitorSchemas } from '../../server/src/sockets/schemas.ts';
import type { Database } from '../../server/src/store/database.ts';
import { FROM, type MailServer, openMailServer, refusal } from '../mail/post.ts';
import { type Asker, call, join as joinDesk, setUpOwner } from '../support/console-api.ts';
import { openPool } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgentWith, aVisitor, type Door } from '../support/people.ts';
import {
  freePort,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../support/spawn-relay.ts';
import { at, isCanary, leaksIn, secret } from './canary.ts';
import { type Doors, openDoors, type Talk } from './doors.ts';
import { agentNamed } from './doors-http.ts';
import { filledIn, placesIn } from './places.ts';
import { scrapeText } from './scrape.ts';

let dataDir: string;
let metricsPort: number;
let post: MailServer;
let relay: SpawnedRelay;
let door: Door;
let owner: Asker;
let megan: Agent;
let xuemei: Agent;
let pool: pg.Pool;
/** Of the first test, while all goes well. */
let doors: Doors;
const undos: (() => unknown)[] = [];

beforeAll(async () => {
  // As many mail servers do, it names whom it refuses.
  post = await openMailServer({
    onRcptTo: ({ address }, _, done) => {
      const says = `<${address}>: Recipient address rejected`;
      if (address.startsWith(at('refused'))) return done(refusal(550, `5.1.1 ${says}`));
      if (address.startsWith(at('later'))) return done(refusal(451, `4.7.1 ${says}`));
      return done();
    },
  });
  dataDir = await makeDataFolder();
  const port = await freePort();
  metricsPort = await freePort();
  const env = { NODE_ENV: 'production', LOG_LEVEL: 'trace', DRAIN_SECONDS: '0', HOST: '127.0.0.1' };
  const mail = { SMTP_URL: post.url, MAIL_FROM: FROM, PUSH_HOSTS: 'push.example' };
  relay = await spawnRelay({
    ...{ dataDir, port },
    env: { ...env, ...mail, PUBLIC_URL: `http://localhost:${port}`, METRICS_PORT: String(metricsPort) },
  });
  owner = { origin: relay.origin, cookie: await setUpOwner(relay.origin, relay.printed()) };
  const site = await call<{ id: string; key: string }>(owner, 'POST /api/sites', {
    ...{ name: at('site'), hosts: ['https://shop.example'] },
  });
  await call(owner, `PUT /api/sites/${site.id}/settings`, {
    callBack: { on: true, atOnce: 9, telephone: true },
    push: { on: true },
  });
  const way = reachEmbeddedPostgres(dataDir);
  if (!way) throw new Error('its PostgreSQL runs');
  pool = openPool({ ...way.connection, max: 2 });
  door = {
    ...{ origin: relay.origin, site, atClose: (undo) => undos.push(undo) },
    database: { pool } as unknown as Database,
  };
  megan = await anAgentWith(door, await joinDesk(owner, agentNamed('Megan', 'Kajitani')));
  xuemei = await anAgentWith(door, await joinDesk(owner, agentNamed('雪梅', '林')));
  for (const cookie of [owner.cookie, megan.cookie, xuemei.cookie])
    secret('session', cookie?.slice(cookie.indexOf('=') + 1) ?? '');
}, 180_000);

afterAll(async () => {
  for (const undo of undos) await undo();
  await pool.end();
  await relay.stop();
  await post.close();
  await removeDataFolder(dataDir);
});

async function aTalk(): Promise<Talk> {
  const page = { url: `https://shop.example/${at('first-page')}`, title: at('first') };
  const [visitor, guest, newcomer] = await Promise.all([1, 2, 3].map(() => aVisitor(door, { page })));
  if (!visitor || !guest || !newcomer) throw new Error('three have come');
  for (const { token } of [visitor, guest, newcomer]) secret('token', token);
  await visitor.say(at('start'));
  await guest.say(at('start'));
  return { visitor, guest, newcomer, conversation: await megan.take(visitor) };
}

const theDoors = (talk: Talk) => openDoors({ door, owner, megan, xuemei }, talk);
const aCode = () => secret('code', `0${randomInt(10_000, 100_000)}`);
const addressAt = (name: string) => `${at(name)}@example.com`;

/** A transcript by a code: to one whom the mail server does not know, to one whom it wants later, and to one whom it takes. */
async function byCode({ askCode, confirm }: Doors): Promise<void> {
  const undelivered = () => [...relay.printed().matchAll(/a mail was not delivered"/g)].length;
  for (const [index, name] of ['refused', 'later'].entries()) {
    await askCode(addressAt(name));
    await eventually(`the mail server has answered for ${name}`, () => undelivered() > index);
  }
  await askCode(addressAt('transcript'));
  const mails = () => post.taken.filter(({ to }) => to === addressAt('transcript'));
  const code = await eventually(
    'a code is mailed',
    () => /^Subject: Your code: (\d{6})\r?$/m.exec(mails()[0]?.raw ?? '')?.[1],
  );
  await confirm(secret('code', code));
  await eventually('the transcript is mailed', () => mails().length === 2);
  expect(mails()[1]?.raw).toContain(at('answer'));
}

test('nothing of it is in the log or the metrics when all goes well', async () => {
  doors = theDoors(await aTalk());
  await doors.open();
  await doors.close();
  await byCode(doors);
  expect(doors.refused()).toEqual({});
  await doors.confirm(aCode());
  expect(leaksIn(relay.printed())).toEqual([]);
  expect(leaksIn(await scrapeText({ metricsPort }))).toEqual([]);
});

test('no event has a place for words that was not tried', () => {
  const all = { visitor: visitorSchemas, agent: agentSchemas };
  const places = Object.entries(all).flatMap(([end, schemas]) =>
    Object.entries(schemas).flatMap(([event, schema]) =>
      placesIn(schema).map((place) => `${end} ${event}${place}`),
    ),
  );
  const tried = new Set(
    doors.tried.flatMap(({ end, event, payload }) =>
      filledIn(payload, isCanary).map((place) => `${end} ${event}${place}`),
    ),
  );
  expect(places.filter((place) => !tried.has(place))).toEqual([]);
  expect(places).toEqual(
    expect.arrayContaining([
      'visitor call-back:book.phone',
      'visitor push:allow.grant',
      'visitor page:tell.attributes.*',
      'agent writing:report.request.offered',
    ]),
  );
});

test('nor when every question on the store fails: the log is full of errors, without a word of anybody', async () => {
  const failing = theDoors(await aTalk());
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const from = relay.printed().length;
  for (const { name } of rows) await pool.query(`alter table public.${name} set schema drizzle`);
  try {
    await failing.open();
    await failing.close();
    await failing.askCode(addressAt('transcript'));
    await failing.confirm(aCode());
  } finally {
    for (const { name } of rows) await pool.query(`alter table drizzle.${name} set schema public`);
  }
  const since = relay.printed().slice(from);
  const failures = since.split('\n').filter((line) => line.includes('"level":50'));
  expect(failures.length).toBeGreaterThan(30);
  expect(since).toContain('an event failed');
  expect(since).toContain('a request failed');
  expect(leaksIn(relay.printed())).toEqual([]);
  expect(leaksIn(await scrapeText({ metricsPort }))).toEqual([]);
});

test('the word is really in the store, so the test would see it', async () => {
  const { rows } = await pool.query<{ n: string }>('select count(*) as n from entries where body like $1', [
    `%${at('')}%`,
  ]);
  expect(Number(rows[0]?.n)).toBeGreaterThan(3);
  const phone = secret('a-phone', '+990123456789');
  expect(leaksIn(`{"msg":"x ${at('here')}, ${phone}"}`)).toEqual([at('here'), 'a-phone']);
});

test('in production each line of the log is JSON with a time, a level and a message', () => {
  const lines = relay
    .printed()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    const { level, time, msg } = JSON.parse(line) as Record<string, unknown>;
    expect([typeof level, typeof time, typeof msg], line).toEqual(['number', 'number', 'string']);
  }
});
