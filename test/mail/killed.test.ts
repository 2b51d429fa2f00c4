import { expect, onTestFinished, test } from 'vitest';
import { readMail } from '../../server/src/store/mails.ts';
import { eventually } from '../support/eventually.ts';
import { makeDatabase } from '../support/relay.ts';
import {
  freePort,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../support/spawn-relay.ts';
import { aClock, aLetter, aMailServer, FROM, openPost, openStore, someoneToWriteTo } from './post.ts';

test('a relay killed with -9 while mails are due: another delivers every one, and none twice', async () => {
  const { letters, post, relays, server, hold } = await twoRelaysAt('envelope', 8);
  await eventually('both relays are at a mail', () => hold.waiting() === 2);
  await relays[0]?.kill();
  hold.release();
  await leasesEnd(post);
  await eventually('all are delivered', () => server.taken.length === letters.length, 60_000);
  await eventually('all are noted', async () =>
    (await statesOf(post, letters)).every((state) => state === 'sent'),
  );
  expect(server.taken.map(({ to }) => to).toSorted()).toEqual(letters.map(({ to }) => to).toSorted());
}, 180_000);

test('a relay killed with -9 between the words and the answer: the mail is not sent again, and says so', async () => {
  const { letters, post, relays, server, hold } = await twoRelaysAt('answer', 2);
  await eventually('both relays wait for an answer', () => hold.waiting() === 2);
  await relays[0]?.kill();
  hold.release();
  await eventually('the living relay has noted its own', async () =>
    (await statesOf(post, letters)).includes('sent'),
  );
  expect((await statesOf(post, letters)).toSorted()).toEqual(['sending', 'sent']);
  await leasesEnd(post);
  await eventually(
    'the other is given to a person',
    async () => (await statesOf(post, letters)).includes('failed'),
    60_000,
  );
  expect(server.taken).toHaveLength(2);
  expect(new Set(server.taken.map(({ to }) => to)).size).toBe(2);
  const mails = await Promise.all(letters.map(({ id }) => readMail(post.database.db, id)));
  expect(mails.find((mail) => mail?.state === 'failed')?.trouble).toMatch(/may have arrived/);
}, 180_000);

/** Two relays in processes of their own, on one store, each held by the mail server at the same point of its first mail. */
async function twoRelaysAt(point: 'envelope' | 'answer', mails: number) {
  const hold = aHold();
  const server = await aMailServer({
    onRcptTo: (_, __, done) => {
      if (point === 'answer') done();
      else void hold.enter().then(() => done());
    },
    onMail: () => (point === 'answer' ? hold.enter() : undefined),
  });
  const url = await makeDatabase();
  const database = await openStore(url);
  const post = openPost(database, { smtp: server.url, clock: aClock() });
  const letters = [];
  for (let one = 0; one < mails; one += 1) letters.push(aLetter(await someoneToWriteTo(database)));
  for (const letter of letters) await post.mail.postMail(database.db, letter);
  const relays = await Promise.all([aRelay(url, server.url), aRelay(url, server.url)]);
  return { letters, post, relays, server, hold };
}

async function aRelay(url: string, smtp: string): Promise<SpawnedRelay> {
  const dataDir = await makeDataFolder();
  onTestFinished(() => removeDataFolder(dataDir));
  const env = { DATABASE_URL: url, SMTP_URL: smtp, MAIL_FROM: FROM, DEMO: 'off', LOG_LEVEL: 'error' };
  const relay = await spawnRelay({ dataDir, port: await freePort(), env });
  onTestFinished(async () => void (await relay.stop()));
  return relay;
}

/** The leases and the waits of all jobs that are not done are over: the other processes' clocks cannot be moved, so their jobs are. */
async function leasesEnd({ database }: { database: Awaited<ReturnType<typeof openStore>> }): Promise<void> {
  await database.pool.query(
    `update jobs.job set started_on = started_on - interval '1 hour' where state = 'active'`,
  );
  await eventually(
    'no lease of a dead relay is left',
    async () => {
      await database.pool.query(
        `update jobs.job set start_after = now() - interval '1 second' where state = 'retry'`,
      );
      const { rows } = await database.pool.query<{ left: number }>(
        `select count(*)::int as left from jobs.job where state in ('retry', 'active') and started_on < now() - interval '30 minutes'`,
      );
      return rows[0]?.left === 0;
    },
    60_000,
  );
}

function statesOf(
  { database }: { database: Awaited<ReturnType<typeof openStore>> },
  letters: readonly { id: string }[],
) {
  return Promise.all(letters.map(async ({ id }) => (await readMail(database.db, id))?.state ?? 'none'));
}

/** A gate that counts who waits at it, until it is opened for good. */
function aHold() {
  let waiting = 0;
  let release = () => {};
  const open = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    enter: async () => {
      waiting += 1;
      await open;
    },
    waiting: () => waiting,
    release: () => release(),
  };
}
