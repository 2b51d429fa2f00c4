/**
 * The relay is killed with -9 under load, again and again, while visitors and agents talk. At the end every client's list
 * and the store are read: no acknowledged message may be lost, doubled or out of order. `--visitors N`.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type * as configuration from '../../../server/src/config.ts';
import type * as logging from '../../../server/src/log.ts';
import type * as databases from '../../../server/src/store/database.ts';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import {
  checkHistory,
  type History,
  type Shown,
  type Stored,
  type Violation,
} from '../../support/history.ts';
import { loadServer } from '../../support/root.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../../support/spawn-relay.ts';
import { type AgentClient, type Client, createAgent, createVisitor } from './clients.ts';
import type { Scenario } from './scenario.ts';

const AGENTS = 3;
/** A visitor's pause between two messages: below the relay's limit for one socket, also while catching up. */
const PAUSE_MS = 300;

type World = {
  readonly relay: SpawnedRelay;
  readonly visitors: readonly ReturnType<typeof createVisitor>[];
  readonly agents: readonly AgentClient[];
};

/** The relay that runs now; whichever it is, it is stopped at the end. */
let running: SpawnedRelay | undefined;

export const relayKill: Scenario = {
  name: 'relay-kill',
  what: 'the relay on its own store is killed with -9 under load',
  cycles: 200,
  flags: ['visitors'],
  run: faultMessages,
};

async function faultMessages(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const world = await setUp(stage, Number(stage.flag('visitors') ?? 20));
  const talk = startTalk(world);
  const { relay, readyAfter } = await killAgainAndAgain(stage, world, cycles);
  talk.stop();
  stage.progress('waiting until every message is acknowledged and every list is up to date');
  await settle(world);
  await relay.stop();
  const stored = await readStore(relay.dataDir, world);
  const history = {
    sent: sentBy(world, stored.clientIds),
    stored: stored.rows,
    shown: shownBy(world, stored.clientIds),
  };
  return toFigures(history, { cycles, readyAfter });
}

async function setUp(stage: Stage, count: number): Promise<World> {
  stage.progress('starting the relay with its own PostgreSQL');
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const relay = await startRelay(stage, { dataDir, port: await freePort() });
  const { site, cookies } = await furnish(relay, AGENTS);
  const agents = cookies.map((cookie, index) => createAgent(relay.origin, `agent ${index}`, cookie));
  const visitors = Array.from({ length: count }, (_, index) =>
    createVisitor(relay.origin, { name: `visitor ${index}`, site }),
  );
  for (const client of [...agents, ...visitors]) stage.atEnd(() => client.close());
  for (const visitor of visitors) visitor.say(visitor.conversation, `${visitor.name} begins`);
  await eventually('every visitor has begun', () => visitors.every((one) => one.pending() === 0), 30_000);
  await takeAll(agents, count);
  stage.progress(`${visitors.length} visitors talk with ${agents.length} agents`);
  return { relay, visitors, agents };
}

async function startRelay(stage: Stage, place: { dataDir: string; port: number }): Promise<SpawnedRelay> {
  const first = running === undefined;
  running = await spawnRelay({ ...place, env: { LOG_LEVEL: 'error', DEMO: 'off' } });
  if (first) stage.atEnd(() => running?.stop());
  return running;
}

/** The agents share the conversations out among themselves, finding them as an agent does: in the list. */
async function takeAll(agents: readonly AgentClient[], count: number): Promise<void> {
  const [first] = agents;
  if (!first) return;
  await eventually('the agents are connected', () => agents.every((agent) => agent.isConnected()));
  const found = new Map<number, string>();
  let cursor: string | undefined;
  do {
    const page = await first.socket.emitWithAck('conversation:list', {
      view: 'waiting',
      ...(cursor && { cursor }),
    });
    if (!page.ok) throw new Error(`The list was refused: ${page.code}`);
    for (const row of page.value.rows) {
      const visitor = /^visitor (\d+) begins$/.exec(row.preview?.text ?? '')?.[1];
      if (visitor !== undefined) found.set(Number(visitor), row.id);
    }
    cursor = page.value.next ?? undefined;
  } while (cursor !== undefined);
  if (found.size !== count) throw new Error(`${found.size} of ${count} conversations are in the list`);
  for (const [visitor, conversation] of found) await agents[visitor % agents.length]?.take(conversation);
}

/** Visitors go on writing at their own pace; their agent answers every other line. */
function startTalk({ visitors, agents }: World): { stop(): void } {
  const counts = new Map<Client, number>();
  const next = (client: Client) => {
    const count = (counts.get(client) ?? 0) + 1;
    counts.set(client, count);
    return count;
  };
  const timers = visitors.map((visitor, index) =>
    setInterval(() => {
      // Words pile up while the relay is away, as they do when people write on; but not without end.
      if (visitor.pending() < 4) visitor.say(visitor.conversation, `${visitor.name} says ${next(visitor)}`);
    }, PAUSE_MS + index),
  );
  for (const agent of agents) {
    agent.onVisitor((conversation, line) => {
      if (line.number % 2 === 0) agent.say(conversation, `${agent.name} answers ${next(agent)}`);
    });
  }
  return {
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      for (const agent of agents) agent.onVisitor(() => undefined);
    },
  };
}

async function killAgainAndAgain(
  stage: Stage,
  world: World,
  cycles: number,
): Promise<{ relay: SpawnedRelay; readyAfter: number[] }> {
  const clients = [...world.visitors, ...world.agents];
  const readyAfter: number[] = [];
  let { relay } = world;
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await eventually('everybody is connected', () => clients.every((client) => client.isConnected()), 30_000);
    const before = countAcked(clients);
    await eventually(
      'messages are acknowledged again',
      () => countAcked(clients) > before + world.visitors.length,
    );
    // The moment of the kill must not keep step with anything: a random wait, not a condition.
    await wait(200 + Math.random() * 800);
    // Everybody speaks at once, and the kill falls somewhere between their sends and their acknowledgements.
    for (const visitor of world.visitors)
      visitor.say(visitor.conversation, `${visitor.name} at kill ${cycle}`);
    await wait(Math.random() * 30);
    const inFlight = clients.reduce((sum, client) => sum + client.pending(), 0);
    await relay.kill();
    const killedAt = performance.now();
    relay = await startRelay(stage, relay);
    readyAfter.push(performance.now() - killedAt);
    stage.progress(
      `cycle ${cycle} of ${cycles}: killed with ${inFlight} unacknowledged, ${countAcked(clients)} acknowledged so far, ` +
        `ready again after ${Math.round(readyAfter.at(-1) ?? 0)} ms`,
    );
  }
  return { relay, readyAfter };
}

async function settle({ visitors, agents }: World): Promise<void> {
  const clients = [...visitors, ...agents];
  await eventually(
    'every message is acknowledged',
    () => clients.every((one) => one.pending() === 0),
    60_000,
  );
  await Promise.all(clients.map((client) => client.catchUp()));
  const lengths = () => clients.flatMap((client) => [...client.feeds().values()].map((feed) => feed.last()));
  // The heads have been heard, so each list knows how far it has to go; it is there when it stops growing.
  let last = '';
  await eventually('the lists have come to rest', async () => {
    await Promise.all(clients.map((client) => client.catchUp()));
    const now = lengths().join(' ');
    const atRest = now === last;
    last = now;
    if (!atRest) await wait(300);
    return atRest;
  });
}

type StoreReading = {
  readonly rows: readonly Stored[];
  /** The agents' id of a conversation → the visitor's. */
  readonly clientIds: ReadonlyMap<string, string>;
};

/** Reads the log from the data folder itself, with the relay gone. */
async function readStore(dataDir: string, world: World): Promise<StoreReading> {
  const { readConfig } = await loadServer<typeof configuration>('config.js');
  const { createLogger } = await loadServer<typeof logging>('log.js');
  const { openDatabase } = await loadServer<typeof databases>('store/database.js');
  const config = readConfig({ DATA_DIR: dataDir, LOG_LEVEL: 'error' });
  const database = await openDatabase(config, createLogger(config));
  try {
    const found = await database.pool.query<LogRow>(
      `select c.id, c.client_id as conversation, c.last_seq, e.seq, e.public_seq, e.kind, e.sender_kind,
         e.sender_id, e.client_id, e.body, c.holder_id
       from entries e join conversations c on c.id = e.conversation_id where c.client_id = any($1) order by c.id, e.seq`,
      [world.visitors.map((visitor) => visitor.conversation)],
    );
    const clientIds = new Map(found.rows.map((row) => [row.id, row.conversation]));
    const names = agentNames(world, clientIds);
    return { clientIds, rows: found.rows.map((row) => toStored(row, names)) };
  } finally {
    await database.close();
  }
}

type LogRow = {
  id: string;
  conversation: string;
  last_seq: number;
  seq: number;
  public_seq: number | null;
  kind: string;
  sender_kind: 'visitor' | 'agent' | 'system';
  client_id: string;
  body: string;
};

/** Conversation (the visitor's id) → the agent who took it. */
function agentNames(world: World, clientIds: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  return new Map(
    world.agents.flatMap((agent) =>
      [...agent.feeds().keys()].map((id) => [clientIds.get(id) ?? id, agent.name] as const),
    ),
  );
}

function toStored(row: LogRow, agents: ReadonlyMap<string, string>): Stored {
  const words = ['message', 'hello', 'farewell'].includes(row.kind);
  const sender = row.sender_kind === 'visitor' ? 'visitor' : (agents.get(row.conversation) ?? '');
  return {
    ...{ conversation: row.conversation, seq: row.seq, publicSeq: row.public_seq, id: row.client_id },
    ...{ text: row.body, sender: words ? sender : 'relay' },
  };
}

function sentBy({ visitors, agents }: World, clientIds: ReadonlyMap<string, string>): History['sent'] {
  return [...visitors, ...agents]
    .flatMap((client) => client.records)
    .map((record) => ({
      ...record,
      conversation: clientIds.get(record.conversation) ?? record.conversation,
    }));
}

function shownBy({ visitors, agents }: World, clientIds: ReadonlyMap<string, string>): Shown[] {
  const lists = (client: Client, counter: Shown['counter']) =>
    [...client.feeds()].map(([conversation, feed]) => ({
      ...{ client: client.name, conversation: clientIds.get(conversation) ?? conversation, counter },
      lines: feed.lines,
    }));
  return [
    ...visitors.flatMap((visitor) => lists(visitor, 'publicSeq')),
    ...agents.flatMap((agent) => lists(agent, 'seq')),
  ];
}

function toFigures(history: History, run: { cycles: number; readyAfter: readonly number[] }): Measured[] {
  const violations = checkHistory(history);
  for (const violation of violations.slice(0, 20)) console.error(`  ${violation.kind}: ${violation.what}`);
  const count = (kind: Violation['kind']) => violations.filter((one) => one.kind === kind).length;
  const none = (name: string, kind: Violation['kind']) => atMost(name, [count(kind), ''], { must: 0 });
  const acked = history.sent.filter((message) => message.ackedAt !== null).length;
  return [
    none('acknowledged messages lost', 'lost'),
    none('messages doubled', 'doubled'),
    none('messages out of order', 'reordered'),
    none('gaps in the two counters', 'gap'),
    none('messages nobody sent, or with other words', 'invented'),
    none('lists that differ from the log', 'list'),
    atMost('acknowledged messages', [acked, '']),
    atMost('lists read', [history.shown.length, '']),
    atMost('kills', [run.cycles, '']),
    atMost('ready again, median', [median(run.readyAfter), 'ms']),
  ];
}

function countAcked(clients: readonly Client[]): number {
  return clients.reduce((sum, client) => sum + client.records.length - client.pending(), 0);
}
