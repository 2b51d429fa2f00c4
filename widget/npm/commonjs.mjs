/** The package once more as CommonJS, for tests in Jest and for older builds that know no other: what tsc has built, in other words. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const dist = fileURLToPath(new URL('dist', import.meta.url));
const names = ['index', 'react', 'preact'];

await build({
  root: dist,
  configFile: false,
  // That `use client` is kept is seen in test/npm-package.test.ts.
  logLevel: 'error',
  build: {
    ...{ outDir: dist, emptyOutDir: false, minify: false, target: 'es2022' },
    lib: {
      entry: Object.fromEntries(names.map((name) => [name, join(dist, `${name}.js`)])),
      formats: ['cjs'],
      fileName: (_, name) => `${name}.cjs`,
    },
    rolldownOptions: { external: [/^p?react/], output: { chunkFileNames: '[name].cjs' } },
  },
});
for (const file of await readdir(dist)) {
  if (!file.endsWith('.d.ts')) continue;
  const types = await readFile(join(dist, file), 'utf8');
  await writeFile(
    join(dist, file.replace(/\.ts$/, '.cts')),
    types.replace(/(from '\.\/\w+)\.js'/g, "$1.cjs'"),
  );
}
