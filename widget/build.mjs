/** Builds the widget: the embed, the modules for the host page, the frame that knows their names. Then compresses, prunes and prints the bytes. */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, runnerImport } from 'vite';
import { BUDGET, chunkBudget } from './budget.mjs';
import { brotli, oneScript, tagScript } from './one-script.mjs';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
/** Pages that were open before an upgrade still ask for the chunks they know. */
const KEEP_CHUNKS_MS = 30 * 24 * 3600_000;

// What only reads a module would otherwise say "development" to all that is built after it.
process.env.NODE_ENV ??= 'production';

await mkdir(dist, { recursive: true });
const began = Date.now();
const hostModules = {
  __BROKER_FILE__: JSON.stringify(await hostModule('broker')),
  __KEYBOARD_FILE__: JSON.stringify(await hostModule('keyboard')),
};
const __HELLO_FILE__ = JSON.stringify(await hostModule('hello'));
const __HELP_FILE__ = JSON.stringify(await hostModule('help'));
const __AGAIN_FILE__ = JSON.stringify(await hostModule('again'));
const __CALLS_FILE__ = JSON.stringify(await hostModule('calls', { __HELLO_FILE__, __HELP_FILE__ }));
const __HOST_FILE__ = JSON.stringify(await hostModule('host', { __AGAIN_FILE__, __CALLS_FILE__ }));
const embed = await tagScript({ __HOST_FILE__ });
const places = embed.split('"__FULLNAME_SETTINGS__"').length - 1;
if (places !== 1)
  throw new Error(`The embed must hold its settings' place once; it is there ${places} times.`);
await writeFile(join(dist, 'embed.js'), embed);

await writeFile(join(dist, 'continue.html'), await continuePage());
await writeFile(join(dist, 'device.html'), await devicePage());
await writeFile(join(dist, 'worker.js'), await oneScript('src/device/worker.ts', 'iife'));
await writeFile(join(dist, 'preview.html'), await previewPage());
await build({ root, logLevel: 'warn', configFile: join(root, 'vite.config.ts'), define: hostModules });
await writeWords();
await compressChunks();
await pruneChunks();
await printSizes();

/** What owners see beside their own words: every text that the chat puts otherwise where they say so, by language. The relay adds its own. */
async function writeWords() {
  // What reads the page's settings finds none.
  globalThis.document = { getElementById: () => null };
  const load = async (name) =>
    (await runnerImport(join(root, 'src', `${name}.ts`), { configFile: false, root, logLevel: 'warn' }))
      .module;
  const tables = await Promise.all(
    ['strings', 'words', 'more-words', 'recovery-words', 'remembered-words'].map(load),
  );
  const { UNREAD } = await load('embed/words');
  const { HELLO_WORDS } = await load('embed/hello-words');
  const { LINK_WORDS } = await load('continue-words');
  const { DEVICE_WORDS } = await load('device/words');
  const pages = [LINK_WORDS, DEVICE_WORDS];
  const around = (locale) => [
    { unread: UNREAD[locale] },
    ...[HELLO_WORDS, ...pages].map((one) => one[locale]),
  ];
  const words = { en: inOne([...tables.map(({ en }) => en), ...around('en')]) };
  for (const file of await readdir(join(root, 'src'))) {
    const language = /^speech-([a-z-]+)\.ts$/.exec(file)?.[1];
    if (language === undefined) continue;
    const locale = language.replace(/-han([st])$/, '-Han$1');
    const [{ strings, words: later }, { more }, { said }, { kept }] = await Promise.all(
      ['speech', 'more', 'recovery', 'remembered'].map((table) => load(`${table}-${language}`)),
    );
    words[locale] = inOne([strings, later, more, said, kept, ...around(locale)]);
  }
  await writeFile(join(dist, 'words.json'), JSON.stringify(words));
}

/** An owner's own text stands under its name alone: two texts of one name would both become it. */
function inOne(tables) {
  const names = tables.flatMap((table) => Object.keys(table));
  const twice = names.filter((name, at) => names.indexOf(name) !== at);
  if (twice.length > 0) throw new Error(`Two texts of the chat are called ${twice.join(', ')}.`);
  return Object.assign({}, ...tables);
}

/** The page behind a mail's link: one document, and nothing beside it. */
async function continuePage() {
  const script = await oneScript('src/continue.ts', 'es');
  const style = await linkStyle();
  if (script.includes('</script')) throw new Error('The script would end its own tag.');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fullname</title><style>${style}</style></head><body><main><p role="status"></p><button type="button" hidden></button></main><script type="module">${script}</script></body></html>`;
}

/** How the pages behind links look. */
async function linkStyle() {
  return (await readFile(join(root, 'src/device/page.css'), 'utf8')).replace(/\s+/g, ' ').trim();
}

/** The page on which a visitor has a device tell of answers: one document; its worker is a file beside it. */
async function devicePage() {
  const script = await oneScript('src/device/page.ts', 'es');
  const style = await linkStyle();
  if (script.includes('</script')) throw new Error('The script would end its own tag.');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fullname</title><style>${style}</style></head><body><main><h1></h1><p role="status"></p><ul hidden></ul><button type="button" hidden></button><button type="button" class="quiet" hidden></button></main><script type="module">${script}</script></body></html>`;
}

/** The chat as the console shows it to owners: one document with all languages in it, and nothing beside it. */
async function previewPage() {
  const script = await oneScript('src/preview/preview.tsx', 'iife');
  if (script.includes('</script')) throw new Error('The script would end its own tag.');
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fullname</title></head><body><script>${script}</script></body></html>`;
}

/** A module that the embed loads into the host page, some of them when the frame asks for it: its file's name holds its hash. */
async function hostModule(name, define = {}) {
  const code = await oneScript(`src/embed/${name}.ts`, 'es', define);
  const file = `${name}-${createHash('sha256').update(code).digest('hex').slice(0, 6)}.js`;
  await writeFile(join(dist, file), code);
  return file;
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
  return (await readdir(dist)).filter((name) => /-[\w-]{6,8}\.js$/.test(name));
}

async function printSizes() {
  const made = new Map();
  for (const file of await chunks()) {
    if ((await stat(join(dist, file))).mtimeMs >= began) made.set(file.slice(0, -'-123456.js'.length), file);
  }
  const size = async (file) => brotli(await readFile(join(dist, file))).length;
  /** Of these, by their names without the hash, and of all that they import at their top. */
  const sum = async (...names) => {
    const files = new Set(names.map((name) => made.get(name) ?? name));
    let total = 0;
    for (const file of files) {
      const text = await readFile(join(dist, file), 'utf8');
      for (const [, one] of text.matchAll(/\b(?:from|import)\s*["'`]\.\/([\w-]+\.js)/g)) files.add(one);
      total += await size(file);
    }
    return total;
  };
  const row = (what, bytes, budget) =>
    console.log(
      `  ${what.padEnd(44)} ${String(bytes).padStart(6)} of ${budget}${bytes > budget ? ': TOO LARGE' : ''}`,
    );
  const composer = ['embed.js', 'host', 'frame.html'];
  const connected = [...composer, 'model', 'socket'];
  console.log('widget, bytes in brotli 11:');
  row('host page', await sum('embed.js'), BUDGET.hostPage);
  row('to the composer', await sum(...composer), BUDGET.composer);
  row('connected and idle', await sum(...connected, 'indexed'), BUDGET.connected);
  row('  the same through the broker', await sum(...connected, 'broker'), BUDGET.connected);
  for (const [name, file] of made) row(`  ${name}`, await size(file), chunkBudget(name));
}
