/**
 * The chat in every state and every language, reached as a visitor reaches it, light, dark and in forced colours: what axe finds,
 * targets that are too small, what moves although no motion is wanted, what does not fit at 320 pixels, on a phone, with wider
 * spacing or with letters twice as large. `--locales en,ar` walks only those; `--pictures FOLDER` puts all states of a language on
 * sheets: light, in the dark, on a phone, in forced colours, at 320 pixels, and with such letters.
 */
import { join } from 'node:path';
import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser.ts';
import { type Ground, openGround } from '../support/chat-ground.ts';
import { STATES, walkStates } from '../support/chat-states.ts';
import { type Shot, shoot, writeSheet } from '../support/contact-sheet.ts';
import {
  axeFaultsOf,
  darken,
  enlarge,
  measuredFaultsOf,
  PHONE,
  placeIn,
  SMALLEST,
  USUAL,
} from '../support/ease.ts';
import { atLeast, atMost, type Measured, runTool, type Stage } from '../support/figures.ts';
import { UsageError } from '../support/flags.ts';
import { FROM, openMailServer } from '../support/mail-server.ts';
import { freePort, makeDataFolder, removeDataFolder, spawnRelay } from '../support/spawn-relay.ts';
import { demoDesk } from '../support/stage.ts';

/** How a state is drawn for people who look at it: the sheet's name, what is done before, and what takes it back. */
type View = { readonly name: string; set(page: Page, on: boolean, within?: string): Promise<void> };

const VIEWS: readonly View[] = [
  { name: 'light', set: async () => undefined },
  { name: 'dark', set: darken },
  { name: 'phone', set: (page, on) => page.setViewportSize(on ? PHONE : USUAL) },
  {
    name: 'forced',
    set: (page, on) => page.emulateMedia({ forcedColors: on ? 'active' : null }),
  },
  { name: '320', set: (page, on) => page.setViewportSize(on ? SMALLEST : USUAL) },
  { name: 'large', set: enlarge },
];

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
  const mail = await openMailServer();
  stage.atEnd(() => mail.close());
  const env = { LOG_LEVEL: 'error', SMTP_URL: mail.url, MAIL_FROM: FROM, PUSH_HOSTS: 'localhost' };
  const relay = await spawnRelay({ dataDir, port: await freePort(), env });
  stage.atEnd(() => relay.stop());
  const desk = demoDesk(relay.port, relay.printed());
  return openGround({ browser, desk, post: { taken: mail.taken, runDue: async () => undefined } });
}

async function walk(stage: Stage, ground: Ground, locale: WidgetLocale): Promise<Measured[]> {
  const folder = stage.flag('pictures');
  const seen = new Set<string>();
  const sheets = VIEWS.map((view) => ({ view, shots: [] as Shot[] }));
  let faults = 0;
  await walkStates(ground, locale, async (state, page, within) => {
    seen.add(state);
    stage.progress(`${locale}, ${state}`);
    const found = await axeFaultsOf(page, { locale, within, forced: true });
    for (const fault of [...found, ...(await measuredFaultsOf(page, within))]) {
      faults += 1;
      stage.progress(`  ${fault}`);
    }
    if (folder === undefined) return;
    const goBack = await placeIn(page);
    for (const { view, shots } of sheets) {
      await view.set(page, true, within);
      shots.push(await shoot(page, state));
      await view.set(page, false, within);
    }
    await goBack();
  });
  if (folder !== undefined)
    for (const { view, shots } of sheets)
      await writeSheet(ground.browser, shots, join(folder, `states-${locale}-${view.name}.png`));
  return [
    atLeast(`${locale}: states`, [seen.size, ''], { must: STATES }),
    atMost(`${locale}: faults`, [faults, ''], { must: 0 }),
  ];
}
