import { randomBytes } from 'node:crypto';
import type { Site } from '@fullname/shared/api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { exif, JPEG, PDF, PNG, TEXT, withSegments } from '../support/pictures.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { agentUpload, code, post, value, visitorUpload } from './upload.ts';

const HOUR_MS = 60 * 60 * 1_000;

let relay: Relay;
let megan: Agent;
let rosa: Visitor;
let conversation: string;
/** The relay's clock runs ahead by this. */
let ahead = 0;

beforeAll(async () => {
  relay = await openRelay({ env: { LOG_LEVEL: 'fatal' }, now: () => Date.now() + ahead });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  rosa = await aVisitor(relay);
  await rosa.say('Look at these roses');
  conversation = await megan.take(rosa);
});
afterAll(() => relay.close());

async function sendPicture(visitor: Visitor, body: Uint8Array = PNG, type = 'image/png') {
  const id = newId();
  const { file } = value(await visitorUpload(relay, visitor, body, { id, type }));
  const entry = await visitor.do('file:send', { conversation: visitor.conversation, id, file });
  return { id, file, entry };
}

async function countOf(table: string): Promise<number> {
  const { rows } = await relay.database.pool.query<{ n: number }>(`select count(*)::int as n from ${table}`);
  return rows[0]?.n ?? -1;
}

describe('a visitor’s file', () => {
  test('is an entry for both sides, and is had again as it was', async () => {
    const id = newId();
    const uploaded = value(await visitorUpload(relay, rosa, PNG, { id, name: '花束 1.png' }));
    expect(uploaded).toMatchObject({
      name: '花束 1.png',
      type: 'image/png',
      bytes: PNG.length,
      width: 8,
      height: 6,
    });
    const entry = await rosa.do('file:send', { conversation: rosa.conversation, id, file: uploaded.file });
    expect(entry).toMatchObject({
      ...{ id, kind: 'file', author: { kind: 'visitor' }, text: '花束 1.png', file: uploaded.file },
      ...{ type: 'image/png', bytes: PNG.length, width: 8, height: 6 },
    });
    const heard = await eventually('Megan Kajitani hears of it', () =>
      megan.heard('message:sent').find((one) => one.id === id),
    );
    const { conversation: _, publicSeq, ...body } = entry;
    expect(heard).toMatchObject({ ...body, conversation, publicSeq });
    expect((await rosa.read()).at(-1)).toEqual(entry);
    const row = await megan.find(rosa);
    expect(row.preview).toMatchObject({ text: '花束 1.png', by: 'visitor' });

    for (const link of [
      await rosa.do('file:link', { conversation: rosa.conversation, file: uploaded.file }),
      await megan.do('file:link', { conversation, file: uploaded.file }),
    ]) {
      const response = await fetch(link.url);
      expect(response.status).toBe(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(PNG)).toBe(true);
    }
  });

  test('goes out as something to keep, never as a page', async () => {
    const id = newId();
    const named = { id, type: 'text/plain', name: 'a "quoted"\r\nname.txt' };
    const { file } = value(await visitorUpload(relay, rosa, TEXT, named));
    await rosa.do('file:send', { conversation: rosa.conversation, id, file });
    const { url } = await rosa.do('file:link', { conversation: rosa.conversation, file });
    const { headers } = await fetch(url, { headers: { cookie: megan.cookie } });
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="a _quoted_name.txt"; filename*=UTF-8''a%20_quoted_name.txt`,
      'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
    });
    expect(headers.get('set-cookie')).toBeNull();
  });

  test('holds no place when it comes out, though it did when it went in', async () => {
    const photo = withSegments([0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exif(6)])]);
    expect(photo.includes('47.3769')).toBe(true);
    const { file } = await sendPicture(rosa, photo, 'image/jpeg');
    const { url } = await megan.do('file:link', { conversation, file });
    const body = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(body.includes('47.3769')).toBe(false);
    expect(body.subarray(-20).equals(JPEG.subarray(-20))).toBe(true);
    const { rows } = await relay.database.pool.query<{ body: Buffer }>(
      'select body from file_chunks where file_id = $1',
      [file],
    );
    expect(rows.some(({ body }) => body.includes('47.3769'))).toBe(false);
  });

  test('of many pieces comes back whole', async () => {
    const long = Buffer.concat([PDF.subarray(0, -6), randomBytes(1_500_000), PDF.subarray(-6)]);
    const { file } = await sendPicture(rosa, long, 'application/pdf');
    const { url } = await rosa.do('file:link', { conversation: rosa.conversation, file });
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(long)).toBe(true);
    const { rows } = await relay.database.pool.query<{ n: number }>(
      'select count(*)::int as n from file_chunks where file_id = $1',
      [file],
    );
    expect(rows[0]?.n).toBe(6);
  });

  test('sent into what is closed wakes it up, as words do', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Thank you');
    const id = await megan.take(visitor);
    await megan.do('conversation:close', { conversation: id, id: newId(), farewell: 'Goodbye' });
    await sendPicture(visitor);
    expect((await megan.find(visitor)).status).toBe('waiting');
  });
});

describe('an agent’s file', () => {
  test('reaches the visitor, and the first words after it are still a hello', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('How do I plant them?');
    const its = await megan.take(visitor);
    const id = newId();
    const { file } = value(
      await agentUpload(relay, { agent: megan, conversation: its }, PDF, {
        id,
        type: 'application/pdf',
        name: 'soil.pdf',
      }),
    );
    const sent = await megan.do('file:send', { conversation: its, id, file });
    expect(sent).toMatchObject({
      kind: 'file',
      text: 'soil.pdf',
      author: { person: { fullName: 'Megan Kajitani' } },
    });
    await eventually('the visitor hears of it', () =>
      visitor.heard('message:sent').find((one) => one.id === id),
    );
    const { url } = await visitor.do('file:link', { conversation: visitor.conversation, file });
    expect((await fetch(url)).status).toBe(200);
    expect(await megan.say(its, 'Here is how.')).toMatchObject({ kind: 'hello' });
  });

  test('is for the holder alone, before the bytes and after them', async () => {
    const other = await anAgent(relay);
    const into = { agent: other, conversation };
    expect(code(await agentUpload(relay, into, PNG))).toBe('NOT_YOURS');
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const { id: waiting } = await megan.find(visitor);
    expect(code(await agentUpload(relay, { agent: other, conversation: waiting }, PNG))).toBe('NOT_TAKEN');
    await other.do('conversation:take', { conversation: waiting, id: newId() });
    const id = newId();
    const { file } = value(await agentUpload(relay, { agent: other, conversation: waiting }, PNG, { id }));
    const note = { conversation: waiting, id: newId(), to: megan.person.id, note: '' };
    await other.do('conversation:hand-over', note);
    expect(await refusal(other.ask('file:send', { conversation: waiting, id, file }))).toBe('NOT_YOURS');
    await megan.do('conversation:close', { conversation: waiting, id: newId(), farewell: 'Goodbye' });
    expect(code(await agentUpload(relay, { agent: megan, conversation: waiting }, PNG))).toBe('CLOSED');
  });

  test('asks for a session, a role, and the console’s own page', async () => {
    const url = `${relay.origin}/api/conversations/${conversation}/files?id=${newId()}`;
    expect(code(await post(url, PNG, { headers: { origin: relay.origin } }))).toBe('SIGNED_OUT');
    const foreign = { origin: 'https://evil.example', cookie: megan.cookie };
    expect(code(await post(url, PNG, { headers: foreign }))).toBe('BAD_ORIGIN');
    expect(code(await post(url, TEXT, { type: 'text/plain', headers: { cookie: megan.cookie } }))).toBe(
      'BAD_ORIGIN',
    );
    const office = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
    expect(code(await agentUpload(relay, { agent: office, conversation }, PNG))).toBe('FORBIDDEN');
    const { file } = await sendPicture(rosa);
    const { url: read } = await office.do('file:link', { conversation, file });
    expect((await fetch(read)).status).toBe(200);
  });
});

describe('rights', () => {
  test('nobody else uploads into it, sends it, or has a link to it', async () => {
    const nosy = await aVisitor(relay);
    await nosy.say('Hello');
    const { file } = await sendPicture(rosa);
    const unsent = newId();
    const mine = value(await visitorUpload(relay, rosa, PNG, { id: unsent }));

    for (const id of [rosa.conversation, conversation]) {
      const asked = { token: nosy.token, conversation: id };
      expect(code(await visitorUpload(relay, asked, PNG))).toBe('UNKNOWN_CONVERSATION');
      expect(await refusal(nosy.ask('file:link', { conversation: id, file }))).toBe('UNKNOWN_CONVERSATION');
      const send = { conversation: id, id: unsent, file: mine.file };
      expect(await refusal(nosy.ask('file:send', send))).toBe('UNKNOWN_CONVERSATION');
    }
    // Through a conversation of one's own.
    const own = { conversation: nosy.conversation, file };
    expect(await refusal(nosy.ask('file:link', own))).toBe('UNKNOWN');
    expect(await refusal(nosy.ask('file:send', { ...own, id: newId() }))).toBe('UNKNOWN');
    expect(await refusal(nosy.ask('file:send', { ...own, id: unsent, file: mine.file }))).toBe('UNKNOWN');
    // An agent's way to what a visitor has not sent, and to what is in another conversation.
    expect(await refusal(megan.ask('file:send', { conversation, id: unsent, file: mine.file }))).toBe(
      'UNKNOWN',
    );
    expect(await refusal(megan.ask('file:link', { conversation, file: mine.file }))).toBe('UNKNOWN');
    const { id: theirs } = await megan.find(nosy);
    expect(await refusal(megan.ask('file:link', { conversation: theirs, file }))).toBe('UNKNOWN');
    // Their own, under another id than it was uploaded with.
    const other = { conversation: rosa.conversation, id: newId(), file: mine.file };
    expect(await refusal(rosa.ask('file:send', other))).toBe('UNKNOWN');
  });

  test('a token opens nothing without being one, at another site, or from another page', async () => {
    const ask = (headers: Record<string, string>) => visitorUpload(relay, rosa, PNG, { headers });
    expect(code(await ask({ authorization: '' }))).toBe('BAD_TOKEN');
    expect(code(await ask({ authorization: `Bearer ${'0'.repeat(64)}` }))).toBe('BAD_TOKEN');
    expect(code(await ask({ origin: 'https://evil.example' }))).toBe('BAD_ORIGIN');
    const console = { origin: relay.origin, cookie: relay.owner };
    const site = await call<Site>(console, 'POST /api/sites', { name: 'Another shop', hosts: [] });
    expect(code(await visitorUpload({ ...relay, site }, rosa, PNG))).toBe('BAD_TOKEN');
    expect(code(await visitorUpload({ ...relay, site: { key: 'nowhere' } }, rosa, PNG))).toBe('UNKNOWN_SITE');
  });

  test('a file that was not sent is had by nobody, whoever signs', async () => {
    const { file } = value(await visitorUpload(relay, rosa, PNG));
    expect(await refusal(rosa.ask('file:link', { conversation: rosa.conversation, file }))).toBe('UNKNOWN');
    const sent = await sendPicture(rosa);
    const { url } = await rosa.do('file:link', { conversation: rosa.conversation, file: sent.file });
    expect((await fetch(url.replace(sent.file, file))).status).toBe(404);
  });

  test('a link is good as it was signed, for its reader, until its time', async () => {
    const { file } = await sendPicture(rosa);
    const theirs = await rosa.do('file:link', { conversation: rosa.conversation, file });
    const ours = await megan.do('file:link', { conversation, file });
    const status = async (url: string) => (await fetch(url)).status;
    expect(await status(ours.url)).toBe(200);
    const changes: ((url: URL) => void)[] = [
      (url) => url.searchParams.delete('signature'),
      (url) => url.searchParams.set('signature', 'A'.repeat(43)),
      (url) => url.searchParams.set('until', String(Number(url.searchParams.get('until')) + 1)),
      (url) => url.searchParams.set('until', '99999999999'),
      (url) => url.searchParams.append('until', '99999999999'),
      (url) => url.searchParams.set('for', relay.site.id),
      (url) => url.searchParams.set('for', rosa.conversation),
    ];
    for (const change of changes) {
      for (const signed of [theirs, ours]) {
        const url = new URL(signed.url);
        change(url);
        expect([url.search, await status(url.href)]).toEqual([url.search, 404]);
      }
    }
    ahead += 599_000;
    expect(await status(theirs.url)).toBe(200);
    ahead += 2_000;
    expect(await status(theirs.url)).toBe(404);
    ahead = 0;
  });

  test('a visitor who is put aside has no file more, old links included', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Nonsense');
    const { file } = await sendPicture(visitor);
    const { url } = await visitor.do('file:link', { conversation: visitor.conversation, file });
    const id = await megan.take(visitor);
    await megan.do('conversation:put-aside', { conversation: id, id: newId() });
    expect((await fetch(url)).status).toBe(404);
    expect(code(await visitorUpload(relay, visitor, PNG))).toBe('BLOCKED');
    const { url: kept } = await megan.do('file:link', { conversation: id, file });
    expect((await fetch(kept)).status).toBe(200);
  });

  test('a link of somebody who no longer works here is over', async () => {
    const leaver = await anAgent(relay);
    const { file } = await sendPicture(rosa);
    const { url } = await leaver.do('file:link', { conversation, file });
    expect((await fetch(url)).status).toBe(200);
    await call({ origin: relay.origin, cookie: relay.owner }, `PATCH /api/people/${leaver.person.id}`, {
      active: false,
    });
    await eventually('the relay knows', async () => (await fetch(url)).status === 404);
  });
});

describe('what is not taken', () => {
  test('leaves nothing behind', async () => {
    const before = [await countOf('files'), await countOf('file_chunks')];
    const html = Buffer.from('<!doctype html><script>1</script>');
    const tries = [
      await visitorUpload(relay, rosa, html, { type: 'image/png' }),
      await visitorUpload(relay, rosa, html, { type: 'text/html' }),
      await visitorUpload(relay, rosa, html, { type: 'text/plain' }),
      await visitorUpload(relay, rosa, Buffer.from('<svg/>'), { type: 'image/svg+xml' }),
      await visitorUpload(relay, rosa, PNG, { type: 'image/jpeg' }),
      await visitorUpload(relay, rosa, PNG, { type: 'application/octet-stream' }),
    ];
    expect(tries.map((one) => [one.status, code(one)])).toEqual(tries.map(() => [415, 'FILE_REFUSED']));
    expect(code(await visitorUpload(relay, rosa, PNG, { id: 'not-an-id' }))).toBe('INVALID_PAYLOAD');
    expect(code(await visitorUpload(relay, rosa, PNG, { headers: { 'x-file-name': '%' } }))).toBe(
      'INVALID_PAYLOAD',
    );
    expect(code(await visitorUpload(relay, rosa, PNG, { headers: { 'content-encoding': 'gzip' } }))).toBe(
      'INVALID_PAYLOAD',
    );
    expect([await countOf('files'), await countOf('file_chunks')]).toEqual(before);
  });

  test('is said by size before a byte is read, as the owner has set it', async () => {
    const settings = (attachments: object) =>
      call({ origin: relay.origin, cookie: relay.owner }, `PUT /api/sites/${relay.site.id}/settings`, {
        attachments,
      });
    await settings({ on: true, maxBytes: 1_024 });
    const large = await visitorUpload(relay, rosa, Buffer.alloc(2_000, 'a'), { type: 'text/plain' });
    expect([large.status, code(large)]).toEqual([413, 'FILE_TOO_LARGE']);
    await settings({ on: false, maxBytes: 1_024 });
    const off = await visitorUpload(relay, rosa, PNG);
    expect([off.status, code(off)]).toEqual([403, 'FILES_OFF']);
    expect(code(await agentUpload(relay, { agent: megan, conversation }, PNG))).toBe('FILES_OFF');
    await settings({ on: true, maxBytes: 10_485_760 });
    expect(code(await visitorUpload(relay, rosa, PNG))).toBe('ok');
  });

  test('so many in an hour by one visitor, and the others go on', async () => {
    const eager = await aVisitor(relay);
    await eager.say('Many pictures');
    const answers: string[] = [];
    for (let count = 0; count < 61; count += 1) answers.push(code(await visitorUpload(relay, eager, PNG)));
    expect(answers.filter((one) => one === 'ok')).toHaveLength(60);
    const last = await visitorUpload(relay, eager, PNG);
    expect([last.status, code(last)]).toEqual([429, 'TOO_MANY']);
    expect(Number(last.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(code(await visitorUpload(relay, rosa, PNG))).toBe('ok');
  });
});

describe('once only', () => {
  test('an upload and a send that are tried again are one file and one entry', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Here it comes');
    const id = newId();
    const again = () => visitorUpload(relay, visitor, PNG, { id });
    const [first, ...others] = (await Promise.all([again(), again(), again()])).map(value);
    expect(others).toEqual([first, first]);
    const send = { conversation: visitor.conversation, id, file: first?.file ?? '' };
    const entries = await Promise.all([1, 2, 3].map(() => visitor.do('file:send', send)));
    expect(new Set(entries.map(({ publicSeq }) => publicSeq)).size).toBe(1);
    expect((await visitor.read()).filter(({ kind }) => kind === 'file')).toHaveLength(1);
    expect(value(await again())).toEqual(first);
    expect(code(await visitorUpload(relay, visitor, JPEG, { id, type: 'image/jpeg' }))).toBe('CONFLICT');
    // Words under the same id are something else.
    const words = { conversation: visitor.conversation, id, text: 'rose.png' };
    expect(await refusal(visitor.ask('message:send', words))).toBe('CONFLICT');
  });

  test('what was not sent within an hour is gone, and what was sent stays', async () => {
    ahead = 0;
    const id = newId();
    const left = value(await visitorUpload(relay, rosa, PNG, { id: newId() }));
    const late = value(await visitorUpload(relay, rosa, PNG, { id }));
    const sent = await sendPicture(rosa);
    ahead = HOUR_MS - 60_000;
    await relay.runDue();
    expect(await exists(left.file)).toBe(true);
    await rosa.do('file:send', { conversation: rosa.conversation, id, file: late.file });
    ahead = HOUR_MS + 60_000;
    await relay.runDue();
    expect(await exists(left.file)).toBe(false);
    expect(await exists(late.file)).toBe(true);
    ahead = 3 * HOUR_MS;
    await relay.runDue();
    expect(await exists(late.file)).toBe(true);
    expect(await exists(sent.file)).toBe(true);
    const { rows } = await relay.database.pool.query(
      'select 1 from file_chunks c where not exists (select from files f where f.id = c.file_id)',
    );
    expect(rows).toEqual([]);
    ahead = 0;
  });
});

async function exists(file: string): Promise<boolean> {
  const { rows } = await relay.database.pool.query('select 1 from files where id = $1', [file]);
  return rows.length > 0;
}
