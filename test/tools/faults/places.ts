/** A relay's place: its folder and port, whichever process runs there; and a line that leads to one of several. */
import type { Line } from '../../ends/types.ts';
import { type SpawnedRelay, spawnRelay } from '../../support/spawn-relay.ts';

export type Place = {
  readonly index: number;
  readonly port: number;
  readonly dataDir: string;
  /** The relay's own origin. */
  readonly origin: string;
  /** Where clients reach it. */
  readonly url: string;
  /** The process that runs now, or ran last. */
  relay(): SpawnedRelay;
  isUp(): boolean;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM, and waits for its end. */
  stop(): Promise<number | null>;
  /** Starts it again where it ended; `env` beside its usual settings; `from` is the folder of another release. Gives the milliseconds until it was ready. */
  start(env?: Readonly<Record<string, string>>, from?: string): Promise<number>;
};

type PlaceOptions = {
  readonly index: number;
  readonly port: number;
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly home: string | undefined;
  readonly via:
    | ((relay: { readonly port: number; readonly index: number }) => Promise<string> | string)
    | undefined;
};

export async function openPlace({ index, port, dataDir, env, home, via }: PlaceOptions): Promise<Place> {
  const start = (more: Readonly<Record<string, string>> = {}, from = home) =>
    spawnRelay({ dataDir, port, env: { ...env, ...more }, ...(from !== undefined && { home: from }) });
  let relay = await start();
  let isUp = true;
  return {
    ...{ index, port, dataDir, origin: relay.origin },
    url: via ? await via({ port, index }) : relay.origin,
    relay: () => relay,
    isUp: () => isUp,
    kill: async () => {
      isUp = false;
      await relay.kill();
    },
    stop: async () => {
      isUp = false;
      return relay.stop();
    },
    start: async (more, from) => {
      const began = performance.now();
      relay = await start(more, from);
      isUp = true;
      return performance.now() - began;
    },
  };
}

/** `at` is where it leads: where it was asked for last. */
export type PlaceLine = Line & { at(): Place | undefined };

/** To a relay that is up, as a balancer sends one; to its own when that is. */
export function lineOf(
  places: readonly Place[],
  index: number,
  loses?: (name: string) => boolean,
): PlaceLine {
  let chosen: Place | undefined;
  const choose = () => {
    const own = places[index % places.length];
    const up = places.filter((place) => place.isUp());
    chosen = own?.isUp() ? own : (up[Math.floor(Math.random() * up.length)] ?? own);
    if (!chosen) throw new Error('There is no relay.');
    return chosen;
  };
  return {
    to: () => choose().url,
    origin: () => (chosen ?? choose()).origin,
    at: () => chosen,
    ...(loses && { loses }),
  };
}
