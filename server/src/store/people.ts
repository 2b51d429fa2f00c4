/** Rows of people, their sessions and their one-time links. Rules live in people/. */
import { and, eq, gt, inArray, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { links, people, sessions } from './schema.ts';

export type PersonRow = typeof people.$inferSelect;
export type PersonValues = Omit<typeof people.$inferInsert, 'id' | 'createdAt'>;
export type LinkRow = typeof links.$inferSelect;
type SessionRow = typeof sessions.$inferSelect;

// ── people ──────────────────────────────────────────────────────────────────

export function listPeople(db: Db): Promise<PersonRow[]> {
  return db.select().from(people).orderBy(people.createdAt, people.id);
}

export async function personById(db: Db, id: string): Promise<PersonRow | undefined> {
  const [row] = await db.select().from(people).where(eq(people.id, id));
  return row;
}

export async function personByEmail(db: Db, email: string): Promise<PersonRow | undefined> {
  const [row] = await db
    .select()
    .from(people)
    .where(eq(sql`lower(${people.email})`, sql`lower(${email})`));
  return row;
}

export async function insertPerson(db: Db, values: PersonValues): Promise<PersonRow> {
  const [row] = await db.insert(people).values(values).returning();
  if (!row) throw new Error('insert into people returned no row');
  return row;
}

export async function updatePerson(
  db: Db,
  id: string,
  values: Partial<PersonValues>,
): Promise<PersonRow | undefined> {
  const [row] = await db.update(people).set(values).where(eq(people.id, id)).returning();
  return row;
}

/**
 * The owners who can sign in now, locked until the transaction ends, so that two owners cannot take each other's
 * role at once. Locked in id order, and no more than an update does: whoever writes a row that names an owner does not wait.
 */
export async function lockActiveOwners(tx: Db): Promise<string[]> {
  const rows = await tx
    .select({ id: people.id })
    .from(people)
    .where(isActiveOwner())
    .orderBy(people.id)
    .for('no key update');
  return rows.map((row) => row.id);
}

/** Whether an owner can sign in. Those who were invited but have not joined, or are deactivated, cannot. */
export async function hasActiveOwner(db: Db): Promise<boolean> {
  const rows = await db.select({ id: people.id }).from(people).where(isActiveOwner()).limit(1);
  return rows.length > 0;
}

function isActiveOwner(): SQL | undefined {
  return and(eq(people.role, 'owner'), canSignIn());
}

/** Active, and joined: those who were only invited answer nobody. */
export function canSignIn(): SQL | undefined {
  return and(eq(people.active, true), or(isNotNull(people.passwordHash), eq(people.demo, true)));
}

/** The first owner is made under this lock, so that two set-up links cannot make two. Released with the transaction. */
export async function lockFirstUse(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('fullname first use'))`);
}

// ── sessions ────────────────────────────────────────────────────────────────

export async function insertSession(
  db: Db,
  session: { readonly hash: Buffer; readonly person: string; readonly lifeSeconds: number },
): Promise<void> {
  await db.insert(sessions).values({
    hash: session.hash,
    person: session.person,
    expiresAt: sql`now() + make_interval(secs => ${session.lifeSeconds})`,
  });
}

export type LiveSession = {
  readonly session: SessionRow;
  readonly person: PersonRow;
  readonly stale: boolean;
};

/** The session with its person, if it holds. `stale`: it was last marked as seen over a minute ago. */
export async function liveSession(
  db: Db,
  hash: Buffer,
  idleSeconds: number,
): Promise<LiveSession | undefined> {
  const [row] = await db
    .select({
      session: sessions,
      person: people,
      stale: sql<boolean>`${sessions.seenAt} < now() - interval '1 minute'`,
    })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.person))
    .where(and(eq(sessions.hash, hash), holds(idleSeconds)));
  return row;
}

/** Those of the given sessions that hold. */
export async function liveSessions(
  db: Db,
  hashes: readonly Buffer[],
  idleSeconds: number,
): Promise<Buffer[]> {
  const rows = await db
    .select({ hash: sessions.hash })
    .from(sessions)
    .innerJoin(people, eq(people.id, sessions.person))
    .where(and(inArray(sessions.hash, [...hashes]), holds(idleSeconds)));
  return rows.map((row) => row.hash);
}

export async function markSessionSeen(db: Db, hash: Buffer): Promise<void> {
  await db.update(sessions).set({ seenAt: sql`now()` }).where(eq(sessions.hash, hash));
}

export async function deleteSession(db: Db, hash: Buffer): Promise<Buffer[]> {
  const rows = await db.delete(sessions).where(eq(sessions.hash, hash)).returning({ hash: sessions.hash });
  return rows.map((row) => row.hash);
}

export async function deleteSessionsOf(
  db: Db,
  person: string,
  except: Buffer | undefined,
): Promise<Buffer[]> {
  const others = except ? ne(sessions.hash, except) : undefined;
  const rows = await db
    .delete(sessions)
    .where(and(eq(sessions.person, person), others))
    .returning({ hash: sessions.hash });
  return rows.map((row) => row.hash);
}

/** Sessions and links whose time is over. */
export async function deleteDead(db: Db, idleSeconds: number): Promise<void> {
  await db
    .delete(sessions)
    .where(or(sql`${sessions.expiresAt} <= now()`, sql`${sessions.seenAt} <= ${idleSince(idleSeconds)}`));
  await db.delete(links).where(sql`${links.expiresAt} <= now()`);
}

function holds(idleSeconds: number): SQL | undefined {
  return and(
    gt(sessions.expiresAt, sql`now()`),
    gt(sessions.seenAt, idleSince(idleSeconds)),
    eq(people.active, true),
  );
}

function idleSince(idleSeconds: number): SQL {
  return sql`now() - make_interval(secs => ${idleSeconds})`;
}

// ── one-time links ──────────────────────────────────────────────────────────

export async function insertLink(
  db: Db,
  link: Pick<LinkRow, 'hash' | 'kind' | 'person'> & { readonly lifeSeconds: number },
): Promise<void> {
  await db.insert(links).values({
    hash: link.hash,
    kind: link.kind,
    person: link.person,
    expiresAt: sql`now() + make_interval(secs => ${link.lifeSeconds})`,
  });
}

export async function openLink(db: Db, hash: Buffer): Promise<LinkRow | undefined> {
  const [row] = await db
    .select()
    .from(links)
    .where(and(eq(links.hash, hash), stillOpen()));
  return row;
}

/** Uses the link up. Of two at once the second waits for the first's row lock and then finds nothing. */
export async function useLink(tx: Db, hash: Buffer): Promise<LinkRow | undefined> {
  const [row] = await tx
    .update(links)
    .set({ usedAt: sql`now()` })
    .where(and(eq(links.hash, hash), stillOpen()))
    .returning();
  return row;
}

/** Ends a person's open links; with `null`, open set-up links. */
export async function deleteLinksOf(
  db: Db,
  person: string | null,
  kinds: readonly LinkRow['kind'][],
): Promise<void> {
  const whose = person === null ? isNull(links.person) : eq(links.person, person);
  await db.delete(links).where(and(whose, inArray(links.kind, [...kinds]), isNull(links.usedAt)));
}

function stillOpen(): SQL | undefined {
  return and(isNull(links.usedAt), gt(links.expiresAt, sql`now()`));
}

/** Whether a write failed because somebody has this e-mail address already. */
export function isEmailTaken(error: unknown): boolean {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const { code, constraint } = cause as { code?: unknown; constraint?: unknown };
  return code === '23505' && constraint === 'people_email';
}
