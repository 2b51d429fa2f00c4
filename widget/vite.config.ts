/** The frame's build: one document with style and script inlined, everything lazy as hashed chunks beside it. */
import { createHash } from 'node:crypto';
import { defineConfig, type Plugin, type Rolldown } from 'vite';
import { leanLibraries } from './lean.ts';

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
        // Six letters: the document names two dozen chunks, and letters of a hash do not compress.
        chunkFileNames: '[name]-[hash:6].js',
        codeSplitting: {
          groups: [
            // Asked for with the first word that is written, by the talk and by what draws it. The log is the talk's alone; there it
            // would make one chunk too large, here it needs no request more.
            { name: 'text', test: /shared.dist.(text|reader.cards)\.js|widget.src.log\.ts/ },
          ],
        },
      },
    },
  },
  plugins: [leanLibraries(), plainImports(), oneNameForLanguages(), inlined()],
});

/**
 * Vite wraps every dynamic import in a helper that preloads styles; our chunks have none, so the wrapping goes again, and with it
 * the chunk that some would fetch for the helper alone.
 */
function plainImports(): Plugin {
  const chunk = '(import\\(`[^`]+`\\)(?:\\.then\\(\\w+=>\\w+\\.\\w+\\))?)';
  const wrapped = new RegExp(`\\b\\w+\\(\\(\\)=>${chunk},\\[\\]\\)`, 'g');
  const picking = new RegExp(
    `\\b\\w+\\(async\\(\\)=>\\{let\\{[^}]*\\}=await ${chunk};return\\{[^}]*\\}\\},\\[\\]\\)`,
    'g',
  );
  return {
    name: 'fullname:plain-imports',
    enforce: 'pre',
    load: (id) =>
      id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null,
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const chunks = Object.values(bundle).filter((part) => part.type === 'chunk');
        for (const part of chunks) part.code = part.code.replace(wrapped, '$1').replace(picking, '$1');
        const helper = chunks.find(({ name }) => name === 'preload-helper')?.fileName;
        if (!helper) return;
        delete bundle[helper];
        const importing = new RegExp(`import\\{(?:\\w+ as )?(\\w+)\\}from\\s*["'\`]\\./${helper}["'\`];`);
        // A choice between two imports is wrapped as one.
        for (const part of chunks)
          part.code = part.code.replace(importing, (_, name: string) =>
            new RegExp(`\\b${name}\\(\\w+\\?`).test(part.code) ? `const ${name}=e=>e();` : '',
          );
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
        const languages = chunks.filter(({ name }) =>
          /^(speech|recovery|more|remembered)-(?!words)/.test(name),
        );
        const all = languages.map(({ code }) => code).join('');
        const hash = createHash('sha256').update(all).digest('hex').slice(0, 6);
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
