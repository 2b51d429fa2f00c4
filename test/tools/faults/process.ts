/** A relay is frozen for a while and goes on as if nothing had been; a second one is started on the same data folder. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import type { History } from '../../checker/history.ts';
import { atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { root } from '../../support/root.ts';
import { freePort } from '../../support/spawn-relay.ts';
import type { Scenario } from './scenario.ts';
import { deliveryTimes, type Span, shownAsFailed, timeFigures } from './timing.ts';
import { openWorld, type World } from './world.ts';

export const relayPause: Scenario = {
  name: 'relay-pause',
  what: 'one of two relays is frozen (SIGSTOP) for 5 to 20 s and goes on',
  needs: ['redis', 'system-postgres'],
  cycles: 5,
  run: pauseRelays,
};

export const secondRelay: Scenario = {
  name: 'second-relay',
  what: 'a second relay is started on a data folder that is in use',
  cycles: 5,
  run: startSecond,
};

const PEOPLE = { visitors: 24, agents: 4, paceMs: 1_500 } as const;
const CAUGHT_UP_WITHIN_MS = 2_000;

async function pauseRelays(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const world = await openWorld(stage, {
    ...PEOPLE,
    relays: 2,
    store: 'postgres',
    redis: true,
    reloads: false,
  });
  const pauses: Span[] = [];
  const resumed: number[] = [];
  // Whatever ends the tool, a frozen relay could not be stopped.
  stage.atEnd(() => {
    for (const place of world.relays) go(place.relay().pid);
  });
  world.talk();
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    await world.moved();
    const { pid } = (world.relays[cycle % world.relays.length] ?? world.relays[0]).relay();
    const from = performance.now();
    process.kill(pid, 'SIGSTOP');
    await wait(5_000 + (cycle * 15_000) / Math.max(1, cycles - 1));
    go(pid);
    const to = performance.now();
    pauses.push({ from, to });
    await world.connected();
    resumed.push(performance.now() - to);
    stage.progress(`cycle ${cycle + 1} of ${cycles}: frozen for ${((to - from) / 1_000).toFixed(1)} s`);
  }
  const figures = await world.end();
  const history = await world.history();
  const late = pauses.flatMap((pause) => shownAfter(history, pause));
  return [
    ...figures,
    shownAsFailed(history),
    atMost('times frozen', [cycles, '']),
    atMost('everybody has a line after the wake, longest', [Math.max(...resumed), 'ms']),
    ...timeFigures('what was written while frozen is shown after the wake', late, CAUGHT_UP_WITHIN_MS),
  ];
}

function go(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {
    // It has ended by itself.
  }
}

/** Of what agents wrote during the pause: how long after its end the visitors had it; what they had before counts as 0. */
function shownAfter(history: History, pause: Span): number[] {
  return history.flatMap((event) => {
    if (event.type !== 'invoke' || event.at < pause.from || event.at >= pause.to) return [];
    const only = { from: event.at, to: event.at + 0.001 };
    return deliveryTimes(history, [only]).map((took) => Math.max(0, event.at + took - pause.to));
  });
}

const REFUSED_WITHIN_MS = 1_000;

async function startSecond(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const world = await openWorld(stage, { ...PEOPLE, relays: 1 });
  world.talk();
  const refusals: Refusal[] = [];
  const floors: number[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    await world.moved();
    refusals.push(await startOn(world, String(await freePort())));
    // What node itself takes to get there: the same program, refused for its settings before it looks at any folder.
    floors.push((await startOn(world, 'none')).after);
  }
  const sentence = /^Another relay \(process \d+\) already uses the data folder .+: stop it, or set DATA_DIR/;
  const wrong = refusals.filter(({ code, said }) => code !== 1 || !sentence.test(said));
  for (const { code, said } of wrong.slice(0, 3)) console.error(`  ended with ${code}, saying ${said}`);
  const figures = await world.end();
  const after = refusals.map((one) => one.after);
  const beyond = after.map((took, index) => took - (floors[index] ?? 0));
  return [
    ...figures,
    shownAsFailed(await world.history()),
    atMost('second relays', [refusals.length, '']),
    atMost('of these not refused by the sentence', [wrong.length, ''], { must: 0 }),
    // What node takes to load the program is the machine's; the look at the folder is ours.
    atMost('refused after, beyond the loading of the program, median', [median(beyond), 'ms'], {
      must: REFUSED_WITHIN_MS,
    }),
    atMost('refused after, median', [median(after), 'ms']),
    atMost('refused after, longest', [Math.max(...after), 'ms']),
    atMost('refused for its settings after, median', [median(floors), 'ms']),
  ];
}

type Refusal = { readonly code: number | null; readonly said: string; readonly after: number };

async function startOn(world: World, port: string): Promise<Refusal> {
  const started = performance.now();
  const child = spawn(process.execPath, ['server/dist/index.js'], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: port, DATA_DIR: world.relays[0].dataDir, DEMO: 'off' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, said, after: performance.now() - started };
}
