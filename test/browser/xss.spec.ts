import { readFile } from 'node:fs/promises';
import type { Site } from '@fullname/shared/api';
import { TITLE_MAX_LENGTH } from '@fullname/shared/limits';
import { problemsInSettings } from '@fullname/shared/site-settings';
import { repairText } from '@fullname/shared/text';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SHOP } from '../../server/src/demo/content/shop.ts';
import { cleanName } from '../../server/src/files/names.ts';
import { en as first } from '../../widget/src/strings.ts';
import { en as later } from '../../widget/src/words.ts';
import { plain } from '../attacks/plain.ts';
import { marked, nothingRan, watch } from '../attacks/what-ran.ts';
import { CANARY_HOST, xssStrings } from '../attacks/xss-strings.ts';
import { agentUpload, value } from '../files/upload.ts';
import { type Asker, call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, newId } from '../support/people.ts';
import { PNG } from '../support/pictures.ts';
import { type Chat, openChat, openConsole } from '../support/stage.ts';
import { agentAt, signedIn } from './at-desk.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const strings = xssStrings();
const packs = packed(strings, 3_900);
const MINUTE = 60_000;

let desk: Page;
let megan: Agent;
let owner: Asker;
let shop: Site;
/** What no string may bring about. */
const ran: string[] = [];

beforeAll(async () => {
  owner = { origin: stage.desk.origin, cookie: (await signedIn(stage.desk, 'Ingrid Solheim')).cookie };
  const found = (await call<Site[]>(owner, 'GET /api/sites')).find(({ key }) => key === SHOP.key);
  if (!found) throw new Error('The demo has no shop.');
  shop = found;
  desk = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  await watch(desk.context(), ran);
  await desk.reload();
  megan = await agentAt(stage.desk, desk);
});

describe('the strings', () => {
  test('run where they are taken for HTML: the watch sees it', async () => {
    const context = await stage.browser.newContext();
    const seen: string[] = [];
    await watch(context, seen, [stage.desk.origin]);
    const page = await context.newPage();
    await page.setContent(
      `<!doctype html><body>${strings.filter((one) => /^<(img|svg) /i.test(one)).join('\n')}</body>`,
    );
    await eventually('something has run', () => marked(page));
    for (const [html, heard] of [
      [`<link rel=stylesheet href="https://${CANARY_HOST}/x.css">`, /^a request: .*x\.css/],
      [`<a href="javascript:top.__pwned=1">press</a>`, /^an address: <a/],
      ['<p onclick=top.__pwned=1>press</p>', /^a handler: <p/],
      ['<iframe srcdoc="<b>here</b>"></iframe>', /^a handler: <iframe/],
      ['<object data=x></object>', /^an element: <object/],
      ['<script>alert(1)</script>', /^a dialog: 1/],
      ['<script>not.there()</script>', /^an error: not is not defined/],
      [`<script>location.href = '${stage.desk.shop}'</script>`, /^a way to: /],
    ] as const) {
      seen.length = 0;
      await page.setContent(html);
      await eventually(`the watch has heard of ${html}`, () => seen.some((one) => heard.test(one)));
    }
    await context.close();
  });
});

describe('in a conversation', () => {
  test('are words in the chat, at the desk and in the transcript: messages, notes, promises, preferences, offers, files, farewell', async () => {
    const context = await stage.browser.newContext();
    await watch(context, ran);
    const before = await waiting();
    const chat = await visit(context);
    for (const [index, pack] of packs.entries()) {
      await chat.say(typed(pack.join('\n')));
      await chat.log.locator('.mine').nth(index).waitFor();
    }
    const conversation = await takeNew(before);
    const due = new Date(Date.now() + 60 * MINUTE).toISOString();
    for (const pack of packs) {
      const text = pack.join('\n');
      const one = { conversation, text };
      await megan.do('message:send', { ...one, id: newId() });
      await megan.do('note:send', { ...one, id: newId() });
      await megan.do('promise:make', { ...one, id: newId(), due });
      await megan.do('preference:note', { ...one, id: newId(), source: 'stated', quote: text });
    }
    const options = packed(strings, 190)
      .slice(0, 4)
      .map((some) => some.join(' '));
    await megan.do('extras:offer', { conversation, id: newId(), text: packs[0]?.join('\n') ?? '', options });
    const names = packed(strings, 100)
      .slice(0, 3)
      .map((some) => `${some.join(' ')}.png`);
    for (const name of names) {
      const id = newId();
      const sent = { id, name };
      const { file } = value(await agentUpload(stage.desk, { agent: megan, conversation }, PNG, sent));
      await megan.do('file:send', { conversation, id, file });
    }
    await chat.frame.locator('.promised li').first().waitFor();
    await eventually('the chat shows all of them twice', async () => {
      const shown = await textOf(chat.frame.getByRole('log'));
      return strings.filter((one) => times(shown, one) < 2).length === 0;
    });
    await eventually(
      'the files are named',
      async () =>
        missing(
          await textOf(chat.log),
          names.map((name) => cleanName(name, 'image/png')),
        ).length === 0,
    );

    await desk.goto(`${stage.desk.origin}/console/#c=${conversation}`);
    await desk.getByRole('log').waitFor();
    await eventually('the desk shows all of them', async () => {
      return missing(await textOf(desk.getByRole('log')), strings).length === 0;
    });
    await eventually('the pane shows all of them', async () => {
      return missing(await textOf(desk.locator('.customer')), strings).length === 0;
    });

    await chat.frame.getByRole('button', { name: first.more, exact: true }).click();
    await chat.frame.getByRole('button', { name: later.remembered }).click();
    const remembered = chat.frame.getByRole('dialog', { name: later.remembered });
    await remembered.getByRole('listitem').first().waitFor();
    expect(missing(await textOf(remembered), strings)).toEqual([]);
    await chat.page.keyboard.press('Escape');
    const [download] = await Promise.all([
      chat.page.waitForEvent('download'),
      chat.frame.getByRole('button', { name: later.transcript }).click(),
    ]);
    expect(missing(await readFile(await download.path(), 'utf8'), strings)).toEqual([]);

    await megan.do('conversation:close', { conversation, id: newId(), farewell: packs[1]?.join('\n') ?? '' });
    await chat.frame.locator('.farewell').waitFor();
    expect(missing(await textOf(chat.frame.locator('.farewell')), packs[1] ?? [])).toEqual([]);
    await nothingRan(ran, chat.page, desk);
    await context.close();
  });
});

describe('what an owner has set', () => {
  test('is words on every screen: site, title of a person, launcher, welcome, our own texts in place of the product’s', async () => {
    // A few are longer than a label may be.
    const few = packed(
      strings.filter((one) => one.length <= 76),
      76,
    ).map((some) => repairText(some.join(' ')));
    // In place of our texts braces are refused that stand for nothing: those strings are among the hellos, which come first.
    const [plainOnes, braced] = [false, true].map((is) => strings.filter((one) => /[{}]/.test(one) === is));
    const runsOf = (all: readonly string[] = []) =>
      packed(all, 440).map((some) => repairText(some.join('\n')));
    const many = runsOf([...(braced ?? []), ...(plainOnes ?? [])]);
    const fitting = runsOf(plainOnes);
    const keys = Object.keys({ ...first, ...later });
    const own = Object.fromEntries(
      Object.entries<string>({ ...first, ...later })
        .filter(([key]) => key !== 'comma' && key !== 'gap')
        .map(([key, text], index) => [
          key,
          `${fitting[index % fitting.length]} ${(text.match(/\{\w+[^}]*\}/g) ?? []).join(' ')}`,
        ]),
    );
    expect(keys.length).toBeGreaterThan(fitting.length);
    expect(runsOf(braced).length).toBeLessThan(40);
    const [launcherText = '', siteName = '', title = ''] = few;
    const sections = {
      appearance: { launcherText, welcome: many[0] ?? '' },
      strings: { en: own },
      otherWays: few.slice(0, 50).map((label) => ({ kind: 'link', label, value: 'https://example.com/' })),
      hellos: many.slice(0, 50).map((text, index) => ({
        id: `hello-${index}`,
        pages: [],
        afterSeconds: 3_000,
        returning: null,
        person: null,
        locale: null,
        text,
      })),
    };
    expect(problemsInSettings(sections)).toEqual([]);
    await call(owner, `PUT /api/sites/${shop.id}/settings`, sections);
    await call(owner, `PATCH /api/sites/${shop.id}`, { name: siteName, hosts: shop.hosts });
    await call(owner, `PATCH /api/people/${megan.person.id}`, { title });
    const context = await stage.browser.newContext({ locale: 'en-GB' });
    await watch(context, ran);
    const page = await context.newPage();
    await page.goto(stage.desk.shop);
    const button = page.locator('fullname-chat button');
    await button.click();
    const frame = await (await page.waitForSelector('iframe')).contentFrame();
    if (!frame) throw new Error('There is no frame.');
    await frame.locator('.composer textarea').waitFor();
    await eventually('the title of a person is shown', async () =>
      plain(await textOf(frame.locator('body'))).includes(plain(repairText(title))),
    );
    await eventually('the words above the people are shown', async () =>
      plain(await textOf(frame.locator('.begin'))).includes(plain(repairText(own.likely ?? ''))),
    );
    expect(await frame.locator('.composer button').getAttribute('aria-label')).toBe(
      repairText(own.send ?? ''),
    );
    expect(plain((await button.textContent()) ?? '')).toBe(plain(repairText(launcherText)));
    await frame.locator('.composer textarea').fill('Hello?');
    await frame.locator('.composer textarea').press('Enter');
    await frame.getByRole('log').getByText('Hello?').waitFor();
    await frame.locator('header button').first().click();
    await frame.locator('.menu').waitFor();
    expect(plain(await textOf(frame.locator('.menu')))).toContain(plain(repairText(own.language ?? '')));
    await nothingRan(ran, page);
    await context.close();
  });
});

/** Strings in runs that fit into a field of so many characters. */
function packed(all: readonly string[], most: number): string[][] {
  const runs: string[][] = [[]];
  let length = 0;
  for (const one of all) {
    if (length + one.length + 1 > most && length > 0) {
      runs.push([]);
      length = 0;
    }
    runs.at(-1)?.push(one);
    length += one.length + 1;
  }
  return runs;
}

/** As a field of several lines holds it, and as every end repairs it. */
function typed(text: string): string {
  return repairText(text).replace(/\r\n?/g, '\n');
}

function times(shown: string, one: string): number {
  return plain(shown).split(plain(repairText(one))).length - 1;
}

function missing(shown: string, all: readonly string[]): string[] {
  const there = plain(shown);
  return all.filter((one) => !there.includes(plain(repairText(one))));
}

async function textOf(place: ReturnType<Page['locator']>): Promise<string> {
  return place.evaluate((one) => one.textContent ?? '');
}

async function waiting(): Promise<readonly string[]> {
  const { rows } = await megan.do('conversation:list', { view: 'waiting' });
  return rows.map(({ id }) => id);
}

/** Takes the one that did not wait before. */
async function takeNew(before: readonly string[]): Promise<string> {
  const conversation = await eventually('it waits', async () =>
    (await waiting()).find((id) => !before.includes(id)),
  );
  await megan.do('conversation:take', { conversation, id: newId() });
  return conversation;
}

/** The chat in the shop, on a page with a strange title. */
async function visit(context: BrowserContext): Promise<Chat> {
  const page = await context.newPage();
  await page.goto(stage.desk.shop);
  await page.evaluate((words) => {
    document.title = words;
  }, packs[2]?.join(' ').slice(0, TITLE_MAX_LENGTH) ?? '');
  return openChat(page);
}
