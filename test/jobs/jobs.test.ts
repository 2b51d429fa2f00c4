import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { enqueue, type Job } from '../../server/src/jobs/jobs.ts';
import { aClock, openJobs, openStore } from '../mail/post.ts';
import { eventually } from '../support/eventually.ts';
import { makeDatabase } from '../support/relay.ts';

const HOUR = 3_600_000;

test('a job exists if and only if what caused it was committed', async () => {
  const { db, jobs, done } = await aQueue();
  const given = randomUUID();
  const lost = db.transaction(async (tx) => {
    await enqueue(tx, { name: 'mail-send', data: { mail: randomUUID() } });
    throw new Error('changed my mind');
  });
  await expect(lost).rejects.toThrow('changed my mind');
  await db.transaction((tx) => enqueue(tx, { name: 'mail-send', data: { mail: given } }));
  await jobs.runDue();
  expect(done).toEqual([given]);
});

test('a job waits for its time, by our clock', async () => {
  const { db, jobs, done, clock } = await aQueue();
  const at = new Date(clock.now() + 48 * HOUR);
  await enqueue(db, { name: 'mail-send', data: { mail: 'later' }, at });
  await enqueue(db, { name: 'mail-send', data: { mail: 'now' } });
  await jobs.runDue();
  clock.forward(47 * HOUR);
  await jobs.runDue();
  expect(done).toEqual(['now']);
  clock.forward(HOUR + 1);
  await jobs.runDue();
  expect(done).toEqual(['now', 'later']);
});

test('of several jobs with one key the first counts', async () => {
  const { db, jobs, done } = await aQueue();
  for (const mail of ['first', 'second']) {
    await enqueue(db, { name: 'mail-send', data: { mail }, key: 'the same' });
  }
  await enqueue(db, { name: 'mail-send', data: { mail: 'third' }, key: 'another' });
  await jobs.runDue();
  expect(done.toSorted()).toEqual(['first', 'third']);
});

test('a job that fails is tried again, later each time, and is seen when it is dead', async () => {
  const { db, jobs, clock } = await aQueue();
  const tries: Job<'mail-send'>[] = [];
  const gaps: number[] = [];
  let before = clock.now();
  jobs.work('mail-send', (job) => {
    tries.push(job);
    gaps.push(clock.now() - before);
    before = clock.now();
    return Promise.reject(new Error('no answer'));
  });
  await enqueue(db, { name: 'mail-send', data: { mail: 'hard' } });
  for (let minute = 0; minute < 24 * 60 && (await jobs.dead()).length === 0; minute += 1) {
    await jobs.runDue();
    clock.forward(HOUR / 12);
  }
  expect(tries.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  expect(tries.map(({ last }) => last)).toEqual([...Array(10).fill(false), true]);
  expect(gaps.at(-1)).toBeGreaterThan(4 * HOUR);
  expect(gaps[1]).toBeLessThan(HOUR);
  expect(await jobs.dead()).toMatchObject([
    { name: 'mail-send', data: { mail: 'hard' }, trouble: 'no answer' },
  ]);
});

test('two relays that start at once share the work, and each job is worked once', async () => {
  const url = await makeDatabase();
  const clock = aClock();
  const stores = await Promise.all([openStore(url), openStore(url)]);
  const queues = stores.map((store) => openJobs(store, clock.now));
  const done: string[] = [];
  for (const jobs of queues) {
    jobs.work('mail-send', ({ data }) => {
      done.push(data.mail);
      return Promise.resolve();
    });
  }
  const given = Array.from({ length: 40 }, (_, index) => `mail ${index}`);
  for (const mail of given) await enqueue(stores[0].db, { name: 'mail-send', data: { mail } });
  await Promise.all(queues.map((jobs) => jobs.runDue()));
  expect(done.toSorted()).toEqual(given.toSorted());
});

test('a job whose relay is gone is worked by another when the lease has ended, and not before', async () => {
  const { db, jobs, done, clock, database } = await aQueue();
  const gone = openJobs(database, clock.now);
  let taken = false;
  let end = () => {};
  gone.work('mail-send', () => {
    taken = true;
    return new Promise<void>((resolve) => {
      end = resolve;
    });
  });
  await enqueue(db, { name: 'mail-send', data: { mail: 'dropped' } });
  const never = gone.runDue();
  await eventually('the other relay has it', () => taken);
  await jobs.runDue();
  clock.forward(299_000);
  await jobs.runDue();
  expect(done).toEqual([]);
  clock.forward(2_000);
  await jobs.runDue();
  clock.forward(61_000);
  await jobs.runDue();
  expect(done).toEqual(['dropped']);
  end();
  await never;
});

test('jobs of one name go side by side as many as it may be: what one waits for delays no other', async () => {
  const { db, jobs } = await aQueue();
  const ends: (() => void)[] = [];
  const done: string[] = [];
  jobs.work(
    'push-send',
    async ({ data }) => {
      if (data.push.startsWith('slow')) await new Promise<void>((resolve) => ends.push(resolve));
      done.push(data.push);
    },
    3,
  );
  for (const push of ['slow 1', 'quick 1', 'slow 2', 'quick 2', 'slow 3', 'slow 4', 'quick 3'])
    await enqueue(db, { name: 'push-send', data: { push } });
  const working = jobs.runDue();
  await eventually('all lanes are taken', () => ends.length === 3);
  expect(done.toSorted()).toEqual(['quick 1', 'quick 2']);
  ends[0]?.();
  await eventually('the next one is taken', () => ends.length === 4);
  expect(done).not.toContain('quick 3');
  for (const end of ends) end();
  await working;
  expect(done).toHaveLength(7);
});

test('a started queue goes on to find what is enqueued while one of its jobs waits', async () => {
  const { db, jobs } = await aQueue();
  const done: string[] = [];
  let end = () => {};
  jobs.work(
    'push-send',
    async ({ data }) => {
      if (data.push === 'slow') await new Promise<void>((resolve) => (end = resolve));
      done.push(data.push);
    },
    2,
  );
  jobs.start();
  await enqueue(db, { name: 'push-send', data: { push: 'slow' } });
  await eventually('it waits', () => end.length === 1);
  await enqueue(db, { name: 'push-send', data: { push: 'later' } });
  await eventually('the other is worked', () => done.includes('later'));
  expect(done).toEqual(['later']);
  end();
  await eventually('so is the first', () => done.length === 2);
});

test('a started queue finds what is enqueued, and a stopped one takes nothing more', async () => {
  const { db, jobs, done, database } = await aQueue();
  jobs.start();
  await enqueue(db, { name: 'mail-send', data: { mail: 'found' } });
  await eventually('it is worked', () => done.includes('found'));
  await jobs.stop();
  await enqueue(db, { name: 'mail-send', data: { mail: 'left' } });
  await jobs.runDue();
  expect(done).toEqual(['found']);
  const { rows } = await database.pool.query('select state from jobs.job order by created_on');
  expect(rows).toEqual([{ state: 'completed' }, { state: 'created' }]);
});

async function aQueue() {
  const database = await openStore();
  const clock = aClock();
  const jobs = openJobs(database, clock.now);
  const done: string[] = [];
  jobs.work('mail-send', ({ data }) => {
    done.push(data.mail);
    return Promise.resolve();
  });
  return { database, db: database.db, jobs, done, clock };
}
