import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { dirOf, WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { SHOP } from '../../server/src/demo/content/shop.ts';
import { loadSpeech, type Speech, say } from '../../widget/src/strings.ts';
import { en } from '../../widget/src/words.ts';
import { violations } from '../support/axe.ts';
import { type Agent, newId } from '../support/people.ts';
import { openConsole, type VisitOptions } from '../support/stage.ts';
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

describe.each(WIDGET_LOCALES)('%s', (locale) => {
  test.each(['light', 'dark'] as const)(
    'is drawn whole in the %s theme, and axe finds nothing',
    async (theme) => {
      const { strings, words } = await toldIn(locale);
      const page = await openAlone(locale, theme);
      expect(await documentOf(page)).toEqual({ lang: locale, dir: dirOf(locale), dark: theme === 'dark' });
      await page.getByText(strings.intro).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ animations: 'disabled', path: `${out}${locale}-${theme}-begin.png` });

      const asked = `${QUESTION[locale]} (${theme})`;
      const composer = page.getByRole('textbox', { name: strings.message });
      await composer.fill(asked);
      await composer.press('Enter');
      const log = page.getByRole('log');
      await log.getByText(words.sent).waitFor();
      const conversation = await takeWaiting(megan, asked);
      await megan.do('message:send', {
        conversation,
        id: newId(),
        text: `Order FLN-204: https://example.com/t?a=1.`,
      });
      const [before = '', after = ''] = words.speaking.split(/[\u2068]?\{0\}[\u2069]?/);
      await log.getByText(`${before.trim()}`).first().waitFor();
      await log
        .getByText(after.trim() || 'Megan Kajitani')
        .first()
        .waitFor();
      await log.getByText('https://example.com/t?a=1').waitFor();
      await page.getByRole('heading', { name: 'Megan Kajitani' }).waitFor();
      expect(await composer.getAttribute('placeholder')).toBe(say(strings.writeTo, 'Megan Kajitani'));
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ animations: 'disabled', path: `${out}${locale}-${theme}-talk.png` });
      await page.context().close();
    },
  );
});
