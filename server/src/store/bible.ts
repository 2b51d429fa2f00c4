/** Rows of what is proposed, said about it and published, and the two numbers that tell every console of it. */
import type { BookSettings, Change, Comment, PhraseBody } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { bookChanges, bookComments, bookSettings, bookVersions, bookVotes, facts } from './schema.ts';

/** The number of PostgreSQL's advisory lock, which has no name; "book" in ASCII. */
const BOOK_LOCK = 0x626f_6f6b;

/** One writer of the book at a time, over all relays, until the transaction ends. Writing it is rare, reading it waits for nobody. */
export async function lockBook(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${BOOK_LOCK})`);
}

/** For those who write beside the book, by its entries: side by side with each other, never while it is being written. */
export async function lockBookShared(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock_shared(${BOOK_LOCK})`);
}

// ── The two numbers ─────────────────────────────────────────────────────────

const VERSION = 'book-version';
const REVISION = 'book-revision';

export type BookNumbers = { readonly version: number; readonly revision: number };

export async function readBookNumbers(db: Db): Promise<BookNumbers> {
  const rows = await db
    .select()
    .from(facts)
    .where(inArray(facts.key, [VERSION, REVISION]));
  const of = (key: string) => rows.find((row) => row.key === key)?.value ?? 0;
  return { version: of(VERSION), revision: of(REVISION) };
}

/** Call it in the transaction that changes the book: then no console sees the number without the words. */
export async function raiseRevision(tx: Db): Promise<BookNumbers> {
  await raise(tx, REVISION);
  return readBookNumbers(tx);
}

async function raise(tx: Db, key: string): Promise<void> {
  await tx
    .insert(facts)
    .values({ key, value: 1 })
    .onConflictDoUpdate({ target: facts.key, set: { value: sql`${facts.value} + 1` } });
}

// ── Changes ─────────────────────────────────────────────────────────────────

/** A change with what was said about it. `before` is the entry as its author saw it, from the publication on as it was then. */
export type ChangeRow = {
  readonly id: string;
  readonly kind: 'phrase' | 'rule';
  readonly target: string | null;
  readonly body: PhraseBody | RuleBody | null;
  readonly before: PhraseBody | RuleBody | null;
  readonly locale: string;
  readonly example: string | null;
  readonly state: Change['state'];
  readonly by: string | null;
  readonly byName: string | null;
  readonly decidedBy: string | null;
  readonly decidedByName: string | null;
  readonly why: string | null;
  readonly version: number | null;
  readonly at: string;
  readonly comments: readonly Comment[];
  readonly for: number;
  readonly against: number;
  readonly mine: number;
};

/**
 * Open and accepted changes, and those declined of late (so that their author reads why), of one locale or of all, the
 * oldest first; `me` is whose vote is `mine`.
 */
export function readPending(db: Db, me: string, locale?: string): Promise<ChangeRow[]> {
  const ofLocale = locale === undefined ? sql`true` : sql`c.locale = ${locale}`;
  return changesWhere(
    db,
    me,
    sql`${ofLocale} and (c.state in ('open', 'accepted')
    or (c.state = 'declined' and c.changed_at > now() - interval '30 days'))`,
  );
}

/** What the next version would hold, the oldest first. */
export function readAccepted(db: Db, me: string): Promise<ChangeRow[]> {
  return changesWhere(db, me, sql`c.state = 'accepted'`);
}

export async function readChange(db: Db, me: string, id: string): Promise<ChangeRow | undefined> {
  const [row] = await changesWhere(db, me, sql`c.id = ${id}`);
  return row;
}

/** Accepted changes of one entry, by id. */
export async function readAcceptedOn(db: Db, target: string): Promise<string[]> {
  const rows = await db
    .select({ id: bookChanges.id })
    .from(bookChanges)
    .where(and(eq(bookChanges.target, target), eq(bookChanges.state, 'accepted')));
  return rows.map((row) => row.id);
}

async function changesWhere(db: Db, me: string, where: SQL): Promise<ChangeRow[]> {
  const { rows } = await db.execute<ChangeRow>(sql`
    select c.id, c.kind, c.target, c.body, c.before, c.locale, c.example, c.state, c.why, c.version, c.at::text as at,
      c.by_id as by, p.full_name as "byName", c.decided_by as "decidedBy", d.full_name as "decidedByName",
      (select coalesce(json_agg(json_build_object('id', m.id, 'at', m.at, 'text', m.text,
          'by', json_build_object('id', q.id, 'fullName', q.full_name)) order by m.at, m.id), '[]')
        from book_comments m join people q on q.id = m.by_id where m.change_id = c.id) as comments,
      (select count(*)::int from book_votes v where v.change_id = c.id and v.vote > 0) as "for",
      (select count(*)::int from book_votes v where v.change_id = c.id and v.vote < 0) as against,
      coalesce((select v.vote from book_votes v where v.change_id = c.id and v.by_id = ${me}), 0) as mine
    from book_changes c
      left join people p on p.id = c.by_id
      left join people d on d.id = c.decided_by
    where ${where}
    order by c.at, c.id`);
  return rows;
}

export async function insertChange(tx: Db, row: typeof bookChanges.$inferInsert): Promise<void> {
  await tx.insert(bookChanges).values({ ...row, at: sql`clock_timestamp()` });
}

export type NewChange = Pick<ChangeRow, 'id' | 'kind' | 'target' | 'body' | 'before' | 'locale'>;

const ROWS_AT_ONCE = 500;

/** Many at once, in their order. */
export async function insertChanges(
  tx: Db,
  rows: readonly (NewChange & Pick<typeof bookChanges.$inferInsert, 'by' | 'state' | 'decidedBy'>)[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    const some = rows.slice(from, from + ROWS_AT_ONCE);
    await tx.insert(bookChanges).values(
      some.map((row, place) => ({
        ...row,
        at: sql`clock_timestamp() + ${place} * interval '1 microsecond'`,
      })),
    );
  }
}

/** How many proposals wait to be decided on or published, and how many bytes they are. */
export async function countPending(db: Db): Promise<{ readonly count: number; readonly bytes: number }> {
  const bytes = sql<number>`coalesce(sum(octet_length(${bookChanges.body}::text)), 0)::int`;
  const [row] = await db
    .select({ count: sql<number>`count(*)::int`, bytes })
    .from(bookChanges)
    .where(inArray(bookChanges.state, ['open', 'accepted']));
  return row ?? { count: 0, bytes: 0 };
}

/** What is proposed and not decided against, of one kind. */
export function readPendingBodies(
  db: Db,
  kind: 'phrase' | 'rule',
): Promise<{ body: PhraseBody | RuleBody | null; target: string | null; state: Change['state'] }[]> {
  return db
    .select({ body: bookChanges.body, target: bookChanges.target, state: bookChanges.state })
    .from(bookChanges)
    .where(and(eq(bookChanges.kind, kind), inArray(bookChanges.state, ['open', 'accepted'])));
}

export function readChangesById(
  db: Db,
  ids: readonly string[],
): Promise<Pick<ChangeRow, 'id' | 'body' | 'target'>[]> {
  return db
    .select({ id: bookChanges.id, body: bookChanges.body, target: bookChanges.target })
    .from(bookChanges)
    .where(sql`${bookChanges.id} = any(${sql.param(ids)}::uuid[])`);
}

export async function updateChange(
  tx: Db,
  id: string,
  values: Partial<typeof bookChanges.$inferInsert>,
): Promise<void> {
  await tx
    .update(bookChanges)
    .set({ ...values, changedAt: sql`now()` })
    .where(eq(bookChanges.id, id));
}

/** They belong to a version from now on; whoever accepted one stays named. */
export async function markPublished(
  tx: Db,
  ids: readonly string[],
  { version, by }: { readonly version: number; readonly by: string },
): Promise<void> {
  await tx
    .update(bookChanges)
    .set({
      state: 'published',
      version,
      decidedBy: sql`coalesce(${bookChanges.decidedBy}, ${by})`,
      changedAt: sql`now()`,
    })
    .where(inArray(bookChanges.id, [...ids]));
}

// ── Comments and votes ──────────────────────────────────────────────────────

export type CommentRow = typeof bookComments.$inferSelect;

export async function readComment(db: Db, id: string): Promise<CommentRow | undefined> {
  const [row] = await db.select().from(bookComments).where(eq(bookComments.id, id));
  return row;
}

export async function insertComment(tx: Db, row: typeof bookComments.$inferInsert): Promise<void> {
  await tx.insert(bookComments).values({ ...row, at: sql`clock_timestamp()` });
}

/** 0 takes it back. */
export async function writeVote(
  tx: Db,
  vote: { readonly change: string; readonly by: string; readonly vote: 1 | 0 | -1 },
): Promise<void> {
  if (vote.vote === 0) {
    await tx.execute(sql`delete from book_votes where change_id = ${vote.change} and by_id = ${vote.by}`);
    return;
  }
  await tx
    .insert(bookVotes)
    .values(vote)
    .onConflictDoUpdate({ target: [bookVotes.change, bookVotes.by], set: { vote: vote.vote } });
}

/** The words have changed: what was voted on is no more. */
export async function forgetVotes(tx: Db, change: string): Promise<void> {
  await tx.delete(bookVotes).where(eq(bookVotes.change, change));
}

// ── Versions ────────────────────────────────────────────────────────────────

/** The next version, with its number. Call it under `lockBook`. */
export async function insertVersion(
  tx: Db,
  { by, note }: { readonly by: string | null; readonly note: string },
): Promise<number> {
  await raise(tx, VERSION);
  const { version } = await readBookNumbers(tx);
  await tx.insert(bookVersions).values({ version, by, note });
  return version;
}

// ── Settings ────────────────────────────────────────────────────────────────

export async function readSettings(db: Db): Promise<BookSettings> {
  const [row] = await db.select().from(bookSettings).orderBy(asc(bookSettings.id)).limit(1);
  return { refusal: row?.refusal ?? 'ask', contacts: row?.contacts ?? [] };
}

export async function writeSettings(tx: Db, settings: BookSettings): Promise<void> {
  const values = { refusal: settings.refusal, contacts: [...settings.contacts] };
  await tx
    .insert(bookSettings)
    .values({ id: 1, ...values })
    .onConflictDoUpdate({ target: bookSettings.id, set: values });
}
