import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { movements, violations } from '../support/axe.ts';
import { openConsole, visitShop } from '../support/stage.ts';
import { useDemo } from './demo.ts';

const stage = useDemo();

describe.each(['light', 'dark'] as const)('axe, in a %s scheme', (colorScheme) => {
  test('finds nothing in the visitor’s chat: launcher, first sight, conversation', async () => {
    const chat = await visitShop(stage.browser, stage.desk, { as: 'anna-lindqvist', colorScheme });
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
    await chat.say('Is my parcel on its way? https://example.com/track');
    await chat.log.getByText('Is my parcel on its way?').waitFor();
    expect(await violations(chat.page, 'fullname-chat')).toEqual([]);
    await chat.page.context().close();
  });
});

test('axe looks into the frame: what is planted there is found', async () => {
  const chat = await visitShop(stage.browser, stage.desk);
  // The chat is still being drawn: what is planted too early goes with the next drawing.
  const plantAndLook = async () => {
    await chat.frame.evaluate(() => document.querySelector('main')?.append(document.createElement('img')));
    return (await violations(chat.page, 'fullname-chat')).join('\n');
  };
  await expect.poll(plantAndLook, { timeout: 20_000 }).toContain('image-alt');
  await chat.page.context().close();
});

describe('axe looks at what stands still', () => {
  let desk: Page;
  beforeAll(async () => {
    desk = await openConsole(stage.browser, stage.desk, { who: 'Tomás Echeverría' });
    await desk.getByRole('heading', { level: 1 }).first().waitFor();
  });
  afterAll(() => desk?.context().close());

  const plant = (className: string) =>
    desk.evaluate((chosen) => {
      document.querySelector(`.toast.${chosen}`)?.remove();
      const line = document.createElement('p');
      line.className = `toast ${chosen}`;
      line.textContent = 'Planted words, to be read by everybody.';
      document.querySelector('main')?.append(line);
    }, className);

  test('for whoever asked for no motion sees none: shop, chat and console', async () => {
    const chat = await visitShop(stage.browser, stage.desk, { as: 'anna-lindqvist' });
    await chat.say('Does anything move here?');
    await chat.log.getByText('Does anything move here?').waitFor();
    expect(await movements(chat.page)).toEqual([]);
    await chat.page.context().close();
    expect(await movements(desk)).toEqual([]);
  });

  test('words that are too pale are found', async () => {
    expect(await violations(desk, 'main')).toEqual([]);
    // By a sheet of its own: the page's policy lets no style in by an attribute or an element.
    await desk.evaluate(() => {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync('.pale { color: #777; }');
      document.adoptedStyleSheets = [sheet];
    });
    await plant('pale');
    expect((await violations(desk, 'main')).join('\n')).toMatch(/color-contrast.*\.(pale|toast)/);
  });
});

describe('axe at the console', () => {
  test.each([
    ['light', 'Megan Kajitani', 'en'],
    ['dark', 'Ingrid Solheim', 'en'],
    ['light', '林怡君', 'zh-TW'],
  ] as const)(
    'finds nothing in a %s scheme, for %s: list, thread with customer, phrases, settings',
    async (colorScheme, who, locale) => {
      const desk = await openConsole(stage.browser, stage.desk, { who, colorScheme, locale });
      expect(await violations(desk)).toEqual([]);
      await desk.locator('.row').first().click();
      await desk.getByRole('log').waitFor();
      await desk.locator('#customer-name').waitFor();
      expect(await movements(desk)).toEqual([]);
      expect(await violations(desk)).toEqual([]);
      for (const page of [
        '#todo',
        '#todo/promises',
        '#help',
        '#book',
        '#settings/account',
        ...(who === 'Ingrid Solheim' ? ['#settings/sites', '#settings/people'] : []),
      ]) {
        await desk.goto(`${stage.desk.origin}/console/${page}`);
        await desk.getByRole('heading', { level: 1 }).first().waitFor();
        expect(await violations(desk)).toEqual([]);
      }
      await desk.context().close();
    },
  );

  test('finds nothing in the sign-in page', async () => {
    const page = await (await stage.browser.newContext()).newPage();
    await page.goto(`${stage.desk.origin}/console/`);
    await page.getByRole('heading').first().waitFor();
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});
