/**
 * Bundles the product for the simulation: its clock, its chance and its locks are the simulated world's, and so is the store
 * under it. Everything else is as it is, or has a planted bug in it.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'vite';
import { type Patch, planting } from '../ends/load.ts';
import { root } from '../support/root.ts';
import { GLOBALS } from './globals.ts';
import { STAND_INS } from './stand-ins.ts';

export type Product = typeof import('./product.ts');

/** Where the bundle finds the simulated clock. */
const KEY = 'fullname.simulation';

export async function loadProduct(patches: readonly Patch[] = []): Promise<Product> {
  const out = join(root, 'test/out');
  mkdirSync(out, { recursive: true });
  const outDir = mkdtempSync(join(out, 'simulation-'));
  const done = new Set<Patch>();
  (globalThis as Record<symbol, unknown>)[Symbol.for(KEY)] = GLOBALS;
  try {
    await build({
      configFile: false,
      ...{ root, logLevel: 'error', publicDir: false },
      plugins: [planting(patches, done), standingIn()],
      build: {
        ...{ ssr: join(root, 'test/simulation/product.ts'), outDir, target: 'node20', minify: false },
        rolldownOptions: {
          output: {
            ...{ entryFileNames: 'product.mjs', codeSplitting: false },
            banner: `const { ${Object.keys(GLOBALS).join(', ')} } = globalThis[Symbol.for('${KEY}')];`,
          },
        },
      },
    });
    for (const patch of patches) if (!done.has(patch)) throw new Error(`${patch.file} is not simulated`);
    return (await import(/* @vite-ignore */ pathToFileURL(join(outDir, 'product.mjs')).href)) as Product;
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

const STANDING = '\0simulated:';

/** A file some of whose functions are replaced: its own exports, but for those. */
function standingIn(): Plugin {
  const names = new Map(Object.entries(STAND_INS).map(([file, all]) => [join(root, file), all]));
  return {
    name: 'fullname:standing-in',
    enforce: 'pre',
    resolveId(source, importer) {
      if (!source.startsWith('.') || !importer || importer.startsWith(STANDING)) return null;
      const file = resolve(importer, '..', source);
      return names.has(file) ? STANDING + file : null;
    },
    load(id) {
      if (!id.startsWith(STANDING)) return null;
      const file = id.slice(STANDING.length);
      const own = JSON.stringify(join(root, 'test/simulation/stand-ins.ts'));
      return `export * from ${JSON.stringify(file)};\nexport { ${names.get(file)?.join(', ')} } from ${own};\n`;
    },
  };
}
