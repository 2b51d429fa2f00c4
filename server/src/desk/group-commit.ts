/**
 * Group commit: rows that arrive while a commit is in flight are written together by the next one. One batch in flight keeps
 * the order of arrival within a conversation; no linger, since waiting cost latency and gained nothing when it was measured.
 */

import type { ErrorCode } from '@fullname/shared/errors';
import type pg from 'pg';
import type { Logger } from '../log.ts';
import { RelayError } from '../relay-error.ts';
import { type Appended, appendPrepared, type NewEntry } from '../store/log.ts';

const BATCH_MAX = 200;

type Waiting = {
  readonly row: NewEntry;
  readonly done: (appended: Appended) => void;
  readonly failed: (error: RelayError) => void;
};

export type GroupCommit = {
  /** Resolves after COMMIT. Rejects with UNREADABLE or UNAVAILABLE; refusals by rule are outcomes, not errors. */
  append(row: NewEntry): Promise<Appended>;
  /** Resolves when nothing waits and nothing is in flight. */
  idle(): Promise<void>;
};

export function createGroupCommit(pool: pg.Pool, log: Logger): GroupCommit {
  let queue: Waiting[] = [];
  let inFlight: Promise<void> | null = null;

  function append(row: NewEntry): Promise<Appended> {
    return new Promise((done, failed) => {
      queue.push({ row, done, failed });
      inFlight ??= drain();
    });
  }

  async function drain(): Promise<void> {
    // One turn of the event loop: what arrived in the same read of the network shares a commit.
    await Promise.resolve();
    while (queue.length > 0) {
      const batch = takeBatch();
      await write(batch);
    }
    inFlight = null;
  }

  /** At most BATCH_MAX rows, and no id twice: a retry in the same batch waits for the first one's answer. */
  function takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const ids = new Set<string>();
    for (const waiting of queue) {
      const key = `${waiting.row.conversation} ${waiting.row.sender} ${waiting.row.clientId}`;
      if (batch.length < BATCH_MAX && !ids.has(key)) {
        ids.add(key);
        batch.push(waiting);
      } else later.push(waiting);
    }
    queue = later;
    return batch;
  }

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const answers = await appendPrepared(
        pool,
        batch.map((waiting) => waiting.row),
      );
      batch.forEach((waiting, index) => {
        waiting.done(answers[index] ?? { outcome: 'unknown' });
      });
    } catch (error) {
      await afterFailure(batch, error);
    }
  }

  /**
   * A batch fails as a whole: because one row cannot be stored, or because another relay stored a retry of one in the
   * meantime (a unique violation, which the second look finds). Row by row, one bad message never fails its neighbours.
   */
  async function afterFailure(batch: readonly Waiting[], error: unknown): Promise<void> {
    const [only] = batch;
    if (batch.length === 1 && only && !isOvertaken(error)) {
      log.warn({ sqlState: sqlState(error) }, 'a row could not be stored');
      only.failed(new RelayError(codeOf(error)));
      return;
    }
    if (isConnection(error)) {
      log.error(
        { sqlState: sqlState(error), rows: batch.length },
        'the store did not answer; senders will try again',
      );
      for (const waiting of batch) waiting.failed(new RelayError('UNAVAILABLE'));
      return;
    }
    for (const waiting of batch) await writeAlone(waiting);
  }

  async function writeAlone(waiting: Waiting): Promise<void> {
    for (let attempt = 0; ; attempt++) {
      try {
        const [answer] = await appendPrepared(pool, [waiting.row]);
        waiting.done(answer ?? { outcome: 'unknown' });
        return;
      } catch (error) {
        if (isOvertaken(error) && attempt < 3) continue;
        waiting.failed(new RelayError(codeOf(error)));
        return;
      }
    }
  }

  async function idle(): Promise<void> {
    while (inFlight) await inFlight;
  }

  return { append, idle };
}

function sqlState(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** A unique violation (another relay stored the same id since our snapshot), or a serialisation or deadlock loss. */
function isOvertaken(error: unknown): boolean {
  return ['23505', '40001', '40P01'].includes(sqlState(error));
}

/** Class 22 is bad data: nothing mends it. Everything else may pass. */
function codeOf(error: unknown): ErrorCode {
  return sqlState(error).startsWith('22') ? 'UNREADABLE' : 'UNAVAILABLE';
}

/** No SQLSTATE of five characters, or a class that speaks of the server: trying row by row would only prolong it. */
function isConnection(error: unknown): boolean {
  const state = sqlState(error);
  return !/^[0-9A-Z]{5}$/.test(state) || /^(08|53|57|58|XX)/.test(state);
}
