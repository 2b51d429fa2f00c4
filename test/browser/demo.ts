import type { Browser } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Database } from '../../server/src/store/database.ts';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { makeDemoDatabase } from '../support/demo-store.ts';
import { openDemoRelay, type RelayOptions } from '../support/relay.ts';
import { type DemoDesk, demoDesk } from '../support/stage.ts';

/** For all tests of a file: a relay with the demo desk, and a browser with no profiles open. Read them inside tests, not before. */
export function useDemo(options: RelayOptions = {}): {
  readonly desk: DemoDesk;
  readonly browser: Browser;
  readonly database: Database;
  /** Works whatever is due at the relay's clock now. */
  runDue(): Promise<void>;
} {
  let desk: DemoDesk | undefined;
  let browser: Browser | undefined;
  let database: Database | undefined;
  let runDue: (() => Promise<void>) | undefined;
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    const relay = await openDemoRelay({ databaseUrl: await makeDemoDatabase(), ...options });
    ({ close, runDue, database } = relay);
    desk = demoDesk(relay.port, relay.welcome.join('\n'));
    browser = await sharedBrowser();
  });
  afterAll(async () => {
    await closeProfiles();
    await close?.();
  });
  return {
    get desk() {
      if (!desk) throw new Error('The demo desk is not open yet.');
      return desk;
    },
    get browser() {
      if (!browser) throw new Error('The browser is not open yet.');
      return browser;
    },
    get database() {
      if (!database) throw new Error('The demo desk is not open yet.');
      return database;
    },
    runDue: async () => runDue?.(),
  };
}
