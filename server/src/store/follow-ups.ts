/** Rows around the follow-ups of a failure: whose they are, what is left of them, the flag. Rules live in recovery/follow-ups.ts. */
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import type { FailureRow } from './recovery.ts';
import { failures, tasks } from './schema.ts';

/** What leads from a failure to its ally. */
export type Followed = {
  readonly customer: string | null;
  readonly conversation: string | null;
  readonly ally: string | null;
};

/**
 * The ally of a failure as it is now: the customer's, or the conversation's first person, or who was the ally when it was
 * recorded. Null when that person may not answer any more.
 */
export async function readAlly(db: Db, failure: Followed): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from people where active and role <> 'back-office' and id = coalesce(
      (select ally_id from customers where id = ${failure.customer}::uuid),
      (select contact_id from conversations where id = ${failure.conversation}::uuid),
      ${failure.ally}::uuid)`);
  return rows[0]?.id ?? null;
}

/** Who stands in where nobody is named: this person if they may answer, else the owner with the fewest things to do. */
export async function readStandIn(db: Db, first: string | null): Promise<string | null> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select id from people p where active and role <> 'back-office' and (role = 'owner' or id = ${first}::uuid)
    order by id is not distinct from ${first}::uuid desc,
      (select count(*) from tasks t where t.owner_id = p.id and t.state = 'open'), created_at, id limit 1`);
  return rows[0]?.id ?? null;
}

/** The failure of a task, locked until the transaction ends. */
export async function lockFollowed(tx: Db, failure: string): Promise<FailureRow | undefined> {
  const [row] = await tx.select().from(failures).where(eq(failures.id, failure)).for('update');
  return row;
}

/** Ends what is left of a failure's follow-ups. Answers whose they were. */
export async function waiveFollowUps(
  tx: Db,
  failure: string,
  { at, why }: { readonly at: string; readonly why: string },
): Promise<string[]> {
  const left = and(eq(tasks.failure, failure), eq(tasks.state, 'open'), isFollowUp);
  const waived = await tx
    .update(tasks)
    .set({ state: 'waived', endedAt: at, endedBy: null, why })
    .where(left)
    .returning({ owner: tasks.owner });
  return waived.map(({ owner }) => owner);
}

/** Whether any follow-up of a failure is still open. */
export async function hasFollowUps(db: Db, failure: string): Promise<boolean> {
  const found = await db
    .select({ id: tasks.id })
    .from(tasks)
    .where(and(eq(tasks.failure, failure), eq(tasks.state, 'open'), isFollowUp))
    .limit(1);
  return found.length > 0;
}

const isFollowUp = sql`${tasks.kind} in ('immediate', 'internal', 'wrap-up')`;

/** What colleagues see of it, and until when. No revision of the record: nobody's edit is overtaken by it. */
export async function writeFlag(
  tx: Db,
  failure: string,
  flag: { readonly lines: readonly string[]; readonly checks: FailureRow['checks']; readonly until: string },
): Promise<void> {
  await tx
    .update(failures)
    .set({ flagLines: [...flag.lines], checks: flag.checks, flagUntil: flag.until })
    .where(eq(failures.id, failure));
}

export type DraftRow = {
  readonly name: string | null;
  readonly locale: string | null;
  /** The conversation's. */
  readonly spoken: string | null;
  /** Full names: whose task it is, and who took the last step to `fixed` or, if that was the same person, spoke last. */
  readonly ally: string;
  readonly doneBy: string | null;
};

/** What a draft says beside the failure's own record. Undefined when there is no such task. */
export async function readForDraft(db: Db, task: string): Promise<DraftRow | undefined> {
  const { rows } = await db.execute<DraftRow>(sql`
    select coalesce(cu.name, v.claimed_name) as name, cu.locale, c.locale as spoken, o.full_name as ally, (
        select p.full_name from people p where p.id = coalesce(
          nullif((select e.by_id from failure_edits e where e.failure_id = t.failure_id and e.stage = 'fixed'
            order by e.at desc limit 1), t.owner_id),
          nullif(c.last_agent_id, t.owner_id))) as "doneBy"
    from tasks t join people o on o.id = t.owner_id
      left join conversations c on c.id = t.conversation_id left join visitors v on v.id = c.visitor_id
      left join customers cu on cu.id = t.customer_id
    where t.id = ${task}`);
  return rows[0];
}
