import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

/** The store fails in all the ways it can; the relay goes on. An uncaught error fails the run. */

let relay: Relay;
let admin: pg.Client;
let megan: Agent;
let xuemei: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off', LOG_LEVEL: 'fatal' } });
  const { options } = relay.database.pool;
  admin = new pg.Client({ ...options, application_name: 'somebody else' } as pg.ClientConfig);
  await admin.connect();
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
});
afterAll(async () => {
  await admin.end();
  await relay.close();
});

async function aTaken(): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  return { visitor, conversation: await megan.take(visitor) };
}

describe('connections to the store', () => {
  test('that are cut in the middle of everything are replaced; what was acknowledged is there, once', async () => {
    const { visitor } = await aTaken();
    const acknowledged: string[] = [];
    let going = true;
    const cut = async () => {
      while (going) {
        await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fullname' and datname = current_database()`,
        );
      }
    };
    const speak = async (who: number) => {
      for (let round = 0; round < 8; round += 1) {
        const id = newId();
        const text = `${who} ${round}`;
        await eventually(
          `${text} is acknowledged`,
          async () => {
            const start = { token: visitor.token, conversation: visitor.conversation, message: { id, text } };
            const answer =
              who % 2
                ? await visitor.ask('conversation:start', { ...start, locale: 'en' })
                : await visitor.ask('message:send', { conversation: visitor.conversation, id, text });
            if (!answer.ok) expect(answer.code).toBe('UNAVAILABLE');
            return answer.ok;
          },
          20_000,
        );
        acknowledged.push(text);
      }
    };
    const cutting = cut();
    setTimeout(() => {
      going = false;
    }, 2_000);
    await Promise.all(Array.from({ length: 16 }, (_, who) => speak(who)));
    going = false;
    await cutting;
    const { rows } = await admin.query<{ body: string; seq: number }>(
      `select e.body, e.seq from entries e join conversations c on c.id = e.conversation_id
       where c.client_id = $1 order by e.seq`,
      [visitor.conversation],
    );
    expect(rows.map((row) => row.seq)).toEqual(rows.map((_, index) => index + 1));
    const stored = rows.map((row) => row.body).filter((body) => /^\d+ \d+$/.test(body));
    expect(stored.toSorted()).toEqual(acknowledged.toSorted());
    const { pool } = relay.database;
    await eventually('every connection is back in the pool', () => pool.idleCount === pool.totalCount);
    await aTaken();
  });

  test('that broke unseen do not leave the pool for ever', async () => {
    const { pool } = relay.database;
    for (let round = 0; round < 12; round += 1) {
      const visitors = await Promise.all(Array.from({ length: 10 }, () => aVisitor(relay)));
      const broken = visitors.map((visitor) => visitor.say('Hello?').catch(() => undefined));
      await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fullname' and datname = current_database()`,
      );
      await Promise.all(broken);
      for (const visitor of visitors) visitor.close();
    }
    await eventually('every connection is back in the pool', () => pool.idleCount === pool.totalCount);
    await (await aVisitor(relay)).say('Is all well?');
  });

  test('are enough when more people hand over at once than there are connections', async () => {
    const taken = await Promise.all(Array.from({ length: 24 }, aTaken));
    const answers = await Promise.all(
      taken.map(({ conversation }) =>
        megan.ask('conversation:hand-over', { conversation, id: newId(), to: xuemei.person.id, note: 'n' }),
      ),
    );
    expect(answers.map((answer) => (answer.ok ? 'handed over' : answer.code))).toEqual(
      taken.map(() => 'handed over'),
    );
  });
});

describe('a conversation that somebody else’s transaction holds', () => {
  test('holds up nobody else: its own message is tried again later', async () => {
    const [stuck, other] = [await aTaken(), await aTaken()];
    await admin.query('begin');
    await admin.query('select 1 from conversations where id = $1 for update', [stuck.conversation]);
    const message = { conversation: stuck.visitor.conversation, id: newId(), text: 'Held up' };
    const first = stuck.visitor.ask('message:send', message);
    await other.visitor.say('Not held up');
    expect(await refusal(first)).toBe('UNAVAILABLE');
    await admin.query('rollback');
    await stuck.visitor.do('message:send', message);
    expect((await stuck.visitor.read()).filter((entry) => entry.id === message.id)).toHaveLength(1);
  });
});

describe('news of a row', () => {
  test('that could not be read is told when the store is well again', async () => {
    const { visitor, conversation } = await aTaken();
    // Every row of a list asks for failures: while nobody may read them, no list and no news can be made.
    await admin.query('begin; lock table failures in access exclusive mode');
    const heard = megan.heard('rows:changed').length;
    const text = 'Said while the lists could not be read';
    await visitor.say(text);
    const isAsking = async () => {
      // A transaction goes on seeing the activity that it saw first.
      await admin.query('select pg_stat_clear_snapshot()');
      const { rowCount } = await admin.query(
        `select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%select c.id, c.client_id%'`,
      );
      return (rowCount ?? 0) > 0;
    };
    await eventually('the news are asked for', isAsking);
    await eventually('nobody waits for them any longer', async () => !(await isAsking()));
    await admin.query('rollback');
    await eventually('the row is told', () =>
      megan
        .heard('rows:changed')
        .slice(heard)
        .flat()
        .some((row) => row.id === conversation && row.preview?.text === text),
    );
  });
});

describe('what PostgreSQL cannot hold', () => {
  test('is refused as what it is, not as something that a later try could mend', async () => {
    const { conversation } = await aTaken();
    const promise = (due: string) =>
      refusal(megan.ask('promise:make', { conversation, id: newId(), text: 'Roses', due }));
    expect(await promise('0000-01-01T00:00:00Z')).toBe('INVALID_PAYLOAD');
    const far = { conversation, id: newId(), text: 'Roses', due: '2031-05-05T10:00:00+23:59' };
    expect((await megan.do('promise:make', far)).due).toBe('2031-05-04T10:01:00.000Z');
    const cursors = [
      ['----------', '-'.repeat(36)],
      ['2024-99-99 00:00:00+00', newId()],
      ['2024-02-31 00:00:00+00', newId()],
      ['2024-01-01 00:00:00+00', '0'.repeat(36)],
    ];
    for (const cursor of cursors) {
      const asked = {
        view: 'all',
        cursor: Buffer.from(JSON.stringify(cursor)).toString('base64url'),
      } as const;
      expect([cursor, await refusal(megan.ask('conversation:list', asked))]).toEqual([
        cursor,
        'INVALID_PAYLOAD',
      ]);
    }
  });
});
