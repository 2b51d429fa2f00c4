import type { Site, SiteDraft } from '@fullname/shared/api';
import { onTestFinished } from 'vitest';
import { createApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { type Database, openDatabase } from '../../server/src/store/database.ts';
import { call, setUpOwner } from './console-api.ts';
import { openDatabases } from './databases.ts';

/** A relay in this process: the real one, on a free port, with an empty database of its own. */
export type Relay = {
  /** http://localhost:PORT */
  readonly origin: string;
  readonly port: number;
  /** Where `/metrics` is; only with METRICS_PORT. */
  readonly metricsPort?: number;
  readonly database: Database;
  /** What it printed for the person at the terminal. */
  readonly welcome: readonly string[];
  /** A site with this key is set up, and its host page may be anywhere. */
  readonly site: Site;
  /** The cookie of the owner who set it up. */
  readonly owner: string;
  /** Works whatever is due at the relay's clock now. */
  runDue(): Promise<void>;
  /** Runs before the relay closes. */
  atClose(undo: () => unknown): void;
  close(): Promise<void>;
};

export type RelayOptions = {
  /** Settings beside the usual ones of a test. */
  readonly env?: Readonly<Record<string, string>>;
  /** Host pages that may embed the chat. */
  readonly hosts?: readonly string[];
  /** DATABASE_URL of a database that somebody else has made; a new one otherwise. */
  readonly databaseUrl?: string;
  /** The clock of due times, in milliseconds; the machine's otherwise. */
  readonly now?: () => number;
};

/** Starts a relay for the running test; it is closed after it. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const relay = await openRelay(options);
  onTestFinished(relay.close);
  return relay;
}

/** The same for all tests of a file or a group; call `close` in `afterAll`. */
export async function openRelay(options: RelayOptions = {}): Promise<Relay> {
  const furnished = options.databaseUrl === undefined ? await makeFurnished() : null;
  const { database, app, started } = await start(
    furnished ? { ...options, databaseUrl: furnished.url } : options,
  );
  const undos: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) await undo();
    await app.drain();
    await database.close();
  };
  const place = { origin: started.url, port: started.port };
  const owner = furnished?.owner ?? (await setUpOwner(place.origin, started.welcome.join('\n')));
  const draft: SiteDraft = { name: 'Bloom & Stem', hosts: options.hosts ?? [] };
  return {
    ...{ ...place, database, owner, welcome: started.welcome },
    ...(started.metricsPort !== undefined && { metricsPort: started.metricsPort }),
    site: await call<Site>({ origin: place.origin, cookie: owner }, 'POST /api/sites', draft),
    runDue: app.runDue,
    atClose: (undo) => undos.push(undo),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** A relay with the demo desk, for tests that look at it through a browser. */
export async function openDemoRelay(
  options: RelayOptions = {},
): Promise<Pick<Relay, 'port' | 'welcome' | 'database' | 'runDue' | 'close'>> {
  const { database, app, started } = await start({ ...options, env: { DEMO: 'on', ...options.env } });
  const close = async () => {
    await app.drain();
    await database.close();
  };
  return { port: started.port, welcome: started.welcome, database, runDue: app.runDue, close };
}

/** DATABASE_URL of a new and empty database. It is dropped when the file's tests are over. */
export async function makeDatabase(): Promise<string> {
  return (await openDatabases()).make();
}

/** The same of a relay that its owner has set up: the link, the first book and a slow password need not be gone through for every test. */
async function makeFurnished(): Promise<{ url: string; owner: string }> {
  const databases = await openDatabases();
  const template = await databases.template('furnished', async (databaseUrl) => {
    const { database, app, started } = await start({ databaseUrl });
    furnishedFor = await setUpOwner(started.url, started.welcome.join('\n'));
    await app.drain();
    await database.close();
  });
  return { url: await databases.make(template), owner: furnishedFor };
}
/** The owner's cookie, good in every copy. */
let furnishedFor = '';

async function start({ env, databaseUrl, now }: RelayOptions) {
  const config = readConfig({
    PORT: '0',
    NODE_ENV: 'test',
    DEMO: 'off',
    LOG_LEVEL: 'error',
    DATABASE_URL: databaseUrl ?? (await makeDatabase()),
    ...env,
  });
  const log = createLogger(config);
  const database = await openDatabase(config, log);
  const app = await createApp(config, database, log, now);
  return { database, app, started: await app.start() };
}
