/** Durable jobs: enqueued with what causes them, worked once only by whichever relay is there. */
import { createHash } from 'node:crypto';
import type pg from 'pg';
import PgBoss from 'pg-boss';
import type { Logger } from '../log.ts';
import { type Metrics, NO_METRICS } from '../metrics/metrics.ts';
import type { Db } from '../store/db.ts';
import {
  type DeadJob,
  inTransaction,
  type JobCounts,
  openQueue,
  type QUEUES,
  readDeadJobs,
  readJobCounts,
} from '../store/queue.ts';

/** What each job carries: the id of a row, never a copy of it. */
export type JobData = {
  readonly 'mail-send': { readonly mail: string };
  readonly 'push-send': { readonly push: string };
  /** Its person is reminded when its time has come. */
  readonly 'task-remind': { readonly task: string };
  /** `due` is the time that was promised when this was enqueued: a promise that was moved has jobs of its own. */
  readonly 'promise-warn': { readonly promise: string; readonly due: string };
  readonly 'promise-tell': { readonly promise: string; readonly due: string };
  readonly 'request-warn': { readonly request: string; readonly due: string };
  /** Customers, and visitors in these conversations, are told that somebody else is their person now; each once for one hand-over. */
  readonly 'allies-told': {
    readonly handOver: string;
    readonly from: string;
    readonly to: string;
    readonly customers: readonly string[];
    readonly conversations: readonly string[];
  };
  readonly 'value-fit': { readonly day: string };
  /** What was uploaded and not sent is removed. */
  readonly 'file-forget': { readonly file: string };
  /** What was prepared for a file and never used is removed. */
  readonly 'conversation-forget': { readonly conversation: string };
  /** `to` is the end of the time when this was enqueued: one that was moved has a job of its own. */
  readonly 'call-back-miss': { readonly callBack: string; readonly to: string };
};

export type JobName = keyof JobData & (typeof QUEUES)[number];

export type Job<Name extends JobName> = {
  readonly data: JobData[Name];
  /** Beginning with 1. */
  readonly attempt: number;
  /** Nobody tries again after this one. */
  readonly last: boolean;
};

/**
 * Must be idempotent by the row that it works on: a relay that is killed after the work and before the note of it leaves
 * the job to another. To throw is to be tried again, later each time.
 */
type Handler<Name extends JobName> = (job: Job<Name>) => Promise<void>;

type Worker = {
  readonly handler: (job: Job<JobName>) => Promise<void>;
  readonly atOnce: number;
  /** What is under way; each works until nothing is due. */
  readonly lanes: Set<Promise<void>>;
};

export type Jobs = {
  /** Who does jobs of this name, so many side by side at most. A relay without a handler leaves them to others, or for later. */
  work<Name extends JobName>(name: Name, handler: Handler<Name>, atOnce?: number): void;
  /** Begins to look for due jobs. */
  start(): void;
  /** Works whatever is due now; resolves when nothing more is. What a turn of `start` does, for those who move the clock. */
  runDue(): Promise<void>;
  /** Jobs that nobody tries again. */
  dead(): Promise<DeadJob[]>;
  /** How many wait, by queue. Of all relays. */
  counts(): Promise<JobCounts[]>;
  /** No new jobs; waits a moment for those at work. What is cut off is taken up again after its lease. */
  stop(): Promise<void>;
};

/** A job waits for its relay as long as it must: counted from 1970, where "at once" begins, longer than any of us. */
const KEPT_DAYS = 365 * 200;
const DAY_MS = 24 * 60 * 60 * 1_000;
const LOOK_EVERY_MS = 1_000;
/** How often leases that have ended are looked for. */
const TIDY_EVERY_MS = 15_000;
const STOP_WITHIN_MS = 5_000;

const writer = new PgBoss({ db: { executeSql: outsideTransaction }, schema: 'jobs' });

/**
 * Enqueues in the caller's transaction: the job exists if and only if that is committed. `at` is when it is due, at once
 * by default. Of several with one `key` (and name) only the first counts.
 */
export async function enqueue<Name extends JobName>(
  tx: Db,
  { name, data, at, key }: { name: Name; data: JobData[Name]; at?: Date; key?: string },
): Promise<void> {
  const id = await writer.send(name, data, {
    db: inTransaction(tx),
    // "At once" must not ask which clock: the beginning of time is past for all of them.
    startAfter: at ?? new Date(0),
    retentionDays: KEPT_DAYS,
    ...(key !== undefined && { id: idOf(name, key) }),
  });
  if (id === null && key === undefined) throw new Error(`There is no queue for the job ${name}.`);
}

/** The same for many of one name in one statement, each with a key and a time of its own. */
export async function enqueueAll<Name extends JobName>(
  tx: Db,
  name: Name,
  jobs: readonly { readonly data: JobData[Name]; readonly at: Date; readonly key: string }[],
): Promise<void> {
  if (jobs.length === 0) return;
  const rows = jobs.map(({ data, at, key }) => ({
    ...{ id: idOf(name, key), name, data, startAfter: at.toISOString() },
    keepUntil: new Date(at.getTime() + KEPT_DAYS * DAY_MS).toISOString(),
  }));
  await writer.insert(rows, { db: inTransaction(tx) });
}

/** Opens the queues. `pool` is for the queue alone, and small: a message never waits for a job. */
export function createJobs({
  pool,
  db,
  now,
  log,
  metrics = NO_METRICS,
}: {
  readonly pool: pg.Pool;
  readonly db: Db;
  /** Milliseconds; the only clock of due times, leases and backoff. */
  readonly now: () => number;
  readonly log: Logger;
  readonly metrics?: Pick<Metrics, 'jobFailed'>;
}): Jobs {
  const boss = openQueue({ pool, now, log });
  // pg-boss needs a listener, or its troubles would end the relay; those of its statements reach us as rejections.
  boss.on('error', (error) => log.warn({ err: error }, 'the job queue is in trouble'));
  const workers = new Map<JobName, Worker>();
  const timers: NodeJS.Timeout[] = [];
  let stopping = false;

  function work<Name extends JobName>(name: Name, handler: Handler<Name>, atOnce = 1): void {
    workers.set(name, { handler: handler as Worker['handler'], atOnce, lanes: new Set() });
  }

  function start(): void {
    const look = () => {
      for (const name of workers.keys()) openLane(name);
    };
    timers.push(
      setInterval(look, LOOK_EVERY_MS),
      setInterval(() => void tidy(), TIDY_EVERY_MS),
    );
    look();
  }

  async function runDue(): Promise<void> {
    await tidy();
    for (const name of workers.keys()) {
      // A lane that was open may have looked before the clock was moved.
      await allWorked(name);
      openLane(name);
      await allWorked(name);
    }
  }

  /** Names do not wait for each other; jobs of one name do when all its lanes are taken. */
  function openLane(name: JobName): void {
    const worker = workers.get(name);
    if (!worker || stopping || worker.lanes.size >= worker.atOnce) return;
    const lane: Promise<void> = workAll(name).finally(() => worker.lanes.delete(lane));
    worker.lanes.add(lane);
  }

  async function allWorked(name: JobName): Promise<void> {
    const lanes = workers.get(name)?.lanes;
    while (lanes && lanes.size > 0) await Promise.all(lanes);
  }

  async function workAll(name: JobName): Promise<void> {
    while (!stopping) {
      // pg-boss gives an empty list when the store does not answer: the next look asks again.
      const [job] = await boss.fetch<JobData[JobName]>(name, { batchSize: 1, includeMetadata: true });
      if (!job) return;
      // Where there is one there may be more; what nobody waits for costs no lane.
      openLane(name);
      await workOne(name, job);
    }
  }

  async function workOne(name: JobName, job: PgBoss.JobWithMetadata<JobData[JobName]>): Promise<void> {
    const last = job.retryCount >= job.retryLimit;
    try {
      await workers.get(name)?.handler({ data: job.data, attempt: job.retryCount + 1, last });
      await boss.complete(name, job.id);
    } catch (error) {
      log[last ? 'error' : 'warn'](
        { err: error, job: job.id, name },
        last ? 'a job is dead' : 'a job failed',
      );
      metrics.jobFailed(name, last);
      const message = error instanceof Error ? error.message : String(error);
      // When not even this can be noted, the lease ends by itself.
      await boss.fail(name, job.id, { message }).catch(() => undefined);
    }
  }

  /** Gives back the jobs of relays that are gone, and puts away what is long done. */
  async function tidy(): Promise<void> {
    if (stopping) return;
    await boss.maintain().catch((error: unknown) => log.warn({ err: error }, 'the job queue was not tidied'));
  }

  async function stop(): Promise<void> {
    stopping = true;
    for (const timer of timers) clearInterval(timer);
    await within(STOP_WITHIN_MS, Promise.all([...workers.keys()].map(allWorked)));
  }

  return {
    work,
    start,
    runDue,
    dead: () => readDeadJobs(db),
    counts: () => readJobCounts(pool, now()),
    stop,
  };
}

function outsideTransaction(): Promise<never> {
  return Promise.reject(new Error('a job is enqueued in a transaction'));
}

/** One id for one key, so that the store itself refuses a second job. */
function idOf(name: string, key: string): string {
  const hex = createHash('sha256').update(`${name}\n${key}`).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-8$3-8$4-$5');
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
