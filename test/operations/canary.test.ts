/** What people write, and what they prove themselves by, must be in no log and in no metric: through every door, and when the store fails. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { NewApiKey } from '@fullname/shared/customers';
import type pg from 'pg';
import { io } from 'socket.io-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reachEmbeddedPostgres } from '../../server/src/postgres/embedded.ts';
import type { Database } from '../../server/src/store/database.ts';
import { type Asker, call, join as joinDesk, request, setUpOwner } from '../support/console-api.ts';
import { openPool } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgentWith, aVisitor, type Door, newId, type Visitor } from '../support/people.ts';
import {
  freePort,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../support/spawn-relay.ts';
import { scrapeText } from './scrape.ts';

/** One word that is nowhere else; each door adds its own name, so that a leak tells through which it came. */
const WORD = `qanary${randomBytes(6).toString('hex')}`;
const at = (door: string) => `${WORD}-${door}`;

let dataDir: string;
let metricsPort: number;
let relay: SpawnedRelay;
let door: Door;
let owner: Asker;
let megan: Agent;
let xuemei: Agent;
let pool: pg.Pool;
const undos: (() => unknown)[] = [];

beforeAll(async () => {
  dataDir = await makeDataFolder();
  const port = await freePort();
  metricsPort = await freePort();
  const env = { NODE_ENV: 'production', LOG_LEVEL: 'trace', DRAIN_SECONDS: '0', HOST: '127.0.0.1' };
  relay = await spawnRelay({
    ...{ dataDir, port },
    env: { ...env, PUBLIC_URL: `http://localhost:${port}`, METRICS_PORT: String(metricsPort) },
  });
  owner = { origin: relay.origin, cookie: await setUpOwner(relay.origin, relay.printed()) };
  const site = await call<{ key: string }>(owner, 'POST /api/sites', {
    name: at('site'),
    hosts: ['https://shop.example'],
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
}, 180_000);

afterAll(async () => {
  for (const undo of undos) await undo();
  await pool.end();
  await relay.stop();
  await removeDataFolder(dataDir);
});

function agentNamed(given: string, family: string) {
  const email = `${at('member')}.${randomBytes(3).toString('hex')}@example.com`;
  return { ...{ given, family, email, title: at('title') }, role: 'agent' as const };
}

/** Everything that a person can bring in. Refusals are as good as answers here: both may be logged. */
async function throughEveryDoor(visitor: Visitor, conversation: string): Promise<number> {
  const one = { conversation };
  const due = new Date(Date.now() + 3_600_000).toISOString();
  const asked: Promise<unknown>[] = [
    visitor.ask('message:send', { conversation: visitor.conversation, id: newId(), text: at('message') }),
    visitor.ask('message:send', {
      conversation: visitor.conversation,
      id: newId(),
      text: `\u0000${at('control')}\ud800`,
    }),
    visitor.ask('email:give', {
      conversation: visitor.conversation,
      id: newId(),
      email: `${at('email')}@example.com`,
    }),
    visitor.ask('page:view', { url: `https://shop.example/${at('page')}`, title: at('page-title') }),
    visitor.ask('page:tell', {
      conversation: visitor.conversation,
      attributes: { [at('label')]: at('label-value') },
      events: [{ id: newId(), name: at('event'), meta: { [at('meta')]: at('meta-value') }, ago: 0 }],
    }),
    megan.ask('message:send', { ...one, id: newId(), text: at('reply') }),
    megan.ask('note:send', { ...one, id: newId(), text: at('note') }),
    megan.ask('draft:save', { ...one, text: at('draft') }),
    megan.ask('customer:link', { ...one, id: newId(), customer: { name: at('customer') } }),
    megan.ask('customer:search', { query: at('query') }),
    megan.ask('conversation:list', { view: 'all', query: at('search') }),
    megan.ask('failure:log', { ...one, id: newId(), what: at('failure') }),
    megan.ask('preference:note', {
      ...one,
      id: newId(),
      text: at('preference'),
      source: 'stated',
      quote: at('quote'),
    }),
    megan.ask('promise:make', { ...one, id: newId(), text: at('promise'), due }),
    megan.ask('extras:offer', { ...one, id: newId(), text: at('extras'), options: [at('roses'), at('tea')] }),
    megan.ask('conversation:hand-over', { ...one, id: newId(), to: xuemei.person.id, note: at('hand-over') }),
    xuemei.ask('conversation:close', { ...one, id: newId(), farewell: at('farewell') }),
    request(owner, 'POST /api/book/changes', {
      ...{ id: newId(), target: null, kind: 'phrase', example: at('example') },
      body: {
        locale: 'en',
        situation: 'hello',
        text: at('phrase'),
        reason: at('reason'),
        notWhen: null,
        tags: [],
      },
    }),
    request(owner, 'POST /api/people', agentNamed('Ada', at('family'))),
    request(owner, 'POST /api/sites', { name: at('new-site'), hosts: [`https://${at('host')}.example`] }),
    request(owner, 'POST /api/customers/imports', {
      id: newId(),
      kind: 'purchases',
      text: `id,what\n1,${at('import')}`,
    }),
    request({ origin: relay.origin }, 'POST /api/session', {
      email: `${at('sign-in')}@example.com`,
      password: at('password'),
    }),
    request({ origin: relay.origin, cookie: `__Host-fullname=${at('cookie')}` }, 'GET /api/session'),
    request({ origin: relay.origin }, `POST /api/links/${at('link-token')}`, {
      password: at('new-password'),
    }),
    request({ origin: `https://${at('origin')}.example` }, 'POST /api/session', {}),
    fetch(`${relay.origin}/${at('path')}?token=${at('url-token')}`, {
      headers: { 'user-agent': at('agent') },
    }),
    fetch(`${relay.origin}/api/people`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: relay.origin },
      body: `{"${at('broken')}": `,
    }),
    imported(),
    connected({ token: at('visitor-token'), identity: at('jwt') }),
    connected({ identity: `${btoa('{"alg":"HS256"}')}.${btoa(JSON.stringify({ sub: at('claim') }))}.AAAA` }),
  ];
  // A proof of somebody, an event that nobody knows, and payloads that nobody allows.
  const raw = io(`${relay.origin}/visitor`, {
    ...{ path: '/socket', transports: ['websocket'], forceNew: true, reconnection: false },
    ...{ auth: { protocol: 2, site: door.site.key, locale: 'en' }, extraHeaders: { origin: relay.origin } },
  });
  undos.push(() => raw.disconnect());
  raw.on('connect', () => {
    raw.emit('message:send', { [at('key')]: at('value') });
    raw.emit(at('event'), at('payload'));
  });
  asked.push(eventually('it was heard or refused', () => raw.disconnected));
  const settled = await Promise.allSettled(asked);
  return settled.filter(({ status }) => status === 'fulfilled').length;
}

async function imported(): Promise<void> {
  const key = await call<NewApiKey>(owner, 'POST /api/keys', { name: at('key-name') });
  const customer = { site: door.site.key, subject: at('subject') };
  const rows = [
    { id: randomUUID(), customer, at: at('when'), what: at('purchase'), amount: 1, currency: 'EUR' },
  ];
  for (const authorization of [`Bearer ${key.secret}`, `Bearer ${at('api-key')}`])
    await fetch(`${relay.origin}/api/v1/purchases`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ rows }),
    });
}

async function connected(auth: { readonly token?: string; readonly identity?: string }): Promise<void> {
  await aVisitor(door, auth).then((visitor) => visitor.close());
}

/** The doors from which the word is to be read in a text. */
function leaksIn(text: string): string[] {
  return [...new Set([...text.matchAll(new RegExp(`${WORD}-[a-z-]*`, 'g'))].map(([found]) => found))];
}

async function aConversation(): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(door, {
    page: { url: `https://shop.example/${at('first-page')}`, title: at('first') },
  });
  await visitor.say(at('start'));
  return { visitor, conversation: await megan.take(visitor) };
}

test('nothing of it is in the log or the metrics when all goes well', async () => {
  const { visitor, conversation } = await aConversation();
  expect(await throughEveryDoor(visitor, conversation)).toBeGreaterThan(20);
  expect(leaksIn(relay.printed())).toEqual([]);
  expect(leaksIn(await scrapeText({ metricsPort }))).toEqual([]);
});

test('nor when every question on the store fails: the log is full of errors, without a word of anybody', async () => {
  const { visitor, conversation } = await aConversation();
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const from = relay.printed().length;
  for (const { name } of rows) await pool.query(`alter table public.${name} set schema drizzle`);
  try {
    await throughEveryDoor(visitor, conversation);
  } finally {
    for (const { name } of rows) await pool.query(`alter table drizzle.${name} set schema public`);
  }
  const since = relay.printed().slice(from);
  const failures = since.split('\n').filter((line) => line.includes('"level":50'));
  expect(failures.length).toBeGreaterThan(10);
  expect(since).toContain('an event failed');
  expect(since).toContain('a request failed');
  expect(leaksIn(relay.printed())).toEqual([]);
  expect(leaksIn(await scrapeText({ metricsPort }))).toEqual([]);
});

test('the word is really in the store, so the test would see it', async () => {
  const { rows } = await pool.query<{ n: string }>('select count(*) as n from entries where body like $1', [
    `%${WORD}%`,
  ]);
  expect(Number(rows[0]?.n)).toBeGreaterThan(3);
  expect(leaksIn(`{"msg":"x ${at('here')}"}`)).toEqual([at('here')]);
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
