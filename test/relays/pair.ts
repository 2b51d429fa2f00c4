/** Two relays in this process, on one PostgreSQL and, where it is there, one Redis; the same clock of due times. */
import { createApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { eventually } from '../support/eventually.ts';
import { type Redis, startRedis } from '../support/redis.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';

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
  const second = await besides(first, settings);
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

/** One more relay on the first one's store, without an owner and a site of its own to set up. */
async function besides(first: Relay, env: Readonly<Record<string, string>>): Promise<Relay> {
  const config = readConfig({ PORT: '0', NODE_ENV: 'test', DEMO: 'off', ...env });
  const log = createLogger(config);
  const database = await openDatabase(config, log);
  const app = await createApp(config, database, log);
  const { port, url, welcome } = await app.start();
  const undos: (() => unknown)[] = [];
  const close = async () => {
    for (let undo = undos.pop(); undo; undo = undos.pop()) await undo();
    await app.drain();
    await database.close();
  };
  return {
    ...{ ...first, origin: url, port, database, welcome, runDue: app.runDue, close },
    atClose: (undo) => undos.push(undo),
  };
}
