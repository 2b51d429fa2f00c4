/** The frame's build: one document with style and script inlined, everything lazy as hashed chunks beside it. */
import { readFile } from 'node:fs/promises';
import { defineConfig, type Plugin } from 'vite';

export default defineConfig({
  base: '/w/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    outDir: 'dist',
    assetsDir: '',
    // Open pages still ask for yesterday's chunks: build.mjs prunes them by age.
    emptyOutDir: false,
    modulePreload: false,
    reportCompressedSize: false,
    rolldownOptions: { input: 'frame.html' },
  },
  plugins: [leanSocket(), inlined()],
});

/**
 * engine.io-client names all its transports in one table, so none can be shaken out. The usual chunk gets a table with WebSocket
 * alone; the chunk behind `socket-polling.ts` gets its own whole copy, told apart by a query that its imports inherit.
 */
function leanSocket(): Plugin {
  const WHOLE = '?whole';
  return {
    name: 'fullname:lean-socket',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer) return null;
      const whole = importer.endsWith('socket-polling.ts') || importer.endsWith(WHOLE);
      const found = await this.resolve(source, importer.replace(WHOLE, ''), { skipSelf: true });
      return whole && found ? { ...found, id: found.id + WHOLE } : null;
    },
    load(id) {
      if (id.endsWith('engine.io-client/build/esm/transports/index.js')) {
        return 'import { WS } from "./websocket.js"; export const transports = { websocket: WS };';
      }
      return id.endsWith(WHOLE) ? readFile(id.replace(WHOLE, ''), 'utf8') : null;
    },
  };
}

/** Moves the one style sheet and the entry script into the document: one request, and the relay can name both by hash. */
function inlined(): Plugin {
  return {
    name: 'fullname:inlined',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const html = bundle['frame.html'];
        if (html?.type !== 'asset') throw new Error('The build made no frame.html.');
        let text = String(html.source);
        for (const [file, part] of Object.entries(bundle)) {
          if (part.type === 'chunk' && part.isEntry) {
            const code = part.code.trim();
            if (code.includes('</script')) throw new Error('The script would end its own tag.');
            text = text
              .replace(new RegExp(`\\s*<script[^>]*${file}[^>]*></script>`), '')
              .replace('</body>', () => `<script type="module">${code}</script></body>`);
            delete bundle[file];
            for (const other of Object.values(bundle)) {
              if (other.type === 'chunk' && other.imports.includes(file)) {
                throw new Error(`${other.fileName} imports from the inlined script; give it what it needs as arguments.`);
              }
            }
          } else if (part.type === 'asset' && file.endsWith('.css')) {
            const css = String(part.source).trim();
            text = text.replace(new RegExp(`\\s*<link[^>]*${file}[^>]*>`), () => `<style>${css}</style>`);
            delete bundle[file];
          }
        }
        html.source = text.replace(/>\s+</g, '><').trim();
      },
    },
  };
}
