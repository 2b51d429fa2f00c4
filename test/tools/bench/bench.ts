/** What a bench is, and the processes that all of them start: generators, the bare relay, the real one, stores. */
import { type ChildProcess, fork } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { Measured, Stage } from '../../support/figures.ts';
import { loadServer } from '../../support/root.ts';
import {
  freePort,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../../support/spawn-relay.ts';
import { startSystemPostgres, systemPostgres } from '../../support/system-postgres.ts';
import type { Answer, Order } from './orders.ts';
import type { Probed } from './probe.ts';

export type Bench = {
  /** One line for the list. */
  readonly what: string;
  readonly flags: readonly string[];
  measure(stage: Stage): Promise<readonly Measured[]>;
};

/** A process that says of itself what `probe.ts` can find out. */
export type Probing = {
  readonly pid: number;
  probe(word?: 'gc'): Promise<Probed>;
};

// ── Processes ───────────────────────────────────────────────────────────────

export type Generator = <Kind extends Order['do']>(
  order: Extract<Order, { do: Kind }>,
) => Promise<Answer<Kind>>;

/** The load, in a process of its own. It obeys one order at a time. */
export function startGenerator(stage: Stage): Generator {
  const child = startChild(stage, './generator.js');
  const obey = async (order: Order): Promise<unknown> => {
    const answer = await nextMessage<{ outcome?: unknown; error?: string }>(child, () => child.send(order));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.outcome;
  };
  return obey as Generator;
}

export type BareRelay = Probing & { readonly url: string };

export async function startBareRelay(
  stage: Stage,
  { env, preload }: Pick<RelayOptions, 'env' | 'preload'> = {},
): Promise<BareRelay> {
  const probe = aProbe(stage, preload);
  const child = startChild(stage, './bare-relay.js', { ...env, ...probe.env });
  const { port } = await nextMessage<{ port: number }>(child);
  return { url: `ws://127.0.0.1:${port}`, pid: child.pid ?? 0, probe: probe.ask };
}

export type BenchRelay = SpawnedRelay & Probing & { /** ws:// */ readonly url: string };

export type RelayOptions = {
  readonly env?: Readonly<Record<string, string>>;
  /** Start again in the folder and at the port of an earlier one. */
  readonly again?: { readonly dataDir: string; readonly port: number };
  /** A file beside this one to load before the relay's own code. */
  readonly preload?: string;
  /** The folder of another build of the project, to stand beside this one. */
  readonly home?: string;
};

/** The built relay, without a demo desk and without limits: what one browser may ask is a rule for people, not for a generator. */
export async function startRelay(stage: Stage, options: RelayOptions = {}): Promise<BenchRelay> {
  const dataDir = options.again?.dataDir ?? (await makeDataFolder());
  if (!options.again) stage.atEnd(() => removeDataFolder(dataDir));
  const probe = aProbe(stage, options.preload);
  const relay = await spawnRelay({
    dataDir,
    port: options.again?.port ?? (await freePort()),
    ...(options.home === undefined ? {} : { home: options.home }),
    env: { RATE_LIMITS: 'off', LOG_LEVEL: 'error', DEMO: 'off', ...options.env, ...probe.env },
  });
  stage.atEnd(() => relay.stop());
  return { ...relay, url: `ws://localhost:${relay.port}`, probe: probe.ask };
}

function startChild(stage: Stage, file: string, env: Record<string, string> = {}): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { env: { ...process.env, ...env } });
  stage.atEnd(() => child.kill());
  return child;
}

function aProbe(stage: Stage, preload?: string): { env: Record<string, string>; ask: Probing['probe'] } {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-probe-'));
  stage.atEnd(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'socket');
  const imports = ['./probe.js', ...(preload === undefined ? [] : [preload])];
  return {
    env: {
      FULLNAME_PROBE: path,
      NODE_OPTIONS: imports.map((file) => `--import=${new URL(file, import.meta.url).href}`).join(' '),
    },
    ask: (word) =>
      new Promise((resolve, reject) => {
        let text = '';
        const socket = connect(path, () => socket.write(word ?? 'now'));
        socket.once('error', reject);
        socket.on('data', (data) => {
          text += data.toString();
        });
        socket.once('end', () =>
          text === '' ? reject(new Error('The process ended.')) : resolve(JSON.parse(text) as Probed),
        );
      }),
  };
}

function nextMessage<Message>(child: ChildProcess, ask: () => void = () => undefined): Promise<Message> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error('A process of the bench has ended early.'));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message as Message);
    });
    ask();
  });
}

// ── Stores ──────────────────────────────────────────────────────────────────

export type Store = {
  /** For DATABASE_URL. */
  readonly url: string;
  readonly kind: 'the system PostgreSQL' | 'the embedded PostgreSQL';
  /** For what the bench itself writes and asks. */
  readonly pool: pg.Pool;
  /** Microseconds of CPU that PostgreSQL has taken, all its processes together; NaN where the system does not tell. */
  cpu(): number;
};

/** PostgreSQL's own default; the tests, which run several at once, make do with less. */
const AS_INSTALLED = ['shared_buffers=128MB'];

/**
 * The system's PostgreSQL where there is one, as it is installed but for these settings, else one of the relay's own kind; both with fsync, in a
 * scratch folder.
 */
export async function startStore(stage: Stage, settings = AS_INSTALLED): Promise<Store> {
  const { url, folder } =
    systemPostgres === undefined ? await ownPostgres(stage) : await theirs(stage, settings);
  const pool = new pg.Pool({ connectionString: url, max: 4, application_name: 'bench' });
  pool.on('error', () => undefined);
  stage.atEnd(() => pool.end());
  return {
    ...{ url, pool, cpu: () => postgresCpu(folder) },
    kind: systemPostgres === undefined ? 'the embedded PostgreSQL' : 'the system PostgreSQL',
  };
}

async function theirs(stage: Stage, settings: readonly string[]): Promise<{ url: string; folder: string }> {
  const cluster = await startSystemPostgres({ settings });
  stage.atEnd(() => cluster.stop());
  return { url: cluster.url, folder: new URL(cluster.url).searchParams.get('host') ?? '' };
}

async function ownPostgres(stage: Stage): Promise<{ url: string; folder: string }> {
  const { startEmbeddedPostgres } =
    await loadServer<typeof import('../../../server/dist/postgres/embedded.js')>('postgres/embedded.js');
  const folder = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(folder));
  const postgres = await startEmbeddedPostgres(folder, await aLog());
  stage.atEnd(() => postgres.stop());
  const { host, user } = postgres.connection;
  const url = `postgresql://${user}@localhost/postgres?host=${encodeURIComponent(String(host))}`;
  return { url, folder };
}

export async function aLog() {
  const { createLogger } = await loadServer<typeof import('../../../server/dist/log.js')>('log.js');
  return createLogger({ production: false, logLevel: 'error' });
}

/** Of the PostgreSQL whose data folder is somewhere in this one. */
export function postgresCpu(folder: string): number {
  const file = ['data', 'pg', 'pg/data', '.']
    .map((place) => join(folder, place, 'postmaster.pid'))
    .find(existsSync);
  if (file === undefined || !existsSync('/proc/self/stat')) return Number.NaN;
  const postmaster = Number(readFileSync(file, 'utf8').split('\n')[0]);
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(statOf);
  return all
    .filter((one) => one !== null && (one.pid === postmaster || one.parent === postmaster))
    .reduce((sum, one) => sum + (one?.cpu ?? 0) + (one?.pid === postmaster ? one.ofEnded : 0), 0);
}

/** The clock of /proc on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

function statOf(pid: string): { pid: number; parent: number; cpu: number; ofEnded: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in brackets and may hold anything.
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const ticks = (...indexes: number[]) =>
      (indexes.reduce((sum, index) => sum + (fields[index] ?? 0), 0) / TICKS_PER_SECOND) * 1e6;
    return { pid: Number(pid), parent: fields[1] ?? 0, cpu: ticks(11, 12), ofEnded: ticks(13, 14) };
  } catch {
    return null;
  }
}

/** Bytes that a process holds in memory, from the system; NaN where it does not tell. */
export function rssOf(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) * 1024;
  } catch {
    return Number.NaN;
  }
}
