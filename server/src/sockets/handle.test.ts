import { failed } from '@fullname/shared/errors';
import { ANSWERED_WITHIN_MS } from '@fullname/shared/limits';
import { pino } from 'pino';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { NO_METRICS } from '../metrics/metrics.ts';
import { RelayError } from '../relay-error.ts';
import { createBudget, UNLIMITED } from './budget.ts';
import { createServe } from './handle.ts';

/** The smallest thing that behaves like a socket: one listener for all events, and a disconnect that is counted. */
function aSocket() {
  let any: (name: string, ...args: unknown[]) => void = () => undefined;
  const disconnect = vi.fn();
  return {
    disconnect,
    socket: {
      onAny: (listener: typeof any) => {
        any = listener;
      },
      disconnect,
      connected: true,
    },
    send(name: string, ...args: unknown[]): void {
      any(name, ...args);
    },
    ask(name: string, payload: unknown): Promise<unknown> {
      return new Promise((resolve) => {
        this.send(name, payload, resolve);
      });
    },
  };
}

const log = pino({ level: 'silent' });
const schemas = { 'number:double': z.strictObject({ n: z.number().max(10, 'TOO_LONG') }) };
type Wire = ReturnType<typeof aSocket>;

function serve({ socket }: Wire, verb: (request: { n: number }) => unknown, budget = UNLIMITED): void {
  const verbs = { 'number:double': (_from: Wire['socket'], request: { n: number }) => verb(request) };
  createServe({ schemas, verbs, log, end: 'visitor', metrics: NO_METRICS })(socket, budget);
}

test('answers with the value, the code of a refusal, or UNAVAILABLE for a defect; never throws', async () => {
  const wire = aSocket();
  serve(wire, ({ n }) => {
    if (n === 0) throw new RelayError('CONFLICT');
    if (n === 1) throw new Error('a defect');
    return { double: n * 2 };
  });
  expect(await wire.ask('number:double', { n: 4 })).toEqual({ ok: true, value: { double: 8 } });
  expect(await wire.ask('number:double', { n: 0 })).toEqual(failed('CONFLICT'));
  expect(await wire.ask('number:double', { n: 1 })).toEqual(failed('UNAVAILABLE'));
});

test('what takes too long is answered with UNAVAILABLE, once; the verb is not broken off', async () => {
  vi.useFakeTimers();
  try {
    const wire = aSocket();
    const done: number[] = [];
    const waits = new Map<number, () => void>();
    serve(wire, async ({ n }) => {
      await new Promise<void>((resolve) => waits.set(n, resolve));
      done.push(n);
      return n;
    });
    const answers: Record<number, unknown[]> = { 1: [], 2: [] };
    for (const n of [1, 2]) wire.send('number:double', { n }, (answer: unknown) => answers[n]?.push(answer));
    await vi.advanceTimersByTimeAsync(ANSWERED_WITHIN_MS - 1_000);
    waits.get(2)?.();
    await vi.advanceTimersByTimeAsync(2_000);
    expect(answers).toEqual({ 1: [failed('UNAVAILABLE')], 2: [{ ok: true, value: 2 }] });
    waits.get(1)?.();
    await vi.advanceTimersByTimeAsync(ANSWERED_WITHIN_MS);
    expect(done).toEqual([2, 1]);
    expect(answers[1]).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test.each([[null], ['text'], [{ n: '1' }], [{ n: 1, more: true }], [[]], [Buffer.from('x')]])(
  'refuses %j as a payload',
  async (payload) => {
    const wire = aSocket();
    serve(wire, vi.fn());
    expect(await wire.ask('number:double', payload)).toEqual(failed('INVALID_PAYLOAD'));
  },
);

test('a schema can name the code', async () => {
  const wire = aSocket();
  serve(wire, vi.fn());
  expect(await wire.ask('number:double', { n: 11 })).toEqual(failed('TOO_LONG'));
});

test.each(['__proto__', 'constructor', 'disconnecting', 'number:triple'])(
  'an event named %s closes the socket',
  (name) => {
    const wire = aSocket();
    serve(wire, vi.fn());
    wire.send(name, {});
    expect(wire.disconnect).toHaveBeenCalledWith(true);
  },
);

test('a spent budget is TOO_MANY, and a flood closes the socket', async () => {
  const wire = aSocket();
  const verb = vi.fn(() => ({}));
  serve(wire, verb, createBudget(0, 2));
  await wire.ask('number:double', { n: 1 });
  await wire.ask('number:double', { n: 1 });
  expect(await wire.ask('number:double', { n: 1 })).toEqual(failed('TOO_MANY'));
  expect(verb).toHaveBeenCalledTimes(2);
  for (let index = 0; index < 250; index++) wire.send('number:double', { n: 1 });
  expect(wire.disconnect).toHaveBeenCalled();
});
