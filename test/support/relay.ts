import type { Member, NewMember, SessionInfo, Site, SiteDraft } from '@fullname/shared/api';
import type { Result } from '@fullname/shared/errors';
import { afterAll, onTestFinished } from 'vitest';
import { createApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { type Database, openDatabase } from '../../server/src/store/database.ts';
import { type Databases, openDatabases } from './databases.ts';

/** A relay in this process: the real one, on a free port, with an empty database of its own. */
export type Relay = {
  /** http://localhost:PORT */
  readonly origin: string;
  readonly port: number;
  readonly database: Database;
  /** What it printed for the person at the terminal. */
  readonly welcome: readonly string[];
  /** A site with this key is set up, and its host page may be anywhere. */
  readonly site: Site;
  /** The cookie of the owner who set it up. */
  readonly owner: string;
  /** Runs before the relay closes. */
  atClose(undo: () => unknown): void;
  close(): Promise<void>;
};

export type RelayOptions = {
  /** Settings beside the usual ones of a test. */
  readonly env?: Readonly<Record<string, string>>;
  /** Host pages that may embed the chat. */
  readonly hosts?: readonly string[];
  /** The database of an earlier relay, to go on with. */
  readonly databaseUrl?: string;
};

/** Starts a relay for the running test; it is closed after it. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const relay = await openRelay(options);
  onTestFinished(relay.close);
  return relay;
}

/** The same for all tests of a file or a group; call `close` in `afterAll`. */
export async function openRelay(options: RelayOptions = {}): Promise<Relay> {
  const { database, app, started } = await start(options);
  const undos: (() => unknown)[] = [];
  let closing: Promise<void> | undefined;
  const close = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) await undo();
    await app.drain();
    await database.close();
  };
  const place = { origin: started.url, port: started.port };
  const owner = await setUp(place.origin, started.welcome);
  const draft: SiteDraft = { name: 'Bloom & Stem', hosts: options.hosts ?? [] };
  return {
    ...{ ...place, database, owner, welcome: started.welcome },
    site: await call<Site>({ origin: place.origin, cookie: owner }, 'POST /api/sites', draft),
    atClose: (undo) => undos.push(undo),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

/** Who asks the console's HTTP interface: a browser with this cookie, on a page of this origin. */
export type Asker = { readonly origin: string; readonly cookie?: string };

/** Asks the console's HTTP interface, `METHOD /api/…`, and gives its Result as it is. */
export async function request<Value>(asker: Asker, what: string, body?: unknown): Promise<Result<Value>> {
  return (await (await send(asker, what, body)).json()) as Result<Value>;
}

/** The same, for what must succeed. */
export async function call<Value>(asker: Asker, what: string, body?: unknown): Promise<Value> {
  const result = await request<Value>(asker, what, body);
  if (!result.ok) throw new Error(`${what} was refused: ${result.code}`);
  return result.value;
}

/** Every person's password in the tests: long enough, and known to nobody's list. */
export const PASSWORD = 'six brown hens by the pond';

/** Accepts a set-up, invitation or reset link as a browser does; gives the new session's cookie and its person. */
export async function acceptLink(
  origin: string,
  token: string,
  answer: { given?: string; family?: string; email?: string } = {},
): Promise<{ cookie: string; person: Member }> {
  const response = await send({ origin }, `POST /api/links/${token}`, { ...answer, password: PASSWORD });
  const result = (await response.json()) as Result<SessionInfo>;
  if (!result.ok) throw new Error(`The link was refused: ${result.code}`);
  return { cookie: cookieOf(response), person: result.value.person };
}

/** Invites somebody as the owner does, and accepts as they do. */
export async function join(relay: Relay, member: NewMember): Promise<{ cookie: string; person: Member }> {
  const owner = { origin: relay.origin, cookie: relay.owner };
  const { link } = await call<{ link: string }>(owner, 'POST /api/people', member);
  return acceptLink(relay.origin, tokenIn(link));
}

/** The token in a one-time link: in its fragment, or the whole of it. */
export function tokenIn(link: string): string {
  return /#[\w-]+=([\w-]+)/.exec(link)?.[1] ?? link;
}

/** A response's cookies as a browser would send them back. */
export function cookieOf(response: Response): string {
  const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
  return cookies.join('; ');
}

let databases: Promise<Databases> | undefined;

/** One PostgreSQL for all tests of a file; it ends with the file. */
function sharedDatabases(): Promise<Databases> {
  databases ??= openDatabases();
  return databases;
}

/** DATABASE_URL of a new and empty database. */
export async function makeDatabase(): Promise<string> {
  return (await sharedDatabases()).make();
}

afterAll(async () => {
  await (await databases)?.close();
  databases = undefined;
});

async function start({ env, databaseUrl }: RelayOptions) {
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
  const app = await createApp(config, database, log);
  return { database, app, started: await app.start() };
}

/** The first use of an empty relay: the owner opens the printed link. Where people are there already, nobody is made. */
async function setUp(origin: string, welcome: readonly string[]): Promise<string> {
  const link = welcome.join('\n').match(/#link=[\w-]+/)?.[0];
  if (link === undefined) throw new Error(`The relay printed no set-up link:\n${welcome.join('\n')}`);
  const owner = { given: 'Ruth', family: 'Asante', email: 'ruth.asante@example.com' };
  return (await acceptLink(origin, tokenIn(link), owner)).cookie;
}

function send({ origin, cookie }: Asker, what: string, body?: unknown): Promise<Response> {
  const [method = 'GET', path = '/'] = what.split(' ');
  return fetch(origin + path, {
    method,
    headers: {
      origin,
      ...(cookie !== undefined && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}
