/** A reply that nobody has seen for two minutes is told on the visitor's devices where they wish it, and then not by e-mail. */
import { randomBytes } from 'node:crypto';
import type { Site } from '@fullname/shared/api';
import type { ErrorCode, Result } from '@fullname/shared/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { createLogger } from '../../server/src/log.ts';
import { createStops } from '../../server/src/mail/stops.ts';
import { createUnseen } from '../../server/src/mail/unseen.ts';
import { createSender } from '../../server/src/push/encrypt.ts';
import { workPushes } from '../../server/src/push/pushes.ts';
import { sharedSecret } from '../../server/src/store/settings.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { FROM, type MailServer, openMailServer, openPost, openStore } from './post.ts';
import { type Device, openPushService, type PushService } from './push-service.ts';

const MINUTE = 60_000;
const UNSEEN = 2 * MINUTE + 1_000;
/** Longer than a service that is busy is tried. */
const TRIED = 20 * MINUTE;

let ahead = 0;
const now = () => Date.now() + ahead;
let post: MailServer;
let service: PushService;
let relay: Relay;
let megan: Agent;
let visitor: Visitor;
let conversation: string;
let address: string;
/** The relay's public key, as the page gives it to a browser. */
let key: string;

beforeAll(async () => {
  [post, service] = await Promise.all([openMailServer(), openPushService()]);
  const env = { SMTP_URL: post.url, MAIL_FROM: FROM, RATE_LIMITS: 'off', PUSH_HOSTS: 'localhost' };
  relay = await openRelay({ env, now });
  await switchPush(relay, true);
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  const about = await fetch(`${relay.origin}/n/${relay.site.key}/about`);
  key = ((await about.json()) as { value: { key: string } }).value.key;
});
afterAll(async () => {
  await relay.close();
  await Promise.all([post.close(), service.close()]);
});
beforeEach(async () => {
  ahead = 0;
  address = `ada-${newId().slice(0, 8)}@example.com`;
  visitor = await aVisitor(relay);
  await visitor.say('Is the lamp there?');
  const { conversation: own } = visitor;
  await visitor.do('email:give', { conversation: own, id: newId(), email: address });
  conversation = await megan.take(visitor);
});

const switchPush = ({ origin, owner, site }: Relay, on: boolean) =>
  call({ origin, cookie: owner }, `PUT /api/sites/${site.id}/settings`, { push: { on } });
const mails = () => post.taken.filter((mail) => mail.to === address);
async function pass(ms: number): Promise<void> {
  ahead += ms;
  await relay.runDue();
}

type Asked = { readonly grant: string; readonly subscription: Device['subscription'] };
type From = { readonly site?: string; readonly origin?: string | null };
/** What the page asks, or its worker. */
async function ask<Value>(
  what: string,
  asked: object,
  { site = relay.site.key, origin = relay.origin }: From = {},
): Promise<Result<Value>> {
  const answer = await fetch(`${relay.origin}/n/${site}/${what}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(origin !== null && { origin }) },
    body: JSON.stringify(asked),
  });
  return (await answer.json()) as Result<Value>;
}
async function codeOf(answer: Promise<Result<unknown>>): Promise<ErrorCode | 'ok'> {
  const said = await answer;
  return said.ok ? 'ok' : said.code;
}
const add = (asked: Asked, from?: From) => codeOf(ask('devices', asked, from));
const newGrant = () => randomBytes(32).toString('hex');
async function allow(who: Visitor = visitor): Promise<string> {
  const grant = newGrant();
  await who.do('push:allow', { conversation: who.conversation, grant });
  return grant;
}
async function aGuest(): Promise<Visitor> {
  const guest = await aVisitor(relay);
  await guest.say('Hello?');
  return guest;
}
async function aDeviceOf(who: Visitor = visitor): Promise<Device> {
  const device = service.aDevice();
  expect(await add({ grant: await allow(who), subscription: device.subscription })).toBe('ok');
  return device;
}

describe('a reply that nobody has seen', () => {
  test('is told once on each device, by the full name and without its words, and not by e-mail', async () => {
    const [here, there] = [await aDeviceOf(), await aDeviceOf()];
    await megan.say(conversation, 'It came this morning.');
    await megan.say(conversation, 'I have put it aside.');
    await pass(MINUTE);
    expect(service.asked.length).toBe(0);
    await pass(MINUTE + 1_000);
    await pass(MINUTE);
    await pass(24 * 60 * MINUTE);
    for (const device of [here, there]) {
      expect(device.times()).toBe(1);
      expect(device.shown(key)).toEqual([
        {
          ...{ title: 'Megan Kajitani has answered you', body: 'Bloom & Stem', lang: 'en' },
          tag: expect.stringMatching(/^[\w-]{32}$/),
          link: expect.stringMatching(
            new RegExp(`^${relay.origin}/c/\\?s=${relay.site.key}#[0-9a-f]{64},en$`),
          ),
        },
      ]);
    }
    expect(mails()).toEqual([]);
    await megan.say(conversation, 'We are open until six.');
    await pass(0);
    expect(here.shown(key)).toHaveLength(2);
    expect(mails()).toEqual([]);
  });

  test('is told in the owner’s own words where they have a place for the name, and the letter is called so as well', async () => {
    const say = (answeredYou: string) =>
      call({ origin: relay.origin, cookie: relay.owner }, `PUT /api/sites/${relay.site.id}/settings`, {
        strings: answeredYou ? { en: { answeredYou } } : {},
      });
    onTestFinished(() => say('').then(() => undefined));
    const device = await aDeviceOf();
    await say('{0} from\n the shop: “$& is here”');
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    // As a release before ours may have left it: no owner can say that any more.
    await relay.database.pool.query(`update sites set settings = jsonb_set(settings, '{strings}', $1)`, [
      { en: { answeredYou: 'Somebody has answered' } },
    ]);
    await megan.say(conversation, 'And it shines.');
    await pass(0);
    expect(device.shown(key).map(({ title }) => title)).toEqual([
      'Megan Kajitani from the shop: “$& is here”',
      'Megan Kajitani has answered you',
    ]);
    service.answer(device, 410);
    await say('{0} wrote');
    await megan.say(conversation, 'Still here.');
    await pass(0);
    await pass(MINUTE);
    expect(mails().map(({ raw }) => /^Subject: (.*)\r$/m.exec(raw)?.[1])).toEqual(['Megan Kajitani wrote']);
  });

  test('is told with a link that goes on with the same conversation', async () => {
    const device = await aDeviceOf();
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    const link = /#([0-9a-f]{64}),/.exec(device.shown(key)[0]?.link ?? '')?.[1];
    const answer = await fetch(`${relay.origin}/c/open`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: relay.origin },
      body: JSON.stringify({ link }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, value: { conversation: visitor.conversation } });
  });

  test('is told nowhere once it was seen, also while the service was busy', async () => {
    const device = await aDeviceOf();
    const first = await megan.say(conversation, 'It came this morning.');
    const seen = (publicSeq: number | null) =>
      visitor.do('read:advance', { conversation: visitor.conversation, publicSeq: publicSeq ?? 0 });
    await seen(first.publicSeq);
    await pass(UNSEEN);
    expect(device.times()).toBe(0);
    service.answer(device, 503);
    const second = await megan.say(conversation, 'And it shines.');
    await pass(UNSEEN);
    expect(device.times()).toBe(1);
    await seen(second.publicSeq);
    service.answer(device, 201);
    await pass(TRIED);
    expect(device.times()).toBe(1);
    expect(mails()).toEqual([]);
  });

  test.each([404, 410])(
    'goes by e-mail where the device is gone (%i), which is asked no more',
    async (status) => {
      const device = await aDeviceOf();
      service.answer(device, status);
      await megan.say(conversation, 'It came this morning.');
      await pass(UNSEEN);
      await pass(MINUTE);
      expect(mails()).toHaveLength(1);
      expect(mails()[0]?.raw).toContain('It came this morning.');
      await megan.say(conversation, 'Still here.');
      await pass(0);
      expect(mails()).toHaveLength(2);
      expect(device.times()).toBe(1);
    },
  );

  test('is pushed again while the service is busy, and mailed when it stays so', async () => {
    const device = await aDeviceOf();
    service.answer(device, 429);
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    service.answer(device, 201);
    await pass(MINUTE);
    expect(device.times()).toBe(2);
    expect(mails()).toEqual([]);
    service.answer(device, 500);
    await megan.say(conversation, 'Still here.');
    for (let times = 0; times < 8; times += 1) await pass(10 * MINUTE);
    expect(device.times()).toBe(2 + 5);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]?.raw).toContain('Still here.');
    expect(mails()[0]?.raw).not.toContain('this morning');
    // The next one is tried there anew.
    service.answer(device, 201);
    await megan.say(conversation, 'Good evening.');
    await pass(0);
    expect(device.times()).toBe(8);
    expect(mails()).toHaveLength(1);
  });

  test('is told on a device that was allowed again after the one before had gone, by whoever left no address', async () => {
    const guest = await aVisitor(relay);
    await guest.say('Is the vase there?');
    const talk = await megan.take(guest);
    const before = await aDeviceOf(guest);
    service.answer(before, 410);
    const first = await megan.say(talk, 'It came this morning.');
    await pass(UNSEEN);
    await pass(MINUTE);
    await guest.do('read:advance', { conversation: guest.conversation, publicSeq: first.publicSeq ?? 0 });
    const after = await aDeviceOf(guest);
    await megan.say(talk, 'And it shines.');
    await pass(UNSEEN);
    expect(after.shown(key)).toHaveLength(1);
  });

  test('waits for a service that is away for long, where only a device can tell it', async () => {
    const guest = await aVisitor(relay);
    await guest.say('Is the vase there?');
    const talk = await megan.take(guest);
    const device = await aDeviceOf(guest);
    service.answer(device, 503);
    await megan.say(talk, 'It came this morning.');
    for (let times = 0; times < 4; times += 1) await pass(5 * MINUTE);
    const tried = device.times();
    expect(tried).toBeGreaterThan(1);
    await pass(MINUTE);
    expect(device.times()).toBe(tried);
    service.answer(device, 201);
    await pass(31 * MINUTE);
    await pass(MINUTE);
    expect(device.times()).toBe(tried + 1);
    await pass(60 * MINUTE);
    expect(device.times()).toBe(tried + 1);
  });

  test('is told while the service of others says nothing at all; so many wait for it at once, and no more', async () => {
    const silent: Device[] = [];
    for (let one = 0; one < 12; one += 1) {
      const who = await aVisitor(relay);
      await who.say('Hello?');
      const device = await aDeviceOf(who);
      service.answer(device, 'silence');
      // What is pushed to them again is no other test's to wait for.
      onTestFinished(() => service.answer(device, 201));
      silent.push(device);
      await megan.say(await megan.take(who), 'It came this morning.');
    }
    const told = await aDeviceOf();
    await megan.say(conversation, 'It came this morning.');
    const before = service.waiting().most;
    expect(before).toBeLessThan(8);
    await pass(UNSEEN);
    expect(silent.map((device) => device.times())).toEqual(silent.map(() => 1));
    expect(told.shown(key)).toHaveLength(1);
    expect(service.waiting()).toEqual({ now: 0, most: 8 });
  });

  test('is told where one device of two is left', async () => {
    const [lost, left] = [await aDeviceOf(), await aDeviceOf()];
    service.answer(lost, 410);
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    await pass(MINUTE);
    expect(left.shown(key)).toHaveLength(1);
    expect(mails()).toEqual([]);
  });

  test('goes by e-mail where the owner has switched it off, the push that was under way too', async () => {
    const device = await aDeviceOf();
    service.answer(device, 503);
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    onTestFinished(() => switchPush(relay, true).then(() => undefined));
    await switchPush(relay, false);
    await pass(MINUTE);
    await pass(MINUTE);
    expect(device.times()).toBe(1);
    expect(mails()).toHaveLength(1);
    await megan.say(conversation, 'Still here.');
    await pass(0);
    expect(device.times()).toBe(1);
    expect(mails()).toHaveLength(2);
  });

  test('of a push that its relay took to the grave goes by e-mail an hour later', async () => {
    const device = await aDeviceOf();
    service.answer(device, 503);
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    await relay.database.pool.query(`delete from jobs.job where name = 'push-send'`);
    await pass(50 * MINUTE);
    expect(mails()).toEqual([]);
    await pass(11 * MINUTE);
    await pass(0);
    expect(mails()).toHaveLength(1);
  });
});

test('without a mail server devices are told all the same; two relays that look at once tell each once', async () => {
  const url = await makeDatabase();
  const env = { RATE_LIMITS: 'off', PUSH_HOSTS: 'localhost' };
  const quiet = await openRelay({ databaseUrl: url, env });
  onTestFinished(quiet.close);
  await switchPush(quiet, true);
  const adaeze = await anAgent(quiet, { given: 'Adaeze', family: 'Okafor' });
  const devices: Device[] = [];
  for (let one = 0; one < 4; one += 1) {
    const who = await aVisitor(quiet);
    await who.say('Hello?');
    const [grant, device] = [newGrant(), service.aDevice()];
    await who.do('push:allow', { conversation: who.conversation, grant });
    const added = await fetch(`${quiet.origin}/n/${quiet.site.key}/devices`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: quiet.origin },
      body: JSON.stringify({ grant, subscription: device.subscription }),
    });
    expect(added.status).toBe(200);
    devices.push(device);
    await adaeze.say(await adaeze.take(who), `Answer ${one}.`);
  }
  const clock = { now: () => Date.now() + 3 * MINUTE, forward: () => undefined };
  const sender = createSender(await sharedSecret(quiet.database.db, 'push-secret'));
  const origin = () => quiet.origin;
  const relays = await Promise.all(
    [1, 2].map(async () => {
      const store = await openStore(url);
      const stops = createStops(Buffer.alloc(32), origin);
      const parts = { db: store.db, origin, now: clock.now, log };
      const { jobs } = openPost(store, { smtp: post.url, clock });
      workPushes(jobs, { ...parts, sender, services: { hosts: ['localhost'], loopback: true } });
      return { jobs, unseen: createUnseen({ ...parts, stops, isMailOn: false }) };
    }),
  );
  await Promise.all(relays.map(({ unseen }) => unseen.look()));
  await Promise.all(relays.map(({ jobs }) => jobs.runDue()));
  // The third relay may have taken one.
  await eventually('each is told', () => devices.every((device) => device.times() > 0));
  expect(devices.map((device) => device.shown(sender.key).map(({ title }) => title))).toEqual(
    devices.map(() => ['Adaeze Okafor has answered you']),
  );
});

const log = createLogger({ production: false, logLevel: 'silent' });

describe('a device', () => {
  const rows = async () => {
    const { rows } = await relay.database.pool.query<{ n: number }>(
      `select count(*)::int as n from push_devices d join conversations c on c.visitor_id = d.visitor_id where c.id = $1`,
      [conversation],
    );
    return rows[0]?.n;
  };

  test('is added by a grant once, soon, at its site and by the relay’s own page alone', async () => {
    const { subscription } = service.aDevice();
    const grant = await allow();
    const other = await call<Site>({ origin: relay.origin, cookie: relay.owner }, 'POST /api/sites', {
      name: 'Another shop',
      hosts: [],
    });
    await switchPush({ ...relay, site: other }, true);
    expect(await add({ grant, subscription }, { origin: 'https://evil.example' })).toBe('BAD_ORIGIN');
    expect(await add({ grant, subscription }, { origin: null })).toBe('BAD_ORIGIN');
    expect(await add({ grant, subscription }, { site: other.key })).toBe('LINK_USED');
    expect(await add({ grant: newGrant(), subscription })).toBe('LINK_USED');
    expect(await rows()).toBe(0);
    expect(await add({ grant, subscription })).toBe('ok');
    expect(await add({ grant, subscription })).toBe('LINK_USED');
    const late = await allow();
    ahead += 16 * MINUTE;
    expect(await add({ grant: late, subscription })).toBe('LINK_USED');
    expect(await rows()).toBe(1);
  });

  test('is nobody’s whose conversation it is not, nor whose grant somebody else has', async () => {
    const stranger = await aVisitor(relay);
    await stranger.say('Hello?');
    const grant = await allow();
    const asked = { conversation: visitor.conversation, grant: newGrant() };
    expect(await refusal(stranger.ask('push:allow', asked))).toBe('UNKNOWN_CONVERSATION');
    // Who knows another's grant and says it is theirs changes nothing.
    await stranger.do('push:allow', { conversation: stranger.conversation, grant });
    const device = service.aDevice();
    expect(await add({ grant, subscription: device.subscription })).toBe('ok');
    expect(await rows()).toBe(1);
  });

  test.each<[string, Partial<Device['subscription']>]>([
    ['this machine by address', { endpoint: 'http://127.0.0.1:9/x' }],
    ['a cloud’s own address', { endpoint: 'https://169.254.169.254/latest' }],
    ['a private network', { endpoint: 'https://10.0.0.1/push' }],
    ['an address written as a number', { endpoint: 'https://2130706433/push' }],
    ['a host nobody knows', { endpoint: 'https://push.evil.example/x' }],
    ['a host that only ends like one', { endpoint: 'https://evillocalhost/x' }],
    ['a password', { endpoint: 'https://a:b@localhost/x' }],
    ['another port', { endpoint: 'https://localhost:22/x' }],
    ['no address', { endpoint: 'file:///etc/passwd' }],
    ['more than an address', { endpoint: `https://localhost/${'x'.repeat(2_000)}` }],
    ['long keys', { keys: { p256dh: 'A'.repeat(2_000), auth: 'A'.repeat(22) } }],
    ['no point of the curve', { keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) } }],
  ])('cannot name %s', async (_, wrong) => {
    const grant = await allow();
    const { subscription } = service.aDevice();
    expect(await add({ grant, subscription: { ...subscription, ...wrong } })).toBe('INVALID_PAYLOAD');
    // What cannot be used uses nothing up.
    expect(await add({ grant, subscription })).toBe('ok');
  });

  test('is one of the five newest', async () => {
    const devices: Device[] = [];
    for (let times = 0; times < 7; times += 1) {
      ahead += 1_000;
      devices.push(await aDeviceOf());
    }
    expect(await rows()).toBe(5);
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    expect(devices.map((device) => device.times())).toEqual([0, 0, 1, 1, 1, 1, 1]);
  });

  test('is forgotten when its browser is left, when it says so, and with its visitor; other browsers’ stay', async () => {
    const [own, second] = [await aDeviceOf(), await aDeviceOf()];
    const stranger = await aVisitor(relay);
    await stranger.say('Hello?');
    const theirs = await aDeviceOf(stranger);
    expect(await codeOf(ask('stop', { endpoint: second.subscription.endpoint }))).toBe('ok');
    expect(await rows()).toBe(1);
    const grant = await allow();
    for (const [token, origin, left] of [
      [stranger.token.replace(/^./, (digit) => (digit === '0' ? '1' : '0')), relay.origin, 1],
      [visitor.token, 'https://evil.example', 1],
      [visitor.token, relay.origin, 0],
    ] as const) {
      await fetch(`${relay.origin}/n/forget`, { method: 'POST', headers: { origin }, body: token });
      expect(await rows()).toBe(left);
    }
    expect(await add({ grant, subscription: own.subscription })).toBe('LINK_USED');
    const { rowCount } = await relay.database.pool.query('select from push_devices where endpoint = $1', [
      theirs.subscription.endpoint,
    ]);
    expect(rowCount).toBe(1);
  });

  test('is told nothing of its earlier visitor once somebody else uses that browser', async () => {
    const device = await aDeviceOf();
    const next = await aVisitor(relay);
    await next.say('Hello?');
    expect(await add({ grant: await allow(next), subscription: device.subscription })).toBe('ok');
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    expect(device.times()).toBe(0);
    expect(mails()).toHaveLength(1);
  });

  test('is known to its page as that of this chat, of another one, or of none', async () => {
    const device = service.aDevice();
    const { endpoint } = device.subscription;
    const told = async (grant: string | null, from?: From) => {
      const answer = await ask<string>('told', { endpoint, grant }, from);
      return answer.ok ? answer.value : answer.code;
    };
    expect(await told(await allow())).toBe('none');
    expect(await add({ grant: await allow(), subscription: device.subscription })).toBe('ok');
    expect(await told(null)).toBe('this');
    expect(await told(await allow())).toBe('this');
    // A leave that is over, or was never given, says nothing of whose it is.
    expect(await told(newGrant())).toBe('this');
    const next = await aVisitor(relay);
    await next.say('Hello?');
    expect(await told(await allow(next))).toBe('other');
    expect(await told(null, { origin: 'https://evil.example' })).toBe('BAD_ORIGIN');
    const other = await call<Site>({ origin: relay.origin, cookie: relay.owner }, 'POST /api/sites', {
      name: 'A third shop',
      hosts: [],
    });
    expect(await told(null, { site: other.key })).toBe('UNKNOWN');
    await switchPush({ ...relay, site: other }, true);
    expect(await told(null, { site: other.key })).toBe('none');
    await ask('stop', { endpoint });
    expect(await told(await allow())).toBe('none');
  });

  test('goes on under another address that its browser has made, for whoever shows the old one’s secret', async () => {
    const [before, now] = [await aDeviceOf(), service.aDevice()];
    const { endpoint, keys } = before.subscription;
    const renew = (wrong: object = {}, subscription = now.subscription, from?: From) =>
      codeOf(ask('renew', { before: { endpoint, auth: keys.auth, ...wrong }, subscription }, from));
    const theirs = service.aDevice().subscription;
    const stranger = await aDeviceOf(await aGuest());
    // Nobody learns by the answer what was known.
    expect(await renew({ auth: theirs.keys.auth })).toBe('ok');
    expect(await renew({ auth: '' })).toBe('ok');
    expect(await renew({ endpoint: theirs.endpoint })).toBe('ok');
    expect(await renew({ endpoint: stranger.subscription.endpoint })).toBe('ok');
    expect(await renew({}, now.subscription, { origin: 'https://evil.example' })).toBe('BAD_ORIGIN');
    const inside = { ...now.subscription, endpoint: 'https://10.0.0.1/push' };
    expect(await renew({}, inside)).toBe('INVALID_PAYLOAD');
    await megan.say(conversation, 'It came this morning.');
    await pass(UNSEEN);
    expect([before.times(), now.times()]).toEqual([1, 0]);

    expect(await renew()).toBe('ok');
    expect(await rows()).toBe(1);
    await megan.say(conversation, 'And it shines.');
    await pass(0);
    expect([before.times(), now.shown(key).length]).toEqual([1, 1]);
    expect(stranger.times()).toBe(0);
    // What was replaced is no proof any more; what its visitor has left does not come back by it.
    expect(await renew({}, theirs)).toBe('ok');
    expect(await rows()).toBe(1);
    await ask('stop', { endpoint: now.subscription.endpoint });
    const own = { endpoint: now.subscription.endpoint, auth: now.subscription.keys.auth };
    expect(await renew(own, theirs)).toBe('ok');
    expect(await rows()).toBe(0);
  });

  test('cannot be added, nor its page be had, where the owner does not want it', async () => {
    const grant = await allow();
    onTestFinished(() => switchPush(relay, true).then(() => undefined));
    await switchPush(relay, false);
    const asked = { conversation: visitor.conversation, grant: newGrant() };
    expect(await refusal(visitor.ask('push:allow', asked))).toBe('UNKNOWN' satisfies ErrorCode);
    expect(await add({ grant, subscription: service.aDevice().subscription })).toBe('UNKNOWN');
    for (const path of ['', 'about'])
      expect((await fetch(`${relay.origin}/n/${relay.site.key}/${path}`)).status).toBe(404);
  });
});
