/** Devices on which visitors are told of answers, and what is being pushed to them. Rules live in push/ and mail/unseen.ts. */
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

export type Grant = {
  readonly hash: Buffer;
  /** Of the chat's own token. */
  readonly tokenHash: Buffer;
  readonly visitor: string;
  readonly expiresAt: string;
  readonly now: string;
};

/** The last leave of a chat; those before it, and all that are over, go. A hash that somebody else has changes nothing. */
export async function insertGrant(tx: Db, grant: Grant): Promise<void> {
  await tx.execute(
    sql`delete from push_grants where token_hash = ${grant.tokenHash} or expires_at < ${grant.now}`,
  );
  await tx.execute(sql`
    insert into push_grants (token_hash, hash, visitor_id, expires_at)
    values (${grant.tokenHash}, ${grant.hash}, ${grant.visitor}, ${grant.expiresAt}) on conflict do nothing`);
}

/** Takes a leave out; undefined for one that is over, was used, is another site's, or whose visitor was put aside. */
export async function takeGrant(
  tx: Db,
  asked: { readonly hash: Buffer; readonly site: string; readonly now: string },
): Promise<{ readonly visitor: string; readonly tokenHash: Buffer } | undefined> {
  const { rows } = await tx.execute<{ visitor: string; tokenHash: Buffer }>(sql`
    delete from push_grants g using visitors v
    where g.hash = ${asked.hash} and g.expires_at > ${asked.now}
      and v.id = g.visitor_id and v.site_id = ${asked.site} and v.blocked_at is null
    returning v.id as visitor, g.token_hash as "tokenHash"`);
  return rows[0];
}

export type DeviceRow = {
  readonly hash: Buffer;
  readonly endpoint: string;
  readonly p256dh: Buffer;
  readonly auth: Buffer;
};

/** Adds a device, or gives it to whoever uses this browser now, and keeps only the newest ones of a visitor. */
export async function saveDevice(
  tx: Db,
  device: DeviceRow & {
    readonly visitor: string;
    readonly tokenHash: Buffer;
    readonly device: string | null;
    readonly at: string;
    readonly most: number;
  },
): Promise<void> {
  // Two devices of one visitor that come at once are counted one after the other.
  await tx.execute(sql`select from visitors where id = ${device.visitor} for no key update`);
  await tx.execute(sql`
    insert into push_devices (hash, visitor_id, token_hash, endpoint, p256dh, auth, device, created_at)
    values (${device.hash}, ${device.visitor}, ${device.tokenHash}, ${device.endpoint}, ${device.p256dh}, ${device.auth},
      ${device.device}, ${device.at})
    on conflict (hash) do update set visitor_id = excluded.visitor_id, token_hash = excluded.token_hash,
      p256dh = excluded.p256dh, auth = excluded.auth, device = excluded.device, created_at = excluded.created_at`);
  await tx.execute(sql`
    delete from push_devices where hash in (
      select hash from push_devices where visitor_id = ${device.visitor} order by created_at desc, hash offset ${device.most})`);
}

/** Puts what a browser has now in the place of what it had; only for whoever knows the secret that went with that. */
export async function replaceDevice(
  tx: Db,
  before: { readonly hash: Buffer; readonly auth: Buffer; readonly site: string },
  now: DeviceRow,
): Promise<void> {
  const { rows } = await tx.execute(sql`
    select from push_devices d join visitors v on v.id = d.visitor_id
    where d.hash = ${before.hash} and d.auth = ${before.auth} and v.site_id = ${before.site} for update of d`);
  if (rows.length === 0) return;
  if (!now.hash.equals(before.hash)) await deleteDevices(tx, [now.hash]);
  await tx.execute(sql`
    update push_devices set hash = ${now.hash}, endpoint = ${now.endpoint}, p256dh = ${now.p256dh}, auth = ${now.auth}
    where hash = ${before.hash}`);
}

/** Whose a device is, beside the visitor whose chat has given a leave: undefined for a device that nobody is told on. */
export async function findDevice(
  db: Db,
  asked: {
    readonly hash: Buffer;
    readonly site: string;
    readonly grant: Buffer | null;
    readonly now: string;
  },
): Promise<{ readonly visitor: string; readonly granted: string | null } | undefined> {
  const { rows } = await db.execute<{ visitor: string; granted: string | null }>(sql`
    select d.visitor_id as visitor, g.visitor_id as granted from push_devices d
    join visitors v on v.id = d.visitor_id and v.site_id = ${asked.site}
    left join push_grants g on g.hash = ${asked.grant} and g.expires_at > ${asked.now}
    where d.hash = ${asked.hash}`);
  return rows[0];
}

export type ToldRow = { readonly hash: Buffer; readonly device: string | null; readonly at: string };

/** The devices of these visitors, and of the others those that a token has allowed, the newest first. */
export async function readDevices(
  db: Db,
  whose: {
    readonly all: readonly string[];
    readonly own: readonly string[];
    readonly tokenHash: Buffer | null;
  },
): Promise<ToldRow[]> {
  const among = (visitors: readonly string[]) => sql`any(${sql.param(visitors)}::uuid[])`;
  const { rows } = await db.execute<ToldRow>(sql`
    select hash, device, created_at as at from push_devices
    where visitor_id = ${among(whose.all)} or (visitor_id = ${among(whose.own)} and token_hash = ${whose.tokenHash})
    order by created_at desc, hash`);
  return rows;
}

export async function deleteDevices(db: Db, hashes: readonly Buffer[]): Promise<void> {
  if (hashes.length > 0)
    await db.execute(sql`delete from push_devices where hash = any(${sql.param(hashes)}::bytea[])`);
}

/**
 * The devices that a chat has allowed, and its leave to add another; those as well that its visitor has allowed behind a link, which
 * nobody ever logs out.
 */
export async function deleteDevicesOf(db: Db, tokenHash: Buffer): Promise<void> {
  await db.execute(sql`delete from push_grants where token_hash = ${tokenHash}`);
  await db.execute(sql`
    delete from push_devices d where d.token_hash = ${tokenHash} or (
      d.visitor_id = (select id from visitors where token_hash = ${tokenHash})
      and exists (select from visitor_keys k where k.hash = d.token_hash))`);
}

/** Whether anybody is told on a device at all. */
export async function hasDevices(db: Db): Promise<boolean> {
  const { rows } = await db.execute(sql`select 1 from push_devices limit 1`);
  return rows.length > 0;
}

export type PushRow = {
  readonly id: string;
  readonly conversation: string;
  readonly fromSeq: number;
  readonly upTo: number;
  readonly at: string;
};

/** One at a time of a conversation; what has failed before was told otherwise meanwhile. */
export async function insertPush(tx: Db, row: PushRow): Promise<void> {
  await tx.execute(sql`
    insert into reply_pushes (conversation_id, id, from_seq, up_to, at)
    values (${row.conversation}, ${row.id}, ${row.fromSeq}, ${row.upTo}, ${row.at})
    on conflict (conversation_id) do update set
      id = excluded.id, from_seq = excluded.from_seq, up_to = excluded.up_to, at = excluded.at, failed = false`);
}

export type WaitingPush = {
  readonly conversation: string;
  /** Read meanwhile, or their visitor was put aside. */
  readonly isNeedless: boolean;
  readonly locale: string;
  readonly siteKey: string;
  readonly siteName: string;
  readonly settings: unknown;
  /** Whoever wrote last of what is told. */
  readonly fullName: string;
  readonly devices: readonly DeviceRow[];
};

/** A push that still waits; undefined for one that is done. */
export async function readPush(db: Db, id: string): Promise<WaitingPush | undefined> {
  const { rows } = await db.execute<Omit<WaitingPush, 'devices'> & { visitor: string }>(sql`
    select r.conversation_id as conversation, c.locale, s.key as "siteKey", s.name as "siteName", s.settings, v.id as visitor,
      c.visitor_read >= r.up_to or c.status = 'spam' or v.blocked_at is not null as "isNeedless",
      (select p.full_name from entries e join people p on p.id = e.sender_id
        where e.conversation_id = c.id and e.public_seq = r.up_to) as "fullName"
    from reply_pushes r join conversations c on c.id = r.conversation_id
    join visitors v on v.id = c.visitor_id join sites s on s.id = c.site_id
    where r.id = ${id} and not r.failed`);
  const [row] = rows;
  if (!row) return undefined;
  const { visitor, ...push } = row;
  const devices = await db.execute<DeviceRow>(sql`
    select hash, endpoint, p256dh, auth from push_devices where visitor_id = ${visitor} order by created_at desc`);
  return { ...push, devices: devices.rows };
}

export async function deletePush(db: Db, id: string): Promise<void> {
  await db.execute(sql`delete from reply_pushes where id = ${id}`);
}

export async function deletePushOf(tx: Db, conversation: string): Promise<void> {
  await tx.execute(sql`delete from reply_pushes where conversation_id = ${conversation}`);
}

/** No push service took it: the mark of the conversation goes back, so that its replies are told by e-mail. */
export async function failPush(tx: Db, id: string): Promise<void> {
  await tx.execute(sql`
    with given as (
      update reply_pushes set failed = true where id = ${id} and not failed returning conversation_id, from_seq, up_to
    )
    update reply_mails m set public_seq = given.from_seq from given
    where m.conversation_id = given.conversation_id and m.public_seq = given.up_to`);
}

/** The same for those that nobody works any more. */
export async function failPushesBefore(db: Db, at: string): Promise<void> {
  const { rows } = await db.execute<{ id: string }>(
    sql`select id from reply_pushes where not failed and at < ${at}`,
  );
  for (const { id } of rows) await failPush(db, id);
}
