/** A relay that is told to stop while others go on: nobody loses a word, and nobody new comes in. */
import { setImmediate, setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { openFolder } from '../../server/src/http/files.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { eventually } from '../support/eventually.ts';
import { aVisitor } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { freePort } from '../support/spawn-relay.ts';

/** The one that stays has set up the site; the one that leaves is a relay of production on the same store. */
let stays: Relay;
let databaseUrl: string;
beforeAll(async () => {
  databaseUrl = await makeDatabase();
  stays = await openRelay({ databaseUrl });
});
afterAll(() => stays.close());

test('is not ready at once but answers, then takes nobody in, lets its clients go, and answers to the last', async () => {
  const leaves = await startLeaving({ DRAIN_SECONDS: '3' });
  const [first, second] = [await aVisitor(leaves), await aVisitor(leaves)];
  await first.say('My parcel is late');
  const before = await fetch(`${leaves.origin}/livez`);
  expect(before.headers.get('connection')).toBe('keep-alive');

  const drained = leaves.app.drain();
  const ready = await fetch(`${leaves.origin}/readyz`);
  expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
  expect(await ready.json()).toMatchObject({ status: 'draining' });
  const newcomer = await aVisitor(leaves);
  expect(newcomer.heard('relay:leaving')).toEqual([]);

  const notice = await eventually('the clients are told', () => first.heard('relay:leaving')[0]);
  expect(notice.within).toBeGreaterThan(0);
  expect(newcomer.heard('relay:leaving')).toHaveLength(1);
  expect(await handshake(leaves.origin, 'polling')).toBe(503);
  expect(await handshake(leaves.origin, 'websocket')).toBe(503);
  expect((await fetch(`${leaves.origin}/livez`)).status).toBe(200);

  // Words that are written now are acknowledged; so are those that are on their way when the others have gone.
  expect((await first.say('Are you there?')).publicSeq).toBe(2);
  newcomer.close();
  second.close();
  const last = Array.from({ length: 5 }, (_, number) => first.say(`And ${number}`));
  expect((await Promise.all(last)).map(({ publicSeq }) => publicSeq)).toEqual([3, 4, 5, 6, 7]);
  first.close();
  await drained;
  await expect(fetch(`${leaves.origin}/livez`)).rejects.toThrow();
});

test('closes those who cannot go: a tab that is frozen loses its line, and no word that was acknowledged', async () => {
  const leaves = await startLeaving({ DRAIN_SECONDS: '1' });
  const frozen = await aVisitor(leaves);
  const sent: Promise<number>[] = [];
  const drained = leaves.app.drain();
  while (frozen.socket.connected) {
    const words = frozen.say(`Word ${sent.length}`);
    sent.push(words.then(({ publicSeq }) => publicSeq).catch(() => 0));
    await wait(40);
  }
  await drained;
  const acked = (await Promise.all(sent)).filter((number) => number > 0);
  expect(acked.length).toBeGreaterThan(10);
  const again = await aVisitor(stays, { token: frozen.token, conversation: frozen.conversation });
  const kept = new Set((await again.read()).map(({ publicSeq }) => publicSeq));
  expect(acked.filter((number) => !kept.has(number))).toEqual([]);
});

test('leaves its files in the store, where a page of another release finds them at any relay', async () => {
  const { origin, app } = await startLeaving({ DRAIN_SECONDS: '0' });
  const { rows } = await stays.database.pool.query<{ name: string }>(
    "select name from built_files where name like 'w/%' or name like 'console/assets/%' order by name",
  );
  expect(rows.map(({ name }) => name.split('/')[0])).toEqual(expect.arrayContaining(['console', 'w']));

  const other = 'export const release = "the one before";';
  await stays.database.pool.query(
    "insert into built_files (name, body) values ('w/talk-0ther_00.js', $1), ('w/talk.js', $1)",
    [Buffer.from(other)],
  );
  const found = await fetch(`${origin}/w/talk-0ther_00.js`);
  expect([found.status, await found.text()]).toEqual([200, other]);
  expect(found.headers.get('cache-control')).toContain('immutable');
  expect((await fetch(`${origin}/w/talk-n0where0.js`)).status).toBe(404);
  expect((await fetch(`${origin}/console/assets/..%2Fw%2Ftalk-0ther_00.js`)).status).toBe(404);

  await stays.database.pool.query("update built_files set seen_at = now() - interval '31 days'");
  const next = await startLeaving({ DRAIN_SECONDS: '0' });
  const left = await stays.database.pool.query<{ name: string }>(
    'select name from built_files order by name',
  );
  expect(left.rows).toEqual(rows);
  await Promise.all([app.drain(), next.app.drain()]);
});

test('a file of another release is asked for and compressed once, however many pages want it at once', async () => {
  let asked = 0;
  const folder = openFolder(fileURLToPath(new URL('.', import.meta.url)), {
    watch: false,
    other: async (name) => {
      asked += 1;
      await setImmediate();
      return name === 'talk-0ther_00.js' ? Buffer.from('export {};') : null;
    },
  });
  const found = await Promise.all(Array.from({ length: 10 }, () => folder.read('talk-0ther_00.js')));
  expect([new Set(found).size, found[0]?.body.toString(), asked]).toEqual([1, 'export {};', 1]);
  expect(await folder.read('talk-n0where0.js')).toBe(null);
});

async function startLeaving(env: Record<string, string>) {
  const port = await freePort();
  const config = readConfig({
    ...{ NODE_ENV: 'production', PORT: `${port}`, HOST: '127.0.0.1', PUBLIC_URL: `http://localhost:${port}` },
    ...{ LOG_LEVEL: 'silent', DATABASE_URL: databaseUrl, RATE_LIMITS: 'on', ...env },
  });
  const log = createLogger(config);
  const database = await openDatabase(config, log);
  const app = await createApp(config, database, log);
  await app.start();
  stays.atClose(() => database.close());
  return { ...stays, origin: `http://localhost:${port}`, app };
}

/** The status with which a new session is answered; 0 where it is let in. */
async function handshake(origin: string, transport: 'polling' | 'websocket'): Promise<number> {
  const url = `${origin}/socket/?EIO=4&transport=${transport}`;
  if (transport === 'polling') return (await fetch(url, { headers: { origin } })).status;
  const socket = new WebSocket(url.replace('http', 'ws'), { origin });
  return new Promise((resolve) => {
    socket.once('open', () => resolve(0));
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.once('error', () => undefined);
  });
}
