/** A reply that nobody has seen for two minutes reaches its visitor by e-mail, once; its link leads on with the same conversation. */
import type { Build } from '@fullname/shared/building';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../server/src/log.ts';
import { createStops } from '../../server/src/mail/stops.ts';
import { createUnseen } from '../../server/src/mail/unseen.ts';
import { MAIL_WORDS, put } from '../../server/src/mail/words.ts';
import { type Asker, call } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, type Visitor } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import {
  aMailServer,
  bodyOf,
  FROM,
  type MailServer,
  openMailServer,
  openPost,
  openStore,
  refusal as refusalOf,
  unfolded,
} from './post.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Replies have the store's own clock, to the microsecond: a moment more than the two minutes. */
const UNSEEN = 2 * MINUTE + 1_000;

let ahead = 0;
let isBusy = false;
const now = () => Date.now() + ahead;
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
  relay = await openRelay({ env: { ...smtp(), RATE_LIMITS: 'off' }, now });
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
  await visitor.say('Is the lamp there?');
  await giveEmail(address);
  conversation = await megan.take(visitor);
});

const smtp = () => ({ SMTP_URL: post.url, MAIL_FROM: FROM });
const giveEmail = (email: string, who = visitor) =>
  who.do('email:give', { conversation: who.conversation, id: newId(), email });
const mails = (to = address) => post.taken.filter((mail) => mail.to === to);
async function pass(ms: number): Promise<void> {
  ahead += ms;
  await relay.runDue();
}

describe('a reply that nobody has seen', () => {
  test('goes by e-mail after two minutes, once, under the full name, with a way back and a way to stop', async () => {
    await megan.say(conversation, 'It came this morning.');
    await relay.runDue();
    await pass(MINUTE);
    expect(mails()).toEqual([]);
    await pass(MINUTE);
    await pass(MINUTE);
    await pass(DAY);
    expect(mails()).toHaveLength(1);
    const raw = unfolded(mails()[0]?.raw ?? '');
    expect(raw).toContain('From: "Megan Kajitani at Larkspur & Reed" <care@larkspur.example>');
    expect(raw).toContain('Subject: Megan Kajitani has answered you');
    expect(raw).toMatch(/^List-Unsubscribe: <http:\/\/localhost:\d+\/c\/stop\?mail=\S+>$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
    expect(raw).toContain('Megan Kajitani wrote:');
    expect(raw).toContain('It came this morning.');
    expect(linkIn(raw)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('is in one mail with what came after it; what is said later is in the next', async () => {
    await megan.say(conversation, 'It came this morning.');
    await megan.say(conversation, 'I have put it aside for you.');
    await megan.note(conversation, 'She is in a hurry.');
    await pass(UNSEEN);
    expect(mails()).toHaveLength(1);
    const [first] = mails();
    expect(first?.raw).toContain('It came this morning.');
    expect(first?.raw).toContain('I have put it aside for you.');
    expect(first?.raw).not.toContain('in a hurry');
    await megan.say(conversation, 'We are open until six.');
    // The entries have the store's own time, which nobody moves.
    await pass(0);
    expect(mails()).toHaveLength(2);
    expect(mails()[1]?.raw).toContain('open until six');
    expect(mails()[1]?.raw).not.toContain('this morning');
  });

  test('is not sent where it was seen in the chat, nor where nobody left an address', async () => {
    const { publicSeq } = await megan.say(conversation, 'It came this morning.');
    await visitor.do('read:advance', { conversation: visitor.conversation, publicSeq: publicSeq ?? 0 });
    const other = await aVisitor(relay);
    await other.say('Hello?');
    await megan.say(await megan.take(other), 'Good morning.');
    const before = post.taken.length;
    await pass(UNSEEN);
    expect(post.taken).toHaveLength(before);
  });

  test('is the news of what was built with them, too, long after the conversation was closed', async () => {
    const { publicSeq } = await megan.do('conversation:close', {
      conversation,
      id: newId(),
      farewell: 'Bye.',
    });
    await visitor.do('read:advance', { conversation: visitor.conversation, publicSeq: publicSeq ?? 0 });
    await relay.database.pool.query(
      `update conversations set closed_at = closed_at - interval '1 year' where id = $1`,
      [conversation],
    );
    const asked: Asker = { origin: relay.origin, cookie: megan.cookie };
    const wish = { id: newId(), conversation, words: 'I would like a map.' };
    const { id } = await call<Build>(asked, 'POST /api/builds', { id: newId(), what: 'A map', wish });
    await call(asked, `POST /api/builds/${id}`, { act: 'here' });
    await call(asked, `POST /api/builds/${id}`, { act: 'tell', text: 'The map is here.' });
    await pass(UNSEEN);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]?.raw).toContain('The map is here.');
  });

  test('is dropped when it was seen while the mail waited for its server', async () => {
    const { publicSeq } = await megan.say(conversation, 'It came this morning.');
    isBusy = true;
    await pass(UNSEEN);
    isBusy = false;
    await visitor.do('read:advance', { conversation: visitor.conversation, publicSeq: publicSeq ?? 0 });
    await pass(5 * MINUTE);
    expect(mails()).toEqual([]);
    const { rows } = await relay.database.pool.query<{ state: string; trouble: string }>(
      'select state, trouble from mails where to_address = $1',
      [address],
    );
    expect(rows).toEqual([{ state: 'dropped', trouble: 'Read in the chat before it could be sent.' }]);
  });

  test('is dropped when its address wants no more, or its visitor was put aside, while it waited', async () => {
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    const stop = /^List-Unsubscribe: <(.+)>$/m.exec(unfolded(mails()[0]?.raw ?? ''))?.[1] ?? '';
    const other = await aVisitor(relay);
    await other.say('Hello?');
    await giveEmail(`other-${address}`, other);
    const aside = await megan.take(other);
    await megan.say(conversation, 'Still here.');
    await megan.say(aside, 'Good morning.');
    isBusy = true;
    await pass(UNSEEN);
    isBusy = false;
    expect((await fetch(stop, { method: 'POST' })).status).toBe(200);
    await megan.do('conversation:put-aside', { conversation: aside, id: newId() });
    await pass(5 * MINUTE);
    expect(mails()).toHaveLength(1);
    expect(mails(`other-${address}`)).toEqual([]);
    const { rows } = await relay.database.pool.query<{ trouble: string }>(
      `select trouble from mails where to_address like '%' || $1 and state = 'dropped' order by trouble`,
      [address],
    );
    expect(rows.map(({ trouble }) => trouble)).toEqual([
      'No more such mail was wished before it could be sent.',
      'The visitor was put aside before it could be sent.',
    ]);
  });

  test('is in the language of the chat, in every one of them', async () => {
    for (const locale of ['ar', 'ja', 'zh-Hant', 'fr'] as const) {
      const email = `${locale}-${newId().slice(0, 8)}@example.com`.toLowerCase();
      const who = await aVisitor(relay, { locale });
      await who.say('?');
      await giveEmail(email, who);
      await megan.say(await megan.take(who), 'One moment.');
      await pass(UNSEEN);
      const body = bodyOf(mails(email)[0]?.raw ?? '');
      expect(body).toContain(put(MAIL_WORDS[locale].letterWrote, 'Megan Kajitani'));
      expect(body).toContain(MAIL_WORDS[locale].letterGo);
    }
  });

  test('goes to an address six times a day at most, in however many conversations; the rest goes with the next', async () => {
    for (let times = 0; times < 8; times += 1) {
      await megan.say(conversation, `Part ${times}.`);
      await pass(UNSEEN);
    }
    expect(mails()).toHaveLength(6);
    await pass(DAY);
    expect(mails()).toHaveLength(7);
    expect(mails()[6]?.raw).toContain('Part 6.');
    expect(mails()[6]?.raw).toContain('Part 7.');
  });
});

test('two relays that look at the same moment write each mail once; one that starts later finds what was left', async () => {
  const url = await makeDatabase();
  const server = await aMailServer();
  const quiet = await openRelay({ databaseUrl: url, env: { RATE_LIMITS: 'off' } });
  onTestFinished(quiet.close);
  const adaeze = await anAgent(quiet, { given: 'Adaeze', family: 'Okafor' });
  for (let one = 0; one < 6; one += 1) {
    const who = await aVisitor(quiet);
    await who.say('Hello?');
    await giveEmail(`visitor-${one}@example.com`, who);
    await adaeze.say(await adaeze.take(who), `Answer ${one}.`);
  }
  const clock = { now: () => Date.now() + 3 * MINUTE, forward: () => undefined };
  const relays = await Promise.all(
    [1, 2, 3].map(async () => {
      const store = await openStore(url);
      const stops = createStops(Buffer.alloc(32), () => quiet.origin);
      const parts = { db: store.db, stops, isMailOn: true, origin: () => quiet.origin, now: clock.now, log };
      return { unseen: createUnseen(parts), ...openPost(store, { smtp: server.url, clock }) };
    }),
  );
  await Promise.all(relays.slice(0, 2).map(({ unseen }) => unseen.look()));
  await relays[2]?.unseen.look();
  await Promise.all(relays.map(({ jobs }) => jobs.runDue()));
  expect(server.taken.map(({ to }) => to).toSorted()).toEqual(
    Array.from({ length: 6 }, (_, one) => `visitor-${one}@example.com`),
  );
});

const log = createLogger({ production: false, logLevel: 'silent' });

describe('the link', () => {
  async function aLink(): Promise<string> {
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    return linkIn(mails().at(-1)?.raw ?? '');
  }
  const open = (link: string, origin: string | null = relay.origin) =>
    fetch(`${relay.origin}/c/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(origin && { origin }) },
      body: JSON.stringify({ link }),
    }).then(async (answer) => (await answer.json()) as Opened);

  test('goes on with the same conversation in another browser, and in a third', async () => {
    const link = await aLink();
    for (const words of ['I come at five.', 'Or at six.']) {
      const { value } = await open(link);
      expect(value).toMatchObject({ site: relay.site.key, conversation: visitor.conversation });
      expect(value?.token).not.toBe(visitor.token);
      const elsewhere = await aVisitor(relay, {
        ...{ token: value?.token ?? '', conversation: visitor.conversation },
      });
      expect((await elsewhere.read()).map((entry) => ('text' in entry ? entry.text : ''))).toContain(
        'It came this morning.',
      );
      await elsewhere.say(words);
      expect((await megan.read(conversation)).at(-1)).toMatchObject({ kind: 'message', text: words });
    }
  });

  test('opens nothing for another page, after a month, after ten times, or once the visitor was put aside', async () => {
    const link = await aLink();
    for (const origin of ['https://evil.example', null])
      expect(await open(link, origin)).toMatchObject({ code: 'BAD_ORIGIN' });
    expect(await open(link.replace(/^./, (digit) => (digit === '0' ? '1' : '0')))).toMatchObject({
      code: 'LINK_USED',
    });
    expect(await open('x')).toMatchObject({ code: 'LINK_USED' });
    for (let times = 0; times < 10; times += 1) expect((await open(link)).ok).toBe(true);
    expect(await open(link)).toMatchObject({ code: 'LINK_USED' });
    const second = await aLink();
    ahead += 30 * DAY;
    expect(await open(second)).toMatchObject({ code: 'LINK_USED' });
    ahead -= 30 * DAY;
    const { value } = await open(second);
    await megan.do('conversation:put-aside', { conversation, id: newId() });
    expect(await open(second)).toMatchObject({ code: 'LINK_USED' });
    const shut = aVisitor(relay, { token: value?.token ?? '', conversation: visitor.conversation });
    await expect(shut).rejects.toThrow('BLOCKED');
  });

  test('makes the browser the same visitor’s for what it begins anew, too', async () => {
    const { value } = await open(await aLink());
    const token = value?.token ?? '';
    const elsewhere = await aVisitor(relay, { token, conversation: visitor.conversation });
    const second = newId();
    const message = { id: newId(), text: 'Something else.' };
    await elsewhere.do('conversation:start', { token, conversation: second, message, locale: 'en' });
    const both = [second, visitor.conversation].toSorted();
    const again = await aVisitor(relay, { token, conversation: visitor.conversation });
    for (const one of [visitor, elsewhere, again])
      expect((await one.do('heads:ask', {})).map(({ id }) => id).toSorted()).toEqual(both);
    expect((await again.read()).length).toBeGreaterThan(0);
  });

  test('opens nothing any more once the address it went to was put right', async () => {
    const link = await aLink();
    await giveEmail(address.toUpperCase());
    expect((await open(link)).ok).toBe(true);
    await giveEmail(`right-${address}`);
    expect(await open(link)).toMatchObject({ code: 'LINK_USED' });
  });

  test('is kept as a hash alone', async () => {
    const link = await aLink();
    const { rows } = await relay.database.pool.query<{ found: number }>(
      'select count(*)::int as found from mail_links l where l::text like $1',
      [`%${link}%`],
    );
    expect(rows[0]?.found).toBe(0);
  });
});

describe('no more such mail', () => {
  async function aStop(): Promise<string> {
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    return /^List-Unsubscribe: <(.+)>$/m.exec(unfolded(mails().at(-1)?.raw ?? ''))?.[1] ?? '';
  }

  test('is asked of whoever follows the link, and done by a press or by the mail program', async () => {
    const stop = await aStop();
    const page = await fetch(stop);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(address);
    await megan.say(conversation, 'Still here.');
    await pass(UNSEEN);
    expect(mails()).toHaveLength(2);
    const done = await fetch(stop, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    expect(done.status).toBe(200);
    await megan.say(conversation, 'And gone.');
    await pass(UNSEEN);
    expect(mails()).toHaveLength(2);
  });

  test('is taken back by whoever has the mail, and by nobody else', async () => {
    const stop = await aStop();
    const press = (url: string | URL, body: string) =>
      fetch(url, { method: 'POST', body: new URLSearchParams(body) }).then((page) => page.text());
    expect(await press(stop, '')).toContain('are no longer sent');
    expect(await (await fetch(stop)).text()).toMatch(/are no longer sent.*Send them again/);
    const forged = new URL(stop);
    forged.searchParams.set('s', 'A'.repeat(43));
    expect(await press(forged, 'again=yes')).toContain('This link is not whole');
    await megan.say(conversation, 'Still here.');
    await pass(UNSEEN);
    expect(mails()).toHaveLength(1);
    expect(await press(stop, 'again=yes')).toContain('are sent to');
    await megan.say(conversation, 'And tomorrow, too.');
    await pass(UNSEEN);
    expect(mails()).toHaveLength(2);
    expect(mails()[1]?.raw).toContain('And tomorrow, too.');
  });

  test('cannot be asked for somebody else', async () => {
    const stop = new URL(await aStop());
    stop.searchParams.set('s', 'A'.repeat(43));
    for (const method of ['GET', 'POST']) expect((await fetch(stop, { method })).status).toBe(404);
    await megan.say(conversation, 'Still here.');
    await pass(UNSEEN);
    expect(mails()).toHaveLength(2);
  });
});

type Opened = {
  readonly ok: boolean;
  readonly code?: string;
  readonly value?: { readonly token: string };
};

function linkIn(raw: string): string {
  return /\/c\/\?s=\w+#([0-9a-f]+),/.exec(unfolded(raw).replace('=3D', '='))?.[1] ?? '';
}
