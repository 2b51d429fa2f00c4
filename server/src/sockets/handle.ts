/**
 * One wrapper around every event: budget, parse, run, acknowledge; the only catch. Naive handlers threw on most fuzzed events,
 * and a throw inside one would take the relay down.
 */
import { ERROR_TEXTS, type ErrorCode, failed, ok, type Result } from '@fullname/shared/errors';
import { ANSWERED_WITHIN_MS } from '@fullname/shared/limits';
import type { z } from 'zod';
import type { Logger } from '../log.ts';
import type { End, Metrics } from '../metrics/metrics.ts';
import { RelayError, sqlStateOf } from '../relay-error.ts';
import type { Budget } from './budget.ts';

/** One function an event: whose socket asks, what it asks; what it gives is the acknowledgement's value. */
export type Verbs<From, Events> = {
  readonly [Name in keyof Events]: Events[Name] extends (request: infer Request) => void
    ? (from: From, request: Request) => void | Promise<void>
    : Events[Name] extends (request: infer Request, ack: (result: Result<infer Value>) => void) => void
      ? (from: From, request: Request) => Promise<Value>
      : never;
};

/** One for all sockets of a namespace: functions of their own would be kilobytes for each of thousands that do nothing. */
export type Table<From> = {
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly verbs: Readonly<Record<string, (from: From, request: never) => unknown>>;
  readonly log: Logger;
  readonly end: End;
  readonly metrics: Metrics;
};

/** What of a socket is needed here. */
type Served = {
  onAny(listener: (name: string, ...args: unknown[]) => void): unknown;
  disconnect(close: boolean): unknown;
  readonly connected: boolean;
};

/** So many more refused events than heard ones are no mistake: a flood that leaves room for one now and then is a flood. */
const STRIKES_MAX = 200;

/** How often it is looked which answers are late. */
const LOOK_EVERY_MS = 500;

/** What comes out of an outbox. */
const SENDS: ReadonlySet<string> = new Set(['conversation:start', 'message:send', 'file:send', 'note:send']);

/** Serves exactly the table's events on each socket that it is given. Any other name closes it, without an echo of the name. */
export function createServe<From extends Served>(table: Table<From>): (socket: From, budget: Budget) => void {
  const inTime = createPatience(ANSWERED_WITHIN_MS);
  const known = new Map(Object.entries(table.schemas));
  return (socket, budget) => {
    let strikes = 0;
    socket.onAny((name, ...args) => {
      // What came behind the packet that ended it.
      if (!socket.connected) return;
      const schema = known.get(name);
      if (schema === undefined) {
        socket.disconnect(true);
        return;
      }
      const ack = ackOf(args);
      if (!budget.take()) {
        strikes += 1;
        if (strikes > STRIKES_MAX) socket.disconnect(true);
        ack?.(failed('TOO_MANY'));
        return;
      }
      strikes = Math.max(0, strikes - 1);
      void hear(table, { from: socket, name, schema, payload: args[0] }, ack && inTime(ack));
      // Beside the payload, where relays that do not know it pass it over: how long a message has waited to be sent.
      if (typeof args[1] === 'number' && SENDS.has(name)) table.metrics.waited(args[1]);
    });
  };
}

/** When a socket was let in, and now: what tells a catch-up from a loss. */
export function timesOf(socket: { readonly handshake: { readonly issued: number } }): {
  since: number;
  now: number;
} {
  return { since: socket.handshake.issued, now: Date.now() };
}

type Question<From> = {
  readonly from: From;
  readonly name: string;
  readonly schema: z.ZodType;
  readonly payload: unknown;
};
type Ack = (result: Result<unknown>) => void;

async function hear<From>(table: Table<From>, question: Question<From>, ack: Ack | undefined): Promise<void> {
  const { end, metrics } = table;
  const since = performance.now();
  const result = await answer(table, question);
  ack?.(result);
  metrics.answered({ end, event: question.name }, performance.now() - since, result.ok ? null : result.code);
}

async function answer<From>(
  table: Table<From>,
  { from, name, schema, payload }: Question<From>,
): Promise<Result<unknown>> {
  try {
    const parsed = schema.safeParse(payload);
    if (!parsed.success) return failed(codeOf(parsed.error));
    const verb = table.verbs[name] as (from: From, request: unknown) => unknown;
    return ok(await verb(from, parsed.data));
  } catch (error) {
    if (error instanceof RelayError) return failed(error.code);
    // Data that the store cannot hold (SQLSTATE class 22): a later try, which UNAVAILABLE promises, would mend nothing.
    if (sqlStateOf(error).startsWith('22')) return failed('INVALID_PAYLOAD');
    table.log.error({ err: error, event: name }, 'an event failed');
    return failed('UNAVAILABLE');
  }
}

/**
 * Gives each question its answer once: the verb's, or UNAVAILABLE when `within` milliseconds have passed. What was begun goes on, and a
 * retry finds it done. One timer for all: a timer for each would be felt at thousands of messages a second.
 */
function createPatience(within: number): (ack: Ack) => Ack {
  const open = new Set<{ readonly since: number; readonly ack: Ack }>();
  let looks = false;
  const lookLater = (): void => {
    looks = true;
    setTimeout(look, LOOK_EVERY_MS).unref();
  };
  const look = (): void => {
    const until = performance.now() - within;
    for (const question of open) {
      if (question.since > until) break;
      open.delete(question);
      question.ack(failed('UNAVAILABLE'));
    }
    looks = false;
    if (open.size > 0) lookLater();
  };
  return (ack) => {
    const question = { since: performance.now(), ack };
    open.add(question);
    if (!looks) lookLater();
    return (result) => {
      if (open.delete(question)) ack(result);
    };
  };
}

function ackOf(args: readonly unknown[]): Ack | undefined {
  const last = args[args.length - 1];
  return typeof last === 'function' ? (last as Ack) : undefined;
}

/** A schema's message is the code where it is one of ours. */
function codeOf(error: z.ZodError): ErrorCode {
  const code = error.issues
    .map((issue) => issue.message)
    .find((message) => Object.hasOwn(ERROR_TEXTS, message));
  return (code as ErrorCode | undefined) ?? 'INVALID_PAYLOAD';
}
