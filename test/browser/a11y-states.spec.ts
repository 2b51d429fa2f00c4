import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Ground, openGround, wordsOf } from '../support/chat-ground.ts';
import { STATES, walkStates } from '../support/chat-states.ts';
import { isDark, notIn, paleWords } from '../support/drawn.ts';
import {
  axeFaultsOf,
  cutChoices,
  enlarge,
  measuredFaultsOf,
  overflows,
  smallTargets,
  wrongs,
} from '../support/ease.ts';
import { eventually } from '../support/eventually.ts';
import { FROM, type MailServer, openMailServer } from '../support/mail-server.ts';
import { visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

/** The longest words, and the other direction: also measured, and in forced colours. `npm run walk` does so in all eight. */
const MEASURED: readonly WidgetLocale[] = ['de', 'ar'];
/** A walk waits as long as it works, and sets what holds for its whole desk: each has one of its own. */
const DESKS = 3;
const PATIENT_MS = 600_000;

let mail: MailServer;
const env: Record<string, string> = {};
beforeAll(async () => {
  mail = await openMailServer();
  Object.assign(env, { SMTP_URL: mail.url, MAIL_FROM: FROM, PUSH_HOSTS: 'localhost' });
});
afterAll(() => mail.close());
const stages = Array.from({ length: DESKS }, () => useDemo({ env }));
const free: Ground[] = [];

beforeAll(async () => {
  const open = ({ browser, desk, runDue }: (typeof stages)[number]) =>
    openGround({ browser, desk, post: { taken: mail.taken, runDue } });
  free.push(...(await Promise.all(stages.map(open))));
});

// Those that take longest first.
test.concurrent.each([...MEASURED, ...WIDGET_LOCALES.filter((one) => !MEASURED.includes(one))])(
  '%s: in every state axe finds nothing, light or dark; in German and Arabic all can be hit, and fits at 320 pixels, with wider spacing and in letters twice as large',
  async (locale) => {
    const ground = await eventually('a desk is free', () => free.pop(), PATIENT_MS);
    const measured = MEASURED.includes(locale);
    const seen: string[] = [];
    const found: string[] = [];
    try {
      await walkStates(ground, locale, async (state, page, within) => {
        seen.push(state);
        const faults = await axeFaultsOf(page, { locale, within, forced: measured });
        if (measured) faults.push(...(await measuredFaultsOf(page, within)));
        found.push(...faults.map((one) => `${state}, ${one}`));
      });
    } finally {
      free.push(ground);
    }
    expect(found).toEqual([]);
    expect(new Set(seen).size).toBe(STATES);
  },
  PATIENT_MS,
);

describe('the rulers', () => {
  /** The chat in the shop, for somebody who wants no motion. */
  const visit = () => {
    const [stage] = stages;
    if (!stage) throw new Error('There is no desk.');
    const calm = { viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' } as const;
    return visitShop(stage.browser, stage.desk, calm);
  };

  test('what is planted is found: a small target, a wide line, words cut off, a line below the edge, a long choice, a box that does not grow', async () => {
    const { frame, page } = await visit();
    await frame.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        '.small{width:20px;height:20px}.wide{width:900px}.cut{width:40px;overflow:hidden;white-space:nowrap}.low{position:fixed;top:99vh;height:40px}.held{width:340px;height:24px;font-size:10px;overflow:hidden}.long{width:60px}',
      );
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const choice = document.createElement('select');
      choice.className = 'long';
      choice.append(new Option('Words that are longer than their place'));
      document.body.append(choice);
      for (const name of ['small', 'wide', 'cut', 'low', 'held']) {
        const one = document.createElement(name === 'small' ? 'button' : 'p');
        one.className = name;
        one.textContent = name === 'small' ? '' : 'Words that are longer than their place';
        document.body.append(one);
      }
    });
    expect((await smallTargets(frame)).join()).toContain('class="small" 20×20'.split(' 2')[0]);
    const fits = (await overflows(frame)).join('\n');
    for (const what of [
      'beyond the edge: <p class="wide"',
      'cut off: <p class="cut"',
      'below: <p class="low"',
    ])
      expect(fits).toContain(what);
    expect((await cutChoices(frame)).join()).toContain('Words that are longer');
    expect(fits).not.toContain('cut off: <p class="held"');
    await enlarge(frame, true);
    expect((await overflows(frame)).join('\n')).toContain('cut off: <p class="held"');
    await enlarge(frame, false);
    expect((await wrongs(frame)).join('\n')).toContain('button-name');
    await page.context().close();
  });

  test('what is planted is found: a word of another language, one that is not marked, words that are pale, a scheme that is not dark', async () => {
    const { frame, page } = await visit();
    expect(await notIn('en', frame)).toEqual([]);
    const planted = { german: wordsOf('de').remembered, unmarked: wordsOf('en').remembered };
    await frame.evaluate(({ german, unmarked }) => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.pale{background:#fff;color:#8a8a8a}');
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
      const box = document.createElement('div');
      box.className = 'pale';
      for (const [words, lang] of [
        [german, 'en'],
        [unmarked, ''],
      ] as const)
        box.append(Object.assign(document.createElement('p'), { textContent: words, lang }));
      document.body.append(box);
    }, planted);
    expect(await notIn('en', frame)).toEqual([
      `not in en: ${planted.german}`,
      `not marked as en: ${planted.unmarked} ()`,
    ]);
    expect(await notIn('fr', frame)).not.toEqual([]);
    expect(await paleWords(frame, '.pale')).toHaveLength(2);
    expect(await paleWords(frame, '.begin')).toEqual([]);
    expect(await isDark(frame)).toBe(false);
    await frame.evaluate(() => document.documentElement.classList.add('dark'));
    expect(await isDark(frame)).toBe(true);
    await page.context().close();
  });
});
