import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aTalk } from '../mining/talks.ts';
import { violations } from '../support/axe.ts';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { makeDemoDatabase } from '../support/demo-store.ts';
import { openDemoRelay } from '../support/relay.ts';
import { type DemoDesk, demoDesk, openConsole } from '../support/stage.ts';

let relay: Awaited<ReturnType<typeof openDemoRelay>>;
let desk: DemoDesk;
let browser: Browser;

/** The demo's customers have answered nothing yet: so some more were there. */
beforeAll(async () => {
  relay = await openDemoRelay({ databaseUrl: await makeDemoDatabase() });
  desk = demoDesk(relay.port, relay.welcome.join('\n'));
  browser = await sharedBrowser();
  const { rows } = await relay.database.pool.query<{ site: string; megan: string }>(
    `select (select id from sites limit 1) as site, (select id from people where full_name = 'Megan Kajitani') as megan`,
  );
  const { site = '', megan = '' } = rows[0] ?? {};
  const by = { person: { id: megan } };
  for (const how of [
    'The parcel came two days late.',
    'My parcel came late.',
    'Lovely, and she knew my balcony.',
  ])
    await aTalk(
      { database: relay.database, site: { id: site } },
      {
        said: [
          [0, 'visitor', 'message', 'Where is my parcel?'],
          [30, by, 'hello', 'Good morning, this is Megan Kajitani.'],
          [300, by, 'farewell', 'Thank you. I will write to you on Friday.'],
        ],
        answers: { how, hope: 'That it comes on the day.' },
      },
    );
});
afterAll(async () => {
  await closeProfiles();
  await relay?.close();
});

const beyondTheEdge = (page: Page) =>
  page.locator('main.page').evaluate((main) => main.scrollWidth - main.clientWidth);

describe.each([
  { colorScheme: 'light', who: 'Megan Kajitani', locale: 'en', title: 'First and last moments' },
  { colorScheme: 'dark', who: 'Ingrid Solheim', locale: 'en', title: 'First and last moments' },
  { colorScheme: 'light', who: '林怡君', locale: 'zh-TW', title: '最初與最後的時刻' },
] as const)('first and last moments, $colorScheme, for $who', ({ title, ...options }) => {
  test('stand on a page of their own, in which axe finds nothing and nothing leaves a narrow screen; an answer leads to its conversation', async () => {
    const page = await openConsole(browser, desk, options);
    await page.getByRole('button', { name: /^(Moments|始末)$/ }).click();
    await page.locator('.answers-said').first().waitFor({ state: 'attached' });
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe(title);
    await page.locator('summary').first().click();
    expect(await violations(page)).toEqual([]);

    await page.setViewportSize({ width: 320, height: 700 });
    await expect.poll(() => beyondTheEdge(page)).toBeLessThanOrEqual(0);
    expect(await violations(page)).toEqual([]);

    await page.locator('.answers-said a').first().click();
    await page.getByRole('log').waitFor();
    await page.context().close();
  });
});
