/** After a goodbye the conversation goes by e-mail to an address that is proven, and to no other. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TRANSCRIPT_WORDS } from '../../server/src/mail/transcript-words.ts';
import { put } from '../../server/src/mail/words.ts';
import { signIdentity } from '../../server/src/people/identity.ts';
import { siteByKey } from '../../server/src/site/sites.ts';
import type { TranscriptRequest } from '../../shared/src/events.ts';
import { WIDGET_LOCALES } from '../../shared/src/locale.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay, startRelay } from '../support/relay.ts';
import { bodyOf, FROM, type MailServer, openMailServer, refusal as refusalOf, unfolded } from './post.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let ahead = 0;
let isBusy = false;
let post: MailServer;
let relay: Relay;
let megan: Agent;
let visitor: Visitor;
let conversation: string;
let address: string;

beforeAll(async () => {
  post = await openMailServer({
    onMail: () => {
      if (isBusy) throw refusalOf(451, 'come back later');
    },
  });
  const env = { SMTP_URL: post.url, MAIL_FROM: FROM, RATE_LIMITS: 'off' };
  relay = await openRelay({ env, now: () => Date.now() + ahead });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(async () => {
  await relay.close();
  await post.close();
});
beforeEach(async () => {
  ahead = 0;
  address = `ada-${newId().slice(0, 8)}@example.com`;
  visitor = await aVisitor(relay);
  conversation = await talk(visitor);
});

/** A conversation that a person has ended. */
async function talk(who: Visitor, words = 'Is the lamp there?'): Promise<string> {
  await who.say(words);
  const id = await megan.take(who);
  await megan.note(id, 'SECRET-NOTE');
  await megan.say(id, 'It came this morning.');
  await close(id);
  return id;
}
const close = (id: string) =>
  megan.do('conversation:close', { conversation: id, id: newId(), farewell: 'Enjoy it, and goodbye.' });
const request = (who = visitor, wishes: Partial<TranscriptRequest> = {}): TranscriptRequest => ({
  ...{ conversation: who.conversation, id: newId(), locale: 'en', zone: 'Europe/Zurich' },
  ...wishes,
});
const askCode = (email = address, who = visitor) => who.ask('transcript:ask', { ...request(who), email });
const confirm = (code: string, who = visitor) => who.ask('transcript:confirm', { ...request(who), code });
const mails = (to = address) => post.taken.filter((mail) => mail.to === to);
const codeIn = (raw: string | undefined) =>
  /^Subject: Your code: (\d{6})$/m.exec(unfolded(raw ?? ''))?.[1] ?? '';
async function pass(ms: number): Promise<void> {
  ahead += ms;
  await relay.runDue();
}
async function aCode(email = address, who = visitor): Promise<string> {
  expect(await askCode(email, who)).toEqual({ ok: true, value: { state: 'code' } });
  await pass(0);
  return codeIn(mails(email).at(-1)?.raw);
}
/** Any other than this one. */
const notThe = (code: string, by = 1) => String((Number(code) + by) % 1_000_000).padStart(6, '0');

describe('an address that was typed', () => {
  test('is sent a code by the company, and with it the conversation: what both sides see, by full names', async () => {
    await visitor.do('farewell:answer', {
      ...{ conversation: visitor.conversation, id: newId() },
      ...{ question: 'how', text: 'Calm\u2028Megan Kajitani:\n    All is free.' },
    });
    expect(await visitor.do('transcript:offer', { conversation: visitor.conversation })).toEqual({
      to: null,
    });
    const code = await aCode();
    const letter = unfolded(mails()[0]?.raw ?? '');
    expect(letter).toContain('From: "Larkspur & Reed" <care@larkspur.example>');
    expect(bodyOf(mails()[0]?.raw ?? '')).toContain(`in the chat of Bloom & Stem`);
    expect(await confirm(code)).toEqual({ ok: true, value: { state: 'sent', to: masked(address) } });
    await pass(0);
    expect(mails()).toHaveLength(2);
    const raw = mails()[1]?.raw ?? '';
    expect(unfolded(raw)).toContain('From: "Megan Kajitani at Larkspur & Reed" <care@larkspur.example>');
    expect(unfolded(raw)).toContain('Subject: Your conversation with Megan Kajitani');
    const body = bodyOf(raw);
    expect(body).toContain(`Times: ${zoneName('en', 'Europe/Zurich')}`);
    expect(body).toContain('  You:\n    Is the lamp there?');
    expect(body).toContain('  You are now speaking with Megan Kajitani');
    expect(body).toContain('  Megan Kajitani:\n    It came this morning.');
    expect(body).toContain('  Megan Kajitani:\n    Enjoy it, and goodbye.');
    expect(body).toContain('  You: How was it?\n    Calm\n    Megan Kajitani:\n        All is free.');
    expect(body).not.toContain('SECRET-NOTE');
    expect(body).not.toContain(conversation);
  });

  test('needs no second code for the same conversation, and is shown hidden', async () => {
    await confirm(await aCode());
    expect(await visitor.do('transcript:offer', { conversation: visitor.conversation })).toEqual({
      to: masked(address),
    });
    const again = request();
    for (let times = 0; times < 2; times += 1)
      expect(await visitor.do('transcript:ask', again)).toEqual({ state: 'sent', to: masked(address) });
    await pass(0);
    expect(mails()).toHaveLength(3);
  });

  test('a request that is sent again is one code and one transcript', async () => {
    const [first, second] = [request(), request()];
    for (let times = 0; times < 3; times += 1)
      await visitor.do('transcript:ask', { ...first, email: address });
    await pass(0);
    expect(mails()).toHaveLength(1);
    const code = codeIn(mails()[0]?.raw);
    await Promise.all([1, 2].map(() => visitor.do('transcript:confirm', { ...second, code })));
    expect(await visitor.do('transcript:confirm', { ...second, code })).toMatchObject({ state: 'sent' });
    await pass(DAY);
    expect(mails()).toHaveLength(2);
  });

  test('is a header of nothing and a list of nobody', async () => {
    const before = post.taken.length;
    for (const evil of [
      'ada@example.com\r\nBcc: victim@example.com',
      'ada@example.com, victim@example.com',
      '"ada\n"@example.com',
      'Ada <ada@example.com>',
      'ada@example.com\u0000',
      'ada',
    ])
      expect([evil, await refusal(askCode(evil))]).toEqual([evil, 'BAD_EMAIL']);
    await pass(0);
    expect(post.taken).toHaveLength(before);
  });
});

describe('a code', () => {
  test('that is guessed five times holds no more, also the right one', async () => {
    const code = await aCode();
    for (let by = 1; by <= 5; by += 1) expect(await refusal(confirm(notThe(code, by)))).toBe('BAD_CODE');
    expect(await refusal(confirm(code))).toBe('BAD_CODE');
    await pass(0);
    expect(mails()).toHaveLength(1);
  });

  test('is guessed at five times in all by those who guess at once', async () => {
    const code = await aCode();
    const guesses = await Promise.all(
      Array.from({ length: 20 }, (_, by) => confirm(by < 19 ? notThe(code, by + 1) : code)),
    );
    expect(guesses.filter(({ ok }) => ok).length).toBe(0);
  });

  test('is used once, and not by another request', async () => {
    const code = await aCode();
    expect((await confirm(code)).ok).toBe(true);
    expect(await refusal(confirm(code))).toBe('BAD_CODE');
    await pass(0);
    expect(mails()).toHaveLength(2);
  });

  test('is over after half an hour, and when a newer one was sent', async () => {
    const first = await aCode();
    const second = await aCode();
    if (first !== second) expect(await refusal(confirm(first))).toBe('BAD_CODE');
    ahead += 31 * MINUTE;
    expect(await refusal(confirm(second))).toBe('BAD_CODE');
  });

  test('opens nothing in another visitor’s conversation, nor before a goodbye', async () => {
    const code = await aCode();
    const nosy = await aVisitor(relay);
    await talk(nosy, 'Mine');
    expect(await refusal(confirm(code, nosy))).toBe('BAD_CODE');
    const at = { ...request(), code };
    expect(await refusal(nosy.ask('transcript:confirm', at))).toBe('UNKNOWN_CONVERSATION');
    expect(await refusal(nosy.ask('transcript:ask', { ...request(), email: address }))).toBe(
      'UNKNOWN_CONVERSATION',
    );
    await visitor.say('One more thing.');
    expect(await refusal(confirm(code))).toBe('UNKNOWN');
    const early = await aVisitor(relay);
    await early.say('Buy now at evil.example');
    expect(await refusal(askCode('victim@example.com', early))).toBe('UNKNOWN');
    expect(await refusal(early.ask('transcript:offer', { conversation: early.conversation }))).toBe(
      'UNKNOWN',
    );
  });

  test('that could not be sent in time is not sent', async () => {
    isBusy = true;
    await askCode();
    await pass(0);
    isBusy = false;
    await pass(40 * MINUTE);
    expect(mails()).toEqual([]);
    expect(await troubles()).toEqual(['Its code held no more before it could be sent.']);
  });

  test('is asked for five times in a conversation; an address gets three a day, and nobody is told which', async () => {
    for (let times = 0; times < 3; times += 1) await aCode();
    expect(mails()).toHaveLength(3);
    const other = await aVisitor(relay);
    await talk(other, 'Hello?');
    const known = await askCode(address, other);
    const unknown = await askCode(`nobody-${address}`, other);
    expect(known).toEqual(unknown);
    expect(known).toEqual({ ok: true, value: { state: 'code' } });
    await pass(0);
    expect(mails()).toHaveLength(3);
    expect(mails(`nobody-${address}`)).toHaveLength(1);
    for (let times = 0; times < 2; times += 1) await askCode(`more-${times}-${address}`);
    expect(await refusal(askCode(`more-3-${address}`))).toBe('MAIL_ENOUGH');
    await pass(DAY + MINUTE);
    expect((await askCode()).ok).toBe(true);
    await pass(0);
    expect(mails()).toHaveLength(4);
  });
});

describe('an address that the site has signed', () => {
  async function sign(email: string): Promise<string> {
    const shop = await siteByKey(relay.database.db, relay.site.key);
    if (!shop) throw new Error('the site is gone');
    return signIdentity(shop.identitySecret, { sub: newId(), email, name: 'Ada Whitcombe' });
  }

  test('is used at once and shown hidden, on a line with the signature alone', async () => {
    const known = await aVisitor(relay, { identity: await sign(address) });
    await talk(known, 'It is me.');
    const { conversation: own, token } = known;
    expect(await known.do('transcript:offer', { conversation: own })).toEqual({ to: masked(address) });
    expect(await known.do('transcript:ask', request(known))).toEqual({ state: 'sent', to: masked(address) });
    await pass(0);
    expect(mails()).toHaveLength(1);
    expect(bodyOf(mails()[0]?.raw ?? '')).toContain('  Ada Whitcombe:\n    It is me.');
    const unsigned = await aVisitor(relay, { token, conversation: own });
    expect(await unsigned.do('transcript:offer', { conversation: own })).toEqual({ to: null });
    expect(await refusal(unsigned.ask('transcript:ask', request(unsigned)))).toBe('MAIL_UNPROVEN');
  });

  test('is nobody’s by an agent’s word', async () => {
    const known = await aVisitor(relay, { identity: await sign(address) });
    await talk(known, 'It is me.');
    const customer = (await megan.do('customer:search', { query: address }))[0]?.id ?? '';
    await megan.do('customer:link', { conversation, id: newId(), customer });
    expect(await visitor.do('transcript:offer', { conversation: visitor.conversation })).toEqual({
      to: null,
    });
    expect(await refusal(visitor.ask('transcript:ask', request()))).toBe('MAIL_UNPROVEN');
  });
});

test('is in the language that is read, with times of the visitor’s zone; an unknown zone is UTC', async () => {
  await confirm(await aCode());
  for (const locale of WIDGET_LOCALES.slice(0, 4)) {
    const zone = locale === 'en' ? 'No/Where; DROP' : 'Asia/Tokyo';
    await visitor.do('transcript:ask', request(visitor, { locale, zone }));
    await pass(0);
    const body = bodyOf(mails().at(-1)?.raw ?? '');
    expect(body).toContain(put(TRANSCRIPT_WORDS[locale].copyHead, 'Bloom & Stem'));
    expect(body).toContain(put(TRANSCRIPT_WORDS[locale].speaking, 'Megan Kajitani'));
    expect(body).toContain(locale === 'en' ? 'Times: UTC\n' : zoneName(locale, zone));
  }
});

test('of a visitor who was put aside nothing is sent, nor what waits', async () => {
  await confirm(await aCode());
  await pass(0);
  isBusy = true;
  await visitor.do('transcript:ask', request());
  await pass(0);
  isBusy = false;
  await megan.do('conversation:put-aside', { conversation, id: newId() });
  await pass(5 * MINUTE);
  expect(mails()).toHaveLength(2);
  expect(await troubles()).toEqual(['The visitor was put aside before it could be sent.']);
});

test('without a mail server nothing is offered', async () => {
  const quiet = await startRelay({ env: { RATE_LIMITS: 'off' } });
  const adaeze = await anAgent(quiet, { given: 'Adaeze', family: 'Okafor' });
  const who = await aVisitor(quiet);
  await who.say('Hello?');
  const id = await adaeze.take(who);
  await adaeze.say(id, 'Good morning.');
  await adaeze.do('conversation:close', { conversation: id, id: newId(), farewell: 'Goodbye.' });
  expect(await refusal(who.ask('transcript:offer', { conversation: who.conversation }))).toBe('MAIL_OFF');
  expect(await refusal(askCode(address, who))).toBe('MAIL_OFF');
});

function zoneName(locale: string, timeZone: string): string | undefined {
  const named = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, { timeZone, timeZoneName: 'longGeneric' });
  return named.formatToParts(new Date()).find(({ type }) => type === 'timeZoneName')?.value;
}

async function troubles(): Promise<string[]> {
  const { rows } = await relay.database.pool.query<{ trouble: string }>(
    `select trouble from mails where to_address = $1 and state = 'dropped'`,
    [address],
  );
  return rows.map(({ trouble }) => trouble);
}

function masked(email: string): string {
  return email.replace(/^(.).*@/, '$1•••@');
}
