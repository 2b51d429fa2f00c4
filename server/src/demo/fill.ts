import { eq, sql } from 'drizzle-orm';
import { fillStarterBook } from '../bible/starter.ts';
import type { Db } from '../store/db.ts';
import {
  builds,
  buildWishes,
  coachingNotes,
  conversations,
  customers,
  desks,
  entries,
  facts,
  identities,
  people,
  praises,
  preferences,
  purchases,
  sites,
  stories,
  visitors,
} from '../store/schema.ts';
import { composeDemo, type DemoRows } from './compose.ts';
import { actOut, callForNothingPast } from './deeds.ts';

/**
 * Fills an empty store with the demo desk: a shop, its people, some forty customers with their histories, the starter
 * phrase book. Does nothing where there are people or sites already, or where the demo was removed.
 * `shop` is the origin under which the demo shop's pages stand. Gives whether it was filled.
 */
export async function fillDemo(db: Db, { shop }: { readonly shop: string }): Promise<boolean> {
  const filled = await db.transaction(async (tx) => {
    // Of two relays that start at once the second waits until the first has filled the store.
    await tx.execute(sql`set local lock_timeout = '2min'`);
    if (!(await isEmpty(tx)) || !(await claim(tx))) return false;
    const now = Date.now();
    await insertDemo(tx, composeDemo(now, shop));
    await callForNothingPast(tx, now);
    return true;
  });
  if (filled) await fillStarterBook(db);
  return filled;
}

/** Everybody of the demo who can sign in, in the order in which they were written down. */
export async function demoPeople(db: Db): Promise<{ id: string; fullName: string; role: string }[]> {
  return db
    .select({ id: people.id, fullName: people.fullName, role: people.role })
    .from(people)
    .where(eq(people.demo, true))
    .orderBy(people.createdAt);
}

/** The fact that says the demo was filled once: a removed demo stays removed, and of two relays one fills. */
export const DEMO_FACT = 'demo';

async function claim(tx: Db): Promise<boolean> {
  const rows = await tx
    .insert(facts)
    .values({ key: DEMO_FACT, value: 1 })
    .onConflictDoNothing()
    .returning({ key: facts.key });
  return rows.length > 0;
}

async function isEmpty(tx: Db): Promise<boolean> {
  const person = await tx.select({ id: people.id }).from(people).limit(1);
  const site = await tx.select({ id: sites.id }).from(sites).limit(1);
  return person.length + site.length === 0;
}

/** In the order of the references between the tables; one statement a table, the log in portions. */
async function insertDemo(tx: Db, rows: DemoRows): Promise<void> {
  const { talks } = rows;
  await tx.insert(sites).values(rows.site);
  await tx.insert(people).values(rows.people);
  await tx.insert(customers).values(rows.customers);
  await tx.insert(identities).values(rows.identities);
  await tx.insert(visitors).values(rows.visitors);
  await tx.insert(conversations).values(talks.map((talk) => talk.conversation));
  for (const portion of portions(talks.flatMap((talk) => talk.entries)))
    await tx.insert(entries).values(portion);
  for (const portion of portions(talks.flatMap((talk) => talk.desks))) await tx.insert(desks).values(portion);
  for (const portion of portions(rows.purchases)) await tx.insert(purchases).values(portion);
  await tx.insert(preferences).values([...rows.preferences, ...talks.flatMap((talk) => talk.preferences)]);
  await actOut(
    tx,
    talks.flatMap((talk) => talk.deeds),
  );
  await tx.insert(stories).values(rows.stories);
  await tx.insert(praises).values(rows.praises);
  await tx.insert(coachingNotes).values(rows.coaching);
  await tx.insert(builds).values(rows.builds);
  await tx.insert(buildWishes).values(rows.wishes);
}

/** A statement takes at most 65,535 parameters. */
function portions<Row>(rows: readonly Row[]): Row[][] {
  const size = 500;
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, index) =>
    rows.slice(index * size, (index + 1) * size),
  );
}
