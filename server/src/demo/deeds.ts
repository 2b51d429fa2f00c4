/** What the demo's people did, done again by the desk's own functions, each at its own time: so rules, history and jobs are real. */
import type { FailureDraft, FailureFields, TaskEnd } from '@fullname/shared/recovery';
import { eq, lte, sql } from 'drizzle-orm';
import { editFailure, type FailureContext, logFailure } from '../recovery/failures.ts';
import { followThrough, openFollowUps } from '../recovery/follow-ups.ts';
import { takeStep } from '../recovery/stages.ts';
import { openTask } from '../recovery/tasks.ts';
import { openEffort } from '../recovery/upkeep.ts';
import type { Db } from '../store/db.ts';
import { lockFollowed } from '../store/follow-ups.ts';
import { type FailureRow, readFailure } from '../store/recovery.ts';
import { promises, tasks } from '../store/schema.ts';
import { endTask, endTasksOf, type LockedTask, lockTask } from '../store/tasks.ts';

/** `at` in milliseconds. */
export type Deed = { readonly at: number; readonly act: (tx: Db) => Promise<unknown> };

/** In the order of their times; those of one moment as they come. */
export async function actOut(tx: Db, deeds: readonly Deed[]): Promise<void> {
  for (const { act } of [...deeds].sort((one, other) => one.at - other.at)) await act(tx);
}

/** Whoever opens the demo is not called for what was overdue before they came: it stands in their list. */
export async function callForNothingPast(tx: Db, now: number): Promise<void> {
  await tx
    .update(tasks)
    .set({ remindedAt: sql`${tasks.due}`, seenAt: sql`${tasks.due}` })
    .where(lte(tasks.due, new Date(now).toISOString()));
}

/** A failure: whose it is, and who records it. */
export type Recorded = {
  readonly failure: string;
  readonly conversation: string;
  readonly customer: string;
  readonly visitor: string;
  readonly by: string;
};

/** What money does not mend is given to an owner, as at the desk. */
export async function recordFailure(tx: Db, draft: FailureDraft, context: FailureContext): Promise<void> {
  const { row } = await logFailure(tx, draft, context);
  await openEffort(tx, row, context.now);
}

type Edit = {
  readonly id: string;
  readonly at: number;
  readonly fields: Partial<Omit<FailureFields, 'quotes'>>;
};

export async function changeFailure(tx: Db, of: Recorded, { id, at, fields }: Edit): Promise<void> {
  const { revision } = await theFailure(tx, of);
  const change = { id, conversation: of.conversation, failure: of.failure, revision, fields };
  await editFailure(tx, change, { whose: of, by: of.by, now: at });
}

type Step = {
  readonly id: string;
  readonly at: number;
  readonly stage: 'apologised' | 'gone-over' | 'fixed';
};

/** The step to `fixed` opens the three follow-ups. */
export async function stepFailure(tx: Db, of: Recorded, { id, at, stage }: Step): Promise<void> {
  const step = { id, conversation: of.conversation, failure: of.failure, stage };
  const { row } = await takeStep(tx, step, { whose: of, by: of.by, at: new Date(at).toISOString() });
  if (stage === 'fixed') await openFollowUps(tx, { failure: row, now: at });
}

type FollowedUp = {
  readonly kind: 'immediate' | 'internal' | 'wrap-up';
  readonly by: string;
  readonly at: number;
  readonly end: Exclude<TaskEnd, { readonly end: 'waived' }>;
};

export async function followUp(tx: Db, of: Recorded, { kind, by, at, end }: FollowedUp): Promise<void> {
  const failure = await lockFollowed(tx, of.failure);
  const task = await taskOf(tx, `${kind}:${of.failure}:${failure?.reopened}`);
  if (!failure) throw new Error(`the demo's failure ${of.failure} must be there`);
  const ended = { at: new Date(at).toISOString(), by };
  const why = 'said' in end ? (end.said ?? null) : null;
  await endTask(tx, task.id, { state: 'done', ...ended, why, wrapUp: 'wrapUp' in end ? end.wrapUp : null });
  await followThrough(tx, { task, failure, end, ...ended });
}

/** Effort that an owner has spent. */
export async function endEffort(
  tx: Db,
  failure: string,
  { at, by, why }: { readonly at: number; readonly by: string; readonly why: string },
): Promise<void> {
  const ended = { state: 'done', at: new Date(at).toISOString(), by, why } as const;
  await endTasksOf(tx, { key: `effort:${failure}` }, ended);
}

export type PastPromise = typeof promises.$inferInsert & { readonly id: string };

/** A promise whose time has passed. Nobody is told of it again: it is a thing to do where it was not kept. */
export async function passPromise(tx: Db, promise: PastPromise): Promise<void> {
  await tx.insert(promises).values(promise);
  if (promise.keptAt) return;
  const { id, by, due, text, customer = null, conversation = null } = promise;
  await openTask(tx, {
    ...{ key: `promise:${id}:${due}`, kind: 'promise', owner: by, due, what: text },
    ...{ promise: id, customer, conversation },
  });
}

async function theFailure(tx: Db, { failure }: Recorded): Promise<FailureRow> {
  const row = await readFailure(tx, failure);
  if (!row) throw new Error(`the demo's failure ${failure} must be there`);
  return row;
}

async function taskOf(tx: Db, key: string): Promise<LockedTask> {
  const [found] = await tx.select({ id: tasks.id }).from(tasks).where(eq(tasks.key, key));
  const task = found && (await lockTask(tx, found.id));
  if (!task) throw new Error(`the demo's task ${key} must be there`);
  return task;
}
