/**
 * What the tag costs a host page, as the running relay serves it: bytes, requests, sockets, storage, script time, against
 * the budgets, and what of the tag each of its parts takes. Loads the demo shop in a real browser. `--runs N` for the times, which are medians.
 */
import { launchBrowser } from '../support/browser.ts';
import { atMost, type Measured, median, runTool, type Stage } from '../support/figures.ts';
import { freePort, makeDataFolder, removeDataFolder, spawnRelay } from '../support/spawn-relay.ts';
import { type Chunk, weighChunks } from './size/chunks.ts';
import { type ScriptTimes, timeScripts } from './size/scripts.ts';
import { weighTagParts } from './size/tag-parts.ts';
import { bytesOf, type Place, type Weights, weigh } from './size/weigh.ts';

await runTool(['runs'], async (stage) => {
  const runs = stage.number('runs', 5);
  const place = await startShop(stage);
  const browser = await launchBrowser();
  stage.atEnd(() => browser.close());
  stage.progress('weighing what the relay serves');
  const weights = await weigh(browser, place);
  list(stage, weights);
  const tag = await weighTagParts();
  stage.progress(`of the tag's ${tag.whole} B, without a site's own settings, so many less without`);
  for (const { what, bytes } of tag.parts) stage.progress(`  ${String(bytes).padStart(6)} B  ${what}`);
  const chunks = await weighChunks();
  const times: ScriptTimes[] = [];
  for (let run = 1; run <= runs; run += 1) {
    stage.progress(`timing scripts, ${run} of ${runs}`);
    times.push(await timeScripts(browser, place));
  }
  return [...weightFigures(weights), ...chunks.map(chunkFigure), ...timeFigures(times)];
});

async function startShop(stage: Stage): Promise<Place> {
  stage.progress('starting the relay with the demo shop');
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  const port = await freePort();
  const relay = await spawnRelay({ dataDir, port, env: { LOG_LEVEL: 'error' } });
  stage.atEnd(() => relay.stop());
  return { origin: relay.origin, shop: `http://127.0.0.1:${port}/shop/` };
}

function list(stage: Stage, { before, composer, idle }: Weights): void {
  for (const file of idle) {
    const when = before.some((one) => one.path === file.path)
      ? 'host page'
      : composer.includes(file)
        ? 'composer'
        : 'idle';
    stage.progress(
      `  ${String(file.bytes).padStart(6)} B  ${file.encoding.padEnd(4)} ${when.padEnd(9)}  ${file.path}`,
    );
  }
}

function weightFigures(weights: Weights): Measured[] {
  const { before, composer, idle, sockets } = weights;
  const uncompressed = idle.filter((file) => file.encoding !== 'br');
  return [
    atMost('host page before opening', [bytesOf(before), 'B'], { must: 2_000, goal: 1_500 }),
    atMost('host page, requests', [before.length, ''], { must: 1 }),
    atMost('host page, sockets', [sockets.before, ''], { must: 0 }),
    atMost('host page, cookies', [weights.cookies, ''], { must: 0 }),
    atMost('host page, things stored', [weights.stored, ''], { must: 0 }),
    atMost('host page, layout shift', [weights.layoutShift, ''], { must: 0 }),
    atMost('to first usable composer', [bytesOf(composer), 'B'], { must: 14_000, goal: 12_000 }),
    atMost('to first usable composer, requests', [composer.length, ''], { must: 3 }),
    atMost('connected and idle', [bytesOf(idle), 'B'], { must: 24_000, goal: 20_000 }),
    atMost('connected and idle, requests', [idle.length, '']),
    atMost('connected and idle, sockets', [sockets.idle, '']),
    atMost('connected and idle, received by the socket', [weights.socketBytes, 'B']),
    atMost('files without Brotli', [uncompressed.length, ''], { must: 0 }),
  ];
}

function chunkFigure({ name, bytes, budget }: Chunk): Measured {
  return atMost(`chunk ${name}`, [bytes, 'B'], { must: budget });
}

function timeFigures(times: readonly ScriptTimes[]): Measured[] {
  const of = (name: keyof ScriptTimes) => median(times.map((one) => one[name]));
  return [
    atMost('host page, script at 4 × throttle', [of('load'), 'ms'], { must: 15 }),
    atMost('host page, long tasks', [of('longTasks'), ''], { must: 0 }),
    atMost('script, load + open, 4 × throttle', [of('both'), 'ms'], { must: 100, goal: 80 }),
    atMost('click to composer, warmed', [of('click'), 'ms'], { must: 100, goal: 60 }),
  ];
}
