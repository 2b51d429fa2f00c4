/** Visitors as rows: made with their first message, never before. */
import { sql } from 'drizzle-orm';
import { RelayError } from '../relay-error.ts';
import type { Db } from './db.ts';

export type MadeVisitor = {
  readonly site: string;
  readonly tokenHash: Buffer;
  /** Proven by a signed identity; null without one. */
  readonly customer: string | null;
  readonly device: string | null;
  readonly locale: string;
};

/**
 * The visitor of this token, made if it is not there. BAD_TOKEN when the token is another site's, or belongs to a browser
 * that was linked to another customer: on a shared computer nobody inherits the previous person's conversation.
 */
export async function ensureVisitor(db: Db, made: MadeVisitor): Promise<{ id: string; blocked: boolean }> {
  await db.execute(sql`
    insert into visitors (site_id, token_hash, customer_id, device, locale)
    values (${made.site}, ${made.tokenHash}, ${made.customer}::uuid, ${made.device}, ${made.locale})
    on conflict (token_hash) do nothing`);
  const { rows } = await db.execute<{
    id: string;
    site: string;
    customer: string | null;
    blocked: boolean;
  }>(sql`
    select id, site_id as site, customer_id as customer, blocked_at is not null as blocked from visitors
    where token_hash = ${made.tokenHash} for update`);
  const [row] = rows;
  if (!row || row.site !== made.site) throw new RelayError('BAD_TOKEN');
  if (made.customer && row.customer && row.customer !== made.customer) throw new RelayError('BAD_TOKEN');
  if (made.customer && !row.customer) await linkByIdentity(db, row.id, made.customer);
  return { id: row.id, blocked: row.blocked };
}

/** A browser known so far only by its token now proves who it is. */
async function linkByIdentity(db: Db, visitor: string, customer: string): Promise<void> {
  await db.execute(sql`
    update visitors set customer_id = ${customer}, linked_by = null, linked_at = now() where id = ${visitor} and customer_id is null`);
}

export async function setClaimedEmail(db: Db, visitor: string, email: string): Promise<void> {
  await db.execute(sql`update visitors set claimed_email = ${email} where id = ${visitor}`);
}
