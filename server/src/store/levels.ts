/** How far a store has been migrated, and bringing an empty one exactly as far as another was. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type pg from 'pg';
import { migrationsFolder } from './migrate.ts';

export type Applied = { readonly hash: string; readonly at: number };

/** What a store has gone through, oldest first; empty where there is no Fullname yet. */
export async function readAppliedMigrations(client: pg.Client): Promise<Applied[]> {
  const { rows: there } = await client.query<{ is: boolean }>(
    `select to_regclass('drizzle.__drizzle_migrations') is not null as is`,
  );
  if (there[0]?.is !== true) return [];
  const { rows } = await client.query<{ hash: string; at: string }>(
    'select hash, created_at as at from drizzle.__drizzle_migrations order by created_at',
  );
  return rows.map(({ hash, at }) => ({ hash, at: Number(at) }));
}

/** What this release knows, oldest first. */
export function knownMigrations(): Applied[] {
  return readMigrationFiles({ migrationsFolder }).map(({ hash, folderMillis: at }) => ({ hash, at }));
}

/** The first `count` of this release's migrations, and no more. */
export async function migrateTo(client: pg.Client, count: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-migrations-'));
  try {
    cpSync(migrationsFolder, folder, { recursive: true });
    const file = join(folder, 'meta', '_journal.json');
    const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: unknown[] };
    writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
    await migrate(drizzle(client), { migrationsFolder: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
