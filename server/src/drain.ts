/**
 * How a relay leaves while others go on: it is not ready any more, but answers until balancers have seen it; then it
 * takes nobody in and asks its clients to take another line; then it answers what was asked, and closes.
 */
import { type Server as HttpServer, type IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Server } from 'socket.io';
import type { Config } from './config.ts';
import type { Announce } from './desk/announce.ts';

export type Drain = {
  isDraining(): boolean;
  /** From now on not ready. Resolves when the clients have gone elsewhere, or were asked to for long enough. */
  sendAway(): Promise<void>;
  /** Nobody comes in any more; what was asked is answered, then everything is closed. */
  close(): Promise<void>;
};

/** Parts of DRAIN_SECONDS: until balancers have looked at /readyz, and for clients to go. The rest is for what is at work. */
const NOTICE = 0.2;
const LEAVING = 0.5;
/** Away from production nobody waits for a balancer, and somebody for the terminal. */
const LEAVING_AT_HOME_MS = 500;
/** After their time for those whose browser did not let them go in it. */
const GRACE_MS = 500;
const ANSWERS_WITHIN_MS = 2_000;

export function createDrain(
  { http, io }: { readonly http: HttpServer; readonly io: Server },
  announce: Announce,
  config: Config,
): Drain {
  const total = config.drainSeconds * 1000;
  const times = config.production
    ? { notice: total * NOTICE, leaving: Math.floor(total * LEAVING) }
    : { notice: 0, leaving: LEAVING_AT_HOME_MS };
  let draining = false;
  let turnsAway = false;

  // A connection that is kept alive would bring the next request here.
  http.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    if (draining) response.setHeader('Connection', 'close');
  });
  io.engine.use((request: IncomingMessage, response: object, next: () => void) => {
    if (turnsAway && isNewcomer(request)) turnAway(request, response);
    else next();
  });

  async function sendAway(): Promise<void> {
    draining = true;
    await wait(times.notice);
    turnsAway = true;
    announce.leaving(times.leaving);
    await untilGone(io, times.leaving + GRACE_MS);
  }

  async function close(): Promise<void> {
    const closed = new Promise((resolve) => http.close(resolve));
    // What is written to a socket goes out first, which the end of the server would not wait for.
    for (const client of Object.values(clientsOf(io))) client.close();
    await untilGone(io, GRACE_MS);
    const late = new AbortController();
    await Promise.race([closed, wait(ANSWERS_WITHIN_MS, null, { signal: late.signal }).catch(() => null)]);
    late.abort();
    await io.close();
    http.closeAllConnections();
  }

  return { isDraining: () => draining, sendAway, close };
}

/** A session's later requests carry its number. */
function isNewcomer(request: IncomingMessage): boolean {
  return !/[?&]sid=/.test(request.url ?? '');
}

/** By a status with which balancers ask the next relay; where there is none, the client comes back by itself. */
function turnAway(request: IncomingMessage, response: object): void {
  if (response instanceof ServerResponse) response.writeHead(503, { 'Retry-After': '1' }).end();
  else
    request.socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}

/** Clients were asked to leave by themselves, each at its own moment; those that do not are closed. */
async function untilGone(io: Server, atMost: number): Promise<void> {
  const until = performance.now() + atMost;
  while (io.engine.clientsCount > 0 && performance.now() < until) await wait(25);
}

function clientsOf(io: Server): Readonly<Record<string, { close(): void }>> {
  return (io.engine as unknown as { clients: Record<string, { close(): void }> }).clients;
}
