/** Bundles the product's own ends for this process, as they are or with planted bugs. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { root } from '../support/root.ts';
import { standInForBrowser } from './browser.ts';
import type { Ends } from './types.ts';

/** A change of one file of the product, by its path from the project's folder. `find` must be there exactly once. */
export type Patch = { readonly file: string; readonly find: string; readonly put: string };

/** As they are they are bundled once. */
export function loadEnds(patches: readonly Patch[] = []): Promise<Ends> {
  if (patches.length > 0) return bundle(patches);
  asTheyAre ??= bundle([]);
  return asTheyAre;
}
let asTheyAre: Promise<Ends> | undefined;

async function bundle(patches: readonly Patch[]): Promise<Ends> {
  const out = join(root, 'test/out');
  mkdirSync(out, { recursive: true });
  const outDir = mkdtempSync(join(out, 'ends-'));
  const done = new Set<Patch>();
  standInForBrowser();
  try {
    await build({
      configFile: false,
      ...{ root, logLevel: 'error', publicDir: false },
      plugins: [planting(patches, done), consoleLine()],
      build: {
        ...{ ssr: join(root, 'test/ends/ends.ts'), outDir, target: 'node20', minify: false },
        rolldownOptions: { output: { entryFileNames: 'ends.mjs', codeSplitting: false } },
      },
    });
    for (const patch of patches)
      if (!done.has(patch)) throw new Error(`${patch.file} is no part of the ends`);
    return (await import(/* @vite-ignore */ pathToFileURL(join(outDir, 'ends.mjs')).href)) as Ends;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** The file's words with the bug in them. Fails when the words that it takes the place of are not there any more. */
export function plant(code: string, { file, find, put }: Patch): string {
  const parts = code.split(find);
  if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times, not once: ${find}`);
  return parts.join(put);
}

/** Plants them as the files are bundled; `done` has those that were. */
export function planting(patches: readonly Patch[], done: Set<Patch>): Plugin {
  return {
    name: 'fullname:planting',
    enforce: 'pre',
    transform(code, id) {
      const mine = patches.filter(({ file }) => id === join(root, file));
      for (const patch of mine) done.add(patch);
      return mine.length === 0 ? null : mine.reduce(plant, code);
    },
  };
}

/** The console asks the page's own relay; here there are several pages, and each has its own. */
function consoleLine(): Plugin {
  return {
    name: 'fullname:console-line',
    enforce: 'pre',
    resolveId: (source, importer) =>
      source === 'socket.io-client' && importer?.includes('/console/src/')
        ? join(root, 'test/ends/console-line.ts')
        : null,
  };
}
