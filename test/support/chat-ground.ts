/** Where the chat's states are looked at: the demo desk with two people who answer, and a site whose owner has set all there is. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Site } from '@fullname/shared/api';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Browser, Page } from 'playwright-core';
import { type Asker, call, signInByLink } from './console-api.ts';
import { eventually } from './eventually.ts';
import type { MailServer } from './mail-server.ts';
import { type Agent, anAgentWith } from './people.ts';
import { root } from './root.ts';
import { type DemoDesk, linkOf } from './stage.ts';
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

type Place = { readonly browser: Browser; readonly desk: DemoDesk; readonly post: Post };

/** Two answer, by a socket alone: a console that is drawn along costs time. The owner could answer too, and only sets what is asked for. */
export async function openGround({ browser, desk, post }: Place): Promise<Ground> {
  const [megan, yijun, ingrid] = await Promise.all(
    ['Megan Kajitani', '林怡君', 'Ingrid Solheim'].map((who) => signInByLink(desk.origin, linkOf(desk, who))),
  );
  const owner = { origin: desk.origin, cookie: ingrid?.cookie ?? '' };
  const [site] = await call<Site[]>(owner, 'GET /api/sites');
  if (!site || !megan || !yijun) throw new Error('The demo desk has no shop.');
  const door = { origin: desk.origin, site, atClose: () => undefined };
  const agents = { megan: await anAgentWith(door, megan), yijun: await anAgentWith(door, yijun) };
  return { browser, desk, post, site, owner, ...agents };
}

/** Called in every state; `within` is the part that is the product's, where the page is somebody else's. */
export type Look = (state: string, page: Page, within?: string) => Promise<void>;

/** Every text of the chat in one language, as the build writes it down for owners. */
type Words = Readonly<
  Record<'ask' | 'callBack' | 'discard' | 'how' | 'mailThis' | 'remembered' | 'sounds', string>
> &
  Readonly<Record<string, string>>;

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
  all ??= JSON.parse(readFileSync(join(root, 'widget/dist/words.json'), 'utf8')) as Record<
    WidgetLocale,
    Words
  >;
  return all[locale];
}
let all: Record<WidgetLocale, Words> | undefined;

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
