/** One release takes the place of another, relay by relay, while visitors and agents talk. */
import { expect, onTestFinished, test } from 'vitest';
import { PROTOCOL } from '../../shared/src/limits.ts';
import { makeNextRelease } from '../support/next-release.ts';
import { openRawSocket } from '../support/raw-socket.ts';
import { redisServer } from '../support/redis.ts';
import { makeDatabase } from '../support/relay.ts';
import type { Place } from '../tools/faults/places.ts';
import { openWorld, type WorldStage } from '../tools/faults/world.ts';

/** As in production: the terminal of development need not wait for anybody. */
const PRODUCTION = { NODE_ENV: 'production', HOST: '127.0.0.1', DRAIN_SECONDS: '2', LOG_LEVEL: 'silent' };

test.skipIf(redisServer === undefined)(
  'nobody sees a failure, nothing is lost, and pages of both releases go on',
  async () => {
    const undos: (() => unknown)[] = [];
    onTestFinished(async () => {
      for (const undo of undos.reverse()) await undo();
    });
    const stage: WorldStage = {
      progress: () => undefined,
      atEnd: (undo) => undos.push(undo),
      flag: () => undefined,
    };
    const next = makeNextRelease();
    stage.atEnd(next.remove);
    const world = await openWorld(stage, {
      ...{ relays: 2, redis: true, store: { url: await makeDatabase() }, env: PRODUCTION },
      ...{ visitors: 6, agents: 2, paceMs: 400, reloads: false },
    });
    const [one, two] = world.relays;
    if (!two) throw new Error('There are two relays.');
    world.talk();
    await world.moved(5);

    await replace(one, next.folder);
    await world.connected();
    // The older one works on with a newer store, and says so to the balancer.
    const { migrations } = await readyOf(two);
    expect(migrations.applied).toBe(migrations.known + 1);
    expect((await readyOf(one)).migrations).toEqual({
      applied: migrations.applied,
      known: migrations.applied,
    });
    // A page of the next release is served by its relay, and waits where it meets the older one.
    await expect(knock(one, { protocol: next.protocol, site: world.site })).resolves.toBe('let in');
    await expect(knock(one, { protocol: PROTOCOL, site: world.site })).resolves.toBe('let in');
    await expect(knock(two, { protocol: next.protocol, site: world.site })).rejects.toThrow('NEW_PROTOCOL');
    await expect(knock(one, { protocol: PROTOCOL - 1, site: world.site })).rejects.toThrow('OLD_PROTOCOL');
    await world.moved(10);

    await replace(two, next.folder);
    await world.connected();
    await world.moved(5);
    await world.settle();
    expect(await world.check()).toEqual([]);
    const events = await world.history();
    expect(events.filter(({ type }) => type === 'failed')).toEqual([]);
    expect(events.filter(({ type }) => type === 'ok').length).toBeGreaterThan(20);
  },
  300_000,
);

async function replace(place: Place, release: string): Promise<void> {
  expect(await place.stop()).toBe(0);
  await place.start({}, release);
}

type Ready = { readonly migrations: { readonly applied: number; readonly known: number } };

async function readyOf(place: Place): Promise<Ready> {
  const response = await fetch(`${place.origin}/readyz`);
  expect(response.status).toBe(200);
  return (await response.json()) as Ready;
}

async function knock(
  place: Place,
  page: { readonly protocol: number; readonly site: string },
): Promise<string> {
  const socket = await openRawSocket({
    ...{ url: place.origin.replace('http', 'ws'), namespace: '/visitor', headers: { origin: place.origin } },
    auth: { ...page, locale: 'en' },
  });
  socket.close();
  return 'let in';
}
