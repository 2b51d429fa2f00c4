/** Where the chat's states are looked at: the demo desk with two people who answer, and a site whose owner has set all there is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionInfo, Site } from '@fullname/shared/api';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Browser, Page } from 'playwright-core';
import { type Asker, call } from './console-api.ts';
import { eventually } from './eventually.ts';
import type { MailServer } from './mail-server.ts';
import { type Agent, anAgentWith } from './people.ts';
import { root } from './root.ts';
import type { DemoDesk } from './stage.ts';
import type { Talk } from './talk-in-languages.ts';

/** What the desk needs beside itself: a mail server, and somebody who works what is due. */
type Post = {
  readonly taken: MailServer['taken'];
  /** Where the relay does it by itself, nothing. */
  runDue(): Promise<void>;
};

/** The demo desk with two people who answer; nobody else could. */
export type Ground = {
  readonly browser: Browser;
  readonly desk: DemoDesk;
  readonly site: Site;
  /** Who answers, and to whom it is handed over. */
  readonly megan: Agent;
  readonly yijun: Agent;
  readonly owner: Asker;
  readonly post: Post;
};

type Seats = Readonly<Record<'megan' | 'yijun' | 'ingrid', Page>>;
type Place = { readonly browser: Browser; readonly desk: DemoDesk; readonly post: Post };

/** The consoles close: a console that is drawn along costs time. The two stay by a socket alone; an owner could answer too, so she goes. */
export async function leaveTheDesk({ browser, desk, post }: Place, seats: Seats): Promise<Ground> {
  const cookies = await Promise.all([seats.megan, seats.yijun, seats.ingrid].map(cookieOf));
  const [megan = '', yijun = '', ingrid = ''] = cookies;
  const owner = { origin: desk.origin, cookie: ingrid };
  const [site] = await call<Site[]>(owner, 'GET /api/sites');
  if (!site) throw new Error('The demo desk has no shop.');
  const door = { origin: desk.origin, site, atClose: () => undefined };
  const agentOf = async (cookie: string) => {
    const { person } = await call<SessionInfo>({ origin: desk.origin, cookie }, 'GET /api/session');
    return anAgentWith(door, { cookie, person });
  };
  const agents = { megan: await agentOf(megan), yijun: await agentOf(yijun) };
  await Promise.all(Object.values(seats).map((seat) => seat.context().close()));
  return { browser, desk, post, site, owner, ...agents };
}

async function cookieOf(page: Page): Promise<string> {
  const cookies = await page.context().cookies();
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** Called in every state; `within` is the part that is the product's, where the page is somebody else's. */
export type Look = (state: string, page: Page, within?: string) => Promise<void>;

/** Every text of the chat in one language, as the build writes it down for owners. */
type Words = Readonly<
  Record<'ask' | 'callBack' | 'discard' | 'how' | 'mailThis' | 'remembered' | 'sounds', string>
>;

export type Walk = Ground & {
  readonly page: Page;
  readonly locale: WidgetLocale;
  readonly talk: Talk;
  readonly words: Words;
  readonly look: Look;
  /** All that the chat and the relay have said to each other. */
  readonly said: () => readonly string[];
};

export function wordsOf(locale: WidgetLocale): Words {
  const all = JSON.parse(readFileSync(join(root, 'widget/dist/words.json'), 'utf8'));
  return (all as Record<WidgetLocale, Words>)[locale];
}

/** What an owner sets for a site. */
export async function setUp({ owner, site }: Ground, settings: object): Promise<void> {
  await call(owner, `PUT /api/sites/${site.id}/settings`, settings);
}

/** All that an owner can have beside the chat itself. The shop is shut today and tomorrow. */
export function everything({ ways: [phone, email], hello }: Talk, greeter: string): object {
  const rule = { id: 'hello', pages: [], afterSeconds: 0, returning: false, locale: null };
  return {
    preChat: { name: 'required', email: 'optional', order: 'optional' },
    hours: { timeZone: 'Europe/Zurich', week: shutForTwoDays(), holidays: [] },
    otherWays: [
      { kind: 'phone', label: phone, value: '+41 44 123 45 67' },
      { kind: 'email', label: email, value: 'care@larkspur.example' },
    ],
    callBack: { telephone: true },
    push: { on: true },
    hellos: [{ ...rule, person: greeter, text: hello }],
  };
}

/** As the demo desk has it. */
export const NOTHING = {
  preChat: { name: 'off', email: 'off', order: 'off' },
  hours: { timeZone: 'UTC', week: Array.from({ length: 7 }, () => [['00:00', '24:00']]), holidays: [] },
  ...{ otherWays: [], hellos: [], callBack: { telephone: false } },
};

/** Yesterday too: where the shop is, it may be another day by now. */
function shutForTwoDays(): readonly (readonly (readonly [string, string])[])[] {
  const today = (new Date().getUTCDay() + 6) % 7;
  return Array.from({ length: 7 }, (_, day) =>
    (day - today + 8) % 7 <= 3 ? [] : [['09:00', '12:30'] as const, ['13:30', '18:00'] as const],
  );
}

/** Whether anybody can answer, by their own switch. */
export async function everybodyIs({ megan, yijun }: Ground, here: boolean): Promise<void> {
  await Promise.all([megan.do('presence:set', { here }), yijun.do('presence:set', { here })]);
}

/** The six digits that were mailed to an address. */
export function codeMailedTo({ post }: Ground, address: string): Promise<string> {
  return eventually('the code is mailed', async () => {
    await post.runDue();
    const raw = post.taken.find(({ to }) => to === address)?.raw ?? '';
    const body = raw.slice(raw.indexOf('\r\n\r\n'));
    const text = /^Content-Transfer-Encoding: base64/im.test(raw) ? atob(body.replace(/\s/g, '')) : body;
    return /^ {4}(\d{6})\r?$/m.exec(text)?.[1];
  });
}

export function composerOf(page: Page) {
  return page.locator('.composer textarea');
}
