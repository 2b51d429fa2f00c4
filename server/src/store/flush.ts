/**
 * Small marks, such as how far somebody has read, commit without waiting for the disk: on a slow one they would hold their
 * conversation's row, and a connection each, through every wait, and messages would wait for them. Who then tells of a mark
 * waits for the disk first, all together once: what was shown to somebody must not go back with a crash.
 */
import { type SQL, sql } from 'drizzle-orm';
import type pg from 'pg';

/** Before a statement, and named in its `from`: its commit does not wait for the disk. Never within a transaction. */
export const notWaiting: SQL = sql`with not_waiting as materialized (select set_config('synchronous_commit', 'off', true))`;

/** Gives a function that resolves when all that was committed before is on the disk; who asks meanwhile shares the next wait. */
export function createFlush(pool: Pick<pg.Pool, 'query'>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;

  // A commit that has written anything waits until the log is on the disk up to its own end.
  async function flush(): Promise<void> {
    await pool.query({ name: 'flush', text: "select pg_logical_emit_message(true, 'fullname', '')" });
  }

  function begin(): Promise<void> {
    const own = flush().finally(() => {
      if (running === own) running = null;
    });
    running = own;
    return own;
  }

  return () => {
    if (!running) return begin();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return begin();
      });
    return next;
  };
}
