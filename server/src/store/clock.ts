/**
 * One clock for all relays: the store's. Which of them finds a promise due must not depend on whose machine is fast, and a jump
 * of a machine's clock must not make anybody early. Between two looks the time goes on by the clock that cannot be set.
 */
import type pg from 'pg';
import type { Logger } from '../log.ts';

const LOOK_EVERY_MS = 30_000;

export type StoreClock = {
  /** Milliseconds since 1970. */
  now(): number;
  stop(): void;
};

/** Looks once before it answers, and then again and again. */
export async function startStoreClock(pool: pg.Pool, log: Logger): Promise<StoreClock> {
  let ahead = await look(pool);
  const timer = setInterval(() => {
    look(pool).then(
      (found) => {
        ahead = found;
      },
      (error: unknown) => log.warn({ err: error }, 'the time could not be read from the store'),
    );
  }, LOOK_EVERY_MS).unref();
  return { now: () => performance.now() + ahead, stop: () => clearInterval(timer) };
}

/** How far the store's clock is ahead of ours that counts from the start; a question's way there and back is halved. */
async function look(pool: pg.Pool): Promise<number> {
  const asked = performance.now();
  const { rows } = await pool.query<{ now: string }>(
    'select extract(epoch from clock_timestamp()) * 1000 as now',
  );
  return Number(rows[0]?.now) - (asked + performance.now()) / 2;
}
