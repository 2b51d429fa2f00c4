/**
 * The next release, made from the built relay beside it: one protocol further, and with one more migration, which only
 * adds. What a relay is replaced by while others of this release go on.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROTOCOL } from '@fullname/shared/limits';
import { removeFolder } from './folders.ts';
import { root } from './root.ts';

export type NextRelease = {
  /** Holds `server/dist/index.js`; what `spawnRelay` takes as `release`. */
  readonly folder: string;
  readonly protocol: number;
  remove(): void;
};

const ADDED = `ALTER TABLE "conversations" ADD COLUMN "of_the_next_release" text;
--> statement-breakpoint
CREATE TABLE "next_release" ("id" integer PRIMARY KEY NOT NULL);
`;

/** Needs what `npm run build` has made. */
export function makeNextRelease(): NextRelease {
  const folder = mkdtempSync(join(tmpdir(), 'fullname-next-'));
  for (const part of ['server', 'shared'] as const) {
    mkdirSync(join(folder, part));
    cpSync(join(root, part, 'package.json'), join(folder, part, 'package.json'));
    cpSync(join(root, part, 'dist'), join(folder, part, 'dist'), { recursive: true });
  }
  for (const part of ['widget', 'console'] as const) symlinkSync(join(root, part), join(folder, part));
  linkPackages(folder);
  raiseProtocol(folder);
  const migrations = join(folder, 'server/src/store/migrations');
  cpSync(join(root, 'server/src/store/migrations'), migrations, { recursive: true });
  addMigration(migrations, ADDED);
  return { folder, protocol: PROTOCOL + 1, remove: () => removeFolder(folder) };
}

/** One more migration at the end of a folder of them. */
export function addMigration(migrations: string, sql: string): void {
  const file = join(migrations, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as {
    entries: { idx: number; when: number; tag: string }[];
  };
  const last = journal.entries.at(-1);
  if (last === undefined) throw new Error('There is no migration to follow.');
  const next = {
    ...last,
    idx: last.idx + 1,
    when: last.when + 1,
    tag: `${String(last.idx + 1).padStart(4, '0')}_next`,
  };
  writeFileSync(file, JSON.stringify({ ...journal, entries: [...journal.entries, next] }));
  writeFileSync(join(migrations, `${next.tag}.sql`), sql);
}

/** All packages as they are, but for the one that the release brings along. */
function linkPackages(folder: string): void {
  const packages = join(root, 'node_modules');
  mkdirSync(join(folder, 'node_modules/@fullname'), { recursive: true });
  for (const name of readdirSync(packages)) {
    if (name !== '@fullname' && !name.startsWith('.'))
      symlinkSync(join(packages, name), join(folder, 'node_modules', name));
  }
  symlinkSync(join(folder, 'shared'), join(folder, 'node_modules/@fullname/shared'));
}

function raiseProtocol(folder: string): void {
  const file = join(folder, 'shared/dist/limits.js');
  const text = readFileSync(file, 'utf8');
  const raised = text
    .replace(/export const PROTOCOL = \d+;/, `export const PROTOCOL = ${PROTOCOL + 1};`)
    .replace(/export const PROTOCOL_MIN = \d+;/, `export const PROTOCOL_MIN = ${PROTOCOL};`);
  if (!raised.includes(`PROTOCOL = ${PROTOCOL + 1};`) || !raised.includes(`PROTOCOL_MIN = ${PROTOCOL};`))
    throw new Error('shared/dist/limits.js does not tell its protocol: run "npm run build" first.');
  writeFileSync(file, raised);
}
