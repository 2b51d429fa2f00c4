/** Rows of things to do. Rules live in recovery/tasks.ts. */
import type { TaskKind, WrapUp } from '@fullname/shared/recovery';
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { tasks } from './schema.ts';

/** A task with the name of its customer and the way of its mail, as every list reads it. */
export type TaskRow = {
  readonly id: string;
  readonly kind: TaskKind;
  readonly owner: string;
  readonly due: string;
  readonly state: 'open' | 'done' | 'waived';
  readonly what: string;
  readonly failure: string | null;
  readonly promise: string | null;
  readonly request: string | null;
  readonly goodwill: string | null;
  readonly conversation: string | null;
  readonly customer: string | null;
  readonly customerName: string | null;
  readonly wrapUp: WrapUp | null;
  readonly remindedAt: string | null;
  readonly seenAt: string | null;
  readonly endedAt: string | null;
  readonly endedBy: string | null;
  readonly why: string | null;
  readonly mail: 'waiting' | 'sending' | 'sent' | 'failed' | null;
};

export const taskColumns = sql`t.id, t.kind, t.owner_id as owner, t.due, t.state, t.what, t.failure_id as failure,
  t.promise_id as promise, t.request_id as request, t.goodwill_id as goodwill, t.conversation_id as conversation,
  t.customer_id as customer, cu.name as "customerName", t.wrap_up as "wrapUp", t.reminded_at as "remindedAt",
  t.seen_at as "seenAt", t.ended_at as "endedAt", t.ended_by as "endedBy", t.why, m.state as mail`;
export const taskTables = sql`tasks t left join customers cu on cu.id = t.customer_id left join mails m on m.id = t.mail_id`;

export type NewTask = {
  /** What it is for: the same cause makes it once. */
  readonly key: string;
  readonly kind: TaskKind;
  readonly owner: string;
  readonly due: string;
  readonly what: string;
  readonly customer?: string | null;
  readonly conversation?: string | null;
  readonly failure?: string;
  readonly promise?: string;
  readonly request?: string;
  readonly goodwill?: string;
};

/** The new task's id; null when it is there already. */
export async function insertTask(tx: Db, task: NewTask): Promise<string | null> {
  const [row] = await tx.insert(tasks).values(task).onConflictDoNothing().returning({ id: tasks.id });
  return row?.id ?? null;
}

/** How an open task ended; false when it is not open any more. */
export type TaskEnding = {
  readonly state: 'done' | 'waived';
  readonly at: string;
  /** Null: the relay, since what it was for has ended. */
  readonly by: string | null;
  readonly why?: string | null;
};

/** Ends the open tasks that were made for this cause, and says whose they were. */
export async function endTasksOf(
  tx: Db,
  cause:
    | { readonly key: string }
    | { readonly promise: string }
    | { readonly request: string }
    | { readonly goodwill: string },
  { state, at, by, why }: TaskEnding,
): Promise<string[]> {
  const column =
    'key' in cause
      ? eq(tasks.key, cause.key)
      : 'promise' in cause
        ? eq(tasks.promise, cause.promise)
        : 'request' in cause
          ? eq(tasks.request, cause.request)
          : eq(tasks.goodwill, cause.goodwill);
  const ended = await tx
    .update(tasks)
    .set({ state, endedAt: at, endedBy: by, why: why ?? null })
    .where(and(column, eq(tasks.state, 'open')))
    .returning({ owner: tasks.owner });
  return ended.map(({ owner }) => owner);
}
