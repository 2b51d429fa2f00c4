/**
 * One wrapper around every event: budget, parse, run, acknowledge; the only catch. Naive handlers threw on most fuzzed events,
 * and a throw inside one would take the relay down.
 */
import { ERROR_TEXTS, type ErrorCode, failed, ok, type Result } from '@fullname/shared/errors';
import type { Socket } from 'socket.io';
import type { z } from 'zod';
import type { Logger } from '../log.ts';
import type { End, Metrics } from '../metrics/metrics.ts';
import { RelayError, sqlStateOf } from '../relay-error.ts';
import type { Budget } from './budget.ts';

/** One function an event: what it is asked, what its acknowledgement carries. */
export type Verbs<Events> = {
  readonly [Name in keyof Events]: Events[Name] extends (request: infer Request) => void
    ? (request: Request) => void | Promise<void>
    : Events[Name] extends (request: infer Request, ack: (result: Result<infer Value>) => void) => void
      ? (request: Request) => Promise<Value>
      : never;
};

export type Table = {
  readonly schemas: Readonly<Record<string, z.ZodType>>;
  readonly verbs: Readonly<Record<string, (request: never) => unknown>>;
  readonly budget: Budget;
  readonly log: Logger;
  readonly end: End;
  readonly metrics: Metrics;
};

/** So many more refused events than heard ones are no mistake: a flood that leaves room for one now and then is a flood. */
const STRIKES_MAX = 200;

/** What comes out of an outbox. */
const SENDS: ReadonlySet<string> = new Set(['conversation:start', 'message:send', 'note:send']);

/** Serves exactly the table's events on this socket. Any other name closes it, without an echo of the name. */
export function serve(socket: Socket, table: Table): void {
  const known = new Map(Object.entries(table.schemas));
  let strikes = 0;

  socket.onAny((name: string) => {
    if (!known.has(name)) socket.disconnect(true);
  });

  for (const [name, schema] of known) {
    socket.on(name, (...args: unknown[]) => {
      const ack = ackOf(args);
      if (!table.budget.take()) {
        strikes += 1;
        if (strikes > STRIKES_MAX) socket.disconnect(true);
        ack?.(failed('TOO_MANY'));
        return;
      }
      strikes = Math.max(0, strikes - 1);
      const from = performance.now();
      void answer(table, { name, schema, payload: args[0] }).then((result) => {
        ack?.(result);
        const by = { end: table.end, event: name };
        table.metrics.answered(by, performance.now() - from, result.ok ? null : result.code);
      });
      // Beside the payload, where relays that do not know it pass it over: how long a message has waited to be sent.
      if (typeof args[1] === 'number' && SENDS.has(name)) table.metrics.waited(args[1]);
    });
  }
}

/** When a socket was let in, and now: what tells a catch-up from a loss. */
export function timesOf(socket: { readonly handshake: { readonly issued: number } }): {
  since: number;
  now: number;
} {
  return { since: socket.handshake.issued, now: Date.now() };
}

type Question = { readonly name: string; readonly schema: z.ZodType; readonly payload: unknown };

async function answer(table: Table, { name, schema, payload }: Question): Promise<Result<unknown>> {
  try {
    const parsed = schema.safeParse(payload);
    if (!parsed.success) return failed(codeOf(parsed.error));
    const verb = table.verbs[name] as (request: unknown) => unknown;
    return ok(await verb(parsed.data));
  } catch (error) {
    if (error instanceof RelayError) return failed(error.code);
    // Data that the store cannot hold (SQLSTATE class 22): a later try, which UNAVAILABLE promises, would mend nothing.
    if (sqlStateOf(error).startsWith('22')) return failed('INVALID_PAYLOAD');
    table.log.error({ err: error, event: name }, 'an event failed');
    return failed('UNAVAILABLE');
  }
}

function ackOf(args: readonly unknown[]): ((result: Result<unknown>) => void) | undefined {
  const last = args[args.length - 1];
  return typeof last === 'function' ? (last as (result: Result<unknown>) => void) : undefined;
}

/** A schema's message is the code where it is one of ours. */
function codeOf(error: z.ZodError): ErrorCode {
  const code = error.issues
    .map((issue) => issue.message)
    .find((message) => Object.hasOwn(ERROR_TEXTS, message));
  return (code as ErrorCode | undefined) ?? 'INVALID_PAYLOAD';
}
