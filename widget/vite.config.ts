/** The frame's build: one document with style and script inlined, everything lazy as hashed chunks beside it. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin, type Rolldown } from 'vite';

export default defineConfig({
  base: '/w/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2022',
    // The sheet says what it means; variables for browsers without `light-dark()` would only make it longer.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    outDir: 'dist',
    assetsDir: '',
    // Open pages still ask for yesterday's chunks: build.mjs prunes them by age.
    emptyOutDir: false,
    modulePreload: false,
    reportCompressedSize: false,
    cssCodeSplit: false,
    rolldownOptions: {
      input: 'frame.html',
      // A limit that is only a number is written where it is used: the entry would wait for a chunk to have it.
      optimization: { inlineConst: { mode: 'all', pass: 3 } },
      // What the model and the later chunks share, in one chunk: exported by the model itself it would need a wrapper around it.
      output: {
        codeSplitting: {
          groups: [
            // Asked for with the first word that is written, by the talk and by what draws it.
            { name: 'text', test: /shared.dist.(text|reader.cards)\.js/ },
          ],
        },
      },
    },
  },
  plugins: [leanSocket(), plainImports(), oneNameForLanguages(), inlined()],
});

/** Vite wraps every dynamic import in a helper that preloads styles; our chunks have none, so the wrapping goes again. */
function plainImports(): Plugin {
  const wrapped = /\b\w+\(\(\)=>(import\(`[^`]+`\)),\[\]\)/g;
  const picking = /\b\w+\(async\(\)=>\{let\{[^}]*\}=await (import\(`[^`]+`\));return\{[^}]*\}\},\[\]\)/g;
  return {
    name: 'fullname:plain-imports',
    enforce: 'pre',
    load: (id) =>
      id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null,
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        for (const part of Object.values(bundle)) {
          if (part.type === 'chunk') part.code = part.code.replace(wrapped, '$1').replace(picking, '$1');
        }
      },
    },
  };
}

/** All languages have one hash, of all of them: the document names each, and seven hashes do not compress. */
function oneNameForLanguages(): Plugin {
  return {
    name: 'fullname:one-name-for-languages',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
        const languages = chunks.filter(({ name }) => /^(speech|recovery)-/.test(name));
        const all = languages.map(({ code }) => code).join('');
        const hash = createHash('sha256').update(all).digest('hex').slice(0, 8);
        const rename = (code: string): string =>
          languages.reduce(
            (text, { name, fileName }) => text.replaceAll(fileName, `${name}-${hash}.js`),
            code,
          );
        for (const part of chunks) part.code = rename(part.code);
        for (const { name, code, fileName } of languages) {
          this.emitFile({ type: 'asset', fileName: `${name}-${hash}.js`, source: code });
          delete bundle[fileName];
        }
      },
    },
  };
}

/**
 * engine.io-client names all its transports in one table, and both parsers carry binary, so neither can be shaken out. The usual
 * socket chunk gets a table with WebSocket alone and parsers for text; the chunk behind `socket-polling.ts` gets its own whole copy,
 * told apart by a query that its imports inherit.
 */
function leanSocket(): Plugin {
  const WHOLE = '?whole';
  const own = (path: string): string => fileURLToPath(new URL(`src/lean/${path}`, import.meta.url));
  const stands: Record<string, string> = {
    'socket.io-parser': own('socket-parser.ts'),
    'engine.io-parser': own('engine-parser.ts'),
  };
  return {
    name: 'fullname:lean-socket',
    enforce: 'pre',
    async resolveId(source, importer) {
      if (!importer) return null;
      const whole = importer.endsWith('socket-polling.ts') || importer.endsWith(WHOLE);
      if (!whole) return stands[source] ?? null;
      const found = await this.resolve(source, importer.replace(WHOLE, ''), { skipSelf: true });
      return found ? { ...found, id: found.id + WHOLE } : null;
    },
    async load(id) {
      if (id.endsWith(WHOLE)) return readFile(id.replace(WHOLE, ''), 'utf8');
      const file = LEAN.find(([path]) => id.endsWith(path));
      if (file) return file[1];
      if (id.endsWith('socket.io-client/build/esm/manager.js')) {
        return replaceOnce(await readFile(id, 'utf8'), 'import * as parser from', 'import parser from');
      }
      return null;
    },
  };
}

/**
 * Moves the one style sheet and the entry script into the document: one request, and the relay can name both by hash.
 * What lazy chunks share with the entry (Preact above all) they then cannot import, since the entry is no file any more:
 * the entry leaves its exports on `globalThis`, and their import statements become reads of it.
 */
function inlined(): Plugin {
  return {
    name: 'fullname:inlined',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const html = bundle['frame.html'];
        const entry = Object.values(bundle).find((part) => part.type === 'chunk' && part.isEntry);
        const style = Object.values(bundle).find((part) => part.fileName.endsWith('.css'));
        if (html?.type !== 'asset' || entry?.type !== 'chunk' || style?.type !== 'asset') {
          throw new Error('The build must make one document, one entry and one style sheet.');
        }
        for (const part of Object.values(bundle)) if (part.type === 'chunk') bridge(part, entry);
        const script = entry.code.trim();
        if (script.includes('</script')) throw new Error('The script would end its own tag.');
        const text = String(html.source)
          .replace(/\s*<script[^>]*><\/script>/, '')
          .replace(
            /\s*<link rel="stylesheet"[^>]*>/,
            () =>
              `<style>${String(style.source)
                .replace(/\/\*.*?\*\//g, '')
                .trim()}</style>`,
          )
          .replace('</body>', () => `<script type="module">${script}</script></body>`);
        html.source = text.replace(/>\s+</g, '><').trim();
        delete bundle[entry.fileName];
        delete bundle[style.fileName];
      },
    },
  };
}

/** Files of the two client packages as the usual socket chunk sees them. */
const LEAN: readonly (readonly [path: string, code: string])[] = [
  [
    'engine.io-client/build/esm/contrib/parseuri.js',
    `export function parse(text) {
      const { hostname, protocol, port, search } = new URL(text);
      return { host: hostname.replace(/[[\\]]/g, ''), protocol: protocol.slice(0, -1), port, query: search.slice(1) };
    }`,
  ],
  ['socket.io-client/build/esm/index.js', 'export { Manager } from "./manager.js";'],
  [
    'engine.io-client/build/esm/transports/index.js',
    'import { WS } from "./websocket.js"; export const transports = { websocket: WS };',
  ],
  [
    'engine.io-client/build/esm/index.js',
    'export { Socket } from "./socket.js"; export { installTimerFunctions } from "./util.js"; export { nextTick } from "./globals.js";',
  ],
];

const SHARED = 'globalThis.fullname';

function bridge(part: Rolldown.OutputChunk, entry: Rolldown.OutputChunk): void {
  if (part === entry) {
    const names = /export\s*\{([^}]*)\};?\s*$/;
    const list = names.exec(part.code)?.[1];
    if (!list) return;
    part.code = part.code.replace(
      names,
      () => `${SHARED}={${pairs(list, (own, seen) => `${seen}:${own}`)}};`,
    );
  } else if (part.imports.includes(entry.fileName)) {
    const importing = new RegExp(`import\\s*\\{([^}]*)\\}\\s*from\\s*["'\`]\\./${entry.fileName}["'\`];?`);
    const list = importing.exec(part.code)?.[1];
    if (!list)
      throw new Error(`${part.fileName} imports from the inlined script in a way that is not understood.`);
    part.code = part.code.replace(
      importing,
      () => `const{${pairs(list, (seen, own) => `${seen}:${own}`)}}=${SHARED};`,
    );
  }
}

/** `a as b, c` → each pair of names, the second the same where there is no `as`. */
function pairs(list: string, write: (first: string, second: string) => string): string {
  return list
    .split(',')
    .map((one) => one.trim().split(/\s+as\s+/))
    .map(([first = '', second = first]) => write(first, second))
    .join(',');
}

function replaceOnce(text: string, from: string, to: string): string {
  if (text.split(from).length !== 2) throw new Error(`"${from}" was expected once.`);
  return text.replace(from, to);
}
