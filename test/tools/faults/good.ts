/**
 * A hundred visitors who do nothing wrong, beside whom others misbehave: in a process of their own, so that what they wait
 * for is the relay and not the attackers.
 */
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PROTOCOL } from '@fullname/shared/limits';
import type { Stage } from '../../support/figures.ts';
import { openRawSocket, type RawSocket } from '../../support/raw-socket.ts';
import type { SpawnedRelay } from '../../support/spawn-relay.ts';

export type Talk = {
  /** From a message's sending to its acknowledgement, in milliseconds. */
  readonly latencies: readonly number[];
  readonly sent: number;
  /** Refused, or not acknowledged within ten seconds. */
  readonly failed: number;
  /** Clients whose connection is closed. */
  readonly closed: number;
};

export type GoodOrder =
  | { readonly do: 'connect'; readonly relay: { port: number; site: string }; readonly count: number }
  | { readonly do: 'talk'; readonly seconds: number; readonly everyMs: number };

export type Good = { talk(seconds: number): Promise<Talk> };

/** How often each of them says something. */
const EVERY_MS = 500;

/** Connects them, each from an address of its own. */
export async function openGood(
  stage: Stage,
  relay: SpawnedRelay & { readonly site: string },
  count = 100,
): Promise<Good> {
  const child = fork(fileURLToPath(import.meta.resolve('./good-process.js')));
  stage.atEnd(() => child.kill());
  const give = (order: GoodOrder) =>
    new Promise<Talk | null>((resolve, reject) => {
      const onExit = () => reject(new Error('the good clients have ended'));
      child.once('exit', onExit);
      child.once('message', (answer: { talk?: Talk | null; error?: string }) => {
        child.off('exit', onExit);
        if (answer.error === undefined) resolve(answer.talk ?? null);
        else reject(new Error(answer.error));
      });
      child.send(order);
    });
  await give({ do: 'connect', relay: { port: relay.port, site: relay.site }, count });
  return {
    talk: async (seconds) => {
      const talk = await give({ do: 'talk', seconds, everyMs: EVERY_MS });
      if (!talk) throw new Error('the good clients did not talk');
      return talk;
    },
  };
}

/** A visitor's socket, let in and idle; through a proxy the port is another than the Origin's. */
export function aVisitorSocket(to: {
  readonly port: number;
  readonly origin: string;
  readonly site: string;
  readonly from?: string;
  readonly onFrame?: (frame: string) => void;
}): Promise<RawSocket> {
  return openRawSocket({
    ...{ url: `ws://127.0.0.1:${to.port}`, namespace: '/visitor', headers: { origin: to.origin } },
    auth: { protocol: PROTOCOL, site: to.site, locale: 'en' },
    ...(to.from !== undefined && { from: to.from }),
    ...(to.onFrame && { onFrame: to.onFrame }),
  });
}

/** Makes so many, a few at a time: how many can be let in at once is not what is asked here. */
export async function inTurn<Made>(count: number, make: (index: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  let next = 0;
  const worker = async () => {
    for (let index = next++; index < count; index = next++) made[index] = await make(index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return made;
}

const AT_ONCE = 8;

/** Resident memory of a process, in megabytes. */
export function megabytesOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * How many connections from addresses that begin so are open at the relay's end, as the system sees it. A client that does not
 * read cannot know that its connection was closed.
 */
export function countOpen(port: number, from: string): number {
  const local = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync('/proc/net/tcp', 'utf8').split('\n').slice(1);
  return lines.filter((line) => {
    const [, here = '', there = '', state] = line.trim().split(/\s+/);
    return state === ESTABLISHED && here.endsWith(local) && addressOf(there).startsWith(from);
  }).length;
}

const ESTABLISHED = '01';

/** `0705007F:1F90` is 127.0.5.7. */
function addressOf(hex: string): string {
  const bytes = /../g;
  return (hex.slice(0, 8).match(bytes) ?? [])
    .map((byte) => Number.parseInt(byte, 16))
    .reverse()
    .join('.');
}
