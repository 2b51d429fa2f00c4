import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { eventually } from '../support/eventually.ts';
import {
  freePort,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../support/spawn-relay.ts';
import { demoDesk, openChat, openConsole, visitShop } from '../support/stage.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(closeProfiles);

test('words written while the relay is gone survive the end of the page, and arrive once when both are back', async () => {
  const dataDir = await makeDataFolder();
  onTestFinished(() => removeDataFolder(dataDir));
  const place = { dataDir, port: await freePort(), env: { LOG_LEVEL: 'error' } };
  let relay: SpawnedRelay = await spawnRelay(place);
  onTestFinished(async () => void (await relay.stop()));
  const chat = await visitShop(browser, demoDesk(relay.port, relay.printed()));
  const context = chat.page.context();
  await chat.say('Are you open on Sunday?');
  await chat.log.getByText('Are you open on Sunday?').waitFor();
  await eventually('it is sent', async () => /sent|read/.test(await chat.log.innerText()));

  await relay.kill();
  const unsent = `And on Monday? ${randomUUID().slice(0, 8)}`;
  await chat.say(unsent);
  await chat.log.getByText(unsent).waitFor();
  await eventually('it is drawn as sending', async () => (await chat.log.innerText()).includes('sending'));
  expect(await chat.composer.inputValue()).toBe('');
  await chat.page.close();

  relay = await spawnRelay(place);
  const desk = demoDesk(relay.port, relay.printed());
  const page = await context.newPage();
  await page.goto(desk.shop);
  const again = await openChat(page);
  await again.log.getByText(unsent).waitFor();
  await eventually('it is sent now', async () => !(await again.log.innerText()).includes('sending'), 30_000);
  expect(await again.log.getByText(unsent).count()).toBe(1);

  const megan = await openConsole(browser, desk, { who: 'Megan Kajitani' });
  await megan.locator('#rows').getByText(unsent).click();
  await megan.getByRole('log').getByText(unsent).waitFor();
  expect(await megan.getByRole('log').getByText(unsent).count()).toBe(1);
});
