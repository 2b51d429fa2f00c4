/**
 * The chat in every state and every language, reached as a visitor reaches it, light and dark: what axe finds, targets that are
 * too small, what moves although no motion is wanted, what does not fit at 320 pixels or with wider spacing. `--locales en,ar`
 * walks only those; `--pictures FOLDER` puts all states of a language on one sheet, light, and on one in the dark.
 */
import { join } from 'node:path';
import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { type Ground, leaveTheDesk, walkStates } from '../support/chat-states.ts';
import { type Shot, shoot, writeSheet } from '../support/contact-sheet.ts';
import { darken, faultsOf } from '../support/ease.ts';
import { atLeast, atMost, type Measured, runTool, type Stage } from '../support/figures.ts';
import { UsageError } from '../support/flags.ts';
import { freePort, makeDataFolder, removeDataFolder, spawnRelay } from '../support/spawn-relay.ts';
import { demoDesk, openConsole } from '../support/stage.ts';

/** A part that nobody comes into any more would be looked at no more. */
const STATES = 24;

await runTool(['locales', 'pictures'], async (stage) => {
  const locales = readLocales(stage.flag('locales'));
  const browser = await launchBrowser();
  stage.atEnd(() => browser.close());
  const ground = await openDesk(stage, browser);
  const measured: Measured[] = [];
  for (const locale of locales) measured.push(...(await walk(stage, ground, locale)));
  return measured;
});

function readLocales(asked: string | undefined): readonly WidgetLocale[] {
  if (asked === undefined) return WIDGET_LOCALES;
  return asked.split(',').map((one) => {
    const locale = WIDGET_LOCALES.find((known) => known === one);
    if (!locale)
      throw new UsageError(`"${one}" is none of the chat's languages: ${WIDGET_LOCALES.join(', ')}`);
    return locale;
  });
}

async function openDesk(stage: Stage, browser: Browser): Promise<Ground> {
  stage.progress('starting the relay with the demo desk');
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const relay = await spawnRelay({ dataDir, port: await freePort(), env: { LOG_LEVEL: 'error' } });
  stage.atEnd(() => relay.stop());
  const desk = demoDesk(relay.port, relay.printed());
  const open = (who: string) => openConsole(browser, desk, { who });
  const megan = await open('Megan Kajitani');
  const yijun = await open('林怡君');
  const ingrid = await open('Ingrid Solheim');
  return leaveTheDesk(browser, desk, { megan, yijun, ingrid });
}

async function walk(stage: Stage, ground: Ground, locale: WidgetLocale): Promise<Measured[]> {
  const folder = stage.flag('pictures');
  const seen = new Set<string>();
  const [light, dark]: [Shot[], Shot[]] = [[], []];
  let faults = 0;
  await walkStates(ground, { locale }, async (state, page) => {
    seen.add(state);
    stage.progress(`${locale}, ${state}`);
    for (const fault of await faultsOf(page)) {
      faults += 1;
      stage.progress(`  ${fault}`);
    }
    if (folder === undefined) return;
    light.push(await shoot(page, state));
    await darken(page, true);
    dark.push(await shoot(page, state));
    await darken(page, false);
  });
  if (folder !== undefined) {
    await writeSheet(ground.browser, light, join(folder, `states-${locale}.png`));
    await writeSheet(ground.browser, dark, join(folder, `states-${locale}-dark.png`));
  }
  return [
    atLeast(`${locale}: states`, [seen.size, ''], { must: STATES }),
    atMost(`${locale}: faults`, [faults, ''], { must: 0 }),
  ];
}
