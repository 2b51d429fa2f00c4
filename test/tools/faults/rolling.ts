/** Relays are replaced one after another by those of the next release, and back, under load: nobody may notice. */
import { setTimeout as wait } from 'node:timers/promises';
import { atMost, type Measured, median, type Stage } from '../../support/figures.ts';
import { makeNextRelease } from '../../support/next-release.ts';
import type { Scenario } from './scenario.ts';
import { ackTimes, deliveryTimes, shownAsFailed, timeFigures } from './timing.ts';
import { openWorld } from './world.ts';

export const rollingDeploy: Scenario = {
  name: 'rolling-deploy',
  what: 'three relays are replaced by those of the next release, one after another under load, and back',
  needs: ['redis', 'system-postgres'],
  cycles: 10,
  run: roll,
};

const RELAYS = 3;
const ACK_P99_MS = 2_000;
/** Drained as in production; a relay that does not start says why. */
const PRODUCTION = { NODE_ENV: 'production', HOST: '127.0.0.1', DRAIN_SECONDS: '2', LOG_LEVEL: 'error' };

async function roll(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const people = { visitors: 30, agents: 3, paceMs: 1_500, reloads: false };
  const next = makeNextRelease();
  stage.atEnd(next.remove);
  const world = await openWorld(stage, {
    ...{ ...people, relays: RELAYS, store: 'postgres', redis: true },
    env: PRODUCTION,
  });
  world.talk();
  await world.moved();
  const from = performance.now();
  const drained: number[] = [];
  const codes: (number | null)[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    for (const place of world.relays) {
      const told = performance.now();
      codes.push(await place.stop());
      drained.push(performance.now() - told);
      // Back again the store stays that of the next release: its migrations only add.
      await place.start({}, cycle % 2 === 1 ? next.folder : undefined);
      // A balancer takes a moment to send anybody to the new one.
      await wait(300);
    }
    stage.progress(
      `roll ${cycle} of ${cycles}: a relay ended after ${Math.round(median(drained))} ms, median`,
    );
  }
  await world.moved();
  const to = performance.now();
  const figures = await world.end();
  const history = await world.history();
  return [
    ...figures,
    shownAsFailed(history),
    atMost('relays replaced', [drained.length, '']),
    atMost('of these that did not end well', [codes.filter((code) => code !== 0).length, ''], { must: 0 }),
    atMost('a relay has ended after, median', [median(drained), 'ms']),
    ...timeFigures('ack during the rolls', ackTimes(history, [{ from, to }]), ACK_P99_MS),
    ...timeFigures(
      'across relays during the rolls',
      deliveryTimes(history, [{ from, to }], { relays: RELAYS }),
    ),
  ];
}
