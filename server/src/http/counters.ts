/**
 * What limits count with. Each relay counts for itself, and where Redis carries it asks there as well what all have counted:
 * Redis gone or emptied, a limit is never weaker than that of one relay alone, and nobody waits for longer than a moment.
 */
import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';

export type Counter = {
  /** Rejects with a RateLimiterRes when there were too many. */
  take(key: string, cost?: number): Promise<void>;
  /** The same without waiting for Redis: what others counted refuses the next one. */
  takeHere(key: string): Promise<void>;
  /** One less. */
  giveBack(key: string): void;
  /** None at all. */
  forget(key: string): void;
};

/** `duration` in seconds. */
export type Counters = (limit: {
  readonly name: string;
  readonly points: number;
  readonly duration: number;
}) => Counter;

type Shared = {
  /** A client of Redis, in any form that ioredis has. */
  readonly client: object;
  /** The same at every relay: without it nobody who reads Redis can work out whom a key is about. */
  readonly secret: Buffer;
  /** Redis answers at this moment. */
  readonly carries: () => boolean;
};

/** Redis answers in a millisecond, or its count is not worth the wait: somebody is signing in. */
const ANSWER_WITHIN_MS = 300;

/** Without `shared` each relay counts alone. */
export function createCounters(shared?: Shared): Counters {
  const secret = shared?.secret ?? randomBytes(32);
  return ({ name, ...limit }) => {
    const own = new RateLimiterMemory(limit);
    const redis =
      shared &&
      new RateLimiterRedis({
        ...{ ...limit, storeClient: shared.client, keyPrefix: `fullname:limit:${name}` },
        rejectIfRedisNotReady: true,
      });
    const keyOf = (key: string) =>
      createHmac('sha256', secret).update(`${name} ${key}`).digest('base64url').slice(0, 22);
    /** Null where there is nobody to ask, or nobody answers. */
    const ask = async (act: (all: RateLimiterRedis) => Promise<unknown>): Promise<RateLimiterRes | null> => {
      if (!redis || !shared.carries()) return null;
      return act(redis).then(
        () => null,
        (refused: unknown) => (refused instanceof RateLimiterRes ? refused : null),
      );
    };

    return {
      async take(plain, cost = 1) {
        const key = keyOf(plain);
        await own.consume(key, cost);
        const tooLong = new AbortController();
        const silence = wait(ANSWER_WITHIN_MS, null, { signal: tooLong.signal }).catch(() => null);
        const refused = await Promise.race([ask((all) => all.consume(key, cost)), silence]);
        tooLong.abort();
        if (refused) throw refused;
      },
      async takeHere(plain) {
        const key = keyOf(plain);
        await own.consume(key);
        void ask((all) => all.consume(key)).then(
          (refused) => refused && own.block(key, Math.ceil(refused.msBeforeNext / 1000)),
        );
      },
      giveBack(plain) {
        const key = keyOf(plain);
        void own.reward(key);
        void ask((all) => all.reward(key));
      },
      forget(plain) {
        const key = keyOf(plain);
        void own.delete(key);
        void ask((all) => all.delete(key));
      },
    };
  };
}
