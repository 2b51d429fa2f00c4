/**
 * Joins the relays by Socket.IO's Redis Streams adapter. Local sockets are told first and wait for nothing; the adapter
 * writes and reads through our stream, which bounds it, and in which beats show that what is written is heard.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import type { Server } from 'socket.io';
import { Adapter, MessageType } from 'socket.io-adapter';
import type { Logger } from '../log.ts';
import type { RedisAddress } from './address.ts';
import type { Cluster, WakeUp } from './cluster.ts';
import { connect } from './connect.ts';
import { createPulse } from './pulse.ts';
import { openStream, type Stream } from './stream.ts';

/** The part of Socket.IO that the adapter extends, and that it leaves undescribed. */
type MakeAdapter = typeof Adapter;
type Message = { readonly type: number; readonly data: unknown };
type Clustered = Adapter & {
  publish(message: Message): void;
  doPublish(message: Message): Promise<string>;
  onRawMessage(raw: { readonly line: string }): void;
  onMessage(message: Message & { readonly uid: string; readonly nsp: string }): void;
};

/** As much of a client of Redis as the adapter calls. */
type AdapterClient = {
  readonly options: object;
  duplicate(): AdapterClient;
  on(): AdapterClient;
  disconnect(): void;
  xread(): Promise<[string, [id: string, fields: string[]][]][] | null>;
  subscribe(): Promise<number>;
  publish(): Promise<number>;
};

type Joining = {
  readonly io: Server;
  readonly address: RedisAddress;
  readonly ca: string | undefined;
  readonly log: Logger;
};

const LOG_EVERY_MS = 10_000;
/** A goodbye is worth no longer wait. */
const BYE_MS = 100;

export function joinCluster({ io, address, ca, log }: Joining): Cluster {
  const me = randomBytes(8).toString('hex');
  const onError = seldom((error: unknown) =>
    log.warn({ err: error }, 'Redis does not answer; other relays are heard by asking the store'),
  );
  const writer = connect({ address, ca, onError });
  const reader = connect({ address, ca, onError });
  const told = new Map<WakeUp, Set<() => void>>();
  const pulse = createPulse({
    me,
    log,
    beat: (sign) => stream.write('sign', sign),
    forget: (by) => stream.forget(by),
  });
  const stream = openStream(
    { writer, reader, me },
    {
      missed: pulse.missed,
      heard: (by, kind, value) => {
        pulse.heard(by, kind === 'sign' ? value : undefined);
        if (kind !== 'told' || by === me) return;
        for (const listener of told.get(value as WakeUp) ?? []) listener();
      },
    },
  );
  reader.on('close', pulse.cut);
  writer.on('close', pulse.cut);
  adaptTo(io, stream, pulse.others);
  pulse.start();

  return {
    tell: (kind) => stream.write('told', kind),
    onTold: (kind, listener) => {
      const listeners = told.get(kind) ?? new Set();
      told.set(kind, listeners.add(listener));
      return () => listeners.delete(listener);
    },
    onMissed: pulse.onMissed,
    onHealed: pulse.onHealed,
    state: pulse.state,
    others: pulse.others,
    close: async () => {
      pulse.stop();
      // Whoever spoke after their goodbye would be waited for.
      stream.close();
      await wait(BYE_MS);
      writer.disconnect();
      reader.disconnect();
    },
  };
}

/**
 * The adapter takes a client of Redis and calls these methods of it; what it makes of connections, offsets and failures
 * is not for a relay: it reads `$` again and again, in which entries are lost, spins while Redis refuses, keeps
 * commands without end while it is away, and leaves rejections to nobody.
 */
function adaptTo(io: Server, stream: Stream, others: () => number): void {
  const client: AdapterClient = {
    options: {},
    duplicate: () => client,
    on: () => client,
    disconnect: () => undefined,
    xread: async () => {
      const lines = await stream.read();
      return (
        lines && [['', lines.map((line) => ['', ['nsp', line.slice(0, line.indexOf('\t')), 'line', line]])]]
      );
    },
    // Questions to other relays, which this one asks never.
    subscribe: () => Promise.resolve(0),
    publish: () => Promise.resolve(0),
  };
  const make = createAdapter(client, { onlyPlaintext: true });
  // Socket.IO calls it with `new`; an arrow function cannot be.
  io.adapter(function clustered(namespace: Parameters<typeof make>[0]) {
    const adapter = inLines(localFirst(make(namespace) as unknown as Clustered), stream);
    adapter.serverCount = () => Promise.resolve(others() + 1);
    return adapter;
  } as unknown as MakeAdapter);
}

/**
 * As it comes, the adapter tells its own sockets, and closes them, only after Redis has answered. And it encodes a packet also
 * where nobody is to hear it: of several relays that is the rule.
 */
function localFirst(adapter: Clustered): Clustered {
  const { broadcast, disconnectSockets } = Adapter.prototype;
  type Options = Parameters<typeof broadcast>[1];
  const encoded = ({ rooms, except, flags }: Options) => ({
    rooms: [...rooms],
    except: [...(except ?? [])],
    flags,
  });
  adapter.broadcast = (packet, options) => {
    if (isAnybodyIn(adapter, [...options.rooms])) broadcast.call(adapter, packet, options);
    if (options.flags?.local) return;
    adapter.publish({ type: MessageType.BROADCAST, data: { packet, opts: encoded(options) } });
  };
  adapter.disconnectSockets = (options, close) => {
    disconnectSockets.call(adapter, options, close);
    if (options.flags?.local) return;
    adapter.publish({ type: MessageType.DISCONNECT_SOCKETS, data: { opts: encoded(options), close } });
  };
  return adapter;
}

/** Of no room: to everybody. */
function isAnybodyIn({ rooms }: Adapter, those: readonly string[]): boolean {
  return those.length === 0 || those.some((room) => rooms.has(room));
}

/** What is said to no room stands for everybody; a name of a room holds none of the three. */
const [PART, ROOM] = ['\t', '\u001f'];

/**
 * A line is the namespace, the kind, the rooms and the rest as JSON, which has no tab and no line break of its own. The rooms stand
 * apart so that a relay with nobody in them need not take the rest to pieces: of many relays, most are that.
 */
function inLines(adapter: Clustered, stream: Stream): Clustered {
  const nsp = adapter.nsp.name;
  adapter.doPublish = ({ type, data }) => {
    const { opts } = data as { readonly opts?: { readonly rooms?: readonly string[] } };
    stream.write('said', [nsp, type, opts?.rooms?.join(ROOM) ?? '', JSON.stringify(data)].join(PART));
    return Promise.resolve('');
  };
  adapter.onRawMessage = ({ line }) => {
    const [, type, rooms = '', json = ''] = line.split(PART);
    if (!isAnybodyIn(adapter, rooms === '' ? [] : rooms.split(ROOM))) return;
    adapter.onMessage({ uid: '', nsp, type: Number(type), data: JSON.parse(json) });
  };
  return adapter;
}

/** A Redis that is away fails many times a second; the log need not say it as often. */
function seldom(act: (error: unknown) => void): (error: unknown) => void {
  let last = Number.NEGATIVE_INFINITY;
  return (error) => {
    const now = performance.now();
    if (now - last < LOG_EVERY_MS) return;
    last = now;
    act(error);
  };
}
