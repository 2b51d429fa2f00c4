/** Rows of customers, of the signed identities that lead to them, and of visitors. Rules live in people/. */
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { gathered } from './gathered.ts';
import { customers, identities, visitors } from './schema.ts';

export type CustomerRow = typeof customers.$inferSelect;
export type CustomerValues = Pick<typeof customers.$inferInsert, 'name' | 'email' | 'locale'>;
type VisitorRow = typeof visitors.$inferSelect;
type Identity = { readonly site: string; readonly subject: string };

export async function customerByIdentity(db: Db, identity: Identity): Promise<CustomerRow | undefined> {
  const [row] = await db
    .select({ customer: customers })
    .from(identities)
    .innerJoin(customers, eq(customers.id, identities.customer))
    .where(and(eq(identities.site, identity.site), eq(identities.subject, identity.subject)));
  return row?.customer;
}

export async function insertCustomer(db: Db, values: CustomerValues): Promise<CustomerRow> {
  const [row] = await db.insert(customers).values(values).returning();
  if (!row) throw new Error('insert into customers returned no row');
  return row;
}

export async function updateCustomer(
  db: Db,
  id: string,
  values: Partial<CustomerValues>,
): Promise<CustomerRow | undefined> {
  const [row] = await db.update(customers).set(values).where(eq(customers.id, id)).returning();
  return row;
}

/** False when somebody else has recorded this identity in between. */
export async function insertIdentity(tx: Db, identity: Identity, customer: string): Promise<boolean> {
  const rows = await tx
    .insert(identities)
    .values({ ...identity, customer })
    .onConflictDoNothing()
    .returning({ subject: identities.subject });
  return rows.length > 0;
}

export type VisitorWithCustomer = VisitorRow & {
  readonly customerName: string | null;
  readonly customerAlly: string | null;
};

type ByHash = { readonly site: string; readonly tokenHash: Buffer };

/** A visitor of this site by the token's hash, with the linked customer's name. */
export const visitorByHash: (db: Db, asked: ByHash) => Promise<VisitorWithCustomer | undefined> = gathered(
  async (db, asks: readonly ByHash[]) => {
    const hashes = sql.param(asks.map(({ tokenHash }) => tokenHash));
    const rows = await db
      .select({ visitor: visitors, customerName: customers.name, customerAlly: customers.ally })
      .from(visitors)
      .leftJoin(customers, eq(customers.id, visitors.customer))
      .where(sql`${visitors.tokenHash} = any(${hashes}::bytea[])`);
    const known = new Map(rows.map((row) => [row.visitor.tokenHash.toString('hex'), row]));
    return asks.map(({ site, tokenHash }) => {
      const row = known.get(tokenHash.toString('hex'));
      if (row?.visitor.site !== site) return undefined;
      return { customerName: row.customerName, customerAlly: row.customerAlly, ...row.visitor };
    });
  },
);

/** Asked for all who are connected, every few seconds: `limit` makes it one look by the key each, never a scan of everybody there ever was. */
export async function readBlocked(db: Db, ids: readonly string[]): Promise<string[]> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select asked.id from unnest(${sql.param(ids)}::uuid[]) as asked(id) cross join lateral (
      select from visitors v where v.id = asked.id and v.blocked_at is not null limit 1) blocked`);
  return rows.map((row) => row.id);
}
