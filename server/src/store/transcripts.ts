/** Codes that prove an address, and what was sent of transcripts. The rules live in mail/transcripts.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type CodeRow = {
  readonly address: string;
  readonly hash: Buffer;
  readonly confirmedAt: Date | string | null;
};

/** The code that holds from now on, in place of an earlier one. */
export async function storeCode(
  tx: Db,
  code: {
    readonly conversation: string;
    readonly address: string;
    readonly hash: Buffer;
    readonly expiresAt: string;
  },
): Promise<void> {
  await tx.execute(sql`
    insert into mail_codes (conversation_id, address, hash, expires_at)
    values (${code.conversation}, ${code.address}, ${code.hash}, ${code.expiresAt})
    on conflict (conversation_id) do update set address = excluded.address, hash = excluded.hash, tries = 0,
      expires_at = excluded.expires_at, confirmed_at = null`);
}

/** Counts a try, and holds the row until the transaction ends; undefined where there is none left. */
export async function countTry(
  tx: Db,
  of: { readonly conversation: string; readonly now: string; readonly triesMax: number },
): Promise<CodeRow | undefined> {
  const { rows } = await tx.execute<CodeRow>(sql`
    update mail_codes set tries = tries + 1
    where conversation_id = ${of.conversation} and expires_at > ${of.now} and tries < ${of.triesMax}
    returning address, hash, confirmed_at as "confirmedAt"`);
  return rows[0];
}

export async function confirmCode(tx: Db, conversation: string, at: string): Promise<void> {
  await tx.execute(sql`update mail_codes set confirmed_at = ${at} where conversation_id = ${conversation}`);
}

/** The address that this conversation's visitor has proven with a code. */
export async function confirmedAddress(db: Db, conversation: string): Promise<string | null> {
  const { rows } = await db.execute<{ address: string }>(sql`
    select address from mail_codes where conversation_id = ${conversation} and confirmed_at is not null`);
  return rows[0]?.address ?? null;
}

export type Written = { readonly conversation: number; readonly visitor: number; readonly address: number };

/** How many mails of a kind were asked for since `since`, of a conversation and of its visitor, and how many went to an address. */
export async function countWritten(
  db: Db,
  of: {
    readonly kind: 'code' | 'transcript';
    readonly conversation: string;
    readonly visitor: string;
    readonly address: string;
    readonly since: string;
  },
): Promise<Written> {
  const { rows } = await db.execute<Written>(sql`
    select own.conversation, own.visitor,
      (select count(*)::int from mails m join visitor_mails v on v.mail_id = m.id
        where lower(m.to_address) = lower(${of.address}) and m.created_at > ${of.since} and v.kind = ${of.kind}
          and m.state <> 'dropped') as address
    from (
      select count(*)::int as visitor, count(*) filter (where c.id = ${of.conversation})::int as conversation
      from conversations c join visitor_mails v on v.conversation_id = c.id join mails m on m.id = v.mail_id
      where c.visitor_id = ${of.visitor} and m.created_at > ${of.since} and v.kind = ${of.kind}
    ) own`);
  return rows[0] ?? { conversation: 0, visitor: 0, address: 0 };
}

/**
 * What became of a mail with a code or a transcript while it waited: its code holds no more, or its visitor was put aside.
 * Undefined for other mail.
 */
export async function readAsked(
  db: Db,
  mail: string,
  now: string,
): Promise<{ readonly isOver: boolean; readonly isAside: boolean } | undefined> {
  const { rows } = await db.execute<{ isOver: boolean; isAside: boolean }>(sql`
    select c.status = 'spam' or w.blocked_at is not null as "isAside",
      v.kind = 'code' and (
        not exists (select from mail_codes k where k.conversation_id = c.id and k.expires_at > ${now} and k.confirmed_at is null)
        or exists (select from visitor_mails o join mails n on n.id = o.mail_id
          where o.conversation_id = c.id and o.kind = 'code' and n.created_at > m.created_at)) as "isOver"
    from visitor_mails v join mails m on m.id = v.mail_id
    join conversations c on c.id = v.conversation_id join visitors w on w.id = c.visitor_id
    where v.mail_id = ${mail} and v.kind in ('code', 'transcript')`);
  return rows[0];
}
