/** One entry as one script without imports, as the build makes it and the tool that weighs its parts. */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));

/** The script as text: classic (`iife`) or a module (`es`). Throws where it would become more than one file. */
export async function oneScript(entry, format, define = {}, plugins = []) {
  const result = await build({
    root,
    configFile: false,
    define,
    plugins,
    logLevel: 'warn',
    build: {
      write: false,
      target: 'es2022',
      // The stylesheet asks what the browser knows; a minifier that rewrites it for older ones would only make it longer.
      cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
      // Vite leaves the spaces in a library's module; this is none.
      rolldownOptions: { output: { minify: true } },
      lib: { entry: join(root, entry), formats: [format], name: 'unused', fileName: 'script' },
    },
  });
  const [{ output }] = Array.isArray(result) ? result : [result];
  if (output.length !== 1) throw new Error(`${entry} must become one file.`);
  // What only tells a bundler something.
  return output[0].code.replace(/\/\* (@vite-ignore|@__PURE__) \*\/\s?/g, '').trim();
}

/** Browsers that know this line compile all of the script while it comes, and not on the page's thread function by function as they are called. */
const AT_ONCE = '//# allFunctionsCalledOnLoad\n';

/** The tag's script, with the one place for the settings that the relay writes into it. */
export async function tagScript(define, plugins = []) {
  const script = await oneScript('src/embed/embed.ts', 'iife', define, plugins);
  return (
    AT_ONCE +
    script
      .replace(/^\(function\(\)\{/, '(()=>{')
      .replace(/Object\((["'`])__FULLNAME_SETTINGS__\1\)/g, '"__FULLNAME_SETTINGS__"')
  );
}

export function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}
