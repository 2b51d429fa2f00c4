import { rmSync } from 'node:fs';
import { defineConfig, type Plugin } from 'vite';

/** The compiler writes its types beside what is built, so only the built part is emptied. */
const emptyAssets: Plugin = {
  name: 'empty-assets',
  apply: 'build',
  buildStart: () => rmSync(new URL('dist/assets', import.meta.url), { recursive: true, force: true }),
};

/** The console is served under a Content-Security-Policy of `script-src 'self'; style-src 'self'`: nothing may be inlined. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [emptyAssets],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    emptyOutDir: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
