import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../../support/browser.ts';
import type { Stage } from '../../support/figures.ts';
import { freePort, makeDataFolder, removeDataFolder, spawnRelay } from '../../support/spawn-relay.ts';
import { demoDesk, openConsole, visitShop } from '../../support/stage.ts';
import { TEXTS } from './texts.ts';

/** Milliseconds of the main thread for each keystroke: scripts, styles and layout, until two frames after it. */
export type Keystrokes = { readonly withReader: number[]; readonly withoutReader: number[] };

/** Types into a draft of 1,000 characters, in turns as a reply, which is read, and as a note, which is not. */
export async function timeKeystrokes(stage: Stage, keys: number): Promise<Keystrokes> {
  const page = await openConversation(stage);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const times: Keystrokes = { withReader: [], withoutReader: [] };
  const rounds = 4;
  for (let round = 0; round < rounds; round += 1) {
    for (const [mode, into] of [
      ['Reply', times.withReader] as const,
      ['Note', times.withoutReader] as const,
    ]) {
      await page.getByRole('radio', { name: mode, exact: true }).check({ force: true });
      const field = page.locator('#composer');
      await field.fill(TEXTS.en.repeat(3).slice(0, 1_000));
      await field.press('End');
      into.push(...(await typeKeys({ page, session, keys: Math.ceil(keys / rounds) })));
    }
  }
  return times;
}

async function openConversation(stage: Stage): Promise<Page> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const relay = await spawnRelay({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'error' } });
  stage.atEnd(() => relay.stop());
  const browser = await launchBrowser();
  stage.atEnd(() => browser.close());
  const desk = demoDesk(relay.port, relay.printed());
  const chat = await visitShop(browser, desk, { as: 'anna-lindqvist' });
  await chat.say('Hello, is my watering can on its way?');
  const page = await openConsole(browser, desk, { who: 'Megan Kajitani', locale: 'en-GB' });
  await page.getByRole('tab').first().click();
  await page.getByRole('listitem').filter({ hasText: 'Anna Lindqvist' }).first().click();
  await page.locator('#composer').waitFor();
  return page;
}

type Typing = { readonly page: Page; readonly session: CDPSession; readonly keys: number };

async function typeKeys({ page, session, keys }: Typing): Promise<number[]> {
  const times: number[] = [];
  for (let key = 0; key < keys; key += 1) {
    const before = await mainThread(session);
    await page.keyboard.press('abcdefgh '.charAt(key % 9));
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    );
    times.push((await mainThread(session)) - before);
  }
  return times;
}

async function mainThread(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  const seconds = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration'].map(
    (name) => metrics.find((metric) => metric.name === name)?.value ?? 0,
  );
  return seconds.reduce((sum, one) => sum + one, 0) * 1_000;
}
