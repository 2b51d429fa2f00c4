/** Rows of things to do. Rules live in recovery/tasks.ts. */
import type { TaskKind, Work, WrapUp } from '@fullname/shared/recovery';
import { and, eq, lte, type SQL, sql } from 'drizzle-orm';
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

/** A statement holds at most 65,535 values. */
const ROWS_AT_ONCE = 1_000;

/** Those of these tasks that were not there already. */
export async function insertTasks(
  tx: Db,
  rows: readonly NewTask[],
): Promise<{ readonly id: string; readonly due: string }[]> {
  const opened: { readonly id: string; readonly due: string }[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = await tx
      .insert(tasks)
      .values(rows.slice(from, from + ROWS_AT_ONCE))
      .onConflictDoNothing()
      .returning({ id: tasks.id, due: tasks.due });
    opened.push(...some);
  }
  return opened;
}

/** How an open task ended; false when it is not open any more. */
export type TaskEnding = {
  readonly state: 'done' | 'waived';
  readonly at: string;
  /** Null: the relay, since what it was for has ended. */
  readonly by: string | null;
  readonly why?: string | null;
};

/** What a task was made for: its key, or the record it hangs on. */
export type TaskCause =
  | { readonly key: string }
  | { readonly promise: string }
  | { readonly request: string }
  | { readonly goodwill: string };

/** Ends the open tasks that were made for this cause, and says whose they were. */
export async function endTasksOf(
  tx: Db,
  cause: TaskCause,
  { state, at, by, why }: TaskEnding,
): Promise<string[]> {
  const ended = await tx
    .update(tasks)
    .set({ state, endedAt: at, endedBy: by, why: why ?? null })
    .where(and(causedBy(cause), eq(tasks.state, 'open')))
    .returning({ owner: tasks.owner });
  return ended.map(({ owner }) => owner);
}

/** Moves the open tasks of this cause to another time, as if nobody had been reminded of them. Answers which, and whose. */
export async function moveTasksOf(
  tx: Db,
  cause: TaskCause,
  due: string,
): Promise<{ id: string; owner: string }[]> {
  return tx
    .update(tasks)
    .set({ due, remindedAt: null, seenAt: null })
    .where(and(causedBy(cause), eq(tasks.state, 'open')))
    .returning({ id: tasks.id, owner: tasks.owner });
}

function causedBy(cause: TaskCause): SQL {
  if ('key' in cause) return eq(tasks.key, cause.key);
  if ('promise' in cause) return eq(tasks.promise, cause.promise);
  if ('request' in cause) return eq(tasks.request, cause.request);
  return eq(tasks.goodwill, cause.goodwill);
}

/**
 * Notes that the owner of a task is reminded at this moment: true for the first who says so, and only while the task is
 * open and its time has come.
 */
export async function markReminded(db: Db, id: string, at: string): Promise<boolean> {
  const reminded = await db
    .update(tasks)
    .set({ remindedAt: at })
    .where(
      and(eq(tasks.id, id), eq(tasks.state, 'open'), lte(tasks.due, at), sql`${tasks.remindedAt} is null`),
    )
    .returning({ id: tasks.id });
  return reminded.length > 0;
}

/** Notes that its owner's browser has shown it; false where it is not theirs. The first time stays. */
export async function markSeen(
  db: Db,
  task: { readonly id: string; readonly owner: string; readonly at: string },
): Promise<boolean> {
  const seen = await db
    .update(tasks)
    .set({ seenAt: sql`coalesce(${tasks.seenAt}, ${task.at}::timestamptz)` })
    .where(and(eq(tasks.id, task.id), eq(tasks.owner, task.owner)))
    .returning({ id: tasks.id });
  return seen.length > 0;
}

export async function readTask(db: Db, id: string): Promise<TaskRow | undefined> {
  const { rows } = await db.execute<TaskRow>(
    sql`select ${taskColumns} from ${taskTables} where t.id = ${id}`,
  );
  return rows[0];
}

/** What a task looks like to whoever ends it. Nobody else ends it until the transaction does. */
export type LockedTask = Pick<
  typeof tasks.$inferSelect,
  | 'id'
  | 'key'
  | 'kind'
  | 'owner'
  | 'state'
  | 'failure'
  | 'customer'
  | 'conversation'
  | 'endedBy'
  | 'why'
  | 'wrapUp'
  | 'mail'
>;

export async function lockTask(tx: Db, id: string): Promise<LockedTask | undefined> {
  const [row] = await tx.select().from(tasks).where(eq(tasks.id, id)).for('update');
  return row;
}

/** Ends one task. It is open, and locked. */
export async function endTask(
  tx: Db,
  id: string,
  {
    state,
    at,
    by,
    why,
    wrapUp,
    mail,
  }: TaskEnding & { readonly wrapUp?: WrapUp | null; readonly mail?: string | null },
): Promise<void> {
  await tx
    .update(tasks)
    .set({ state, endedAt: at, endedBy: by, why: why ?? null, wrapUp: wrapUp ?? null, mail: mail ?? null })
    .where(eq(tasks.id, id));
}

export type TaskQuery = {
  /** Null: everybody's. */
  readonly owner: string | null;
  readonly state: 'open' | 'ended';
  readonly after: { readonly key: string; readonly id: string } | null;
  readonly limit: number;
};

/** A page of the list by keyset: the open ones by due time, those that have ended the latest first. `sortKey` is exact to the microsecond. */
export async function listTasks(
  db: Db,
  { owner, state, after, limit }: TaskQuery,
): Promise<(TaskRow & { readonly sortKey: string })[]> {
  const whose = owner === null ? sql`` : sql`and t.owner_id = ${owner}`;
  const [time, which] =
    state === 'open' ? [sql`t.due`, sql`t.state = 'open'`] : [sql`t.ended_at`, sql`t.state <> 'open'`];
  const order = state === 'open' ? sql`t.due, t.id` : sql`t.ended_at desc nulls last, t.id`;
  const { rows } = await db.execute<TaskRow & { sortKey: string }>(sql`
    select ${taskColumns}, ${time}::text as "sortKey" from ${taskTables}
    where ${which} ${whose} ${after === null ? sql`` : beyond(state, after)} order by ${order} limit ${limit}`);
  return rows;
}

/** Those that have ended go back in time, but by rising id within one moment: no row value says that. */
function beyond(state: TaskQuery['state'], after: { readonly key: string; readonly id: string }): SQL {
  if (state === 'open') return sql`and (t.due, t.id) > (${after.key}::timestamptz, ${after.id}::uuid)`;
  return sql`and t.ended_at <= ${after.key}::timestamptz
    and (t.ended_at < ${after.key}::timestamptz or t.id > ${after.id}::uuid)`;
}

/** What waits for a person, at this moment. */
export async function countWork(db: Db, person: string, now: string): Promise<Work> {
  const { rows } = await db.execute<Work>(sql`
    select count(*)::int as open, (count(*) filter (where due <= ${now}::timestamptz))::int as due,
      (select count(*)::int from internal_requests
        where provider_id = ${person} and state in ('asked', 'promised')) as requests,
      (select count(*)::int from coaching_notes
        where to_id = ${person} and shown_at is not null and read_at is null) as notes,
      (select count(*)::int from praises where to_id = ${person} and read_at is null) as praise
    from tasks where owner_id = ${person} and state = 'open'`);
  const [row] = rows;
  if (!row) throw new Error('an aggregate gives one row');
  return row;
}
