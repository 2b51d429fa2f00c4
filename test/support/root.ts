import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The project's folder, absolute. Found by its package.json, since the tools run from where they were compiled to. */
export const root = findRoot(dirname(fileURLToPath(import.meta.url)));

/**
 * A built file of the relay, by its path under server/dist. The tools run compiled, so that a relative import of
 * the relay's sources would lead nowhere.
 */
export function loadServer<Module>(path: string): Promise<Module> {
  return import(/* @vite-ignore */ pathToFileURL(join(root, 'server/dist', path)).href) as Promise<Module>;
}

function findRoot(folder: string): string {
  const file = join(folder, 'package.json');
  if (existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'fullname') {
    return folder;
  }
  const above = dirname(folder);
  if (above === folder) throw new Error('The project folder was not found above the tools.');
  return findRoot(above);
}
