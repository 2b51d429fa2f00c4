import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { readMail } from '../../server/src/store/mails.ts';
import { makeDatabase } from '../support/relay.ts';
import { freePort } from '../support/spawn-relay.ts';
import { aClock, aLetter, aMailServer, openPost, openStore, refusal, someoneToWriteTo } from './post.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test('a mail that was committed is delivered once, and says so', async () => {
  const { post, server, to } = await aPost();
  const letter = aLetter(to);
  await post.database.db.transaction((tx) => post.mail.postMail(tx, letter));
  await post.jobs.runDue();
  await post.jobs.runDue();
  expect(server.taken.map((mail) => mail.to)).toEqual([to.to]);
  expect(await read(post, letter.id)).toMatchObject({ state: 'sent', attempts: 1, trouble: null });
  expect((await read(post, letter.id))?.sentAt).not.toBeNull();
});

test('a transaction that is rolled back sends nothing', async () => {
  const { post, server, to } = await aPost();
  const letter = aLetter(to);
  const work = post.database.db.transaction(async (tx) => {
    await post.mail.postMail(tx, letter);
    throw new Error('changed my mind');
  });
  await expect(work).rejects.toThrow('changed my mind');
  const control = aLetter(to);
  await post.mail.postMail(post.database.db, control);
  await post.jobs.runDue();
  expect(server.taken.map(({ raw }) => raw.includes(control.id))).toEqual([true]);
  expect(await read(post, letter.id)).toBeUndefined();
});

test('the same mail posted twice is one mail', async () => {
  const { post, server, to } = await aPost();
  const letter = aLetter(to);
  await post.mail.postMail(post.database.db, letter);
  await post.mail.postMail(post.database.db, letter);
  await post.jobs.runDue();
  expect(server.taken).toHaveLength(1);
});

describe('trouble', () => {
  test('a server that is busy is asked again later, with the same Message-ID', async () => {
    const seen: string[] = [];
    const { post, server, to, clock } = await aPost({
      onMail: (raw, turn) => {
        seen.push(messageId(raw));
        if (turn < 3) throw refusal(451, 'come back later');
      },
    });
    const letter = aLetter(to);
    await post.mail.postMail(post.database.db, letter);
    await post.jobs.runDue();
    expect(await read(post, letter.id)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect((await read(post, letter.id))?.trouble).toMatch(/451 come back later$/);
    await post.jobs.runDue();
    expect(seen).toHaveLength(1);
    for (let turn = 0; turn < 2; turn += 1) {
      clock.forward(3 * MINUTE);
      await post.jobs.runDue();
    }
    expect(server.taken).toHaveLength(1);
    expect(new Set(seen)).toEqual(new Set([`<${letter.id}@larkspur.example>`]));
    expect(seen).toHaveLength(3);
    expect(await read(post, letter.id)).toMatchObject({ state: 'sent', attempts: 3, trouble: null });
  });

  test('a server that is not there is asked again when it is', async () => {
    const port = await freePort();
    const { post, to, clock } = await aPost({ url: `smtp://127.0.0.1:${port}` });
    const letter = aLetter(to);
    await post.mail.postMail(post.database.db, letter);
    await post.jobs.runDue();
    expect(await read(post, letter.id)).toMatchObject({ state: 'waiting', attempts: 1 });
    expect((await read(post, letter.id))?.trouble).toMatch(/ECONNREFUSED/);
    const server = await aMailServer({ port });
    clock.forward(2 * MINUTE);
    await post.jobs.runDue();
    expect(server.taken).toHaveLength(1);
    expect(await read(post, letter.id)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  test('a server that never answers again is given up on, visibly', async () => {
    const port = await freePort();
    const { post, to, clock } = await aPost({ url: `smtp://127.0.0.1:${port}` });
    const letter = aLetter(to);
    await post.mail.postMail(post.database.db, letter);
    for (let turn = 0; turn < 11; turn += 1) {
      await post.jobs.runDue();
      clock.forward(DAY);
    }
    expect(await read(post, letter.id)).toMatchObject({ state: 'failed', attempts: 11 });
    expect((await read(post, letter.id))?.trouble).toMatch(/ECONNREFUSED/);
  });

  test.each([
    [
      'the address',
      {
        onRcptTo: (_: unknown, __: unknown, done: (error: Error) => void) =>
          done(refusal(550, 'nobody\r\nhere')),
      },
    ],
    ['the words', { onMail: () => Promise.reject(refusal(554, 'not with us')) }],
  ])('a server that refuses %s is not asked again', async (_, options) => {
    const { post, server, to, clock } = await aPost(options);
    const letter = aLetter(to);
    await post.mail.postMail(post.database.db, letter);
    await post.jobs.runDue();
    clock.forward(DAY);
    await post.jobs.runDue();
    const mail = await read(post, letter.id);
    expect(mail).toMatchObject({ state: 'failed', attempts: 1 });
    expect(mail?.trouble).toMatch(/55\d/);
    expect(mail?.trouble).not.toMatch(/[\r\n]/);
    expect(server.taken).toEqual([]);
  });

  test('a connection that is lost before the answer leaves a mail that nobody sends again', async () => {
    const sessions: { destroy(): void }[] = [];
    const { post, to, clock, server } = await aPost({
      onMail: () => {
        for (const socket of sessions) socket.destroy();
      },
      onSocket: (socket) => sessions.push(socket),
    });
    const letter = aLetter(to);
    await post.mail.postMail(post.database.db, letter);
    await post.jobs.runDue();
    clock.forward(DAY);
    await post.jobs.runDue();
    expect(server.taken).toHaveLength(1);
    const mail = await read(post, letter.id);
    expect(mail).toMatchObject({ state: 'failed', attempts: 1 });
    expect(mail?.trouble).toMatch(/may have arrived/);
  });
});

test('two relays with many mails deliver each of them once', async () => {
  const url = await makeDatabase();
  const server = await aMailServer();
  const clock = aClock();
  const stores = await Promise.all([openStore(url), openStore(url)]);
  const posts = stores.map((store) => openPost(store, { smtp: server.url, clock }));
  const letters = await Promise.all(
    Array.from({ length: 12 }, async () => aLetter(await someoneToWriteTo(stores[0]))),
  );
  for (const letter of letters) await posts[0]?.mail.postMail(stores[0].db, letter);
  await Promise.all(posts.map((post) => post.jobs.runDue()));
  expect(server.taken.map(({ to }) => to).toSorted()).toEqual(letters.map(({ to }) => to).toSorted());
});

describe('who may be written to', () => {
  test('a customer whose address a signed identity gave', async () => {
    const { post, to } = await aPost();
    expect(await post.mail.mayMail(post.database.db, to.customer)).toEqual({ may: true, to: to.to });
  });

  test('nobody else', async () => {
    const { post, server, to } = await aPost();
    const claimed = await someoneToWriteTo(post.database, { proven: false });
    const { mail, database } = post;
    await expect(mail.postMail(database.db, aLetter(claimed))).rejects.toMatchObject({
      code: 'MAIL_UNPROVEN',
    });
    const elsewhere = aLetter({ ...to, to: 'somebody.else@example.com' });
    await expect(mail.postMail(database.db, elsewhere)).rejects.toMatchObject({ code: 'MAIL_UNPROVEN' });
    expect(await mail.mayMail(database.db, claimed.customer)).toEqual({ may: false, why: 'MAIL_UNPROVEN' });
    expect(await mail.mayMail(database.db, randomUUID())).toEqual({ may: false, why: 'MAIL_UNPROVEN' });
    await post.jobs.runDue();
    expect(server.taken).toEqual([]);
  });

  test('nobody where no mail server is set', async () => {
    const database = await openStore();
    const to = await someoneToWriteTo(database);
    const { mail } = openPost(database, { smtp: undefined, clock: aClock() });
    expect(await mail.mayMail(database.db, to.customer)).toEqual({ may: false, why: 'MAIL_OFF' });
    await expect(mail.postMail(database.db, aLetter(to))).rejects.toMatchObject({ code: 'MAIL_OFF' });
  });

  test('three times a day and ten times a week, in whatever letters the address is written', async () => {
    const { post, to, clock } = await aPost();
    const { mail, database } = post;
    const write = (address = to.to) => mail.postMail(database.db, aLetter({ ...to, to: address }));
    const enough = { code: 'MAIL_ENOUGH' };
    for (const days of [3, 3, 3]) {
      for (let one = 0; one < days; one += 1) await write(one === 1 ? to.to.toUpperCase() : to.to);
      await expect(write()).rejects.toMatchObject(enough);
      expect(await mail.mayMail(database.db, to.customer)).toEqual({ may: false, why: 'MAIL_ENOUGH' });
      clock.forward(DAY + 1);
    }
    await write();
    await expect(write()).rejects.toMatchObject(enough);
    clock.forward(7 * DAY);
    await write();
  });

  test('at most three of those who write at the same moment', async () => {
    const { post, to } = await aPost();
    const { mail, database } = post;
    const tries = await Promise.allSettled(
      Array.from({ length: 6 }, () => database.db.transaction((tx) => mail.postMail(tx, aLetter(to)))),
    );
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  });
});

async function aPost(options: Parameters<typeof aMailServer>[0] & { url?: string } = {}) {
  const { url, ...rest } = options;
  const server = await aMailServer(rest);
  const clock = aClock();
  const post = openPost(await openStore(), { smtp: url ?? server.url, clock });
  return { post, server, clock, to: await someoneToWriteTo(post.database) };
}

const read = (post: { database: { db: Parameters<typeof readMail>[0] } }, id: string) =>
  readMail(post.database.db, id);

function messageId(raw: string): string {
  return /^Message-ID: (.*)$/im.exec(raw)?.[1] ?? '';
}
