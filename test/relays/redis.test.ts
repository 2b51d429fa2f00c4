/** Two relays on one database, joined by Redis. */
import { expect, onTestFinished, test } from 'vitest';
import { createApp } from '../../server/src/app.ts';
import { readConfig } from '../../server/src/config.ts';
import { createLogger } from '../../server/src/log.ts';
import { openDatabase } from '../../server/src/store/database.ts';
import { eventually } from '../support/eventually.ts';
import { anAgent, aVisitor } from '../support/people.ts';
import { redisServer, startRedis } from '../support/redis.ts';
import { makeDatabase, type Relay, startRelay } from '../support/relay.ts';

const needsRedis = test.skipIf(redisServer === undefined);

async function secondRelay(first: Relay, env: Record<string, string>): Promise<Relay> {
  const config = readConfig({ PORT: '0', NODE_ENV: 'test', DEMO: 'off', LOG_LEVEL: 'silent', ...env });
  const log = createLogger(config);
  const database = await openDatabase(config, log);
  const app = await createApp(config, database, log);
  const { port, url } = await app.start();
  onTestFinished(async () => {
    await app.drain();
    await database.close();
  });
  return { ...first, origin: url, port, database };
}

async function twoRelays() {
  const redis = await startRedis();
  onTestFinished(redis.stop);
  const env = { DATABASE_URL: await makeDatabase(), REDIS_URL: redis.url, LOG_LEVEL: 'silent' };
  const first = await startRelay({ env, databaseUrl: env.DATABASE_URL });
  return { redis, first, second: await secondRelay(first, env) };
}

needsRedis('a visitor at one relay and an agent at the other hear each other at once', async () => {
  const { first, second } = await twoRelays();
  const visitor = await aVisitor(first);
  await visitor.say('My parcel is late');
  const agent = await anAgent(second, { given: 'Megan', family: 'Kajitani' });
  const conversation = await agent.take(visitor);
  await agent.say(conversation, 'Good day, I am Megan Kajitani');
  await eventually('the answer crosses the relays', () =>
    visitor.heard('message:sent').some((entry) => entry.kind === 'hello'),
  );
  await visitor.say('The second one, too');
  await eventually('the words cross back', () =>
    agent
      .heard('message:sent')
      .some((entry) => entry.kind === 'message' && entry.text === 'The second one, too'),
  );
});

needsRedis('Redis gone: sends go on, and those at the same relay hear them as before', async () => {
  const { redis, first } = await twoRelays();
  const visitor = await aVisitor(first);
  await visitor.say('My parcel is late');
  const agent = await anAgent(first, { given: 'Megan', family: 'Kajitani' });
  const conversation = await agent.take(visitor);
  await redis.kill();
  await agent.say(conversation, 'Good day, I am Megan Kajitani');
  await visitor.say('Thank you');
  await eventually(
    'both hear each other without Redis',
    () =>
      visitor.heard('message:sent').some((entry) => entry.kind === 'hello') &&
      agent.heard('message:sent').some((entry) => entry.kind === 'message' && entry.text === 'Thank you'),
  );
  expect((await visitor.read()).map((entry) => entry.publicSeq)).toEqual([1, 2, 3, 4]);
});
