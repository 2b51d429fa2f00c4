/** Rows of extras that were offered, and what was chosen. Rules live in recovery/extras.ts. */
import { and, eq, sql } from 'drizzle-orm';
import type { Db } from './db.ts';
import { extrasOffers } from './schema.ts';

export type OfferRow = typeof extrasOffers.$inferSelect;

/** Stores the offer, or gives back the one that was stored under its id before. */
export async function storeOffer(
  tx: Db,
  row: typeof extrasOffers.$inferInsert,
): Promise<OfferRow | undefined> {
  const [stored] = await tx.insert(extrasOffers).values(row).onConflictDoNothing().returning();
  return stored ?? readOffer(tx, row.id);
}

export async function readOffer(db: Db, id: string): Promise<OfferRow | undefined> {
  const [row] = await db.select().from(extrasOffers).where(eq(extrasOffers.id, id));
  return row;
}

/** An offer of this conversation, locked: it is chosen from once. */
export async function lockOffer(
  tx: Db,
  offer: { readonly id: string; readonly conversation: string },
): Promise<OfferRow | undefined> {
  const [row] = await tx
    .select()
    .from(extrasOffers)
    .where(and(eq(extrasOffers.id, offer.id), eq(extrasOffers.conversation, offer.conversation)))
    .for('update');
  return row;
}

export async function markChosen(
  tx: Db,
  id: string,
  chosen: { readonly choice: string; readonly chosenAt: string },
): Promise<void> {
  await tx.update(extrasOffers).set(chosen).where(eq(extrasOffers.id, id));
}

/** The id under which its visitor chose from this offer. */
export async function readChoiceId(
  db: Db,
  { conversation, offer }: { readonly conversation: string; readonly offer: string },
): Promise<string | undefined> {
  const { rows } = await db.execute<{ id: string }>(sql`
    select client_id as id from entries
    where conversation_id = ${conversation} and kind = 'extra-chosen' and data->>'offer' = ${offer} limit 1`);
  return rows[0]?.id;
}
