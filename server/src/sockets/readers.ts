/**
 * Socket.IO has no back-pressure: what a reader does not take stays in the relay's memory. So what waits is counted for every
 * connection as it is queued, and whoever has stopped reading is cut off: at a bound of their own, after a while without any
 * progress, and, the one with the most first, when all of them together hold more than the relay can spare.
 */
import type { Socket as NetSocket } from 'node:net';
import { SOCKET_MAX_BUFFERED_BYTES } from '@fullname/shared/limits';
import type { Server, Socket } from 'socket.io';

/** What may wait for all readers together. */
const ALL_MAX_BYTES = 32_000_000;
/** Without any progress for so long. The kernel takes megabytes for a slow line: this one is no slow line. */
const STUCK_MS = 20_000;
const SWEEP_MS = 1_000;
/** Whoever is well has taken a burst by then: a broadcast to everybody waits for nobody's fault for a moment. */
const MOMENT_MS = 250;
/** A closed WebSocket waits for the other end's farewell, with all that is queued; nobody at a dead line says farewell. */
const FAREWELL_MS = 2_000;
/**
 * Hundreds may be due at one moment. Each of their packets ends with an error and its stack, when the turn is over: so few are
 * cut in one turn of the event loop, and the others' messages come between.
 */
const CUT_IN_A_TURN = 5;
/** What a packet costs beside its words, which take up to two bytes a unit. */
const PACKET_BYTES = 200;

export type Readers = { stop(): void };

type Engine = Server['engine'];
type Connection = Socket['conn'];

type Reader = {
  readonly connection: Connection;
  /** In the queue of Engine.IO. */
  queued: number;
  /** Handed to the transport, which has not got rid of it yet. */
  inFlight: number;
  /** Since when nothing has been taken, while something waits; 0 while nothing does. */
  stuckSince: number;
};

/** Watches every connection of the engine from now on. `onCut` hears of each that is about to be closed. */
export function watchReaders(
  engine: Engine,
  onCut: (connection: Connection, waiting: number) => void,
): Readers {
  const readers = new Set<Reader>();
  let total = 0;
  let soon: NodeJS.Timeout | undefined;
  let goOn: NodeJS.Immediate | undefined;
  /** Chosen by the last sweep, and not cut yet. */
  let due: Reader[] = [];

  const cut = (reader: Reader) => {
    onCut(reader.connection, waitingOf(reader));
    // Before its end is heard: it must not count twice.
    forget(reader);
    webSocketOf(reader.connection)?.terminate();
    reader.connection.close(true);
  };
  const forget = (reader: Reader) => {
    if (readers.delete(reader)) total -= waitingOf(reader);
  };

  const sweep = () => {
    if (due.length > 0) return;
    due = chooseDue(readers, total);
    cutDue();
  };

  const cutDue = () => {
    for (const reader of due.splice(0, CUT_IN_A_TURN)) {
      // It may have left, or read, since it was chosen.
      if (readers.has(reader) && reader.stuckSince !== 0) cut(reader);
    }
    goOn = due.length > 0 ? setImmediate(cutDue) : undefined;
  };

  const sweepSoon = () => {
    soon ??= setTimeout(() => {
      soon = undefined;
      sweep();
    }, MOMENT_MS).unref();
  };

  const watch = (connection: Connection) => {
    const reader: Reader = { connection, queued: 0, inFlight: 0, stuckSince: 0 };
    readers.add(reader);
    const onDrain = () => {
      if (readers.has(reader)) total -= reader.inFlight;
      reader.inFlight = 0;
      reader.stuckSince = 0;
    };
    connection.on('packetCreate', (packet: { readonly data?: unknown }) => {
      const bytes = PACKET_BYTES + (typeof packet.data === 'string' ? packet.data.length * 2 : 0);
      reader.queued += bytes;
      if (readers.has(reader)) total += bytes;
      if (reader.stuckSince === 0) reader.stuckSince = performance.now();
      if (total > ALL_MAX_BYTES || waitingOf(reader) > SOCKET_MAX_BUFFERED_BYTES) sweepSoon();
    });
    connection.on('flush', () => {
      reader.inFlight += reader.queued;
      reader.queued = 0;
      if (reader.stuckSince === 0) reader.stuckSince = performance.now();
    });
    connection.transport.on('drain', onDrain);
    connection.on('upgrade', (transport: Connection['transport']) => {
      onDrain();
      transport.on('drain', onDrain);
    });
    connection.once('close', () => {
      forget(reader);
      const socket = webSocketOf(connection);
      setTimeout(() => socket?.terminate(), FAREWELL_MS).unref();
    });
  };

  engine.on('connection', watch);
  const timer = setInterval(sweep, SWEEP_MS).unref();
  return {
    stop: () => {
      clearInterval(timer);
      clearTimeout(soon);
      clearImmediate(goOn);
      engine.off('connection', watch);
    },
  };
}

/** Whoever is over a bound of their own; then those with the most, until the rest is half of what all may hold. */
function chooseDue(readers: ReadonlySet<Reader>, total: number): Reader[] {
  const now = performance.now();
  const stuckFor = (reader: Reader) => (reader.stuckSince === 0 ? 0 : now - reader.stuckSince);
  const isOver = (reader: Reader) =>
    stuckFor(reader) > STUCK_MS ||
    (waitingOf(reader) > SOCKET_MAX_BUFFERED_BYTES && stuckFor(reader) > MOMENT_MS);
  const due = [...readers].filter(isOver);
  let left = due.reduce((sum, reader) => sum - waitingOf(reader), total);
  if (left <= ALL_MAX_BYTES) return due;
  const most = [...readers].filter((reader) => !isOver(reader) && stuckFor(reader) > MOMENT_MS);
  most.sort((a, b) => waitingOf(b) - waitingOf(a));
  // Down to a half: at the bound itself the next packet would begin all this again.
  for (const reader of most) {
    if (left <= ALL_MAX_BYTES / 2) break;
    due.push(reader);
    left -= waitingOf(reader);
  }
  return due;
}

function waitingOf({ queued, inFlight }: Reader): number {
  return queued + inFlight;
}

/** Undefined for long-polling, whose requests end by themselves. */
/** What of a WebSocket is needed here, and what is private of it. */
type WebSocket = { terminate(): void; readonly _socket?: NetSocket | null };

/** The WebSocket beneath a connection; none while it polls. */
export function webSocketOf({ transport }: Pick<Connection, 'transport'>): WebSocket | undefined {
  return (transport as { readonly socket?: WebSocket }).socket;
}
