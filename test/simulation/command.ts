/**
 * `npm run simulate -- --seeds 100000`: stories of the chat and the relay in a simulated world, each from its seed. `--seed N`
 * is the first one, `--json FILE` takes the figures, `--histories FOLDER` what happened in those that break something.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeHistory } from '../checker/history.ts';
import { complainAndFail, numberOf, readCommandLine, UsageError } from '../support/flags.ts';
import { loadProduct } from './load.ts';
import { againBy, simulate } from './simulate.ts';

const SHOWN_MAX = 20;
const TELL_EVERY = 1_000;

const flags = readOrEnd();
const first = flags.seed;
const count = flags.seeds;
if (flags.histories !== undefined) mkdirSync(flags.histories, { recursive: true });

const product = await loadProduct();
const from = performance.now();
const broken: { readonly seed: number; readonly kinds: readonly string[] }[] = [];
let [steps, acked, calmAfter] = [0, 0, 0];
for (let seed = first; seed < first + count; seed += 1) {
  const story = await simulate(product, seed);
  steps += story.steps;
  acked += story.acked;
  calmAfter = Math.max(calmAfter, story.calmAfter);
  if (story.violations.length > 0) {
    broken.push({ seed, kinds: [...story.kinds] });
    if (broken.length <= SHOWN_MAX)
      console.log([`seed ${seed}: ${againBy(seed)}`, ...story.violations].join('\n'));
    if (flags.histories !== undefined)
      writeHistory(join(flags.histories, `seed-${seed}.jsonl`), story.history);
  }
  const done = seed - first + 1;
  if (done % TELL_EVERY === 0 && done < count) console.log(`${done} seeds, ${broken.length} broken`);
}
const seconds = (performance.now() - from) / 1_000;
const figures = { first, seeds: count, broken, acked, steps, calmAfterMs: calmAfter, seconds };
console.log(
  `${count} seeds in ${seconds.toFixed(1)} s: ${acked} messages acknowledged, ${steps} steps, calm again after ${(calmAfter / 1_000).toFixed(0)} s at most, ${broken.length} broken`,
);
if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(figures, null, 2)}\n`);
if (broken.length > 0) process.exitCode = 1;

function readOrEnd() {
  try {
    return readFlags();
  } catch (error) {
    complainAndFail(error);
    process.exit();
  }
}

function readFlags() {
  const string = { type: 'string' } as const;
  const options = { seed: string, seeds: string, json: string, histories: string };
  const { values } = readCommandLine(process.argv.slice(2), { options });
  const { seed, seeds, json, histories } = values as Record<string, string | undefined>;
  const whole = { seed: numberOf('seed', seed, 1), seeds: numberOf('seeds', seeds, 1_000) };
  for (const [name, value] of Object.entries(whole))
    if (!Number.isInteger(value)) throw new UsageError(`--${name} needs a whole number, not ${value}`);
  return { ...whole, json, histories };
}
