/**
 * Group commit: rows that arrive while a commit is in flight are written together by the next one. A conversation is in one
 * batch in flight at most, which keeps its order of arrival; no linger, since waiting cost latency and gained nothing when it was
 * measured. Where batches are small nothing is won by waiting: then several are in flight, and nobody waits for a stranger's commit.
 * A commit that takes long (a slow disk, a row that somebody holds) keeps only its own conversations waiting.
 */

import type { ErrorCode } from '@fullname/shared/errors';
import type pg from 'pg';
import type { Logger } from '../log.ts';
import { type Metrics, NO_METRICS } from '../metrics/metrics.ts';
import { RelayError, sqlStateOf } from '../relay-error.ts';
import { type Appended, appendPrepared, type NewEntry } from '../store/log.ts';
import { createWrites, type Writes } from '../store/writes.ts';

const BATCH_MAX = 200;
/** A batch of so few rows shows a store that keeps up: the next need not wait for it. */
const FEW = 4;
/** Far above what a commit takes; then the rows of others need not wait for this one too. */
const SLOW_MS = 50;
/** Of the pool's connections others need some. */
const IN_FLIGHT_MAX = 4;
/** A store that does not answer must not fill the memory: senders keep what is refused, and try again. */
const QUEUE_MAX = 20_000;

type Waiting = {
  readonly row: NewEntry;
  readonly done: (appended: Appended) => void;
  readonly failed: (error: RelayError) => void;
};

type Batch = { readonly waiting: readonly Waiting[]; readonly since: number };

export type GroupCommit = {
  /** Resolves after COMMIT. Rejects with UNREADABLE or UNAVAILABLE; refusals by rule are outcomes, not errors. */
  append(row: NewEntry): Promise<Appended>;
  /** Resolves when nothing waits and nothing is in flight. */
  idle(): Promise<void>;
  /** How many rows wait for the next commit. */
  waiting(): number;
};

type Means = { readonly metrics?: Metrics; readonly writes?: Writes };

export function createGroupCommit(
  pool: pg.Pool,
  log: Logger,
  { metrics = NO_METRICS, writes = createWrites(log) }: Means = {},
): GroupCommit {
  let queue: Waiting[] = [];
  let isWoken = false;
  const inFlight = new Set<Batch>();
  /** Conversations of the batches in flight. */
  const busy = new Set<string>();
  /** Batches of which somebody has no answer yet: those in flight, and those that are told just now. */
  const untold = new Set<Promise<void>>();

  function append(row: NewEntry): Promise<Appended> {
    if (queue.length >= QUEUE_MAX) return Promise.reject(new RelayError('UNAVAILABLE'));
    return new Promise((done, failed) => {
      queue.push({ row, done, failed });
      wake();
    });
  }

  /** In the next turn of the event loop: what has arrived on other sockets by then shares the commit. */
  function wake(): void {
    if (isWoken) return;
    isWoken = true;
    setImmediate(() => {
      isWoken = false;
      sendWhatMayGo();
    });
  }

  function sendWhatMayGo(): void {
    while (queue.length > 0 && mayGo()) {
      const waiting = takeBatch();
      if (waiting.length === 0) return;
      send(waiting);
    }
  }

  function mayGo(): boolean {
    if (inFlight.size >= IN_FLIGHT_MAX) return false;
    const now = performance.now();
    return [...inFlight].every(({ waiting, since }) => waiting.length <= FEW || now - since >= SLOW_MS);
  }

  function send(waiting: readonly Waiting[]): void {
    const batch: Batch = { waiting, since: performance.now() };
    inFlight.add(batch);
    for (const { row } of waiting) busy.add(row.conversation);
    const slow = setTimeout(sendWhatMayGo, SLOW_MS + 1);
    const told = write(waiting, () => {
      clearTimeout(slow);
      inFlight.delete(batch);
      for (const { row } of waiting) busy.delete(row.conversation);
      sendWhatMayGo();
    }).finally(() => untold.delete(told));
    untold.add(told);
  }

  /** At most BATCH_MAX rows of conversations that are free, and no id twice: a retry in the same batch waits for the first one's answer. */
  function takeBatch(): Waiting[] {
    const batch: Waiting[] = [];
    const later: Waiting[] = [];
    const ids = new Set<string>();
    let looked = 0;
    for (; looked < queue.length && batch.length < BATCH_MAX; looked += 1) {
      const waiting = queue[looked] as Waiting;
      const key = `${waiting.row.conversation} ${waiting.row.sender} ${waiting.row.clientId}`;
      if (!ids.has(key) && !busy.has(waiting.row.conversation)) {
        ids.add(key);
        batch.push(waiting);
      } else later.push(waiting);
    }
    queue = [...later, ...queue.slice(looked)];
    return batch;
  }

  /** Writes, has the batch leave, and tells everybody. */
  async function write(batch: readonly Waiting[], leave: () => void): Promise<void> {
    const from = performance.now();
    let answers: readonly Appended[];
    try {
      writes.require();
      answers = await appendPrepared(
        pool,
        batch.map((waiting) => waiting.row),
      );
    } catch (error) {
      await afterFailure(batch, error);
      metrics.committed(batch.length, performance.now() - from);
      leave();
      return;
    }
    writes.note('stored', batch.length);
    metrics.committed(batch.length, performance.now() - from);
    leave();
    // To tell a batch takes as long as to write one: the store has the next one while these answers go out.
    await nextTurn();
    batch.forEach((waiting, index) => {
      waiting.done(answers[index] ?? { outcome: 'unknown' });
    });
  }

  /**
   * A batch fails as a whole: because one row cannot be stored, or because another relay stored a retry of one in the
   * meantime (a unique violation, which the second look finds). Row by row, one bad message never fails its neighbours.
   */
  async function afterFailure(batch: readonly Waiting[], error: unknown): Promise<void> {
    if (isGone(error)) {
      writes.note('failed', batch.length);
      for (const waiting of batch) waiting.failed(new RelayError('UNAVAILABLE'));
      return;
    }
    const [only] = batch;
    if (batch.length === 1 && only && !isOvertaken(error)) {
      log.warn({ sqlState: sqlStateOf(error) }, 'a row could not be stored');
      only.failed(new RelayError(codeOf(error)));
      return;
    }
    let failure = error;
    const locked = new Set<string>();
    for (const waiting of batch) {
      const { conversation } = waiting.row;
      // One wait for a row that is locked, or a store that is gone, is enough for all that wait for the same.
      if (isGone(failure) || locked.has(conversation)) waiting.failed(new RelayError('UNAVAILABLE'));
      else failure = await writeAlone(waiting);
      if (isLocked(failure)) locked.add(conversation);
    }
    if (isGone(failure)) writes.note('failed', batch.length);
  }

  /** Gives what could not be mended, or null. */
  async function writeAlone(waiting: Waiting): Promise<unknown> {
    for (let attempt = 0; ; attempt++) {
      try {
        const [answer] = await appendPrepared(pool, [waiting.row]);
        waiting.done(answer ?? { outcome: 'unknown' });
        return null;
      } catch (error) {
        if (isOvertaken(error) && attempt < 3) continue;
        waiting.failed(new RelayError(codeOf(error)));
        return error;
      }
    }
  }

  async function idle(): Promise<void> {
    while (queue.length > 0 || untold.size > 0) await (untold.size > 0 ? Promise.race(untold) : nextTurn());
  }

  return { append, idle, waiting: () => queue.length };
}

const nextTurn = () => new Promise((turn) => setImmediate(turn));

/** A unique violation (another relay stored the same id since our snapshot), or a serialisation or deadlock loss. */
function isOvertaken(error: unknown): boolean {
  return ['23505', '40001', '40P01'].includes(sqlStateOf(error));
}

/** Somebody else's transaction holds the conversation and does not let go. */
function isLocked(error: unknown): boolean {
  return sqlStateOf(error) === '55P03';
}

/** Class 22 is bad data: nothing mends it. Everything else may pass. */
function codeOf(error: unknown): ErrorCode {
  return sqlStateOf(error).startsWith('22') ? 'UNREADABLE' : 'UNAVAILABLE';
}

/** A refusal of our own, no SQLSTATE, or a class that speaks of the server: trying row by row would only prolong it. */
function isGone(error: unknown): boolean {
  return error !== null && /^($|08|53|57|58|XX)/.test(sqlStateOf(error));
}
