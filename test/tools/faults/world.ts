/**
 * A world to do harm in: relays in processes of their own, visitors and agents who talk through the product's own ends.
 * Everything is written down, and judged by the history checker. A scenario goes
 *
 *   const world = await openWorld(stage, { relays: 2, store: 'postgres', redis: true });
 *   world.talk();
 *   … the harm, `cycles` times; world.relays[0].kill(), .start(), world.wake() …
 *   return [...(await world.end()), ...figures of its own];
 *
 * `end` lets everybody finish and catch up, reads the store, and gives the figures of the summary.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { SessionInfo } from '@fullname/shared/api';
import { checkHistory, describeViolation, type Violation } from '../../checker/check.ts';
import { type History, writeHistory } from '../../checker/history.ts';
import { createRecorder } from '../../checker/recorder.ts';
import { loadEnds } from '../../ends/load.ts';
import type { Ends } from '../../ends/types.ts';
import { call } from '../../support/console-api.ts';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, type Stage } from '../../support/figures.ts';
import { type Redis, startRedis } from '../../support/redis.ts';
import { freePort, furnish, makeDataFolder, removeDataFolder } from '../../support/spawn-relay.ts';
import { type Cluster, startSystemPostgres } from '../../support/system-postgres.ts';
import { lineOf, openPlace, type Place, type PlaceLine } from './places.ts';
import { readLogs, type Store } from './store.ts';
import { answerEach, openIt, startTalk, type Talk, takeAll } from './talk.ts';
import { type Agent, createAgent, createVisitor, type Talker, type Visitor } from './talkers.ts';

export type WorldOptions = {
  /** How many relays; more than one need `store: 'postgres'`. */
  readonly relays?: number;
  /** The relay's own PostgreSQL, or the system's; or an empty database that somebody else has made, by its URL. */
  readonly store?: 'embedded' | 'postgres' | { readonly url: string };
  /** A Redis of its own, or one that somebody else has started, by its URL. */
  readonly redis?: boolean | { readonly url: string };
  readonly visitors?: number;
  readonly agents?: number;
  /** So many more at the desk, who say nothing: each keeps another's conversation open. */
  readonly watchers?: number;
  /** A visitor's mean pause between two messages. */
  readonly paceMs?: number;
  /** Whether now and then a visitor's tab dies and another is opened. */
  readonly reloads?: boolean;
  /** Further settings of every relay. */
  readonly env?: Readonly<Record<string, string>>;
  /** Where clients reach a relay, when not at its own port: through a proxy. Asked once for each relay. */
  readonly via?: (relay: { readonly port: number; readonly index: number }) => Promise<string> | string;
  /** The project's folder to run the relays from, and the ends, where they have planted bugs. */
  readonly home?: string;
  readonly ends?: Ends | ((who: { readonly role: 'visitor' | 'agent'; readonly index: number }) => Ends);
  /** Who is at the desk of a store that has one: as `furnish` gave it. */
  readonly desk?: Desk | undefined;
  /** Whether the news of this name, on its way to a client now, gets lost. */
  readonly loses?: (name: string) => boolean;
};

type Desk = Awaited<ReturnType<typeof furnish>>;

export type World = {
  readonly relays: readonly [Place, ...Place[]];
  /** Of `store: 'postgres'` and `redis: true`; null otherwise. */
  readonly postgres: Cluster | null;
  readonly redis: Redis | null;
  /** The store, for `pg`. */
  readonly store: Store;
  readonly visitors: readonly Visitor[];
  readonly agents: readonly Agent[];
  /** Both. */
  readonly talkers: readonly Talker[];
  readonly owner: string;
  readonly site: string;
  /** Everybody talks at their pace, until `settle`. */
  talk(): void;
  /** Every visitor says one thing now. */
  allSpeak(words: string): void;
  /** Whoever has no line tries at once, as when the network comes back. */
  wake(): void;
  /** Each agent says something in each of their conversations. */
  answerAll(words: string): Promise<void>;
  /** This agent's right has just ended: nothing may reach them after the time that is allowed, and nobody waits for them. */
  revoked(agent: Agent): void;
  acked(): number;
  /** Of all, or of those whose line leads to this relay. */
  unsent(at?: Place): number;
  /** Resolves when everybody has had a line again. */
  connected(within?: number): Promise<void>;
  /** Resolves when `count` more messages were acknowledged than now. */
  moved(count?: number, within?: number): Promise<void>;
  /** The talk ends and everything unsent is sent. */
  quieten(within?: number): Promise<void>;
  /** The same, and every list catches up; nobody speaks again. */
  settle(within?: number): Promise<void>;
  /** The same between two cycles: others may speak, and open conversations anew, after it. */
  lull(within?: number): Promise<void>;
  /** What happened so far, with the log as the store has it now. */
  history(): Promise<History>;
  /** Broken guarantees so far; the history is written down where there are any. */
  check(): Promise<readonly Violation[]>;
  /** `settle`, `check`, and the figures of the summary's table. */
  end(): Promise<readonly Measured[]>;
};

/** What a world needs of a tool's stage; a test gives its own. */
export type WorldStage = Pick<Stage, 'progress' | 'atEnd' | 'flag'>;

export async function openWorld(stage: WorldStage, options: WorldOptions = {}): Promise<World> {
  const {
    relays: relayCount = 1,
    visitors: visitorCount = 46,
    agents: agentCount = 4,
    watchers = 0,
  } = options;
  const ground = await prepareGround(stage, options);
  const recorder = createRecorder();
  const places: Place[] = [];
  let desk: Desk | undefined = options.desk;
  for (let index = 0; index < relayCount; index += 1) {
    const place = await openPlace({
      index,
      env: ground.env,
      via: options.via,
      home: options.home,
      ...(await aFolder(stage)),
    });
    places.push(place);
    stage.atEnd(() => place.stop());
    // A relay that starts on an empty desk prints the link; the first is furnished before there is another.
    desk ??= await furnish(place.relay(), agentCount + watchers);
  }
  const [first] = places;
  if (!first || !desk) throw new Error('A world has at least one relay.');
  const { site, cookies, owner } = desk;
  const talking = cookies.length - watchers;
  const ends = typeof options.ends === 'function' ? options.ends : always(options.ends ?? (await loadEnds()));
  const store: Store = ground.store ?? {
    host: join(first.dataDir, 'pg'),
    user: 'fullname',
    database: 'postgres',
  };
  const lines = new Map<Talker, PlaceLine>();
  const agents: Agent[] = [];
  for (const [index, cookie] of cookies.entries()) {
    const { person } = await call<SessionInfo>({ origin: first.origin, cookie }, 'GET /api/session');
    const line = lineOf(places, index, options.loses);
    const agent = await createAgent({
      ends: ends({ role: 'agent', index }),
      ...{ recorder, line, cookie, person: person.id },
      name: `${index < talking ? 'agent' : 'watcher'} ${index}`,
    });
    agents.push(agent);
    lines.set(agent, line);
  }
  const visitors = Array.from({ length: visitorCount }, (_, index) => {
    const line = lineOf(places, index, options.loses);
    const visitor = createVisitor({
      ends: ends({ role: 'visitor', index }),
      ...{ recorder, line, site },
      name: `visitor ${index}`,
    });
    lines.set(visitor, line);
    return visitor;
  });
  const staff = [...agents];
  const talkers: Talker[] = [...agents, ...visitors];
  stage.atEnd(() => {
    for (const one of talkers) one.end();
  });
  await eventually('everybody is connected', () => talkers.every((one) => one.isOn()), 30_000);
  const hands = await takeAll(agents.slice(0, talking), visitors);
  const taken = [...hands.values()].flat();
  for (const [at, watcher] of agents.slice(talking).entries())
    await eventually(`${watcher.name} watches`, () => openIt(watcher, taken[at] ?? ''), 30_000);
  stage.progress(`${visitors.length} visitors talk with ${talking} agents`);

  let talk: Talk | null = null;
  let saved = '';
  const acked = () => talkers.reduce((sum, one) => sum + one.acked(), 0);
  const wake = () => {
    // Whoever has a line would ask how far the relay is; asked again and again, that is a flood.
    for (const one of talkers) if (!one.isOn()) one.wake();
  };
  const world: World = {
    ...{ relays: [first, ...places.slice(1)], postgres: ground.postgres, redis: ground.redis, store },
    ...{ visitors, agents, talkers, owner, site, acked, wake },
    talk() {
      talk ??= startTalk(
        { visitors, agents, hands },
        { paceMs: options.paceMs ?? 1_000, reloads: options.reloads ?? true },
      );
    },
    allSpeak(words) {
      for (const visitor of visitors) visitor.say(`${visitor.name} ${words}`);
    },
    async answerAll(words) {
      await Promise.all(agents.map((agent) => answerEach(agent, hands.get(agent) ?? [], words)));
    },
    revoked(agent) {
      recorder.add({ type: 'right-ended', who: agent.name });
      agents.splice(agents.indexOf(agent), 1);
      talkers.splice(talkers.indexOf(agent), 1);
    },
    unsent: (at) =>
      talkers.reduce((sum, one) => sum + (!at || at === lines.get(one)?.at() ? one.unsent() : 0), 0),
    async connected(within = 60_000) {
      const again = setInterval(wake, 250);
      wake();
      // Not all at one moment: somewhere a tab has always just died.
      const away = new Set(talkers);
      await eventually(
        'everybody has been connected again',
        () => {
          for (const one of away) if (one.isOn() || !talkers.includes(one)) away.delete(one);
          if (away.size > 0) throw new Error([...away].map(({ name }) => name).join(', '));
          return true;
        },
        within,
      ).finally(() => clearInterval(again));
    },
    async moved(count = talkers.length, within = 60_000) {
      const before = acked();
      await eventually('messages are acknowledged', () => acked() >= before + count, within);
    },
    async quieten(within = 120_000) {
      await talk?.stop();
      talk = null;
      await quieten({ visitors, agents, hands }, { wake, within });
    },
    async settle(within) {
      await world.quieten(within);
      await catchUpAll({ visitors, agents, hands });
    },
    async lull(within) {
      await world.quieten(within);
      await catchUpAll({ visitors, agents, hands }, true);
    },
    history: async () => [...recorder.events(), ...(await readLogs(store, { visitors, agents: staff }))],
    async check() {
      const history = await world.history();
      const violations = checkHistory(history);
      if (violations.length > 0) {
        saved = saveHistory(stage, history);
        stage.progress(`${violations.length} violations; the history is in ${saved}`);
        for (const one of violations.slice(0, 10)) console.error(describeViolation(one));
      }
      return violations;
    },
    async end() {
      stage.progress('waiting until everything is acknowledged and every list has caught up');
      await world.settle();
      return toFigures(await world.check(), world.acked());
    },
  };
  return world;
}

function always<Value>(value: Value): () => Value {
  return () => value;
}

type Ground = {
  readonly env: Readonly<Record<string, string>>;
  readonly postgres: Cluster | null;
  readonly redis: Redis | null;
  /** Null: the first relay's own. */
  readonly store: Store | null;
};

/** The store and Redis, where they are not the relay's own. */
async function prepareGround(stage: WorldStage, options: WorldOptions): Promise<Ground> {
  const { store = 'embedded', redis = false, relays = 1 } = options;
  if (relays > 1 && store === 'embedded') throw new Error('Several relays need a store that they share.');
  const postgres = store === 'postgres' ? await startSystemPostgres() : null;
  if (postgres) stage.atEnd(() => postgres.stop());
  const ownRedis = redis === true ? await startRedis() : null;
  if (ownRedis) stage.atEnd(() => ownRedis.stop());
  const url = typeof store === 'object' ? store.url : postgres?.url;
  const redisUrl = typeof redis === 'object' ? redis.url : ownRedis?.url;
  const env = {
    ...{ DEMO: 'off', LOG_LEVEL: 'silent' },
    ...(url !== undefined && { DATABASE_URL: url }),
    ...(redisUrl !== undefined && { REDIS_URL: redisUrl }),
    ...options.env,
  };
  return { env, postgres, redis: ownRedis, store: url === undefined ? null : url };
}

async function aFolder(stage: WorldStage): Promise<{ dataDir: string; port: number }> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  return { dataDir, port: await freePort() };
}

type People = {
  readonly visitors: readonly Visitor[];
  readonly agents: readonly Agent[];
  readonly hands: ReadonlyMap<Agent, readonly string[]>;
};

async function quieten(
  { visitors, agents }: People,
  { wake, within }: { readonly wake: () => void; readonly within: number },
): Promise<void> {
  const all: readonly Talker[] = [...visitors, ...agents];
  const again = setInterval(() => {
    wake();
    for (const agent of agents) agent.desk.sendHeld();
  }, 500);
  await eventually(
    'every message is acknowledged',
    () => all.every((one) => one.isOn() && one.unsent() === 0),
    within,
  ).finally(() => clearInterval(again));
}

async function catchUpAll({ visitors, agents, hands }: People, goesOn?: true): Promise<void> {
  await Promise.all(visitors.map(catchUp));
  for (const visitor of visitors) visitor.seen();
  // What an agent is shown of it is asked of the store: it must be there.
  await Promise.all(visitors.map((visitor) => soon(visitor.isMarked)));
  await Promise.all(agents.map((agent) => lookThrough(agent, hands.get(agent) ?? [], goesOn)));
  await Promise.all(visitors.map(catchUp));
  for (const visitor of visitors) visitor.rest(goesOn);
}

/** Asks how far the relay is, and waits until the list is there too; what does not come in time is the checker's to tell. */
async function catchUp(visitor: Visitor): Promise<void> {
  const before = visitor.told();
  visitor.wake();
  await soon(() => visitor.told() > before && visitor.isThere());
}

/** The agent opens each of their conversations once more, and reads to the end. */
async function lookThrough(agent: Agent, hands: readonly string[], goesOn?: true): Promise<void> {
  const { desk } = agent;
  const isThere = () => {
    const opened = desk.state().opened;
    return (opened?.entries.at(-1)?.seq ?? 0) >= (opened?.lastSeq ?? 0);
  };
  for (const conversation of hands) {
    desk.select(null);
    // As a person does whose click led nowhere; what does not open at all is judged as missing.
    await eventually('it is open', () => openIt(agent, conversation), 30_000).catch(() => false);
    await soon(isThere);
    desk.seen();
    const before = agent.told();
    agent.wake();
    // What is being told of their reading must be there before the visitors ask for the last time.
    await soon(() => agent.told() > before && isThere() && agent.isMarked());
    agent.rest(goesOn);
  }
}

/** Whether it came, with patience: what did not is judged as missing. */
export async function soon(condition: () => boolean, within = 30_000): Promise<boolean> {
  const end = performance.now() + within;
  while (!condition()) {
    if (performance.now() > end) return false;
    await wait(10);
  }
  return true;
}

function saveHistory(stage: WorldStage, history: History): string {
  const folder = stage.flag('histories') ?? mkdtempSync(join(tmpdir(), 'fullname-histories-'));
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${Date.now()}-${process.pid}.jsonl`);
  writeHistory(file, history);
  return file;
}

function toFigures(violations: readonly Violation[], acked: number): Measured[] {
  const columns = ['lost', 'doubled', 'reordered', 'vanished'] as const;
  const count = (kind: string) => violations.filter((one) => one.kind === kind).length;
  const other = violations.length - columns.reduce((sum, kind) => sum + count(kind), 0);
  return [
    atMost('acknowledged messages', [acked, '']),
    ...columns.map((kind) => atMost(kind, [count(kind), ''], { must: 0 })),
    atMost('other violations', [other, ''], { must: 0 }),
  ];
}
