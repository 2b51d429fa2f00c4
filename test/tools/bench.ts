/**
 * `npm run bench` runs every bench but the very long, `npm run bench -- throughput memory --json FILE` those named; `--list`
 * says what each is. Every figure is a ratio, or has its floor beside it, taken in the same run in turns.
 */
import { atMost, type Measured, runTool, type Stage } from '../support/figures.ts';
import type { Bench } from './bench/bench.ts';

/** In the order in which they run: what disturbs the machine least comes first. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  widget: async () => (await import('./bench/widget.ts')).widget,
  throughput: async () => (await import('./bench/throughput.ts')).throughput,
  relays: async () => (await import('./bench/relays.ts')).relays,
  adapters: async () => (await import('./bench/adapters.ts')).adapters,
  memory: async () => (await import('./bench/memory.ts')).memory,
  connect: async () => (await import('./bench/connect.ts')).connect,
  storm: async () => (await import('./bench/storm.ts')).storm,
  load: async () => (await import('./bench/load.ts')).load,
  growth: async () => (await import('./bench/growth.ts')).growth,
  backup: async () => (await import('./bench/backup.ts')).backup,
};

// Each process that is started is ended with this one, and there are many.
process.setMaxListeners(100);
const names = takeNames();
const unknown = names.filter((name) => !Object.hasOwn(BENCHES, name));
if (names.includes('--list') || unknown.length > 0) {
  for (const [name, load] of Object.entries(BENCHES)) console.log(`${name.padEnd(12)}${(await load()).what}`);
  if (!names.includes('--list')) {
    console.error(`\nThere is no bench called ${unknown.join(', ')}: name some of those above.`);
    process.exitCode = 2;
  }
} else {
  await runBenches(names.length === 0 ? Object.keys(BENCHES) : names);
}

/** Names stand before the flags; the tools' common reader of flags takes none. */
function takeNames(): string[] {
  const rest = process.argv.slice(2);
  const flags = rest.findIndex((word) => word.startsWith('--') && word !== '--list');
  return process.argv.splice(2, flags === -1 ? rest.length : flags);
}

async function runBenches(wanted: readonly string[]): Promise<void> {
  const benches: [string, Bench][] = [];
  for (const name of wanted) {
    const load = BENCHES[name];
    if (load) benches.push([name, await load()]);
  }
  const flags = [...new Set(benches.flatMap(([, bench]) => bench.flags))];
  await runTool(flags, async (stage) => {
    const figures: Measured[] = [];
    const failed: string[] = [];
    for (const [name, bench] of benches) {
      stage.progress(`── ${name}: ${bench.what}`);
      try {
        figures.push(
          ...(await onItsOwn(stage, bench)).map((one) => ({ ...one, name: `${name}: ${one.name}` })),
        );
      } catch (error) {
        console.error(error);
        failed.push(name);
      }
    }
    if (failed.length > 0)
      figures.push(atMost(`benches that failed: ${failed.join(', ')}`, [failed.length, ''], { must: 0 }));
    return figures;
  });
}

/** What one bench has started is ended before the next one measures. */
async function onItsOwn(stage: Stage, bench: Bench): Promise<readonly Measured[]> {
  const undos: (() => unknown)[] = [];
  const cleanUp = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop())
      await Promise.resolve(undo()).catch((error: unknown) => console.error(error));
  };
  stage.atEnd(cleanUp);
  try {
    return await bench.measure({ ...stage, atEnd: (undo) => undos.push(undo) });
  } finally {
    await cleanUp();
  }
}
