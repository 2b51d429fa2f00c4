/** Once a day all customers are looked at together; whoever asks for a value between is answered from what was found. */
import { createHash } from 'node:crypto';
import { inThread } from '../in-thread.ts';
import { enqueue, type Job } from '../jobs/jobs.ts';
import { recoverySettings } from '../recovery/settings.ts';
import type { Db } from '../store/db.ts';
import { writeSetting } from '../store/settings.ts';
import { readSample } from '../store/value.ts';
import type { CompanyFigures, Fitting } from './fitted.ts';

type Deps = { readonly db: Db; readonly now: () => number };

const DAY_MS = 86_400_000;
/** Three in the morning (UTC), so that the day's purchases of the day before are in. */
const AFTER_MIDNIGHT_MS = 3 * 60 * 60 * 1_000;
/** More tell nothing new of seven numbers. */
const MOST_CUSTOMERS = 5_000;
/** A worker that is stuck must end before its job's lease does. */
const FIT_WITHIN_MS = 120_000;

/**
 * Today's figures, if nobody has enqueued them yet. To be called at every start: a relay that was off has missed days. With
 * a `cause`, once more for it: what a file brings should not wait for tomorrow.
 */
export async function enqueueFit({ db, now }: Deps, cause?: string): Promise<void> {
  const day = dayOf(now());
  await enqueueDay(db, { day, ...(cause !== undefined && { key: `${day} ${cause}` }) });
}

/**
 * Works the figures of a day out and enqueues the next day's. A day that is over is left: today has a job of its own,
 * and one day is worked by one relay.
 */
export async function fitDay(deps: Deps, { data }: Job<'value-fit'>): Promise<void> {
  const { db, now } = deps;
  const today = dayOf(now());
  if (data.day !== today) return enqueueDay(db, { day: today });
  // First, so that a day that fails does not end the row of days.
  const at = new Date(Date.parse(today) + DAY_MS + AFTER_MIDNIGHT_MS);
  await enqueueDay(db, { day: dayOf(now() + DAY_MS), at });
  const bought = await readSample(db, { from: randomIdOf(today), most: MOST_CUSTOMERS, now: now() });
  if (bought.length === 0) return;
  const { horizonYears, discount } = await recoverySettings(db);
  const fitting: Fitting = { bought, now: now(), terms: { horizonYears, discount } };
  const figures = await inThread<CompanyFigures | null>('value/fit-worker.js', {
    ...{ data: fitting, what: 'the fit', withinMs: FIT_WITHIN_MS },
  });
  if (figures) await writeSetting(db, 'value-company', figures);
}

function enqueueDay(
  db: Db,
  { day, key = day, at }: { readonly day: string; readonly key?: string; readonly at?: Date },
): Promise<void> {
  return db.transaction((tx) =>
    enqueue(tx, { name: 'value-fit', key, data: { day }, ...(at !== undefined && { at }) }),
  );
}

function dayOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10);
}

/** Where the choice of a day begins: the same for whoever tries it again. */
function randomIdOf(day: string): string {
  const hex = createHash('sha256').update(day).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
