/** Rows of e-mail on its way. The rules live in mail/. */
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { mails } from './schema.ts';

export type MailRow = typeof mails.$inferSelect;
export type NewMail = Pick<MailRow, 'id' | 'customer' | 'by' | 'to' | 'subject' | 'body' | 'createdAt'> &
  Partial<Pick<MailRow, 'state' | 'trouble'>>;

/** A mail with the names that its head needs; a code comes from nobody but the company. */
export type MailToSend = MailRow & {
  readonly fullName: string | null;
  readonly locale: string | null;
  /** Where one asks for no more of these; null for mail that a person sends. */
  readonly stop: string | null;
  /** What the owner has set for the site of the conversation, or of the customer's last one; null where there is none. */
  readonly settings: unknown;
};

/** The customer's address, if a signed identity gave it; null otherwise. A record that was merged away has none. */
export async function provenAddress(db: Db, customer: string): Promise<string | null> {
  const { rows } = await db.execute<{ email: string }>(sql`
    select email from customers c where id = ${customer} and email is not null and merged_into is null
      and exists (select from identities where customer_id = c.id)`);
  return rows[0]?.email ?? null;
}

/** One at a time for an address, until the transaction ends: two mails must not both be the last that is allowed. */
export async function lockAddress(tx: Db, address: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('mail ' || lower(${address}), 0))`);
}

/** How many letters were written to an address since two moments; what a chat sends to its visitor is counted apart. */
export async function countMails(
  db: Db,
  address: string,
  since: { readonly day: string; readonly week: string },
): Promise<{ day: number; week: number }> {
  const { rows } = await db.execute<{ day: number; week: number }>(sql`
    select count(*) filter (where created_at > ${since.day})::int as day, count(*)::int as week
    from mails where lower(to_address) = lower(${address}) and created_at > ${since.week}
      and not exists (select from visitor_mails v where v.mail_id = mails.id)`);
  return rows[0] ?? { day: 0, week: 0 };
}

/** False when there is a mail with this id already. */
export async function insertMail(tx: Db, mail: NewMail): Promise<boolean> {
  const rows = await tx.insert(mails).values(mail).onConflictDoNothing().returning({ id: mails.id });
  return rows.length > 0;
}

export async function readMail(db: Db, id: string): Promise<MailRow | undefined> {
  const [row] = await db.select().from(mails).where(eq(mails.id, id));
  return row;
}

/** Counts a try at a mail that waits, and reads it. Undefined for one that does not. */
export async function beginTry(db: Db, id: string, at: string): Promise<MailToSend | undefined> {
  const [row] = await db
    .update(mails)
    .set({ attempts: sql`${mails.attempts} + 1`, triedAt: at })
    .where(and(eq(mails.id, id), eq(mails.state, 'waiting')))
    .returning();
  if (!row) return undefined;
  const { rows } = await db.execute<{
    fullName: string | null;
    locale: string | null;
    stop: string | null;
    settings: unknown;
  }>(sql`
    select (select full_name from people where id = ${row.by} and coalesce(v.kind, '') <> 'code') as "fullName",
      coalesce(v.locale, (select locale from customers where id = ${row.customer}), c.locale) as locale,
      v.stop_url as stop, s.settings
    from (values (1)) one left join visitor_mails v on v.mail_id = ${row.id}
    left join conversations c on c.id = coalesce(v.conversation_id, (
      select o.id from conversations o join visitors w on w.id = o.visitor_id where w.customer_id = ${row.customer}
      order by o.last_at desc limit 1))
    left join sites s on s.id = c.site_id`);
  const { fullName = null, locale = null, stop = null, settings = null } = rows[0] ?? {};
  return { ...row, fullName, locale, stop, settings };
}

/** Moves a mail from one state to the next; false when it was not in the first. */
export async function moveMail(
  db: Db,
  id: string,
  move: {
    readonly from: readonly MailRow['state'][];
    readonly to: MailRow['state'];
    readonly trouble?: string | null;
    readonly sentAt?: string;
  },
): Promise<boolean> {
  const { from, to, ...rest } = move;
  const rows = await db
    .update(mails)
    .set({ state: to, ...rest })
    .where(and(eq(mails.id, id), sql`${mails.state} = any(${sql.param(from)}::text[])`))
    .returning({ id: mails.id });
  return rows.length > 0;
}
