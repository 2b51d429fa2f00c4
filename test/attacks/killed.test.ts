import { expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { anAgent, aVisitor, newId } from '../support/people.ts';
import { startRelay } from '../support/relay.ts';

/** PostgreSQL trusts no memory that a killed process shared: one killed, all connections end and the log is replayed. */
test.skipIf(process.env.FULLNAME_TEST_DATABASE)(
  'a PostgreSQL process that is killed -9 ends no relay: what is said meanwhile is stored once, after it',
  async () => {
    const relay = await startRelay({ env: { RATE_LIMITS: 'off', LOG_LEVEL: 'silent' } });
    const megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const conversation = await megan.take(visitor);
    const { rows } = await relay.database.pool.query<{ pid: number }>('select pg_backend_pid() as pid');
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');

    const message = { conversation: visitor.conversation, id: newId(), text: 'Said in the middle' };
    const handBack = { conversation, id: newId(), farewell: 'Goodbye!' };
    await Promise.all([
      eventually('the message is taken', async () => (await visitor.ask('message:send', message)).ok, 20_000),
      eventually(
        'the farewell is taken',
        async () => (await megan.ask('conversation:close', handBack)).ok,
        20_000,
      ),
    ]);
    const log = await megan.read(conversation);
    expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index + 1));
    expect(log.filter((entry) => entry.id === message.id)).toHaveLength(1);
    expect(log.filter((entry) => entry.kind === 'farewell')).toHaveLength(1);
    await eventually('it says that it is ready', async () => (await fetch(`${relay.origin}/readyz`)).ok);
  },
);
