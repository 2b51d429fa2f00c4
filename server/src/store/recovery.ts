/** Rows of what went wrong and of what was promised. Every insert is made under the author's own id: a retry reads the first row. */
import type { PersonRef } from '@fullname/shared/model';
import { and, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm';
import type { PgUpdateSetSource } from 'drizzle-orm/pg-core';
import type { Db } from './db.ts';
import { iso } from './log.ts';
import { failures, people, type promises, tasks } from './schema.ts';

export type FailureRow = typeof failures.$inferSelect;
/** A failure as the pane reads it: without what it hangs on. */
export type FailureFacts = Omit<FailureRow, 'customer' | 'fixedAt' | 'closedAt'>;
export type PromiseRow = typeof promises.$inferSelect;
export type PromiseFacts = Omit<PromiseRow, 'customer' | 'warnedAt'>;

type Draft<Row> = Row & { readonly id: string };

/** Who asks for a failure: from a conversation of this customer, or of this visitor whom nobody has linked. */
export type Whose = { readonly customer: string | null; readonly visitor: string };

/** The failure, locked until the transaction ends; undefined where it is not theirs. */
export async function lockFailure(tx: Db, id: string, whose: Whose): Promise<FailureRow | undefined> {
  const [row] = await tx
    .select()
    .from(failures)
    .where(and(eq(failures.id, id), theirs(whose)))
    .for('update');
  return row;
}

function theirs({ customer, visitor }: Whose): SQL {
  return customer === null
    ? sql`${failures.customer} is null and ${failures.conversation} in (
        select o.id from conversations o where o.visitor_id = ${visitor})`
    : sql`${failures.customer} = ${customer}`;
}

/** Whether something of theirs is open of which nobody has asked yet what would put it right. */
export async function hasUnasked(db: Db, whose: Whose): Promise<boolean> {
  const isUnasked = and(inArray(failures.stage, ['noticed', 'apologised']), isNull(failures.wants));
  const found = await db
    .select({ id: failures.id })
    .from(failures)
    .where(and(theirs(whose), isUnasked))
    .limit(1);
  return found.length > 0;
}

export async function readFailure(db: Db, id: string): Promise<FailureRow | undefined> {
  const [row] = await db.select().from(failures).where(eq(failures.id, id));
  return row;
}

/** Writes what was edited, as the next revision. */
export async function writeFailure(
  tx: Db,
  id: string,
  changed: PgUpdateSetSource<typeof failures>,
): Promise<FailureRow> {
  const [row] = await tx
    .update(failures)
    .set({ ...changed, revision: sql`${failures.revision} + 1` })
    .where(eq(failures.id, id))
    .returning();
  if (!row) throw new Error('a failure that is locked must be there');
  return row;
}

/** Writes a stage and what it says of times; `again`: it was not mended after all. */
export function writeStage(
  tx: Db,
  id: string,
  { stage, at, again }: Pick<FailureRow, 'stage' | 'at'> & { readonly again: boolean },
): Promise<FailureRow> {
  return writeFailure(tx, id, {
    stage,
    ...(stage === 'fixed' && { fixedAt: at }),
    ...(stage === 'closed' && { closedAt: at }),
    ...(again && { fixedAt: null, closedAt: null, reopened: sql`${failures.reopened} + 1` }),
  });
}

/** Not a revision: looking is no edit of the record. */
export async function writeChecks(tx: Db, id: string, checks: FailureRow['checks']): Promise<void> {
  await tx.update(failures).set({ checks }).where(eq(failures.id, id));
}

/**
 * Whether something was recorded since the visitor began to speak again after the last farewell before `closedSeq`: what was
 * recorded of earlier words, also after that farewell, is not of these. Changes leave no entry, so theirs are told by time.
 */
export async function isRecorded(
  tx: Db,
  { conversation, customer, closedSeq }: ClosedTalk,
): Promise<boolean> {
  const { rows } = await tx.execute<{ recorded: boolean }>(sql`
    with farewell as (
      select coalesce(max(seq), 0) as seq from entries
      where conversation_id = ${conversation} and kind = 'farewell' and seq < ${closedSeq}
    ), begun as (
      select e.seq, e.at from entries e
      where e.conversation_id = ${conversation} and e.seq > (select seq from farewell)
      order by e.sender_kind = 'visitor' desc, e.seq limit 1
    )
    select exists (select 1 from begun b join entries e on e.conversation_id = ${conversation} and e.seq > b.seq
        and e.kind in ('failure-logged', 'failure-stepped', 'followed-up'))
      or exists (select 1 from begun b join failure_edits e on e.at > b.at join failures f on f.id = e.failure_id
        where f.conversation_id = ${conversation} or f.customer_id = ${customer}::uuid) as recorded`);
  return rows[0]?.recorded === true;
}

export type ClosedTalk = {
  readonly conversation: string;
  readonly customer: string | null;
  /** The number of the farewell that ends it now. */
  readonly closedSeq: number;
};

/** Ends the reminders to record what went wrong in this conversation, and says whose they were. */
export async function endReminders(
  tx: Db,
  conversation: string,
  { at, by }: { readonly at: string; readonly by: string },
): Promise<string[]> {
  const ended = await tx
    .update(tasks)
    .set({ state: 'done', endedAt: at, endedBy: by })
    .where(and(eq(tasks.conversation, conversation), eq(tasks.kind, 'unlogged'), eq(tasks.state, 'open')))
    .returning({ owner: tasks.owner });
  return ended.map(({ owner }) => owner);
}

/** Stores the row, or gives back the one that was stored under its id before. */
export async function storeFailure(
  db: Db,
  row: Draft<typeof failures.$inferInsert>,
): Promise<FailureRow | undefined> {
  const [stored] = await db.insert(failures).values(row).onConflictDoNothing().returning();
  if (stored) return stored;
  const [first] = await db.select().from(failures).where(eq(failures.id, row.id));
  return first;
}

const openOrOwed = sql`(stage <> 'closed' or owed is not null)`;

/**
 * What the next agent should know of: whatever is open or owed, however old; what is closed until the date of its flag, or
 * for a year where nobody set one. `now` in milliseconds.
 */
export const isFlagged = (now: number) => sql`(${openOrOwed}
  or coalesce(flag_until, at + interval '1 year') > ${new Date(now).toISOString()}::timestamptz)`;

/** The same for a row of a list: is anything open or owed, and until when is what is closed flagged? Each from an index. */
export const flagsOf = (whose: SQL) => sql`select
  exists (select 1 from failures where ${whose} and ${openOrOwed}) as open,
  greatest((select max(flag_until) from failures where ${whose} and flag_until is not null),
    (select at + interval '1 year' from failures where ${whose} and flag_until is null
      order by at desc nulls last limit 1)) as until`;

/** Names a person by id, as the directory does. */
export type Names = (id: string) => PersonRef;

/** The names behind the given ids, read in one query. People are never deleted while a row refers to them. */
export async function readNames(db: Db, ids: readonly string[]): Promise<Names> {
  const rows = await db
    .select({ id: people.id, fullName: people.fullName })
    .from(people)
    .where(inArray(people.id, [...new Set(ids)]));
  const names = new Map(rows.map((row) => [row.id, row]));
  return (id) => {
    const person = names.get(id);
    if (!person) throw new Error(`a row refers to person ${id}, who is not there`);
    return person;
  };
}

/** A time of a row, or null, as an ISO string. */
export function isoOrNull(time: string | null): string | null {
  return time === null ? null : iso(time);
}
