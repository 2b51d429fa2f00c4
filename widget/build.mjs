/** Builds the widget: the embed, the modules for the host page, the frame that knows their names. Then compresses, prunes and prints the bytes. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { build } from 'vite';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
/** Pages that were open before an upgrade still ask for the chunks they know. */
const KEEP_CHUNKS_MS = 30 * 24 * 3600_000;
const PLACEHOLDER = /(["'`])__FULLNAME_SETTINGS__\1/g;
const BUDGET = { hostPage: 2_000, composer: 14_000, connected: 24_000 };

await mkdir(dist, { recursive: true });
const began = Date.now();
const hostModules = {
  __BROKER_FILE__: JSON.stringify(await hostModule('broker')),
  __KEYBOARD_FILE__: JSON.stringify(await hostModule('keyboard')),
};
const __CALLS_FILE__ = JSON.stringify(await hostModule('calls'));
const __HOST_FILE__ = JSON.stringify(await hostModule('host', { __CALLS_FILE__ }));
const embed = (await oneScript('src/embed/embed.ts', 'iife', { __HOST_FILE__ })).replace(
  PLACEHOLDER,
  '"__FULLNAME_SETTINGS__"',
);
const places = embed.split('"__FULLNAME_SETTINGS__"').length - 1;
if (places !== 1)
  throw new Error(`The embed must hold its settings' place once; it is there ${places} times.`);
await writeFile(join(dist, 'embed.js'), embed);

await build({ root, logLevel: 'warn', configFile: join(root, 'vite.config.ts'), define: hostModules });
await compressChunks();
await pruneChunks();
await printSizes();

/** A module that the embed loads into the host page, some of them when the frame asks for it: its file's name holds its hash. */
async function hostModule(name, define = {}) {
  const code = await oneScript(`src/embed/${name}.ts`, 'es', define);
  const file = `${name}-${createHash('sha256').update(code).digest('hex').slice(0, 8)}.js`;
  await writeFile(join(dist, file), code);
  return file;
}

/** One script without imports, as text: classic (`iife`) or a module (`es`). */
async function oneScript(entry, format, define) {
  const result = await build({
    root,
    configFile: false,
    define,
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

async function compressChunks() {
  for (const name of await chunks()) {
    const file = join(dist, name);
    if ((await stat(file)).mtimeMs < began) continue;
    const bytes = await readFile(file);
    await writeFile(`${file}.br`, brotli(bytes));
    await writeFile(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

async function pruneChunks() {
  for (const name of await chunks()) {
    const file = join(dist, name);
    if (Date.now() - (await stat(file)).mtimeMs < KEEP_CHUNKS_MS) continue;
    for (const ending of ['', '.br', '.gz']) await rm(file + ending, { force: true });
  }
}

async function chunks() {
  return (await readdir(dist)).filter((name) => /-[\w-]{8}\.js$/.test(name));
}

async function printSizes() {
  const size = async (name) => brotli(await readFile(join(dist, name))).length;
  const sizes = new Map();
  for (const name of await chunks()) {
    if ((await stat(join(dist, name))).mtimeMs >= began) sizes.set(name.slice(0, -12), await size(name));
  }
  const host = await size('embed.js');
  const composer = host + (await size('frame.html')) + (sizes.get('host') ?? Number.NaN);
  const sum = (...names) => names.reduce((total, name) => total + (sizes.get(name) ?? Number.NaN), 0);
  const row = (what, bytes, budget) =>
    console.log(`  ${what.padEnd(44)} ${String(bytes).padStart(6)}${budget ? ` of ${budget}` : ''}`);
  console.log('widget, bytes in brotli 11:');
  row('host page', host, BUDGET.hostPage);
  row('to the composer', composer, BUDGET.composer);
  const connected = composer + sum('model', 'socket');
  row('connected and idle', connected + sum('indexed'), BUDGET.connected);
  row('  the same through the broker', connected + sum('broker'), BUDGET.connected);
  for (const [name, bytes] of sizes) row(`  ${name}`, bytes);
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}
