import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirOf, WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SHOP } from '../../server/src/demo/content/shop.ts';
import { loadSpeech, type Speech, say } from '../../widget/src/strings.ts';
import { en } from '../../widget/src/words.ts';
import { violations } from '../support/axe.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, newId } from '../support/people.ts';
import { openConsole, sayIn, type VisitOptions } from '../support/stage.ts';
import { agentAt, takeWaiting } from './at-desk.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();
const out = fileURLToPath(new URL('../out/languages/', import.meta.url));
let megan: Agent;

beforeAll(async () => {
  await mkdir(out, { recursive: true });
  const desk = await openConsole(stage.browser, stage.desk, { who: 'Megan Kajitani' });
  megan = await agentAt(stage.desk, desk);
});

const QUESTION: Record<WidgetLocale, string> = {
  en: 'Is order FLN-204 on its way?',
  'zh-Hans': '订单 FLN-204 发出了吗？',
  'zh-Hant': '訂單 FLN-204 寄出了嗎？',
  es: '¿Ha salido ya el pedido FLN-204?',
  fr: 'La commande FLN-204 est-elle partie ?',
  de: 'Ist die Bestellung FLN-204 unterwegs?',
  ja: '注文 FLN-204 は発送されましたか。',
  ar: 'هل أُرسل الطلب FLN-204؟',
};

type Told = Speech & { readonly words: NonNullable<Speech['words']> };

async function toldIn(locale: WidgetLocale): Promise<Told> {
  const speech = await loadSpeech(locale);
  return { ...speech, words: speech.words ?? en };
}

/** The chat as a page of its own, in a theme. */
async function openAlone(
  locale: WidgetLocale,
  theme: 'light' | 'dark',
  options: VisitOptions = {},
): Promise<Page> {
  const context = await stage.browser.newContext({ viewport: { width: 380, height: 640 }, ...options });
  const page = await context.newPage();
  await page.goto(`${stage.desk.origin}/w/${SHOP.key}#${locale},${theme}`);
  await page.getByRole('listitem').first().waitFor();
  return page;
}

const documentOf = (page: Page) =>
  page.evaluate(() => {
    const { lang, dir, classList } = document.documentElement;
    return { lang, dir, dark: classList.contains('dark') };
  });

test.each(WIDGET_LOCALES)('%s is drawn whole, and axe finds nothing in either theme', async (locale) => {
  const { strings, words } = await toldIn(locale);
  const page = await openAlone(locale, 'dark');
  const look = async (what: string): Promise<void> => {
    for (const theme of ['light', 'dark'] as const) {
      await page.evaluate((on) => document.documentElement.classList.toggle('dark', on), theme === 'dark');
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ animations: 'disabled', path: `${out}${locale}-${theme}-${what}.png` });
    }
  };
  expect(await documentOf(page)).toEqual({ lang: locale, dir: dirOf(locale), dark: true });
  await page.getByText(strings.intro).waitFor();
  await look('begin');

  const asked = QUESTION[locale];
  const composer = page.getByRole('textbox', { name: strings.message });
  await sayIn(composer, asked);
  const log = page.getByRole('log');
  await log.getByText(words.sent).waitFor();
  const conversation = await takeWaiting(megan, asked);
  const text = 'Order FLN-204: https://example.com/t?a=1.';
  await megan.do('message:send', { conversation, id: newId(), text });
  await log.getByText('https://example.com/t?a=1').waitFor();
  const hello = await log.locator('.hello').innerText();
  const speaking = say(words.speaking, 'Megan Kajitani');
  const bare = (text: string) => text.replace(/[\s\u2068\u2069]/g, '');
  expect(bare(hello)).toBe(bare(speaking));
  await page.getByRole('heading', { name: 'Megan Kajitani' }).waitFor();
  const whom = say(strings.writeTo, 'Megan Kajitani');
  await eventually(
    'the composer says to whom one writes',
    async () => (await composer.getAttribute('placeholder')) === whom,
  );
  await look('talk');
  await page.context().close();
});

test('a language that was chosen in the chat is spoken at the next page, and to the desk', async () => {
  const german = await toldIn('de');
  const page = await openAlone('en', 'light');
  const english = await toldIn('en');
  const composer = page.getByRole('textbox', { name: english.strings.message });
  await sayIn(composer, 'Do you speak German?');
  await page.getByRole('log').getByText(english.words.sent).waitFor();
  await page.getByRole('button', { name: english.strings.more }).click();
  await page.getByRole('combobox', { name: english.words.language }).selectOption('de');
  await page.getByRole('textbox', { name: german.strings.message }).waitFor();
  const conversation = await takeWaiting(megan, 'Do you speak German?');
  const speaks = async () => (await megan.do('conversation:open', { conversation })).conversation.speaks;
  await eventually('the desk knows', async () => (await speaks()) === 'de');

  await page.reload();
  await page.getByRole('textbox', { name: german.strings.message }).waitFor();
  expect(await documentOf(page)).toMatchObject({ lang: 'de' });
  expect(await speaks()).toBe('de');
  await page.context().close();
});

describe('from right to left', () => {
  const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

  test('the first screen reads as it is written: names, what they do, the field', async () => {
    const { strings } = await toldIn('ar');
    const page = await openAlone('ar', 'light', phone);
    const tree = await page.locator('body').ariaSnapshot();
    for (const line of [
      `- main "${strings.title}":`,
      '- heading "Megan Kajitani" [level=1]',
      `- button "${strings.more}"`,
      `- listitem: Megan Kajitani Florist adviser · ${strings.here}`,
      `- textbox "${strings.message}"`,
      `- button "${strings.send}" [disabled]`,
    ])
      expect(tree).toContain(line);
    const [face, more] = await Promise.all([
      page.locator('header .face').boundingBox(),
      page.getByRole('button', { name: strings.more }).boundingBox(),
    ]);
    expect(face?.x).toBeGreaterThan(more?.x ?? 360);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ animations: 'disabled', path: `${out}ar-phone-begin.png` });
    await page.context().close();
  });

  test('words keep the direction they are written in, and nothing is wider than the screen', async () => {
    const { strings, words } = await toldIn('ar');
    const page = await openAlone('ar', 'dark', phone);
    const composer = page.getByRole('textbox', { name: strings.message });
    const directionOf = (text: string) =>
      page
        .locator('.bubble', { hasText: text })
        .first()
        .evaluate((bubble) => getComputedStyle(bubble).direction);
    expect(await composer.evaluate((field) => getComputedStyle(field).direction)).toBe('rtl');
    const latin = 'Vase FLN-204 (blue), please.';
    await composer.fill(latin);
    expect(await composer.evaluate((field) => getComputedStyle(field).direction)).toBe('ltr');
    await composer.press('Enter');
    const mixed = 'أريد مزهرية Larkspur الزرقاء (رقم FLN-204).';
    await sayIn(composer, mixed);
    await page.getByRole('log').getByText(words.sent).waitFor();
    expect(await directionOf(latin)).toBe('ltr');
    expect(await directionOf(mixed)).toBe('rtl');

    const conversation = await takeWaiting(megan, mixed);
    await megan.do('message:send', {
      conversation,
      id: newId(),
      text: 'نعم، (FLN-204) متوفرة، والتوصيل غدًا.',
    });
    await page.getByRole('log').getByText('متوفرة').waitFor();
    // The author's Latin name is read out before the words, and does not turn them.
    expect(await directionOf('متوفرة')).toBe('rtl');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ animations: 'disabled', path: `${out}ar-phone-talk.png` });

    await page.getByRole('button', { name: strings.more }).click();
    const languages = page.getByLabel(words.language);
    await languages.waitFor();
    const menu = await page.locator('.menu').boundingBox();
    expect(menu?.x).toBeLessThan(60);
    expect(await violations(page)).toEqual([]);
    await page.screenshot({ animations: 'disabled', path: `${out}ar-phone-menu.png` });
    await languages.selectOption('de');
    await page.getByRole('textbox', { name: 'Nachricht' }).waitFor();
    expect(await documentOf(page)).toEqual({ lang: 'de', dir: 'ltr', dark: true });
    await page.context().close();
  });
});
