/**
 * `npm run simulate`: bundles command.ts with all that it needs of the product's sources, and runs it. The other tools are
 * compiled against what is built of the relay; the widget's own modules are built nowhere.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const folder = dirname(fileURLToPath(import.meta.url));
const out = join(folder, '../out');
mkdirSync(out, { recursive: true });
const outDir = mkdtempSync(join(out, 'simulate-'));
process.once('exit', () => rmSync(outDir, { recursive: true, force: true }));
await build({
  configFile: false,
  ...{ root: join(folder, '../..'), logLevel: 'error', publicDir: false },
  build: {
    ...{ ssr: join(folder, 'command.ts'), outDir, target: 'node20', minify: false },
    rolldownOptions: { output: { entryFileNames: 'command.mjs', codeSplitting: false } },
  },
});
await import(pathToFileURL(join(outDir, 'command.mjs')).href);
