/** A visitor sees all that is remembered of them, and nobody else's; what they have removed is gone from wherever it was kept. */
import type { Remembered } from '@fullname/shared/events';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signIdentity } from '../../server/src/people/identity.ts';
import { siteByKey } from '../../server/src/site/sites.ts';
import { FROM, type MailServer, openMailServer, refusal as refusalOf } from '../mail/post.ts';
import { type Device, openPushService, type PushService } from '../mail/push-service.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Agent,
  anAgent,
  aVisitor,
  newId,
  type Visitor,
  type VisitorOptions,
} from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const MINUTE = 60_000;
/** Replies have the store's own clock, to the microsecond: a moment more than the two minutes. */
const UNSEEN = 2 * MINUTE + 1_000;
const SHOP = { url: 'https://shop.example/roses', title: 'Roses' };

let ahead = 0;
let isBusy = false;
let post: MailServer;
let service: PushService;
let relay: Relay;
let megan: Agent;
let secret: string;
let visitor: Visitor;
let conversation: string;
let address: string;

beforeAll(async () => {
  post = await openMailServer({
    onMail: () => {
      if (isBusy) throw refusalOf(451, 'come back later');
    },
  });
  service = await openPushService();
  const env = { SMTP_URL: post.url, MAIL_FROM: FROM, RATE_LIMITS: 'off', PUSH_HOSTS: 'localhost' };
  relay = await openRelay({ env, now: () => Date.now() + ahead });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  secret = (await siteByKey(relay.database.db, relay.site.key))?.identitySecret ?? '';
  const hours = {
    timeZone: 'UTC',
    week: Array.from({ length: 7 }, () => [['00:00', '24:00']]),
  };
  const settings = `PUT /api/sites/${relay.site.id}/settings` as const;
  const callBack = { on: true, atOnce: 9, telephone: true };
  await call({ origin: relay.origin, cookie: relay.owner }, settings, {
    ...{ hours, callBack },
    push: { on: true },
  });
});
afterAll(async () => {
  await relay.close();
  await Promise.all([post.close(), service.close()]);
});
beforeEach(async () => {
  ahead = 0;
  isBusy = false;
  address = `Ada-${newId().slice(0, 8)}@example.com`;
  visitor = await introduced({ name: 'Ada Sund', email: address });
  conversation = await megan.take(visitor);
});

/** A visitor who says who they are before the first words. */
async function introduced(about: object, options: VisitorOptions = {}): Promise<Visitor> {
  const who = await aVisitor(relay, { page: SHOP, ...options });
  await who.do('conversation:start', {
    ...{ token: who.token, conversation: who.conversation, locale: 'de', page: SHOP },
    ...{ message: { id: newId(), text: 'Is the lamp there?' }, about },
  });
  return who;
}

type Kind = Remembered['kind'];
type Of<One extends Kind> = Extract<Remembered, { kind: One }>;

const read = (who: Visitor) => who.do('remembered:read', {});
async function all<One extends Kind>(who: Visitor, kind: One): Promise<Of<One>[]> {
  return (await read(who)).filter((item): item is Of<One> => item.kind === kind);
}
const claims = async (who: Visitor, what: Of<'claim'>['what']) =>
  (await all(who, 'claim')).filter((item) => item.what === what).map(({ value }) => value);
const remove = (who: Visitor, { id }: { readonly id: string }) => who.do('remembered:remove', { id });
async function removeClaim(who: Visitor, value: string): Promise<void> {
  const found = (await all(who, 'claim')).find((item) => item.value.toLowerCase() === value.toLowerCase());
  if (!found) throw new Error(`${value} is not among what is remembered`);
  await remove(who, found);
}
const giveEmail = (email: string, who = visitor, id = newId()) =>
  who.do('email:give', { conversation: who.conversation, id, email });
const tell = (who: Visitor) =>
  who.do('page:tell', {
    ...{ conversation: who.conversation, attributes: { plan: 'Gold', visits: 3 } },
    events: [{ id: newId(), name: 'basket', meta: { sum: 40 }, ago: 60_000 }],
  });
/** A device on which this visitor is told of answers, allowed in the chat of whoever has this token. */
async function toldOn(who: Visitor, userAgent?: string): Promise<Device> {
  const device = service.aDevice();
  const grant = `${newId()}${newId()}`.replaceAll('-', '');
  await who.do('push:allow', { conversation: who.conversation, grant });
  const headers = {
    ...{ 'content-type': 'application/json', origin: relay.origin },
    ...(userAgent !== undefined && { 'user-agent': userAgent }),
  };
  const body = JSON.stringify({ grant, subscription: device.subscription });
  const added = await fetch(`${relay.origin}/n/${relay.site.key}/devices`, { method: 'POST', headers, body });
  expect(added.status).toBe(200);
  return device;
}
/** The browser of whoever follows the link of the last mail. */
async function behindTheLink(): Promise<Visitor> {
  const raw = (mailsTo(address).at(-1)?.raw ?? '').replaceAll('=\r\n', '');
  const link = /#([0-9a-f]{64}),/.exec(raw)?.[1] ?? '';
  const opened = await fetch(`${relay.origin}/c/open`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: relay.origin },
    body: JSON.stringify({ link }),
  });
  const { value } = (await opened.json()) as { value: { token: string } };
  return aVisitor(relay, { token: value.token, conversation: visitor.conversation });
}
const pane = (where = conversation) => megan.do('customer:read', { conversation: where });
const mailsTo = (to: string) => post.taken.filter((mail) => mail.to.toLowerCase() === to.toLowerCase());

/** Every place of the store in which these words lie, but for letters that went out. */
async function placesOf(words: string): Promise<string[]> {
  const { rows } = await relay.database.pool.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const places: string[] = [];
  for (const { name } of rows) {
    const { rowCount } = await relay.database.pool.query(
      `select from "${name}" t where t::text ilike '%' || $1 || '%'`,
      [words],
    );
    if (rowCount) places.push(name);
  }
  return places;
}

describe('what a visitor sees', () => {
  test('is what was noted, claimed, told by pages, kept of the browser and planned, each once', async () => {
    await giveEmail(address.toUpperCase());
    await tell(visitor);
    const note = { id: newId(), conversation, text: 'No lilies', source: 'stated' } as const;
    await megan.do('preference:note', note);
    const [time] = (await visitor.do('call-back:find', {})).times;
    const callBack = newId();
    await visitor.do('call-back:book', {
      ...{ conversation: visitor.conversation, id: callBack, from: time?.from ?? '' },
      ...{ way: 'telephone', phone: '+46 8 123' },
    });
    const items = await read(visitor);
    const kinds = ['preference', 'claim', 'claim', 'call-back', 'labels', 'page-events', 'device'];
    expect(items.map(({ kind }) => kind)).toEqual(kinds);
    expect(items).toMatchObject([
      { text: 'No lilies', person: { fullName: 'Megan Kajitani' } },
      { what: 'email', value: address.toUpperCase(), at: expect.stringMatching(/Z$/) },
      { what: 'name', value: 'Ada Sund' },
      { id: callBack, way: 'telephone', phone: '+46 8 123', person: { fullName: 'Megan Kajitani' } },
      { labels: { plan: 'Gold', visits: 3 } },
      { events: [{ name: 'basket', meta: { sum: 40 } }] },
      { locale: 'de', pages: [SHOP] },
    ]);
    expect(new Set(items.flatMap((item) => ('id' in item ? item.id : []))).size).toBe(items.length);
  });

  test('with a site’s signature is that of their signed browsers as well, and what was signed stands for itself', async () => {
    const sub = newId();
    const signed = () => signIdentity(secret, { sub, name: 'Ada Lind', email: `lind-${address}` });
    const first = await introduced({ email: address }, { identity: await signed() });
    const second = await introduced({ email: `LIND-${address}` }, { identity: await signed() });
    expect(await claims(second, 'email')).toEqual([address]);
    expect(await all(second, 'proven')).toEqual([
      { kind: 'proven', name: 'Ada Lind', email: `lind-${address}` },
    ]);
    expect(await all(second, 'device')).toHaveLength(2);
    await removeClaim(second, address);
    expect(await claims(first, 'email')).toEqual([]);
    // The same browser without the signature has its own alone, and nothing proven.
    const unsigned = await aVisitor(relay, { token: first.token });
    expect((await read(unsigned)).map(({ kind }) => kind)).toEqual(['device']);
  });

  test('before the first word is nothing, whatever is claimed', async () => {
    expect(await read(await aVisitor(relay))).toEqual([]);
    const identity = await signIdentity(secret, { sub: newId(), name: 'Ida Berg' });
    expect(await read(await aVisitor(relay, { identity }))).toEqual([
      { kind: 'proven', name: 'Ida Berg', email: null },
    ]);
  });

  test('is answered of what waits for a file’s first entry as well, and that is removed too', async () => {
    const who = await aVisitor(relay);
    await who.do('conversation:prepare', {
      ...{ token: who.token, conversation: who.conversation, locale: 'en' },
      about: { name: 'Ada Sund', email: address, order: '1842' },
    });
    expect(await claims(who, 'email')).toEqual([address]);
    await removeClaim(who, address);
    await removeClaim(who, 'Ada Sund');
    expect(await all(who, 'claim')).toEqual([]);
    await who.do('message:send', { conversation: who.conversation, id: newId(), text: 'Hello?' });
    expect((await who.read()).find(({ kind }) => kind === 'introduced')).toMatchObject({
      ...{ name: null, email: null, order: '1842' },
    });
  });
});

describe('somebody else', () => {
  test('sees and removes nothing by anybody’s ids, claimed address, or an agent’s link', async () => {
    await tell(visitor);
    await toldOn(visitor);
    const theirs = await read(visitor);
    const before = await placesOf(address);
    const stranger = await aVisitor(relay);
    const claimant = await introduced({ name: 'Ada Sund', email: address });
    const linked = await introduced({});
    const sub = newId();
    const owner = await introduced(
      { email: `own-${address}` },
      { identity: await signIdentity(secret, { sub }) },
    );
    const customer = (await pane(await megan.take(owner))).customer?.id ?? '';
    const where = await megan.take(linked);
    await megan.do('customer:link', { conversation: where, id: newId(), customer });
    const other = await introduced({}, { identity: await signIdentity(secret, { sub: newId() }) });
    for (const nosy of [stranger, claimant, linked, other]) {
      const seen = JSON.stringify(await read(nosy));
      expect(seen).not.toContain('Gold');
      expect(seen).not.toContain(`own-${address}`);
      for (const item of [...theirs, ...(await read(owner))])
        if ('id' in item && item.kind !== 'claim') expect(await remove(nosy, item)).toEqual({});
    }
    // The same address typed by two is a claim of each: one removes their own.
    await removeClaim(claimant, address);
    expect(await claims(claimant, 'email')).toEqual([]);
    expect(await read(visitor)).toEqual(theirs);
    expect(await placesOf(address)).toEqual(before);
    expect(await claims(owner, 'email')).toEqual([`own-${address}`]);
    expect((await pane()).claims).toEqual({ name: 'Ada Sund', email: address });
  });

  test('who has a mail’s link sees what the conversation says, and not what pages told or where its browser was', async () => {
    await tell(visitor);
    await megan.say(conversation, 'It came this morning.');
    ahead = UNSEEN;
    await relay.runDue();
    await toldOn(visitor);
    const reader = await behindTheLink();
    expect((await read(reader)).map(({ kind }) => kind)).toEqual(['claim', 'claim']);
    const theirs = await read(visitor);
    for (const item of theirs) if ('id' in item && item.kind !== 'claim') await remove(reader, item);
    expect(await read(visitor)).toEqual(theirs);
    // What they have allowed themself is theirs to see, and the visitor's as well, whose answers are told there.
    await toldOn(reader);
    const [own] = await all(reader, 'push');
    expect(await all(reader, 'push')).toHaveLength(1);
    expect(await all(visitor, 'push')).toHaveLength(2);
    if (own) await remove(reader, own);
    expect(await read(visitor)).toEqual(theirs);
  });

  test('is told nothing by the answer: an id that is known, gone, made up or misspelt is one', async () => {
    const [email] = (await all(visitor, 'claim')).filter(({ what }) => what === 'email');
    if (!email) throw new Error('an address was given');
    const stranger = await aVisitor(relay);
    expect(await remove(stranger, email)).toEqual({});
    expect(await remove(visitor, { id: newId() })).toEqual({});
    expect(await remove(visitor, email)).toEqual({});
    expect(await remove(visitor, email)).toEqual({});
    const wrong = await visitor.ask('remembered:remove', { id: 'email' });
    expect(wrong).toMatchObject({ ok: false, code: 'INVALID_PAYLOAD' });
  });
});

describe('what is removed', () => {
  test('an address: no letter goes there, and it is nowhere in the store and the agents’ screens', async () => {
    await giveEmail(address);
    await eventually('it is on the agent’s screen', async () => (await pane()).claims.email === address);
    await megan.say(conversation, 'It came this morning.');
    await removeClaim(visitor, address);
    await eventually('the open pane is told', () =>
      megan
        .heard('customer:changed')
        .some((one) => one.conversation === conversation && one.pane.claims.email === null),
    );
    await eventually('and so is what stands beside it', () =>
      megan
        .heard('visitor:changed')
        .some((one) => one.conversation === conversation && one.email === null && one.page?.url === SHOP.url),
    );
    const lines = megan.heard('visitor:changed').findLast((one) => one.conversation === conversation);
    expect(lines?.entries.toSorted((a, b) => a.seq - b.seq)).toMatchObject([
      { kind: 'introduced', name: 'Ada Sund', email: null },
      { kind: 'email-given', email: '' },
    ]);
    ahead = UNSEEN;
    await relay.runDue();
    ahead += MINUTE;
    await relay.runDue();
    expect(mailsTo(address)).toEqual([]);
    expect(await placesOf(address)).toEqual([]);
    expect(await claims(visitor, 'email')).toEqual([]);
    // The log has its lines in their places, without the address.
    const own = (await visitor.read()).filter((entry) => 'email' in entry);
    expect(own).toMatchObject([
      { kind: 'introduced', name: 'Ada Sund', email: null },
      { kind: 'email-given', email: '' },
    ]);
    const found = await megan.do('conversation:list', { view: 'all' });
    expect(found.rows.find((row) => row.id === conversation)?.name).toBe('Ada Sund');
  });

  test('an address to which a letter waits: it is dropped, its link opens nothing, and a new one may be given', async () => {
    isBusy = true;
    await megan.say(conversation, 'It came this morning.');
    ahead = UNSEEN;
    await relay.runDue();
    await removeClaim(visitor, address);
    isBusy = false;
    ahead += 10 * MINUTE;
    await relay.runDue();
    expect(mailsTo(address)).toEqual([]);
    const { rows } = await relay.database.pool.query<{ state: string; links: string }>(
      `select state, (select count(*) from mail_links where conversation_id = $2) as links from mails
       where lower(to_address) = lower($1)`,
      [address, conversation],
    );
    expect(rows).toEqual([{ state: 'dropped', links: '0' }]);
    await giveEmail(`new-${address}`);
    expect((await pane()).claims.email).toBe(`new-${address}`);
  });

  test('an address to which a letter is being written at that moment: the removal waits, and drops it', async () => {
    const writer = await relay.database.pool.connect();
    try {
      await writer.query('begin');
      await writer.query('insert into reply_mails (conversation_id) values ($1) on conflict do nothing', [
        conversation,
      ]);
      await writer.query('select from reply_mails where conversation_id = $1 for update', [conversation]);
      const removing = removeClaim(visitor, address);
      await eventually('the removal waits', async () => {
        const { rowCount } = await relay.database.pool.query(
          "select from pg_stat_activity where wait_event_type = 'Lock' and query ilike '%reply_mails%'",
        );
        return rowCount === 1;
      });
      const mail = newId();
      await writer.query(
        `insert into mails (id, by_id, to_address, subject, body, created_at) values ($1, $2, $3, 'x', 'x', now())`,
        [mail, megan.person.id, address],
      );
      await writer.query(
        `insert into visitor_mails (mail_id, conversation_id, kind, locale) values ($1, $2, 'replies', 'de')`,
        [mail, conversation],
      );
      await writer.query('commit');
      await removing;
      const { rows } = await relay.database.pool.query('select state from mails where id = $1', [mail]);
      expect(rows).toEqual([{ state: 'dropped' }]);
    } finally {
      writer.release();
    }
  });

  test('a late retry of giving an address does not bring it back, and is answered', async () => {
    const id = newId();
    await giveEmail(`late-${address}`, visitor, id);
    await removeClaim(visitor, `late-${address}`);
    expect(await giveEmail(`late-${address}`, visitor, id)).toMatchObject({ kind: 'email-given', email: '' });
    expect(await placesOf(`late-${address}`)).toEqual([]);
  });

  test('an address that was proven by a code for a transcript: the next one needs a code again', async () => {
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye, Ada Sund.' });
    const asked = () =>
      ({ conversation: visitor.conversation, id: newId(), locale: 'en', zone: 'UTC' }) as const;
    const to = `post-${address}`;
    await visitor.do('transcript:ask', { ...asked(), email: to });
    await relay.runDue();
    const code = /\b(\d{6})\b/.exec(mailsTo(to)[0]?.raw ?? '')?.[1] ?? '';
    await visitor.do('transcript:confirm', { ...asked(), code });
    expect((await visitor.do('transcript:offer', { conversation: visitor.conversation })).to).not.toBeNull();
    expect(await claims(visitor, 'email')).toContain(to);
    await removeClaim(visitor, to);
    expect((await visitor.do('transcript:offer', { conversation: visitor.conversation })).to).toBeNull();
    expect(await claims(visitor, 'email')).toEqual([address]);
  });

  test('a name: the list calls them a visitor again, and search finds them by neither', async () => {
    const name = `Adelheid ${newId().slice(0, 8)}`;
    const who = await introduced({ name, email: `x${address}` });
    const where = await megan.take(who);
    await removeClaim(who, name);
    expect((await pane(where)).claims).toEqual({ name: null, email: `x${address}` });
    await eventually('the row is told', () =>
      megan
        .heard('rows:changed')
        .flat()
        .some((row) => row.id === where && row.name === null),
    );
    expect(await placesOf(name)).toEqual([]);
    await removeClaim(who, `x${address}`);
    expect(await placesOf(`x${address}`)).toEqual([]);
  });

  test('what pages told: labels and what happened apart, and the page may tell anew', async () => {
    await tell(visitor);
    const [labels] = await all(visitor, 'labels');
    if (!labels) throw new Error('there were labels');
    await remove(visitor, labels);
    expect((await pane()).told).toMatchObject({ labels: {}, events: [{ name: 'basket' }] });
    const [events] = await all(visitor, 'page-events');
    if (!events) throw new Error('something had happened');
    await remove(visitor, events);
    await eventually('the open pane is told', () =>
      megan
        .heard('customer:changed')
        .some((one) => one.conversation === conversation && one.pane.told?.events.length === 0),
    );
    await remove(visitor, labels);
    await tell(visitor);
    expect(await all(visitor, 'labels')).toMatchObject([{ labels: { plan: 'Gold' } }]);
  });

  test('the browser and its pages; the language stays, and the next page is noted anew', async () => {
    const [device] = await all(visitor, 'device');
    if (!device) throw new Error('there is a browser');
    await relay.database.pool.query(
      `update visitors set device = 'Firefox · Mac' where id = (select visitor_id from conversations where id = $1)`,
      [conversation],
    );
    await remove(visitor, device);
    expect(await all(visitor, 'device')).toMatchObject([{ device: null, locale: 'de', pages: [] }]);
    await eventually('the agent’s screen is told', () =>
      megan
        .heard('visitor:changed')
        .some((one) => one.conversation === conversation && one.page === null && one.device === null),
    );
    await visitor.do('page:view', { url: 'https://shop.example/', title: 'Shop' });
    expect(await all(visitor, 'device')).toMatchObject([{ pages: [{ url: 'https://shop.example/' }] }]);
  });

  test('a call-back: nobody owes it any more, its number is gone, and one that is over leaves its number to be removed', async () => {
    const [time] = (await visitor.do('call-back:find', {})).times;
    const book = (phone: string) =>
      visitor.do('call-back:book', {
        ...{
          conversation: visitor.conversation,
          id: newId(),
          from: time?.from ?? '',
          way: 'telephone',
          phone,
        },
      });
    await book('+46 8 111');
    const [planned] = await all(visitor, 'call-back');
    if (!planned) throw new Error('a time was chosen');
    const stranger = await introduced({});
    await remove(stranger, planned);
    expect(await all(visitor, 'call-back')).toEqual([planned]);
    await remove(visitor, planned);
    await remove(visitor, planned);
    expect(await all(visitor, 'call-back')).toEqual([]);
    expect((await pane()).promises).toEqual([]);
    expect(await placesOf('+46 8 111')).toEqual([]);
    const steps = (await visitor.read()).flatMap((entry) => (entry.kind === 'call-back' ? [entry.step] : []));
    expect(steps).toEqual(['booked', 'cancelled']);
    await book('+46 8 222');
    const [second] = await all(visitor, 'call-back');
    await visitor.do('call-back:cancel', {
      ...{ conversation: visitor.conversation, id: newId(), callBack: second?.id ?? '' },
    });
    expect(await claims(visitor, 'phone')).toEqual(['+46 8 222']);
    await removeClaim(visitor, '+46 8 222');
    expect(await placesOf('+46 8 222')).toEqual([]);
  });

  test('a device that is told of answers: it is named, and told of none from then on', async () => {
    const phone = await toldOn(
      visitor,
      'Mozilla/5.0 (Android 15; Mobile; rv:142.0) Gecko/142.0 Firefox/142.0',
    );
    ahead = 1_000;
    const other = await toldOn(visitor, 'Something else');
    const told = await all(visitor, 'push');
    expect(told).toMatchObject([
      { device: null, at: expect.stringMatching(/Z$/) },
      { device: 'Firefox · Android', at: expect.stringMatching(/Z$/) },
    ]);
    const before = megan.heard('visitor:changed').length;
    await megan.say(conversation, 'It came this morning.');
    await remove(visitor, told[1] ?? { id: '' });
    expect(await all(visitor, 'push')).toEqual([told[0]]);
    expect(await placesOf(phone.subscription.endpoint)).toEqual([]);
    await eventually('the agent’s screen is told', () =>
      megan
        .heard('visitor:changed')
        .slice(before)
        .some((one) => one.conversation === conversation),
    );
    ahead += UNSEEN;
    await relay.runDue();
    expect([phone.times(), other.times()]).toEqual([0, 1]);
    await remove(visitor, told[0] ?? { id: '' });
    await megan.say(conversation, 'And it shines.');
    ahead += UNSEEN;
    await relay.runDue();
    await relay.runDue();
    expect([phone.times(), other.times()]).toEqual([0, 1]);
    expect(mailsTo(address)).toHaveLength(1);
  });

  test('by many at once, while others are given: no one of it comes back, and nothing hangs', async () => {
    const again = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
    const [email] = (await all(visitor, 'claim')).filter(({ what }) => what === 'email');
    if (!email) throw new Error('an address was given');
    await Promise.all([
      ...Array.from({ length: 6 }, (_, index) => remove(index % 2 ? visitor : again, email)),
      ...Array.from({ length: 6 }, (_, index) =>
        giveEmail(`${index}-${address}`, index % 2 ? visitor : again),
      ),
      ...Array.from({ length: 6 }, () =>
        visitor.do('message:send', { conversation: visitor.conversation, id: newId(), text: 'Hello?' }),
      ),
      ...Array.from({ length: 3 }, () =>
        again.do('conversation:start', {
          ...{ token: visitor.token, conversation: newId(), locale: 'de' },
          message: { id: newId(), text: 'And another thing' },
        }),
      ),
      tell(visitor),
      tell(again),
    ]);
    const left = await claims(visitor, 'email');
    expect(left.toSorted()).toEqual(Array.from({ length: 6 }, (_, index) => `${index}-${address}`));
    for (const one of left) await removeClaim(again, one);
    expect(await placesOf(address)).toEqual([]);
  });
});
