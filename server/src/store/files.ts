/** Files and their pieces, as rows. */
import type { FileType } from '@fullname/shared/files';
import { sql } from 'drizzle-orm';
import type { Db } from './db.ts';

/** Whose it is: the same three that make a retry of an entry find its first time. */
export type FileKey = { readonly conversation: string; readonly sender: string; readonly clientId: string };

export type FileRow = {
  readonly id: string;
  readonly name: string;
  readonly type: FileType;
  readonly bytes: number;
  readonly width: number | null;
  readonly height: number | null;
};

export type NewFile = FileKey & Omit<FileRow, 'id'> & { readonly hash: Buffer; readonly at: Date };

const columns = sql`f.id, f.name, f.type, f.bytes, f.width, f.height`;

/** The new file's id; null when there is one under this key already. */
export async function insertFile(tx: Db, file: NewFile): Promise<string | null> {
  const { rows } = await tx.execute<{ id: string }>(sql`
    insert into files (conversation_id, sender_id, client_id, name, type, bytes, width, height, hash, touched_at)
    values (${file.conversation}, ${file.sender}, ${file.clientId}, ${file.name}, ${file.type}, ${file.bytes},
      ${file.width}, ${file.height}, ${file.hash}, ${file.at.toISOString()})
    on conflict on constraint files_once do nothing returning id`);
  return rows[0]?.id ?? null;
}

export async function insertChunk(
  tx: Db,
  { file, number, body }: { file: string; number: number; body: Buffer },
): Promise<void> {
  await tx.execute(sql`insert into file_chunks (file_id, number, body) values (${file}, ${number}, ${body})`);
}

export async function readFileByKey(db: Db, key: FileKey): Promise<(FileRow & { hash: Buffer }) | null> {
  const { rows } = await db.execute<FileRow & { hash: Buffer }>(
    sql`select ${columns}, f.hash from files f where ${isOf(key)}`,
  );
  return rows[0] ?? null;
}

/** The file that is to be sent under this key: it is kept for an hour more, so that no entry ever names one that is gone. */
export async function touchFile(
  db: Db,
  key: FileKey,
  { file, at }: { file: string; at: Date },
): Promise<FileRow | null> {
  const { rows } = await db.execute<FileRow>(sql`
    update files f set touched_at = greatest(f.touched_at, ${at.toISOString()})
    where f.id = ${file} and ${isOf(key)} returning ${columns}`);
  return rows[0] ?? null;
}

/** Of a file that was sent: where it is, and whether its visitor may still read there. */
export async function readSentFile(
  db: Db,
  id: string,
): Promise<(FileRow & { conversation: string; visitor: string; isOpen: boolean }) | null> {
  const { rows } = await db.execute<FileRow & { conversation: string; visitor: string; isOpen: boolean }>(sql`
    select ${columns}, f.conversation_id as conversation, c.visitor_id as visitor,
      c.status <> 'spam' and v.blocked_at is null as "isOpen"
    from files f join conversations c on c.id = f.conversation_id join visitors v on v.id = c.visitor_id
    where f.id = ${id} and ${isSent}`);
  return rows[0] ?? null;
}

export async function readChunk(db: Db, file: string, number: number): Promise<Buffer | null> {
  const { rows } = await db.execute<{ body: Buffer }>(
    sql`select body from file_chunks where file_id = ${file} and number = ${number}`,
  );
  return rows[0]?.body ?? null;
}

/** Removes a file that was not sent and not touched since. When it was touched later and is still not sent: that time. */
export async function removeUnsent(db: Db, id: string, untouchedSince: Date): Promise<Date | null> {
  const since = untouchedSince.toISOString();
  await db.execute(
    sql`delete from files f where f.id = ${id} and f.touched_at <= ${since} and not ${isSent}`,
  );
  const { rows } = await db.execute<{ at: Date | string }>(
    sql`select f.touched_at as at from files f where f.id = ${id} and not ${isSent}`,
  );
  return rows[0] ? new Date(rows[0].at) : null;
}

const isSent = sql`exists (select from entries e where e.conversation_id = f.conversation_id
  and e.sender_id = f.sender_id and e.client_id = f.client_id and e.kind = 'file')`;

function isOf({ conversation, sender, clientId }: FileKey) {
  return sql`f.conversation_id = ${conversation} and f.sender_id = ${sender} and f.client_id = ${clientId}`;
}
