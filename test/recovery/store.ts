/** A store of its own for one test file: the relay's embedded PostgreSQL in a scratch folder, with a few people in it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PersonRef } from '@fullname/shared/model';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import type { Db } from '../../server/src/store/db.ts';
import * as tables from '../../server/src/store/schema.ts';

export type Store = {
  readonly db: Db;
  readonly site: string;
  readonly megan: PersonRef;
  readonly yijun: PersonRef;
  /** As the directory does it: the names of everybody in this store. */
  readonly names: (id: string) => PersonRef;
  close(): Promise<void>;
};

export async function openStore(): Promise<Store> {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-recovery-'));
  const config = readConfig({ NODE_ENV: 'test', DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const database = await openDatabase(config, createLogger(config));
  const { db } = database;
  const site = await aSite(db);
  const [megan, yijun] = [await aPerson(db, 'Megan', 'Kajitani'), await aPerson(db, '怡君', '林')];
  const people = new Map([megan, yijun].map((person) => [person.id, person]));
  const names = (id: string) => {
    const person = people.get(id);
    if (!person) throw new Error(`nobody here has the id ${id}`);
    return person;
  };
  const close = async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  };
  return { db, site, megan, yijun, names, close };
}

async function aSite(db: Db): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.sites).values({ id, key: 'shop', name: 'Shop', identitySecret: 'x'.repeat(32) });
  return id;
}

async function aPerson(db: Db, given: string, family: string): Promise<PersonRef> {
  const id = randomUUID();
  const fullName = /\p{Script=Han}/u.test(given) ? family + given : `${given} ${family}`;
  await db
    .insert(tables.people)
    .values({ id, given, family, fullName, role: 'agent', email: `${id}@example.com` });
  return { id, fullName };
}

export async function aCustomer(
  { db }: Store,
  values: Partial<typeof tables.customers.$inferInsert> = {},
): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.customers).values({ id, name: 'Anna Lindqvist', ...values });
  return id;
}

export async function aVisitor(
  { db, site }: Store,
  values: Partial<typeof tables.visitors.$inferInsert> = {},
): Promise<string> {
  const id = randomUUID();
  await db.insert(tables.visitors).values({ id, site, tokenHash: randomBytes(32), locale: 'en', ...values });
  return id;
}

export async function aConversation(
  { db, site }: Store,
  visitor: string,
  values: Partial<typeof tables.conversations.$inferInsert> = {},
): Promise<string> {
  const id = randomUUID();
  const row = { id, site, visitor, clientId: randomUUID(), locale: 'en', ...values };
  await db.insert(tables.conversations).values(row);
  return id;
}

/** A moment so many days ago, as an ISO string. */
export function daysAgo(days: number): string {
  return new Date(Date.now() - days * 86_400_000).toISOString();
}
