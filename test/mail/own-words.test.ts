/** What is mailed to visitors is said in the owner's words, in the visitor's language; and words are never more than words. */
import type { SiteSetup } from '@fullname/shared/api';
import type { Strings } from '@fullname/shared/site-settings';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TRANSCRIPT_WORDS } from '../../server/src/mail/transcript-words.ts';
import { MAIL_WORDS } from '../../server/src/mail/words.ts';
import { placesOf } from '../../shared/src/fit-words.ts';
import { call, request } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { bodyOf, FROM, type MailServer, openMailServer, unfolded } from './post.ts';

const UNSEEN = 2 * 60_000 + 1_000;

let ahead = 0;
let post: MailServer;
let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  post = await openMailServer();
  const env = { SMTP_URL: post.url, MAIL_FROM: FROM, RATE_LIMITS: 'off' };
  relay = await openRelay({ env, now: () => Date.now() + ahead });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(async () => {
  await relay.close();
  await post.close();
});

beforeEach(() => {
  ahead = 0;
});

const settings = () => `/api/sites/${relay.site.id}/settings`;
const owner = () => ({ origin: relay.origin, cookie: relay.owner });
const write = (strings: Strings) => call(owner(), `PUT ${settings()}`, { strings });
const mailsTo = (address: string) => post.taken.filter(({ to }) => to === address);

async function pass(ms: number): Promise<void> {
  ahead += ms;
  await relay.runDue();
}

/** Each text of a table as its own name, with the places that it needs. */
function named(table: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(table).map(([name, text]) => [name, ['own', name, ...placesOf(text)].join(' ')]),
  );
}

/** A visitor who has left an address; somebody has taken the conversation. */
async function aWriter(locale: 'de' | 'en'): Promise<{ who: Visitor; id: string; address: string }> {
  const address = `ada-${newId().slice(0, 8)}@example.com`;
  const who = await aVisitor(relay, { locale });
  await who.say('?');
  await who.do('email:give', { conversation: who.conversation, id: newId(), email: address });
  return { who, id: await megan.take(who), address };
}

async function unseen(locale: 'de' | 'en' = 'de'): Promise<{ raw: string; stop: string }> {
  const { id, address } = await aWriter(locale);
  await megan.say(id, 'It came this morning.');
  await pass(UNSEEN);
  expect(mailsTo(address)).toHaveLength(1);
  const raw = mailsTo(address)[0]?.raw ?? '';
  return { raw, stop: /^List-Unsubscribe: <(.+)>$/m.exec(unfolded(raw))?.[1] ?? '' };
}

describe('in the language that the owner has written anew', () => {
  test('an unseen answer is mailed in the owner’s words alone, and stopped on a page in them', async () => {
    await write({ de: named(MAIL_WORDS.de) });
    const { raw, stop } = await unseen();
    const head = unfolded(raw);
    expect(head).toContain(
      '\nFrom: "own letterFrom Megan Kajitani Larkspur & Reed" <care@larkspur.example>\n',
    );
    expect(head).toContain('\nSubject: own answeredYou Megan Kajitani\n');
    const lines = bodyOf(raw)
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('http'));
    expect(lines).toEqual([
      ...['own letterWrote Megan Kajitani', 'It came this morning.', 'own letterGo', 'own letterLife'],
      ...['own letterWhy Bloom & Stem', 'own letterStop'],
    ]);
    const page = async (method: string, url = stop) => (await fetch(url, { method })).text();
    expect(await page('GET')).toMatch(/<title>own stopTitle.*own stopAsk .*own stopYes/s);
    expect(await page('POST')).toMatch(/own stopDone.*own stopBack/);
    const back = await fetch(stop, { method: 'POST', body: new URLSearchParams({ again: 'yes' }) });
    expect(await back.text()).toContain('own stopAgain');
    expect(await page('GET', stop.replace(/s=[^&]+/, 's=half'))).toContain('own stopOver');
  });

  test('visitors in other languages have ours', async () => {
    const head = unfolded((await unseen('en')).raw);
    expect(head).toContain('Subject: Megan Kajitani has answered you');
    expect(head).toContain('"Megan Kajitani at Larkspur & Reed"');
  });

  test('so are a code, and the conversation that it brings', async () => {
    await write({ de: named(TRANSCRIPT_WORDS.de) });
    const { who, id, address } = await aWriter('de');
    await megan.do('conversation:close', { conversation: id, id: newId(), farewell: 'Goodbye.' });
    const ask = () => ({
      ...{ conversation: who.conversation, id: newId(), locale: 'de' as const },
      zone: 'Europe/Zurich',
    });
    await who.do('transcript:ask', { ...ask(), email: address });
    await pass(0);
    const letter = mailsTo(address).at(-1)?.raw ?? '';
    const code = /^Subject: own codeSubject (\d{6})$/m.exec(unfolded(letter))?.[1] ?? '';
    for (const said of ['own codeLead Bloom & Stem', 'own codeLife', 'own codeNot'])
      expect(bodyOf(letter)).toContain(said);
    await who.do('transcript:confirm', { ...ask(), code });
    await pass(0);
    const copy = mailsTo(address).at(-1)?.raw ?? '';
    expect(unfolded(copy)).toContain('Subject: own copySubject Megan Kajitani');
    for (const said of [
      'copyHead Bloom',
      'copyTimes',
      'you:',
      'speaking Megan',
      'emailGiven ada-',
      'copyWhy',
    ])
      expect(bodyOf(copy)).toContain(`own ${said}`);
  });
});

test('owners see from which address it goes', async () => {
  const setup = await call<SiteSetup>(owner(), `GET /api/sites/${relay.site.id}/setup`);
  expect(setup.mail).toBe('care@larkspur.example');
});

test('words that look like headers or tags are words', async () => {
  const evil = 'x\nBcc: victim@example.com\n\n</title><script>alert(1)</script>';
  const own = Object.fromEntries(
    Object.entries(MAIL_WORDS.en).map(([name, text]) => [name, [evil, ...placesOf(text)].join(' ')]),
  );
  await write({ en: own });
  const { raw, stop } = await unseen('en');
  const head = unfolded(raw).split('\n\n')[0] ?? '';
  expect(head).toMatch(/^Subject: x Bcc: victim@example\.com <\/title><script>alert\(1\)<\/script> Megan/m);
  expect(head.split('\n').map((line) => line.split(':')[0])).toEqual(
    expect.not.arrayContaining(['Bcc', 'bcc']),
  );
  expect(mailsTo('victim@example.com')).toEqual([]);
  for (const method of ['GET', 'POST']) {
    const html = await (await fetch(stop, { method })).text();
    expect(html).not.toMatch(/<script|<\/title><\/?script/);
    expect(html).toContain('&#60;script&#62;');
  }
});

test.each<[string, Record<string, string>]>([
  ['a name that is lost', { letterWrote: 'schrieb:' }],
  ['a place that stands for nothing', { letterGo: 'Hier: {0}' }],
  ['a name in braces', { letterWhy: '{0} und {site}' }],
  ['a brace left open', { copyHead: 'Bei {0} und {' }],
  ['more than 500 characters', { letterLife: 'x'.repeat(501) }],
])('%s is refused, and what was there stays', async (_, own) => {
  await write({ de: { letterGo: 'Weiter:' } });
  expect(await request(owner(), `PUT ${settings()}`, { strings: { de: own } })).toMatchObject({
    code: 'BAD_SETTINGS',
  });
  const kept = await call<{ strings: Strings }>(owner(), `GET ${settings()}`);
  expect(kept.strings).toEqual({ de: { letterGo: 'Weiter:' } });
});
