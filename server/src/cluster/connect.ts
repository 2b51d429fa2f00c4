/** Connections to Redis, in each of its forms. Whatever one does, it ends: a command in two seconds, a silent connection in three. */
import type { SecureContextOptions } from 'node:tls';
import { Redis, Cluster as RedisCluster, type RedisOptions } from 'ioredis';
import type { RedisAddress } from './address.ts';

export type Client = Redis | RedisCluster;

export type Connecting = {
  readonly address: RedisAddress;
  /** PEM of a certificate authority that the machine does not know; undefined trusts those it does. */
  readonly ca: string | undefined;
  /** Every failure of the connection, again and again while it lasts. */
  readonly onError: (error: unknown) => void;
};

type OwnOptions = Omit<RedisOptions, 'replyMapping'>;

const COMMAND_TIMEOUT_MS = 2_000;
/** A half-open connection says nothing for ever; a whole one answers a beat many times in this time. */
const SILENCE_MS = 3_000;
const CONNECT_TIMEOUT_MS = 2_000;
const RETRY_MAX_MS = 1_000;

/** A connection that comes back by itself until it is told to disconnect. Nothing is kept for when it is back. */
export function connect({ address, ca, onError }: Connecting): Client {
  const client =
    address.form === 'cluster' ? clusterOf(address, ca) : new Redis(singleOrSentinel(address, ca));
  client.on('error', onError);
  if (client instanceof RedisCluster) client.on('+node', survive);
  else survive(client);
  return client;
}

/**
 * ioredis listens to a socket's first error alone. A second one, as TLS has when a certificate is refused, would be nobody's
 * and end the relay.
 */
function survive(client: Redis): void {
  let own: Redis['stream'] | undefined;
  Object.defineProperty(client, 'stream', {
    configurable: true,
    get: () => own,
    set: (stream: Redis['stream'] | undefined) => {
      own = stream;
      stream?.on('error', () => undefined);
    },
  });
}

function singleOrSentinel(address: RedisAddress, ca: string | undefined): OwnOptions {
  const [first] = address.hosts;
  const tls = address.tls ? secured(ca) : undefined;
  const own = { ...common(address), ...(tls && { tls }), retryStrategy: retryAfter, db: address.db };
  if (address.form === 'single') return { ...own, ...first };
  return {
    ...own,
    sentinels: [...address.hosts],
    name: address.master,
    ...(tls && { sentinelTLS: tls, enableTLSForSentinelMode: true }),
    ...(address.sentinelUsername !== undefined && { sentinelUsername: address.sentinelUsername }),
    ...(address.sentinelPassword !== undefined && { sentinelPassword: address.sentinelPassword }),
    sentinelRetryStrategy: retryAfter,
    sentinelReconnectStrategy: retryAfter,
    sentinelCommandTimeout: COMMAND_TIMEOUT_MS,
  };
}

function clusterOf(address: RedisAddress, ca: string | undefined): RedisCluster {
  return new RedisCluster([...address.hosts], {
    enableOfflineQueue: false,
    clusterRetryStrategy: retryAfter,
    clusterNodeRetryStrategy: retryAfter,
    slotsRefreshTimeout: COMMAND_TIMEOUT_MS,
    slotsRefreshInterval: 5_000,
    redisOptions: { ...common(address), ...(address.tls && { tls: secured(ca) }) },
  });
}

function common({ username, password }: RedisAddress) {
  return {
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
    // Replies as lists, from every server and through every proxy.
    protocol: 2,
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    keepAlive: 5_000,
    noDelay: true,
    // What cannot be written now is old when it can be: it is dropped, and the store says what was missed.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // A master that became a replica refuses writes; the next connection finds its successor.
    reconnectOnError: (error: Error) => error.message.startsWith('READONLY'),
  } satisfies RedisOptions;
}

function secured(ca: string | undefined): SecureContextOptions {
  return ca === undefined ? {} : { ca };
}

function retryAfter(attempt: number): number {
  return Math.min(50 * 2 ** Math.min(attempt, 6), RETRY_MAX_MS) * (0.5 + Math.random() / 2);
}
