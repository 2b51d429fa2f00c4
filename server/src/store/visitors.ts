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

/** The visitor of this token, made if it is not there; who came by a link of a mail is the same one. BAD_TOKEN when the token is another site's. */
export async function ensureVisitor(db: Db, made: MadeVisitor): Promise<{ id: string; blocked: boolean }> {
  await db.execute(sql`
    insert into visitors (site_id, token_hash, customer_id, device, locale)
    select ${made.site}::uuid, ${made.tokenHash}::bytea, ${made.customer}::uuid, ${made.device}::text, ${made.locale}::text
    where not exists (select from visitor_keys where hash = ${made.tokenHash})
    on conflict (token_hash) do nothing`);
  const { rows } = await db.execute<{ id: string; site: string; blocked: boolean }>(sql`
    select id, site_id as site, blocked_at is not null as blocked from visitors
    where id = coalesce((select visitor_id from visitor_keys where hash = ${made.tokenHash}),
      (select id from visitors where token_hash = ${made.tokenHash})) for update`);
  const [row] = rows;
  if (!row || row.site !== made.site) throw new RelayError('BAD_TOKEN');
  return { id: row.id, blocked: row.blocked };
}

/** An address that is put right may have been a stranger's: links in mails that went there open nothing any more. */
export async function setClaimedEmail(db: Db, visitor: string, email: string): Promise<void> {
  await db.execute(sql`
    delete from mail_links l using conversations c, visitors v
    where v.id = ${visitor} and lower(v.claimed_email) <> lower(${email}) and c.visitor_id = v.id and l.conversation_id = c.id`);
  await db.execute(sql`update visitors set claimed_email = ${email} where id = ${visitor}`);
}
