/** The relay is killed with -9 under load, again and again, and must come back with everything that it acknowledged. */
import { setImmediate as turn, setTimeout as wait } from 'node:timers/promises';
import { atLeast, atMost, type Measured, median } from '../../support/figures.ts';
import type { Place } from './places.ts';
import type { Scenario } from './scenario.ts';
import { openWorld, type World, type WorldOptions, type WorldStage } from './world.ts';

/** Storing takes a few milliseconds where the disk is quick, and the kill comes in any case. */
const KILL_WITHIN_MS = 1_000;
const TRIES_MAX = 5;

export const relayKill: Scenario = {
  name: 'relay-kill',
  what: 'the relay on its own store is killed with -9 under load',
  cycles: 200,
  run: (stage, cycles) => faultKills(stage, { cycles }),
};

export const relayKillPostgres: Scenario = {
  name: 'relay-kill-postgres',
  what: 'one of two relays on PostgreSQL and Redis is killed with -9 under load',
  needs: ['system-postgres', 'redis'],
  cycles: 200,
  run: (stage, cycles) => faultKills(stage, { cycles, relays: 2, store: 'postgres', redis: true }),
};

/** Kills the relays of a world in turn; gives the world's figures. */
export async function faultKills(
  stage: WorldStage,
  { cycles, ...options }: WorldOptions & { readonly cycles: number },
): Promise<readonly Measured[]> {
  stage.progress('starting');
  const world = await openWorld(stage, options);
  world.talk();
  const readyAfter: number[] = [];
  const inFlight: number[] = [];
  const between: number[] = [];
  const started = performance.now();
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const before = world.acked();
    inFlight.push(await killOnce(world, cycle, readyAfter));
    between.push(world.acked() - before);
    const seconds = ((performance.now() - started) / 1_000 / cycle).toFixed(1);
    stage.progress(
      `cycle ${cycle} of ${cycles}: ${inFlight.at(-1)} unacknowledged, ${world.acked()} acknowledged so far, ` +
        `ready after ${Math.round(readyAfter.at(-1) ?? 0)} ms; ${seconds} s a cycle`,
    );
  }
  const seconds = (performance.now() - started) / 1_000 / cycles;
  return [
    ...(await world.end()),
    atMost('kills', [cycles, '']),
    // A kill that falls into silence shows nothing.
    atLeast('kills with words on their way', [inFlight.filter((count) => count > 0).length, ''], {
      must: Math.ceil(cycles * 0.95),
    }),
    atMost('unacknowledged at a kill, median', [median(inFlight), '']),
    atLeast('acknowledged between two kills, least', [Math.min(...between), ''], {
      must: world.talkers.length,
    }),
    atMost('ready again, median', [median(readyAfter), 'ms']),
    atMost('a cycle, mean', [seconds, 's']),
  ];
}

/** Gives how many words were on their way. */
async function killOnce(world: World, cycle: number, readyAfter: number[]): Promise<number> {
  const place = world.relays[cycle % world.relays.length] ?? world.relays[0];
  // The moment of the kill must not keep step with anything: a random wait, not a condition.
  await wait(Math.random() * 300);
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    await allSpeakHalfHeard(world, place, `at kill ${cycle}`);
    if (world.unsent(place) > 0) break;
  }
  // What is on its way to another relay, the kill does not touch.
  const inFlight = world.unsent(place);
  await place.kill();
  readyAfter.push(await place.start());
  await world.connected();
  await world.moved();
  return inFlight;
}

/**
 * Everybody speaks at once; resolves between their sends and their acknowledgements, as soon as no more than a random share of a half and more is left
 * of what goes to this relay. A commit answers many in one turn, so that now and then nothing is.
 */
async function allSpeakHalfHeard(world: World, place: Place, words: string): Promise<void> {
  world.allSpeak(words);
  const left = Math.ceil((0.5 + 0.5 * Math.random()) * world.unsent(place));
  const end = performance.now() + KILL_WITHIN_MS;
  while (world.unsent(place) > left && performance.now() < end) await turn();
}
