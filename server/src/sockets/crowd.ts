/**
 * How many sockets one address has open at this relay. Generous, because an office or a mobile network is one address: it is
 * there so that one machine cannot take all that the relay has. Counted beside the sockets and not over all relays: what is
 * to be kept free is this relay's memory.
 */
import type { IncomingMessage } from 'node:http';
import type { Server } from 'socket.io';
import { addressKey } from '../http/addresses.ts';
import type { Logger } from '../log.ts';

export type Crowd = {
  /** Whether one more is let in. */
  hasRoom(request: IncomingMessage): boolean;
  /** Counts the sockets of this server. */
  count(io: Server): void;
};

export type CrowdOptions = {
  /** `undefined` counts nothing. */
  readonly max: number | undefined;
  /** The proxies in front, as in TRUST_PROXY. */
  readonly hops: number;
  readonly log: Logger;
};

const SAY_EVERY_MS = 60_000;

export function createCrowd({ max, hops, log }: CrowdOptions): Crowd {
  if (max === undefined) return { hasRoom: () => true, count: () => undefined };
  const open = new Map<string, number>();
  let saidAt = Number.NEGATIVE_INFINITY;

  function say(): void {
    const now = performance.now();
    if (now - saidAt < SAY_EVERY_MS) return;
    saidAt = now;
    log.warn(
      { max },
      'one address has as many sockets as SOCKETS_PER_ADDRESS allows: if it is a proxy of yours, set TRUST_PROXY',
    );
  }

  return {
    hasRoom(request) {
      if ((open.get(addressKey(request, hops)) ?? 0) < max) return true;
      say();
      return false;
    },
    count(io) {
      io.engine.on('connection', (conn: EngineSocket) => {
        const address = addressKey(conn.request, hops);
        open.set(address, (open.get(address) ?? 0) + 1);
        conn.once('close', () => {
          const left = (open.get(address) ?? 1) - 1;
          if (left > 0) open.set(address, left);
          else open.delete(address);
        });
      });
    },
  };
}

type EngineSocket = {
  readonly request: IncomingMessage;
  once(event: 'close', listener: () => void): void;
};
