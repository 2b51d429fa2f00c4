/** Sockets that only stay: connected once for memory and the rate of connecting, or coming back by themselves for a storm. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Result } from '@fullname/shared/errors';
import { PROTOCOL } from '@fullname/shared/limits';
import { eventually } from '../../support/eventually.ts';
import { openRawSocket, type RawOptions, type RawSocket } from '../../support/raw-socket.ts';
import { clientIdOf, tokenOf } from './crowd.ts';
import type { Arrivals, Order, Return, Target } from './orders.ts';

/** Handshakes at once, as floors are measured: more only wait in the relay's own queue. */
const AT_ONCE = 64;
/** The longest of the widget's pauses, and then some. */
const RETURN_WITHIN_MS = 180_000;

export function originOf(url: string): string {
  return url.replace(/^ws/, 'http');
}

/** Runs the work for each, so many at once; gives the results in order. */
export async function inParallel<One, Value>(
  all: readonly One[],
  work: (one: One, index: number) => Promise<Value>,
): Promise<Value[]> {
  const values: Value[] = [];
  let next = 0;
  const hand = async () => {
    for (let index = next++; index < all.length; index = next++) {
      values[index] = await work(all[index] as One, index);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
  return values;
}

// ── Connected once ──────────────────────────────────────────────────────────

const open: RawSocket[] = [];

export async function idle({ target, who, from, count }: Extract<Order, { do: 'idle' }>): Promise<Arrivals> {
  const before = performance.now();
  const numbers = Array.from({ length: count }, (_, index) => from + index);
  const sockets = await inParallel(numbers, (number) => arrive(target, { who, number }));
  open.push(...sockets);
  return { arrived: sockets.length, seconds: (performance.now() - before) / 1000 };
}

export async function part(): Promise<null> {
  const closing = open.splice(0);
  for (const socket of closing) socket.close();
  await Promise.all(closing.map((socket) => socket.closed));
  return null;
}

/** Connected, and with the real relay welcomed: before that a client shows nothing. */
async function arrive(
  target: Target,
  { who, number }: { who: 'stranger' | 'visitor' | 'agent'; number: number },
): Promise<RawSocket> {
  if (target.kind === 'bare') {
    const [url, namespace] =
      who === 'agent' ? [target.agentsAt, '/agent' as const] : [target.visitorsAt, '/visitor' as const];
    return openRawSocket({ url, namespace, auth: { pair: number, pairs: [number] } });
  }
  let welcome: () => void = () => undefined;
  const welcomed = new Promise<void>((resolve) => {
    welcome = resolve;
  });
  const onFrame = (frame: string) => {
    if (frame.includes('["welcome"')) welcome();
  };
  const socket = await openRawSocket({ ...optionsOf(target, { who, number }), onFrame });
  await welcomed;
  return socket;
}

function optionsOf(
  target: Target,
  { who, number }: { who: 'stranger' | 'visitor' | 'agent'; number: number },
): RawOptions {
  if (who === 'agent') {
    const cookie = target.cookies[number % target.cookies.length] ?? '';
    const headers = { origin: originOf(target.agentsAt), cookie };
    return { url: target.agentsAt, namespace: '/agent', auth: { protocol: PROTOCOL }, headers };
  }
  const token = who === 'visitor' ? tokenOf(number) : undefined;
  const auth = { protocol: PROTOCOL, site: target.site, token, locale: 'en' };
  return {
    url: target.visitorsAt,
    namespace: '/visitor',
    auth,
    headers: { origin: originOf(target.visitorsAt) },
  };
}

// ── Coming back ─────────────────────────────────────────────────────────────

/** Milliseconds to wait before this try: the widget's own function. */
type Backoff = (attempt: number) => number;

/** A visitor who comes back whenever the line is lost, and asks for what the log has beyond what they know. */
type Idler = { known: number; at: number };

export async function gather({ target, count, backoff }: Extract<Order, { do: 'gather' }>): Promise<{
  returned(publicSeq: number): Promise<Return>;
}> {
  const pause = ((await import(backoff)) as { backoff: Backoff }).backoff;
  const refusals: Record<string, number> = {};
  let tries = 0;
  const idlers: Idler[] = [];

  const stay = async (idler: Idler, number: number): Promise<void> => {
    for (let failures = 0; ; ) {
      tries += 1;
      const socket = await comeIn(target, { idler, number }).catch((error: unknown) => {
        const code = error instanceof Error ? error.message : '';
        if (/^[A-Z_]+$/.test(code)) refusals[code] = (refusals[code] ?? 0) + 1;
      });
      if (socket) {
        failures = 0;
        await socket.closed;
      }
      failures += 1;
      await wait(pause(failures));
    }
  };

  const all = Array.from({ length: count }, (_, number) => number);
  await inParallel(all, async (number) => {
    const idler: Idler = { known: 0, at: 0 };
    idlers[number] = idler;
    void stay(idler, number);
    await eventually(`visitor ${number} is in`, () => idler.known > 0, 30_000);
  });
  return {
    async returned(publicSeq) {
      await eventually(
        `every visitor has come back and knows entry ${publicSeq}`,
        () => idlers.every((idler) => idler.known >= publicSeq),
        RETURN_WITHIN_MS,
      );
      return { at: idlers.map((idler) => idler.at), refusals, tries };
    },
  };
}

/** One try. Resolves when the visitor knows all that the welcome speaks of; the time is taken then. */
async function comeIn(
  target: Target,
  { idler, number }: { idler: Idler; number: number },
): Promise<RawSocket> {
  let hear: (publicSeq: number) => void = () => undefined;
  const welcomed = new Promise<number>((resolve) => {
    hear = resolve;
  });
  const onFrame = (frame: string) => {
    if (!frame.includes('["welcome"')) return;
    const [, welcome] = JSON.parse(frame.slice(frame.indexOf('['))) as [
      string,
      { conversations: readonly { publicSeq: number }[] },
    ];
    hear(welcome.conversations[0]?.publicSeq ?? 0);
  };
  const socket = await openRawSocket({ ...optionsOf(target, { who: 'visitor', number }), onFrame });
  const lost = socket.closed.then(() => null);
  const last = await Promise.race([welcomed, lost]);
  if (last !== null && last > idler.known) {
    if (idler.known > 0) await catchUp(socket, { idler, number });
    idler.known = last;
    idler.at = Date.now();
  }
  return socket;
}

async function catchUp(
  socket: RawSocket,
  { idler, number }: { idler: Idler; number: number },
): Promise<void> {
  const asked = { conversation: clientIdOf(number), after: idler.known };
  const result = (await socket.ask('entries:fetch', asked)) as Result<{ entries: readonly unknown[] }>;
  if (!result.ok) throw new Error(result.code);
  if (result.value.entries.length === 0) throw new Error('Nothing was there to catch up with.');
}
