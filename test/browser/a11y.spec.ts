import { describe, expect, test } from 'vitest';
import { violations } from '../support/axe.ts';
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
