/** Two relays in this process, on one PostgreSQL and, where it is there, one Redis; the same clock of due times. */
import { eventually } from '../support/eventually.ts';
import { type Redis, startRedis } from '../support/redis.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { openSecondRelay } from '../support/second-relay.ts';

export type Pair = {
  readonly first: Relay;
  readonly second: Relay;
  readonly redis: Redis;
  close(): Promise<void>;
};

export async function openPair(env: Readonly<Record<string, string>> = {}): Promise<Pair> {
  const redis = await startRedis();
  const databaseUrl = await makeDatabase();
  const settings = { LOG_LEVEL: 'silent', REDIS_URL: redis.url, DATABASE_URL: databaseUrl, ...env };
  const first = await openRelay({ env: settings, databaseUrl });
  const second = await openSecondRelay(first, settings);
  // Until a relay has heard itself through Redis it goes on as if there were none.
  await eventually('Redis carries between them', async () =>
    (await Promise.all([first, second].map(redisOf))).every((state) => state === 'ok'),
  );
  return {
    ...{ first, second, redis },
    async close() {
      await second.close();
      await first.close();
      await redis.stop();
    },
  };
}

async function redisOf({ origin }: Relay): Promise<string> {
  const answer = (await (await fetch(`${origin}/readyz`)).json()) as { redis: string };
  return answer.redis;
}
