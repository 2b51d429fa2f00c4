/**
 * What is looked at again and again while sockets are open: heads (the *last* message lost leaves no gap to see),
 * rights that ended elsewhere, and readers that stopped reading.
 */
import { HEADS_EVERY_MS, RIGHTS_SWEEP_MS } from '@fullname/shared/limits';
import type { Cluster } from '../cluster/cluster.ts';
import type { AgentNamespace, VisitorNamespace } from '../desk/announce.ts';
import { createCatchUp, type Here } from '../desk/catch-up.ts';
import type { Floor } from '../desk/conversations.ts';
import { headsFor, tellVisitors } from '../desk/heads.ts';
import { stillValid } from '../people/sessions.ts';
import { blockedAmong } from '../people/visitors.ts';
import type { AgentSocket } from './agent.ts';
import { watchReaders } from './readers.ts';
import type { VisitorSocket } from './visitor-door.ts';

const MARK_EVERY_MS = 2_000;
const VISITORS_AT_ONCE = 200;

type Namespaces = { readonly visitors: VisitorNamespace; readonly agents: AgentNamespace };

export type Watch = {
  /** How often the store was asked for other relays' news. */
  readonly rounds: () => number;
  stop(): void;
};

export function watchSockets(floor: Floor, { visitors, agents }: Namespaces, cluster: Cluster): Watch {
  const visitorSockets = () => [...visitors.sockets.values()] as VisitorSocket[];
  const agentSockets = () => [...agents.sockets.values()] as AgentSocket[];

  const knownVisitors = () => [...new Set(visitorSockets().flatMap((socket) => socket.data.visitor ?? []))];
  const here: Here = {
    visitors: knownVisitors,
    screens: () =>
      agentSockets().map(({ id, data }) => ({ socket: id, person: data.person, opened: data.opened })),
  };
  const elsewhere = cluster.state() === 'off' ? null : listenElsewhere(floor, here, cluster);

  const timers = [
    repeat(floor, HEADS_EVERY_MS, async () => {
      floor.news.countAgain();
      await tellAgents(floor, agentSockets());
      const known = knownVisitors();
      for (let from = 0; from < known.length; from += VISITORS_AT_ONCE) {
        await tellVisitors(floor, known.slice(from, from + VISITORS_AT_ONCE));
      }
    }),
    repeat(floor, RIGHTS_SWEEP_MS, async () => {
      await endRights(floor, agentSockets());
      await endBlocked(floor, visitorSockets());
    }),
  ];
  const readers = watchReaders(visitors.server.engine, (connection, waiting) => {
    floor.log.info({ waiting }, 'a reader stopped reading and was cut off');
    floor.metrics.cut(agentSockets().some(({ conn }) => conn === connection) ? 'agent' : 'visitor');
  });
  return {
    rounds: () => elsewhere?.rounds() ?? 0,
    stop: () => {
      timers.forEach(clearInterval);
      readers.stop();
      elsewhere?.stop();
    },
  };
}

/** What other relays could not tell us. */
function listenElsewhere(floor: Floor, here: Here, cluster: Cluster): Watch {
  const catchUp = createCatchUp(floor, here);
  const marks = repeat(floor, MARK_EVERY_MS, catchUp.keepMark);
  // The first before anybody is connected: what is missed in this relay's first seconds lies after it. Without it, see there.
  catchUp.keepMark().catch(() => undefined);
  const undo = [cluster.onMissed(catchUp.missed), cluster.onHealed(catchUp.healed)];
  return {
    rounds: catchUp.rounds,
    stop: () => {
      clearInterval(marks);
      for (const stop of undo) stop();
      catchUp.stop();
    },
  };
}

async function tellAgents(floor: Floor, sockets: readonly AgentSocket[]): Promise<void> {
  const opened = new Set(sockets.flatMap((socket) => [...socket.data.opened]));
  const heads = new Map((await headsFor(floor, [...opened])).map((head) => [head.conversation, head]));
  for (const socket of sockets) {
    floor.announce.agentHeads(socket.id, {
      heads: [...socket.data.opened].flatMap((id) => heads.get(id) ?? []),
      counts: floor.news.counts(socket.data.person),
    });
  }
}

/** Sign-out and deactivation close sockets at once on this relay; this finds those that ended on another one, or by time. */
async function endRights(floor: Floor, sockets: readonly AgentSocket[]): Promise<void> {
  const hashes = [
    ...new Map(sockets.map(({ data }) => [data.session.toString('hex'), data.session])).values(),
  ];
  if (hashes.length === 0) return;
  const valid = await stillValid(floor.db, hashes);
  for (const hash of hashes) {
    const hex = hash.toString('hex');
    if (!valid.has(hex)) floor.announce.endSession(hex);
  }
}

/** A visitor who was put aside by another relay, or just as the socket was let in. */
async function endBlocked(floor: Floor, sockets: readonly VisitorSocket[]): Promise<void> {
  const known = [...new Set(sockets.flatMap(({ data }) => data.visitor ?? []))];
  for (const visitor of await blockedAmong(floor.db, known)) floor.announce.endVisitor(visitor);
}

/** How many sockets are open, and what waits to be read by them. */
export function figuresOf(namespace: VisitorNamespace | AgentNamespace): {
  open: number;
  queuedBytes: number;
} {
  const sockets = [...namespace.sockets.values()] as (VisitorSocket | AgentSocket)[];
  return { open: sockets.length, queuedBytes: sockets.reduce((sum, one) => sum + bufferedBytes(one), 0) };
}

function bufferedBytes(socket: VisitorSocket | AgentSocket): number {
  const { transport, writeBuffer } = socket.conn as unknown as {
    transport: { socket?: { bufferedAmount?: number } };
    writeBuffer: readonly { data?: unknown }[];
  };
  const queued = writeBuffer.reduce(
    (sum, packet) => sum + (typeof packet.data === 'string' ? packet.data.length : 0),
    0,
  );
  return queued + (transport.socket?.bufferedAmount ?? 0);
}

/** Every so often, never twice at once; a failure is logged and the next round tries again. */
function repeat(floor: Floor, every: number, work: () => Promise<void>): NodeJS.Timeout {
  let running = false;
  return setInterval(() => {
    if (running) return;
    running = true;
    work()
      .catch((error: unknown) => floor.log.warn({ err: error }, 'a round over the sockets failed'))
      .finally(() => {
        running = false;
      });
  }, every).unref();
}
