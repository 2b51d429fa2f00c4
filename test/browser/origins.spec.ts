import { expect, onTestFinished, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { freePort, makeDataFolder, removeDataFolder, spawnRelay } from '../support/spawn-relay.ts';
import { openChat, openConsole } from '../support/stage.ts';

test('a shop and chat on plain http, and a console on an origin of its own, talk with each other', async () => {
  const dataDir = await makeDataFolder();
  onTestFinished(() => removeDataFolder(dataDir));
  const port = await freePort();
  // A name that browsers do not count as this machine: the pages under it have no randomUUID and no Web Locks.
  const chatOrigin = `http://chat.test:${port}`;
  const consoleOrigin = `http://127.0.0.1:${port}`;
  const relay = await spawnRelay({
    dataDir,
    port,
    env: { PUBLIC_URL: chatOrigin, CONSOLE_URL: consoleOrigin, LOG_LEVEL: 'error' },
  });
  onTestFinished(async () => void (await relay.stop()));
  const browser = await launchBrowser(['--host-resolver-rules=MAP chat.test 127.0.0.1']);
  onTestFinished(() => browser.close());

  const page = await (await browser.newContext()).newPage();
  await page.goto(`${chatOrigin}/shop/`);
  expect(await page.evaluate(() => [isSecureContext, 'randomUUID' in crypto, 'locks' in navigator])).toEqual([
    false,
    false,
    false,
  ]);
  const chat = await openChat(page);
  await chat.say('Do you deliver on Sundays?');
  await chat.log.getByText(/^sent/).waitFor();

  const printed = relay.printed();
  const megan = await openConsole(
    browser,
    { origin: consoleOrigin, shop: '', printed },
    { who: 'Megan Kajitani' },
  );
  expect(new URL(megan.url()).origin).toBe(consoleOrigin);
  await megan.locator('#rows').getByText('Do you deliver on Sundays?').click();
  await megan.getByRole('button', { name: 'Take', exact: true }).first().click();
  await chat.log.getByText('Megan Kajitani').first().waitFor();
  const reply = megan.locator('.composer-field');
  await reply.fill('Good morning, I am Megan Kajitani. Until noon.');
  await reply.press('Enter');
  await chat.log.getByText('Until noon.').waitFor();

  await page.reload();
  await (await openChat(page)).log.getByText('Until noon.').waitFor();
});
