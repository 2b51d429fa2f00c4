/**
 * A TCP proxy that makes bad weather: between WebSocket clients and a relay, or between a relay and its PostgreSQL or Redis.
 * Each connection has two directions, `up` (from the client) and `down` (to it), and each direction its own weather, which may
 * change at any time. It knows nothing of what it carries; `onData` lets a test look, and cut at the moment it chose.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Direction = 'up' | 'down';

type Weather = {
  readonly latencyMs: number;
  /** Up to so much is added to the latency, evenly; bytes never overtake each other. */
  readonly jitterMs: number;
  /** Bytes are held and the connection stays open. What was held passes when this ends. */
  readonly stalled: boolean;
  /** Bytes are taken and lost. A stream with a hole cannot go on: when this ends after a loss, the connection is reset. */
  readonly swallowed: boolean;
  /** At most so many bytes in one segment; 0 is without limit. */
  readonly sliceBytes: number;
  /** 0 is without limit. */
  readonly bytesPerSecond: number;
};

const FAIR: Weather = {
  ...{ latencyMs: 0, jitterMs: 0, stalled: false, swallowed: false },
  ...{ sliceBytes: 0, bytesPerSecond: 0 },
};

/** What becomes of a chunk that is about to pass; a cut ends both ends, before or after it has been handed on. */
export type Verdict = 'pass' | 'cut-before' | 'cut-after';

export type ChaosOptions = {
  /** Where to; asked anew for each connection, so it may change. `from` is the address to come from. */
  readonly to: () => { readonly port: number; readonly host?: string; readonly from?: string };
  /** 0, the default, is a free one. */
  readonly port?: number;
  readonly onData?: (direction: Direction, chunk: Buffer, connection: ChaosConnection) => Verdict;
  /** For the jitter and the share that is dropped: from 0 up to 1. */
  readonly random?: () => number;
};

export type ChaosConnection = {
  /** Counts from 1, in the order of arrival. */
  readonly number: number;
  readonly openedAt: number;
  set(change: Partial<Weather>, direction?: Direction): void;
  /** RST to both ends. */
  reset(): void;
  /** This end is gone, and the other is told nothing: no FIN, no RST, and its bytes are taken for ever. */
  vanish(end: 'client' | 'server'): void;
};

export type ChaosProxy = {
  readonly port: number;
  /** Those that are open. */
  connections(): readonly ChaosConnection[];
  /** For every connection, open or to come; one direction or, without it, both. */
  set(change: Partial<Weather>, direction?: Direction): void;
  /** Fair weather in both directions, nothing dropped. */
  calm(): void;
  /** From now on this share of new connections is reset as soon as it is made; 1 is "nobody listens". */
  drop(share: number): void;
  resetAll(): void;
  close(): Promise<void>;
};

/** More than this is not taken in ahead of what has passed: the sender shall feel a stalled line, as it does in TCP. */
const HELD_MAX_BYTES = 256 * 1024;

/** Opens the proxy on 127.0.0.1. */
export async function openChaosProxy(options: ChaosOptions): Promise<ChaosProxy> {
  const random = options.random ?? Math.random;
  const open = new Set<ChaosConnection>();
  const weather = { up: FAIR, down: FAIR };
  let dropped = 0;
  let count = 0;
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    if (dropped > 0 && random() < dropped) {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    count += 1;
    const { from, ...to } = options.to();
    const upstream = connect({
      ...{ host: '127.0.0.1', ...to, allowHalfOpen: true, noDelay: true },
      ...(from !== undefined && { localAddress: from }),
    });
    const ends = { client, server: upstream, weather: { ...weather }, number: count };
    const connection = join(ends, { ...options, random }, () => open.delete(connection));
    open.add(connection);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const set = (change: Partial<Weather>, direction?: Direction) => {
    for (const one of directions(direction)) weather[one] = { ...weather[one], ...change };
    for (const connection of [...open]) connection.set(change, direction);
  };
  const resetAll = () => new Set(open).forEach((connection) => void connection.reset());
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => [...open],
    set,
    calm: () => {
      dropped = 0;
      set(FAIR);
    },
    drop: (share) => {
      dropped = share;
    },
    resetAll,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        resetAll();
      }),
  };
}

type Ends = { client: Socket; server: Socket; weather: Record<Direction, Weather>; number: number };
type Means = { onData?: ChaosOptions['onData']; random: () => number };

function join(ends: Ends, means: Means, onClosed: () => void): ChaosConnection {
  const { client, server } = ends;
  const reset = () => {
    client.resetAndDestroy();
    server.resetAndDestroy();
  };
  const flow = (direction: Direction, from: Socket, to: Socket) =>
    createFlow({ from, to, weather: ends.weather[direction], reset, random: means.random }, (chunk) =>
      means.onData ? means.onData(direction, chunk, connection) : 'pass',
    );
  const stop = () => {
    flows.up.stop();
    flows.down.stop();
  };
  const connection: ChaosConnection = {
    number: ends.number,
    openedAt: performance.now(),
    set: (change, direction) => {
      for (const one of directions(direction)) flows[one].set(change);
    },
    reset,
    vanish: (end) => {
      stop();
      (end === 'client' ? client : server).resetAndDestroy();
    },
  };
  const flows = { up: flow('up', client, server), down: flow('down', server, client) };
  for (const socket of [client, server]) {
    socket.on('close', () => client.closed && server.closed && onClosed());
  }
  return connection;
}

type Flow = { set(change: Partial<Weather>): void; stop(): void };

type Line = { from: Socket; to: Socket; weather: Weather; reset: () => void; random: () => number };

/** One direction: what came in waits in a queue until its time has come, and an end or a reset waits in its turn. */
function createFlow({ from, to, reset, random, ...line }: Line, judge: (chunk: Buffer) => Verdict): Flow {
  let { weather } = line;
  let queue: { readonly what: Buffer | 'end' | 'reset'; readonly due: number; readonly rest?: true }[] = [];
  let held = 0;
  let lost = 0;
  let lastDue = 0;
  let isAsleep = false;
  let isFull = false;
  let isOver = false;

  const takeIn = (what: Buffer | 'end' | 'reset') => {
    if (isOver) return;
    if (weather.swallowed) {
      lost += 1;
      return;
    }
    lastDue = Math.max(lastDue, performance.now() + weather.latencyMs + random() * weather.jitterMs);
    queue.push({ what, due: lastDue });
    if (typeof what === 'object') held += what.length;
    if (held > HELD_MAX_BYTES) from.pause();
    pump();
  };

  const pump = () => {
    while (!isAsleep && !isFull && !weather.stalled && !isOver) {
      const next = queue[0];
      if (!next) return;
      const early = next.due - performance.now();
      if (early > 0) return sleep(early);
      queue.shift();
      if (next.what === 'end') to.end();
      else if (next.what === 'reset') to.resetAndDestroy();
      else pass(next.what, next.rest === true || judge(next.what));
    }
  };

  const pass = (chunk: Buffer, verdict: Verdict | true) => {
    if (verdict === 'cut-before' || verdict === 'cut-after') {
      stop();
      if (verdict === 'cut-before') reset();
      // The bytes shall arrive, which a reset behind them might prevent.
      else to.end(chunk, () => from.resetAndDestroy());
      return;
    }
    const slice = weather.sliceBytes > 0 ? chunk.subarray(0, weather.sliceBytes) : chunk;
    const rest = chunk.subarray(slice.length);
    if (rest.length > 0) queue.unshift({ what: rest, due: 0, rest: true });
    held -= slice.length;
    if (held <= HELD_MAX_BYTES && from.isPaused()) from.resume();
    isFull = !to.write(slice);
    if (weather.bytesPerSecond > 0) sleep((slice.length / weather.bytesPerSecond) * 1000);
    else if (rest.length > 0) sleep(0);
  };

  const sleep = (ms: number) => {
    isAsleep = true;
    const wake = () => {
      isAsleep = false;
      pump();
    };
    if (ms > 0) setTimeout(wake, ms).unref();
    else setImmediate(wake);
  };

  /** What is still to come is taken and lost. */
  const stop = () => {
    isOver = true;
    queue = [];
    from.resume();
  };

  from.on('data', takeIn).on('end', () => takeIn('end'));
  from.on('error', () => takeIn('reset'));
  to.on('drain', () => {
    isFull = false;
    pump();
  });
  return {
    set: (change) => {
      weather = { ...weather, ...change };
      if (lost > 0 && !weather.swallowed) reset();
      else pump();
    },
    stop,
  };
}

function directions(direction: Direction | undefined): readonly Direction[] {
  return direction ? [direction] : ['up', 'down'];
}
