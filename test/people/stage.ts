/** The relay's HTTP side on port 0, with a real PostgreSQL: what a browser, or somebody who is none, can ask of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join as pathOf } from 'node:path';
import type { Member, NewMember, SessionInfo } from '@fullname/shared/api';
import type { Result } from '@fullname/shared/errors';
import { Server } from 'socket.io';
import { readConfig } from '../../server/src/config.ts';
import { createAnnounce } from '../../server/src/desk/announce.ts';
import type { Floor } from '../../server/src/desk/conversations.ts';
import { NOWHERE_ELSE } from '../../server/src/desk/elsewhere.ts';
import { createGroupCommit } from '../../server/src/desk/group-commit.ts';
import { createNews } from '../../server/src/desk/news.ts';
import { createPresence } from '../../server/src/desk/presence.ts';
import { createLinks } from '../../server/src/files/links.ts';
import { createHttp, type Origins } from '../../server/src/http/create-http.ts';
import { createLimits } from '../../server/src/http/limits.ts';
import { createLogger, type Logger } from '../../server/src/log.ts';
import { createMail } from '../../server/src/mail/mail.ts';
import { createStops } from '../../server/src/mail/stops.ts';
import { NO_METRICS } from '../../server/src/metrics/metrics.ts';
import { createDirectory, type Directory } from '../../server/src/people/directory.ts';
import { setupLink } from '../../server/src/people/links.ts';
import { type Database, openDatabase } from '../../server/src/store/database.ts';
import { createFlush } from '../../server/src/store/flush.ts';
import { makeDatabase } from '../support/relay.ts';

export const OWNER = {
  given: 'Carol',
  family: 'Jones',
  email: 'carol@example.com',
  password: 'river lamp orchard nine',
};

export type Answer<Value = unknown> = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly raw: Buffer;
  readonly body: Result<Value>;
  /** The session cookie set by this answer, as a browser sends it back. */
  readonly cookie: string | undefined;
};

type Ask = {
  readonly body?: unknown;
  readonly cookie?: string | undefined;
  readonly headers?: Readonly<Record<string, string | undefined>>;
};

export type Stage = {
  readonly database: Database;
  readonly origin: string;
  readonly port: number;
  /** What the hooks were told. */
  readonly ended: string[];
  ask<Value = unknown>(method: string, path: string, ask?: Ask): Promise<Answer<Value>>;
  close(): Promise<void>;
};

/** `origins` replaces http://localhost:PORT; `env` is what the relay would read. */
export async function openStage(
  options: { readonly origins?: Origins; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<Stage> {
  const config = readConfig({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DATABASE_URL: await makeDatabase(),
    ...options.env,
  });
  const log = createLogger(config);
  const database = await openDatabase(config, log);
  const directory = await createDirectory(database.db);
  const folders = builtFolders();
  const ended: string[] = [];
  let origin = '';
  const app = createHttp({
    stops: createStops(Buffer.alloc(32), () => origin),
    config,
    push: { key: '', services: { hosts: [], loopback: false } },
    origins: () => options.origins ?? { public: origin, console: origin },
    database,
    directory,
    floor: floorOf({ database, directory, log }),
    redis: () => 'off',
    limits: createLimits(config.trustProxy),
    log,
    isDraining: () => false,
    onPeopleChanged: () => undefined,
    onPersonEnded: (person) => {
      ended.push(person);
    },
    onPersonSilent: () => Promise.resolve(),
    onBookChanged: () => undefined,
    onCustomersChanged: () => Promise.resolve(),
    folders,
  });
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://localhost:${port}`;
  return {
    database,
    origin,
    port,
    ended,
    ask: (method, path, ask = {}) =>
      send({ port, origin: options.origins?.console ?? origin }, { method, path, ...ask }),
    async close() {
      directory.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
      rmSync(folders.root, { recursive: true, force: true });
    },
  };
}

/** The first owner, by the set-up link as a new production relay prints it. Returns the cookie. */
export async function setUpOwner(stage: Stage): Promise<string> {
  const token = await setupLink(stage.database.db);
  const answer = await stage.ask<SessionInfo>('POST', `/api/links/${token}`, { body: OWNER });
  return cookieOf(answer);
}

export function cookieOf(answer: Answer): string {
  if (!answer.cookie) throw new Error(`no session: ${answer.status} ${answer.text}`);
  return answer.cookie;
}

/** A person who has accepted the owner's invitation. */
export async function join(
  stage: Stage,
  owner: string,
  person: Partial<NewMember> & { readonly email: string },
): Promise<{ readonly id: string; readonly cookie: string; readonly password: string }> {
  const password = 'quiet harbour seven kites';
  const invited = await stage.ask<{ member: Member; link: string }>('POST', '/api/people', {
    cookie: owner,
    body: { given: 'Megan', family: 'Kajitani', role: 'agent', ...person },
  });
  const { member, link } = valueIn(invited);
  const accepted = await stage.ask('POST', `/api/links/${tokenIn(link)}`, { body: { password } });
  return { id: member.id, cookie: cookieOf(accepted), password };
}

export function tokenIn(link: string): string {
  return new URL(link).hash.replace('#link=', '');
}

/** The value of an answer that must be good. */
export function valueIn<Value>(answer: Answer<Value>): Value {
  if (!answer.body.ok) throw new Error(`refused: ${answer.status} ${answer.text}`);
  return answer.body.value;
}

/** Over node:http, because fetch lets nobody choose Host and Origin. Writes look as the console's own unless told otherwise. */
function send<Value>(
  relay: { readonly port: number; readonly origin: string },
  ask: Ask & { readonly method: string; readonly path: string },
): Promise<Answer<Value>> {
  const isWrite = ask.method !== 'GET' && ask.method !== 'HEAD';
  const body =
    ask.body === undefined ? undefined : typeof ask.body === 'string' ? ask.body : JSON.stringify(ask.body);
  const headers: Record<string, string | undefined> = {
    Host: new URL(relay.origin).host,
    Origin: isWrite ? relay.origin : undefined,
    Cookie: ask.cookie,
    'Content-Type': body === undefined ? undefined : 'application/json',
    ...ask.headers,
  };
  const present = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        host: '127.0.0.1',
        port: relay.port,
        method: ask.method,
        path: ask.path,
        headers: present,
        agent: false,
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const raw = Buffer.concat(chunks);
          const text = raw.toString('utf8');
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            text,
            raw,
            body: parseJson<Value>(text),
            cookie: response.headers['set-cookie']?.map((line) => line.split(';')[0] ?? '').at(-1),
          });
        });
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}

function parseJson<Value>(text: string): Result<Value> {
  try {
    return JSON.parse(text) as Result<Value>;
  } catch {
    return { ok: false, code: 'UNAVAILABLE' };
  }
}

/** Small stand-ins of the two front ends, so that headers are looked at without a build. */
function builtFolders(): { readonly root: string; readonly widget: string; readonly console: string } {
  const root = mkdtempSync(pathOf(tmpdir(), 'fullname-pages-'));
  const folders = { root, widget: pathOf(root, 'widget'), console: pathOf(root, 'console') };
  mkdirSync(folders.widget);
  mkdirSync(pathOf(folders.console, 'assets'), { recursive: true });
  writeFileSync(pathOf(folders.widget, 'embed.js'), 'window.settings = "__FULLNAME_SETTINGS__";\n'.repeat(1));
  writeFileSync(
    pathOf(folders.widget, 'frame.html'),
    '<!doctype html><head><style>body{margin:0}</style></head><body><script type="module">import("./app-a1b2c3d4.js")</script></body>',
  );
  for (const page of ['continue.html', 'device.html'])
    writeFileSync(
      pathOf(folders.widget, page),
      '<!doctype html><html><head><style>p{}</style></head><body><p></p><script type="module">go()</script></body></html>',
    );
  writeFileSync(pathOf(folders.widget, 'preview.html'), '<!doctype html><script>preview()</script>');
  writeFileSync(pathOf(folders.widget, 'app-a1b2c3d4.js'), 'export {};\n'.repeat(200));
  writeFileSync(pathOf(folders.widget, 'app-a1b2c3d4.js.map'), '{}');
  writeFileSync(
    pathOf(folders.console, 'index.html'),
    '<!doctype html><script type="module" src="/console/assets/a-1.js"></script>',
  );
  writeFileSync(pathOf(folders.console, 'assets', 'a-1.js'), 'export {};\n');
  writeFileSync(pathOf(root, 'secret.js'), 'export const secret = 1;\n');
  return folders;
}

/** The verbs' tools without any socket: what is announced has no hearer. */
function floorOf({
  database: { db, pool },
  directory,
  log,
}: {
  readonly database: Database;
  readonly directory: Directory;
  readonly log: Logger;
}): Floor {
  const io = new Server();
  const announce = createAnnounce({ visitors: io.of('/visitor'), agents: io.of('/agent') }, directory.ref);
  const presence = createPresence(directory, {
    ...{ changed: () => undefined, elsewhere: NOWHERE_ELSE, now: Date.now },
  });
  const news = createNews({
    onGrown: () => undefined,
    onCounted: () => undefined,
    db,
    announce,
    directory,
    presence,
    log,
    now: Date.now,
  });
  const mail = createMail({ config: undefined, jobs: { work: () => undefined }, db, now: Date.now, log });
  const commit = createGroupCommit(pool, log);
  const links = createLinks(Buffer.alloc(32), { origin: () => '', now: Date.now });
  const known = { addresses: new Map(), flushed: createFlush(pool), rateLimits: true, now: Date.now };
  return { db, commit, announce, directory, presence, log, metrics: NO_METRICS, news, mail, links, ...known };
}
