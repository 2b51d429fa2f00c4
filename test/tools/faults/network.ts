/**
 * A mobile network at its worst, between two hundred visitors and the relay: connections that are dropped, seconds of delay,
 * bytes that come one at a time, and a line that is cut every few seconds, half of the time without a word. `--visitors N`.
 */
import { setInterval as every } from 'node:timers/promises';
import { type ChaosConnection, type ChaosProxy, openChaosProxy } from '../../support/chaos-proxy.ts';
import { atMost, type Measured, type Stage } from '../../support/figures.ts';
import type { Scenario } from './scenario.ts';
import { openWorld } from './world.ts';

export const mobileLink: Scenario = {
  name: 'mobile-link',
  what: '200 visitors on a mobile link that drops, delays, slices and cuts their connections',
  cycles: 2,
  flags: ['visitors'],
  run: faultLink,
};

const BAD_MS = 30_000;
const LOOK_MS = 100;
/** Half of a round trip of three seconds. */
const LATENCY_MS = 1_400;
const JITTER_MS = 200;
const DROPPED = 0.3;
/** Every so many connections come in slices of one byte: each byte of them costs the machine that measures a round of its own. */
const SLICED_EVERY = 10;
const LIVES_MS = { from: 2_000, to: 8_000 };
const LANDED_S = 60;

async function faultLink(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  let proxy: ChaosProxy | undefined;
  const world = await openWorld(stage, {
    visitors: stage.number('visitors', 200),
    paceMs: 4_000,
    via: async ({ port }) => {
      proxy = await openChaosProxy({ to: () => ({ port }) });
      stage.atEnd(proxy.close);
      return `http://localhost:${proxy.port}`;
    },
  });
  if (!proxy) throw new Error('The world has a relay, and so a proxy.');
  const landed: number[] = [];
  const counts = { cut: 0, vanished: 0, made: 0 };
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    world.talk();
    await badWeather(proxy, counts);
    const waiting = world.unsent();
    const begun = performance.now();
    world.wake();
    await world.lull();
    landed.push((performance.now() - begun) / 1000);
    stage.progress(
      `cycle ${cycle} of ${cycles}: ${counts.made} connections, ${counts.cut} cut, ${counts.vanished} gone without a word; ` +
        `${waiting} messages waited, all had landed ${landed.at(-1)?.toFixed(1)} s after the link was back`,
    );
  }
  return [
    ...(await world.end()),
    atMost('every message and every list was there after', [Math.max(...landed), 's'], { must: LANDED_S }),
    atMost('connections that were reset', [counts.cut, '']),
    atMost('connections of which one end vanished', [counts.vanished, '']),
  ];
}

async function badWeather(
  proxy: ChaosProxy,
  counts: { cut: number; vanished: number; made: number },
): Promise<void> {
  proxy.set({ latencyMs: LATENCY_MS, jitterMs: JITTER_MS });
  proxy.drop(DROPPED);
  const ends = new Map<ChaosConnection, number>();
  const fresh = (connection: ChaosConnection, now: number) => {
    const end = now + LIVES_MS.from + Math.random() * (LIVES_MS.to - LIVES_MS.from);
    ends.set(connection, end);
    counts.made += 1;
    if (connection.number % SLICED_EVERY === 0) connection.set({ sliceBytes: 1 });
  };
  const begun = performance.now();
  for await (const _ of every(LOOK_MS)) {
    const now = performance.now();
    if (now - begun > BAD_MS) break;
    for (const connection of proxy.connections()) {
      if (!ends.has(connection)) fresh(connection, now);
      if (now < (ends.get(connection) ?? now)) continue;
      ends.set(connection, Number.POSITIVE_INFINITY);
      const vanishes = Math.random() < 0.5;
      counts[vanishes ? 'vanished' : 'cut'] += 1;
      if (vanishes) connection.vanish(Math.random() < 0.5 ? 'client' : 'server');
      else connection.reset();
    }
  }
  proxy.calm();
}
