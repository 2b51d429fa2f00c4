/**
 * Every field of foreign words, on every screen of FIELDS, drawn with more than five hundred strings that would run if anybody took them
 * for more than words: a real relay, a real chat and a real console, in a browser that no policy holds back.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '@fullname/shared/api';
import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ENOUGH, lookAtFields } from '../attacks/drawn-fields.ts';
import { FIELDS, NOT_DRAWN } from '../attacks/foreign-fields.ts';
import * as day from '../attacks/long-day.ts';
import { office } from '../attacks/long-office.ts';
import {
  inSmallLetters,
  makeDocumentsStrange,
  makeStrange,
  type StrangeWire,
  strange,
} from '../attacks/strange-wire.ts';
import * as chat from '../attacks/tour-chat.ts';
import type { ConsoleTour } from '../attacks/tour-console.ts';
import * as desk from '../attacks/tour-desk.ts';
import * as beside from '../attacks/tour-office.ts';
import * as pages from '../attacks/tour-pages.ts';
import { nothingRan, watch } from '../attacks/what-ran.ts';
import { everything } from '../support/chat-ground.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { FROM, type MailServer, openMailServer } from '../support/mail-server.ts';
import { type Agent, anAgentWith } from '../support/people.ts';
import { root } from '../support/root.ts';
import { TALK } from '../support/talk-in-languages.ts';
import { shopDoor, signedIn } from './at-desk.ts';
import { useDemo } from './demo.ts';

let ahead = 0;
let mail: MailServer;
const env: Record<string, string> = {};
beforeAll(async () => {
  mail = await openMailServer();
  Object.assign(env, { SMTP_URL: mail.url, MAIL_FROM: FROM, PUSH_HOSTS: 'localhost' });
});
afterAll(() => mail.close());
const stage = useDemo({ env, now: () => Date.now() + ahead });

/** What no string may bring about. */
const ran: string[] = [];
const looking = lookAtFields(ran);
const told = new Set<string>();
let people: day.People;
let tour: chat.ChatTour;
let seat: ConsoleTour;
let deskWire: StrangeWire;
let talk: chat.Talk;
let hers: string;
let answered: string;

beforeAll(async () => {
  people = await thePeople();
  await furnish(people);
  const visitors = await strangeBrowser();
  tour = { ...visitors, ...looking, people, shop: stage.desk.shop, proof: await proofOf(people) };
});

test('what is counted stands there word for word: where it is taken for HTML, it does not, and is heard of', async () => {
  const context = await stage.browser.newContext();
  const heard: string[] = [];
  await watch(context, heard);
  const page = await context.newPage();
  await page.setContent('<p></p><p></p>');
  await page.evaluate(
    ({ words, html }) => {
      const [first, second] = document.querySelectorAll('p');
      first?.append(words);
      if (second) second.innerHTML = html;
    },
    { words: strange('words'), html: strange('HTML') },
  );
  const self = lookAtFields(heard);
  await self.glance(page, 'signing in');
  const counted = (field: string) => self.drawn.get('signing in')?.get(field)?.size ?? 0;
  expect(counted('words')).toBeGreaterThanOrEqual(ENOUGH);
  expect(counted('HTML')).toBeLessThan(ENOUGH);
  await eventually('it is heard of', () => heard.length > 0);
  await context.close();
});

test('in the chat', async () => {
  const { context, wire } = await strangeBrowser();
  await chat.byTheLauncher({ ...tour, context, wire });
  await context.close();
  talk = await chat.untilItWaits(tour);
  hers = await chat.found(people);
  await day.megansPart(people, talk.same, hers);
  await chat.inConversation(tour, talk, hers);
  await nothingRan(ran, talk.page);
});

test('at the desk', async () => {
  await day.ingridsPart(people, hers);
  await presence(people.megan);
  const waiting = await day.aStranger(people, 'Is anybody there?');
  await presence(people.megan, people.ingrid, people.yijun);
  answered = (await day.aStranger(people, 'Do you have peonies?')).id;
  await day.merged(people, hers, await day.takenFrom(people, answered));
  await day.built(people, hers, answered);
  await office(people);
  const desks = await strangeBrowser({ viewport: { width: 1280, height: 800 } });
  await signIn(desks.context, people.ingrid);
  deskWire = desks.wire;
  seat = { ...looking, page: await desks.context.newPage(), origin: stage.desk.origin };
  await desk.strangers(seat, waiting, answered);
  await desk.handingOver(seat, () => presence(people.megan, people.ingrid));
  await desk.dialogs(seat);
  await desk.aConversation(seat, hers);
  await desk.records(seat);
  await desk.aCustomerOfMany(seat, await ofMany());
  await nothingRan(ran, seat.page);
});

test('after the goodbye', async () => {
  await day.goodbye(people, talk.same, hers);
  await chat.afterwards(tour, talk);
  await desk.closed(seat, hers);
  await nothingRan(ran, seat.page);
});

test('on the pages beside the desk', async () => {
  await beside.toDo(seat);
  await beside.colleagues(seat);
  await beside.theBook(seat);
  await beside.settings(seat, { wire: deskWire, site: people.site, proof: tour.proof });
  await nothingRan(ran, seat.page);
});

test('when a promise may take longer', async () => {
  // A little before the two hours for which both were moved.
  ahead += 118 * 60_000;
  await eventually('it is said', async () => {
    await stage.runDue();
    return (await people.ingrid.read(hers)).some(({ kind }) => kind === 'promise-slipping');
  });
  await chat.onceMore(tour);
  await desk.slipping(seat, hers);
  await nothingRan(ran, seat.page);
});

test('on pages behind links', async () => {
  const { context } = await strangeBrowser();
  const page = await context.newPage();
  await pages.ofDevices(looking, page, people);
  await pages.ofLinks(looking, page, people);
  const stop = await stopLink();
  await pages.thatStops(looking, page, people, stop, stage.database);
  await nothingRan(ran, page);
});

test('every field that was told is one of those that were looked at, or is drawn nowhere', () => {
  const listed = new Set<string>(Object.values(FIELDS).flat());
  const drawn = new Set([...looking.drawn.values()].flatMap((fields) => [...fields.keys()]));
  expect([...drawn].filter((field) => !listed.has(field))).toEqual([]);
  const undrawn = [...told].filter((field) => !listed.has(field));
  expect(undrawn.sort()).toEqual(Object.keys(NOT_DRAWN).sort());
  expect([...looking.drawn.keys()].sort()).toEqual(Object.keys(FIELDS).sort());
});

/** By the links that the relay has printed, without their consoles. */
async function thePeople(): Promise<day.People> {
  const { origin } = stage.desk;
  const at = async (who: string) => anAgentWith(shopDoor(stage.desk), await signedIn(stage.desk, who));
  const [megan, ingrid, yijun] = await Promise.all([
    at('Megan Kajitani'),
    at('Ingrid Solheim'),
    at('林怡君'),
  ]);
  const owner = { origin, cookie: ingrid.cookie };
  const [site] = await call<Site[]>(owner, 'GET /api/sites');
  if (!site) throw new Error('The demo has no shop.');
  return { door: shopDoor(stage.desk), owner, site, megan, ingrid, yijun };
}

/** All that an owner can set, our own words as theirs among it. */
async function furnish({ owner, site, megan }: day.People): Promise<void> {
  const words = JSON.parse(readFileSync(join(root, 'widget/dist/words.json'), 'utf8')) as { en: object };
  await call(owner, `PUT /api/sites/${site.id}/settings`, {
    ...everything(TALK.en, megan.person.id),
    appearance: { launcherText: 'Write to us', welcome: 'We are glad you came.' },
    strings: { en: words.en },
  });
}

/** A browser that is told strange words, and lets run whatever they bring about. */
async function strangeBrowser(options: object = {}): Promise<{ context: BrowserContext; wire: StrangeWire }> {
  const { origin, shop } = stage.desk;
  const context = await stage.browser.newContext({ bypassCSP: true, locale: 'en-GB', ...options });
  await watch(context, ran, [origin, new URL(shop).origin]);
  const wire = await makeStrange(context, told);
  const { key } = people.site;
  await makeDocumentsStrange(
    context,
    wire,
    [`/w/${key}`, `/n/${key}/`, `/c/?s=${key}`].map((path) => origin + path),
  );
  await inSmallLetters(context);
  return { context, wire };
}

async function signIn(context: BrowserContext, { cookie }: Agent): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  const at = { domain: new URL(stage.desk.origin).hostname, path: '/' };
  await context.addCookies([{ name, value, ...at, secure: true, httpOnly: true, sameSite: 'Strict' }]);
}

async function proofOf({ owner, site }: day.People): Promise<string> {
  const { secret } = await call<{ secret: string }>(owner, `GET /api/sites/${site.id}/secret`);
  const exp = Math.floor(Date.now() / 1_000) + 600;
  const claims = { sub: 'anna-strange', exp, name: 'Anna Lindqvist', email: 'anna@example.com' };
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
  const text = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** Who is here now; the others are not. */
async function presence(...here: Agent[]): Promise<void> {
  const all = [people.megan, people.ingrid, people.yijun];
  await Promise.all(all.map((one) => one.do('presence:set', { here: here.includes(one) })));
}

/** The conversation of a customer who has bought a lot. */
async function ofMany(): Promise<string> {
  const { rows } = await people.ingrid.do('conversation:list', { view: 'all' });
  const found = rows.find(({ name }) => name === '刘浩然');
  return found?.id ?? '';
}

/** Of a letter that tells of a reply. */
async function stopLink(): Promise<string> {
  await pages.writtenTo(people);
  ahead += 121_000;
  return eventually('there is a letter', async () => {
    await stage.runDue();
    const raw = mail.taken.find(({ to }) => to === pages.ADDRESS)?.raw.replace(/\r\n[ \t]+/g, '') ?? '';
    return /^List-Unsubscribe:\s*<(\S+)>/m.exec(raw)?.[1];
  });
}
