/**
 * Several relays as one, by Socket.IO's Redis Streams adapter. Redis is a wake-up, never the truth: local sockets are told
 * first and do not wait for it; what other relays miss while it is gone comes with the next heads.
 */
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import type { Server } from 'socket.io';
import { Adapter, MessageType } from 'socket.io-adapter';
import type { Logger } from '../log.ts';

type MakeAdapter = typeof Adapter;
type Broadcast = Adapter['broadcast'];
type Clustered = Adapter & {
  publish(message: { type: number; data: unknown }): void;
};

const COMMAND_TIMEOUT_MS = 10_000;
/** Shorter than the timeout, or every quiet read would count as a failure. */
const READ_BLOCK_MS = 5_000;

export type Cluster = { close(): Promise<void> };

export function joinCluster(io: Server, redisUrl: string, log: Logger): Cluster {
  const redis = new Redis(redisUrl, {
    // The adapter reads in a loop: an error at once, instead of waiting for the connection, would spin it.
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(100 * attempt, 2_000),
  });
  redis.on('error', (error: unknown) =>
    log.warn({ err: error }, 'Redis does not answer; other relays are told by heads'),
  );
  const make = createAdapter(redis, { streamName: 'fullname', blockTimeInMs: READ_BLOCK_MS });
  // Socket.IO calls it with `new`; an arrow function cannot be.
  io.adapter(function clustered(namespace: Parameters<typeof make>[0]) {
    return localFirst(make(namespace) as unknown as Clustered);
  } as unknown as MakeAdapter);
  return {
    close: async () => {
      redis.disconnect();
      await Promise.resolve();
    },
  };
}

/** As it comes, the adapter emits to its own sockets only after Redis has answered. */
function localFirst(adapter: Clustered): Clustered {
  const toLocal: Broadcast = Adapter.prototype.broadcast;
  adapter.broadcast = (packet, options) => {
    toLocal.call(adapter, packet, options);
    if (options.flags?.local) return;
    const { rooms, except, flags } = options;
    adapter.publish({
      type: MessageType.BROADCAST,
      data: { packet, opts: { rooms: [...rooms], except: [...(except ?? [])], flags } },
    });
  };
  return adapter;
}
