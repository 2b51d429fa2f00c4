/** Replies that their visitor has not seen, how far they were told of, and who wants no mail about them. Rules live in mail/unseen.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

/** What a person wrote: facts beside it are read with it. */
const WORDS = ['message', 'hello', 'farewell', 'file'];

export type Times = {
  /** The first one is older than this. */
  readonly due: string;
  /** Nobody has added to them since, or the first one is older than `long`: they are one mail. */
  readonly quiet: string;
  readonly long: string;
  /** What is older is left alone. */
  readonly young: string;
  /** A push that no service took before this is tried anew where there is no other way. */
  readonly again: string;
};

/**
 * Conversations with replies to be told of, whose visitor has a device for it or, where `mail` is sent, has left an address or is
 * known by a site's signature; without those of which a push is under way. Those that are live, were closed lately, or had a follow-up or news of what was built with them lately: a message changes nothing that is in an index of conversations.
 */
export async function conversationsDue(
  db: Db,
  times: Times,
  { limit, mail }: { readonly limit: number; readonly mail: boolean },
): Promise<string[]> {
  const unread = sql`c.last_public_seq > c.visitor_read`;
  const { rows } = await db.execute<{ id: string }>(sql`
    with talks as (
      select c.id, c.visitor_id, c.visitor_read from conversations c
      where c.status in ('waiting', 'open') and c.last_agent_seq > 0 and c.last_at > ${times.young} and ${unread}
      union
      select c.id, c.visitor_id, c.visitor_read from conversations c
      where c.status = 'closed' and c.closed_at > ${times.young} and ${unread}
      union
      select c.id, c.visitor_id, c.visitor_read from tasks t join conversations c on c.id = t.conversation_id
      where t.state <> 'open' and t.ended_at > ${times.young} and c.status = 'closed' and ${unread}
      union
      select c.id, c.visitor_id, c.visitor_read from build_wishes w join conversations c on c.id = w.conversation_id
      where w.told_at > ${times.young} and c.status = 'closed' and ${unread}
    )
    select t.id from talks t
    join visitors v on v.id = t.visitor_id and v.blocked_at is null
      and (${isMailed(mail)} or exists (select from push_devices d where d.visitor_id = v.id))
    left join reply_mails r on r.conversation_id = t.id
    cross join lateral (
      select min(e.at) as first, max(e.at) as last from entries e
      where e.conversation_id = t.id and e.public_seq > greatest(t.visitor_read, coalesce(r.public_seq, 0))
        and e.sender_kind = 'agent' and e.kind = any(${sql.param(WORDS)}::text[]) and e.at > ${times.young}
    ) u
    where ${isDue(times)} and not exists (select from reply_pushes p where p.conversation_id = t.id and not p.failed)
      and (${isMailed(mail)} or not exists (
        select from reply_pushes p where p.conversation_id = t.id and p.failed and p.at > ${times.again} and p.up_to > t.visitor_read))
    order by random() limit ${limit}`);
  return rows.map((row) => row.id);
}

const isMailed = (mail: boolean) =>
  sql`(${mail} and (v.claimed_email is not null or (v.customer_id is not null and v.linked_by is null)))`;

const isDue = ({ due, quiet, long }: Times) =>
  sql`u.first <= ${due} and (u.last <= ${quiet} or u.first <= ${long})`;

export type UnseenReply = {
  readonly publicSeq: number;
  readonly person: string;
  readonly fullName: string;
  readonly isFile: boolean;
  readonly text: string;
};

export type UnseenTalk = {
  readonly visitor: string;
  readonly customer: string | null;
  /** What the visitor has left. */
  readonly claimedEmail: string | null;
  readonly locale: string;
  readonly siteKey: string;
  readonly siteName: string;
  /** What the owner of the site has set. */
  readonly settings: unknown;
  /** How far the visitor was told of replies before. */
  readonly mark: number;
  /** On how many devices the visitor wants to be told. */
  readonly devices: number;
  /** These were to be pushed, and no service took them. */
  readonly pushFailed: boolean;
  /** That was long enough ago. */
  readonly mayPushAgain: boolean;
  readonly replies: readonly UnseenReply[];
};

/**
 * Holds the mark of a conversation until the transaction ends, and reads what is due there now: nothing, if another relay was
 * first, or the visitor has come back.
 */
export async function holdUnseen(
  tx: Db,
  conversation: string,
  times: Times,
  limit: number,
): Promise<UnseenTalk | null> {
  await tx.execute(
    sql`insert into reply_mails (conversation_id) values (${conversation}) on conflict do nothing`,
  );
  await tx.execute(sql`select from reply_mails where conversation_id = ${conversation} for update`);
  const { rows } = await tx.execute<Omit<UnseenTalk, 'replies'> & { replies: UnseenReply[] }>(sql`
    select v.id as visitor, case when v.linked_by is null then v.customer_id end as customer,
      v.claimed_email as "claimedEmail", c.locale, s.key as "siteKey", s.name as "siteName", s.settings, r.public_seq as mark,
      (select count(*)::int from push_devices d where d.visitor_id = v.id) as devices,
      coalesce(p.failed and p.up_to > greatest(c.visitor_read, r.public_seq), false) as "pushFailed",
      coalesce(p.at <= ${times.again}, true) as "mayPushAgain", u.replies
    from conversations c
    join visitors v on v.id = c.visitor_id and v.blocked_at is null
    join sites s on s.id = c.site_id
    join reply_mails r on r.conversation_id = c.id
    left join reply_pushes p on p.conversation_id = c.id
    cross join lateral (
      select min(at) as first, max(at) as last, json_agg(json_build_object('publicSeq', public_seq, 'person', sender_id,
        'fullName', full_name, 'isFile', kind = 'file', 'text', body) order by public_seq) as replies
      from (
        select e.at, e.public_seq, e.sender_id, p.full_name, e.kind, e.body from entries e join people p on p.id = e.sender_id
        where e.conversation_id = c.id and e.public_seq > greatest(c.visitor_read, r.public_seq)
          and e.sender_kind = 'agent' and e.kind = any(${sql.param(WORDS)}::text[]) and e.at > ${times.young}
        order by e.public_seq limit ${limit}
      ) e
    ) u
    where c.id = ${conversation} and c.status <> 'spam' and p.failed is not false and ${isDue(times)}`);
  return rows[0] ?? null;
}

export async function markTold(tx: Db, conversation: string, publicSeq: number): Promise<void> {
  await tx.execute(sql`
    update reply_mails set public_seq = greatest(public_seq, ${publicSeq}::int) where conversation_id = ${conversation}`);
}

/** What became of a mail's replies since it was written: all of them read, or their visitor put aside. Undefined for other mail. */
export async function readReplies(
  db: Db,
  mail: string,
): Promise<{ readonly isSeen: boolean; readonly isAside: boolean } | undefined> {
  const { rows } = await db.execute<{ isSeen: boolean; isAside: boolean }>(sql`
    select c.visitor_read >= m.up_to as "isSeen", c.status = 'spam' or v.blocked_at is not null as "isAside"
    from visitor_mails m join conversations c on c.id = m.conversation_id join visitors v on v.id = c.visitor_id
    where m.mail_id = ${mail} and m.kind = 'replies'`);
  return rows[0];
}

export type VisitorMail = {
  readonly mail: string;
  readonly conversation: string;
  readonly kind: 'replies' | 'code' | 'transcript';
  readonly locale: string;
  readonly upTo?: number;
  readonly stop?: string;
};

export async function insertVisitorMail(tx: Db, row: VisitorMail): Promise<void> {
  await tx.execute(sql`
    insert into visitor_mails (mail_id, conversation_id, kind, locale, up_to, stop_url)
    values (${row.mail}, ${row.conversation}, ${row.kind}, ${row.locale}, ${row.upTo ?? null}, ${row.stop ?? null})`);
}

/** How many mails of a kind were written since `since`: to an address, and of a conversation. */
export async function countVisitorMails(
  db: Db,
  of: {
    readonly address: string;
    readonly conversation: string;
    readonly kind: string;
    readonly since: string;
  },
): Promise<{ readonly address: number; readonly conversation: number }> {
  const { rows } = await db.execute<{ address: number; conversation: number }>(sql`
    select
      (select count(*)::int from mails m join visitor_mails v on v.mail_id = m.id
        where lower(m.to_address) = lower(${of.address}) and m.created_at > ${of.since} and v.kind = ${of.kind}) as address,
      (select count(*)::int from visitor_mails v join mails m on m.id = v.mail_id
        where v.conversation_id = ${of.conversation} and m.created_at > ${of.since} and v.kind = ${of.kind}) as conversation`);
  return rows[0] ?? { address: 0, conversation: 0 };
}

export async function isStopped(db: Db, hash: Buffer): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from mail_stops where hash = ${hash}`);
  return rows.length > 0;
}

export async function insertStop(db: Db, hash: Buffer): Promise<void> {
  await db.execute(sql`insert into mail_stops (hash) values (${hash}) on conflict do nothing`);
}

export async function deleteStop(db: Db, hash: Buffer): Promise<void> {
  await db.execute(sql`delete from mail_stops where hash = ${hash}`);
}

/** To whom a mail about replies went, and in which language; undefined where there is none. */
export async function readReplyMail(
  db: Db,
  mail: string,
): Promise<{ readonly to: string; readonly locale: string } | undefined> {
  const { rows } = await db.execute<{ to: string; locale: string }>(sql`
    select m.to_address as to, v.locale from visitor_mails v join mails m on m.id = v.mail_id
    where v.mail_id = ${mail} and v.kind = 'replies'`);
  return rows[0];
}

/** A link to a conversation; those that are over go. */
export async function insertMailLink(
  tx: Db,
  link: {
    readonly hash: Buffer;
    readonly conversation: string;
    readonly expiresAt: string;
    readonly now: string;
  },
): Promise<void> {
  await tx.execute(
    sql`delete from mail_links where conversation_id = ${link.conversation} and expires_at < ${link.now}`,
  );
  await tx.execute(sql`
    insert into mail_links (hash, conversation_id, expires_at) values (${link.hash}, ${link.conversation}, ${link.expiresAt})`);
}

export type FollowedLink = {
  readonly visitor: string;
  readonly clientId: string;
  readonly siteKey: string;
  readonly locale: string;
};

/** Counts a use of a link that holds; undefined for one that does not, was used up, or whose visitor was put aside. */
export async function followLink(
  tx: Db,
  link: { readonly hash: Buffer; readonly now: string; readonly usesMax: number },
): Promise<FollowedLink | undefined> {
  const { rows } = await tx.execute<FollowedLink>(sql`
    update mail_links l set used = l.used + 1
    from conversations c join visitors v on v.id = c.visitor_id join sites s on s.id = c.site_id
    where l.hash = ${link.hash} and l.expires_at > ${link.now} and l.used < ${link.usesMax}
      and c.id = l.conversation_id and c.status <> 'spam' and v.blocked_at is null
    returning v.id as visitor, c.client_id as "clientId", s.key as "siteKey", c.locale`);
  return rows[0];
}

export async function insertVisitorKey(tx: Db, hash: Buffer, visitor: string): Promise<void> {
  await tx.execute(sql`insert into visitor_keys (hash, visitor_id) values (${hash}, ${visitor})`);
}

/** The hash of the token with which a visitor began, by that of another browser's. */
export async function firstHashOf(db: Db, site: string, hash: Buffer): Promise<Buffer | undefined> {
  const { rows } = await db.execute<{ hash: Buffer }>(sql`
    select v.token_hash as hash from visitor_keys k join visitors v on v.id = k.visitor_id
    where k.hash = ${hash} and v.site_id = ${site}`);
  return rows[0]?.hash;
}
