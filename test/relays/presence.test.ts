/** Who is here, as every relay knows it: truth in PostgreSQL, woken by Redis, and all the same without it. */
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ALONE } from '../../server/src/cluster/cluster.ts';
import { createElsewhere } from '../../server/src/desk/elsewhere.ts';
import { createDirectory } from '../../server/src/people/directory.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, anAgentWith, aVisitor, newId } from '../support/people.ts';
import { redisServer } from '../support/redis.ts';
import type { Relay } from '../support/relay.ts';
import { openPair, type Pair } from './pair.ts';

describe.skipIf(redisServer === undefined)('who is here', () => {
  let pair: Pair;
  let first: Relay;
  let second: Relay;
  let megan: Agent;
  let tomas: Agent;
  let spare: Agent;

  beforeAll(async () => {
    pair = await openPair();
    ({ first, second } = pair);
    // Megan sits at the first relay, Tomás at the second.
    megan = await anAgent(first, { given: 'Megan', family: 'Kajitani' });
    const guest = await anAgent(first, { given: 'Tomás', family: 'Ferreira' });
    tomas = await anAgentWith(second, guest);
    guest.close();
    spare = await anAgent(first);
    spare.close();
  });
  afterAll(() => pair?.close());

  test('somebody at another relay is here for colleagues, for visitors, and to be handed a conversation', async () => {
    await seenBy(tomas, megan, true);
    const visitor = await aVisitor(second);
    await eventually('she is shown before the first word', async () => {
      const heard = visitor.heard('people:changed').at(-1) ?? visitor.heard('welcome')[0];
      return heard?.people.some(({ id, here }) => id === megan.person.id && here);
    });
    await visitor.say('Hello?');
    const conversation = await tomas.take(visitor);
    const handed = { conversation, id: newId(), to: megan.person.id, note: '' };
    expect((await tomas.do('conversation:hand-over', handed)).holder?.id).toBe(megan.person.id);
  });

  test('is somebody away as soon as their last window is closed, and not before', async () => {
    const [here, there] = [await anAgent(first), await anAgent(first)];
    const window = await anAgentWith(second, here);
    await seenBy(tomas, here, true);
    const before = tomas.heard('people:changed').length;
    here.close();
    // When he hears of somebody who left later, he has heard all that there was to hear of the window.
    there.close();
    await seenBy(tomas, there, false);
    const said = tomas.heard('people:changed').slice(before).flat();
    expect(said.filter(({ id, here: isHere }) => id === here.person.id && !isHere)).toEqual([]);
    window.close();
    await seenBy(megan, here, false);
    await seenBy(tomas, here, false);
  });

  test('a relay that ended without a word counts until its row is old, and is taken away', async () => {
    const gone = await anAgent(first, { given: 'Adaeze', family: 'Okafor' });
    gone.close();
    await seenBy(tomas, gone, false);
    const { pool } = second.database;
    const dead = randomUUID();
    const visitor = await aVisitor(first);
    await visitor.say('Hello?');
    const conversation = await tomas.take(visitor);
    visitor.close();
    await eventually('he has left', () => tomas.heard('page:viewed').at(-1)?.here === false);
    // A relay as kill -9 leaves it: its rows are there, and nobody writes them any more.
    await pool.query('insert into relays (id, people) values ($1, array[$2::uuid])', [dead, gone.person.id]);
    await pool.query(
      'insert into visitor_sockets (relay_id, visitor_id) select $1, visitor_id from conversations where id = $2',
      [dead, conversation],
    );
    await stir();
    await seenBy(tomas, gone, true);
    expect(await visitorHere(tomas, conversation)).toBe(true);
    await pool.query("update relays set seen_at = now() - interval '16 seconds' where id = $1", [dead]);
    await stir();
    await seenBy(tomas, gone, false);
    await seenBy(megan, gone, false);
    expect(await visitorHere(tomas, conversation)).toBe(false);
    await eventually('nothing of it is left', async () => {
      const left = await pool.query(
        'select id from relays where id = $1 union all select relay_id from visitor_sockets where relay_id = $1',
        [dead],
      );
      return left.rows.length === 0;
    });
  });

  test('who is sent from a relay that leaves is here until it has gone, and does not flicker on the way', async () => {
    const { db } = first.database;
    const person: string = randomUUID();
    const visitor: string = randomUUID();
    const sitting = { people: [person], visitors: new Set([visitor]) };
    const local = {
      people: () => sitting.people,
      visitors: () => sitting.visitors,
      hasVisitor: (one: string) => sitting.visitors.has(one),
    };
    const told: boolean[] = [];
    const parts = { db, cluster: ALONE, log: pino({ enabled: false }), heard: () => undefined };
    const leaves = createElsewhere({ ...parts, changed: () => undefined, relayGone: () => undefined });
    const stays = createElsewhere({
      ...parts,
      changed: () => told.push(stays.sits(person)),
      relayGone: () => undefined,
    });
    const nobody = { people: () => [], visitors: () => [], hasVisitor: () => false };
    await leaves.start(local);
    await stays.start(nobody);
    expect([stays.sits(person), await stays.visitorHere(visitor)]).toEqual([true, true]);
    leaves.leaving();
    sitting.people = [];
    sitting.visitors.clear();
    leaves.agentsChanged();
    leaves.visitorChanged(visitor);
    await eventually('it has written since', async () => !(await stays.visitorHere(visitor)));
    await stays.start(nobody);
    expect(stays.sits(person)).toBe(true);
    await leaves.stop();
    await stays.start(nobody);
    expect(stays.sits(person)).toBe(false);
    await stays.stop();
    expect(told.indexOf(false)).toBe(told.lastIndexOf(true) + 1);
  });

  test('a store that hangs does not hold up the end of a relay', async () => {
    const { db } = first.database;
    const hangs = Object.assign(Object.create(db) as typeof db, {
      execute: () => new Promise(() => undefined),
    });
    const nobody = { people: () => [], visitors: () => [], hasVisitor: () => false };
    const elsewhere = createElsewhere({
      ...{ db: hangs, cluster: ALONE, log: pino({ enabled: false }) },
      ...{ changed: () => undefined, heard: () => undefined, relayGone: () => undefined },
    });
    void elsewhere.start(nobody);
    await elsewhere.stop();
  });

  test('who there is in all is asked by one question after the other, however many want to know', async () => {
    const { db } = first.database;
    let asked = 0;
    const counts = Object.assign(Object.create(db) as typeof db, {
      select: (...fields: Parameters<typeof db.select>) => {
        asked += 1;
        return db.select(...fields);
      },
    });
    const directory = await createDirectory(counts);
    expect(asked).toBe(1);
    await Promise.all(Array.from({ length: 20 }, directory.refresh));
    expect(asked).toBeLessThanOrEqual(3);
    directory.close();
  });

  test('a visitor at another relay is here until their last tab is closed', async () => {
    const visitor = await aVisitor(first);
    await visitor.say('My parcel is late');
    const conversation = await tomas.take(visitor);
    await eventually('he sees them here', () => visitorHere(tomas, conversation));
    const tab = await aVisitor(second, { token: visitor.token, conversation: visitor.conversation });
    await eventually('the store has both tabs', async () => (await relaysOf(first, conversation)) === 2);
    const before = tomas.heard('page:viewed').length;
    visitor.close();
    await eventually('the first tab is gone', async () => (await relaysOf(first, conversation)) === 1);
    expect(await visitorHere(tomas, conversation)).toBe(true);
    tab.close();
    await eventually('both are gone', () => tomas.heard('page:viewed').at(-1)?.here === false);
    expect(
      tomas
        .heard('page:viewed')
        .slice(before)
        .filter(({ here }) => !here),
    ).toHaveLength(1);
    expect(await visitorHere(tomas, conversation)).toBe(false);
  });

  test('a PostgreSQL that crashed has forgotten it all; every relay writes its own again', async () => {
    const visitor = await aVisitor(first);
    await visitor.say('My parcel is late');
    const conversation = await tomas.take(visitor);
    await eventually('he sees them here', () => visitorHere(tomas, conversation));
    await second.database.pool.query('truncate relays, visitor_sockets');
    const newcomer = await anAgent(first);
    await seenBy(tomas, newcomer, true);
    await seenBy(tomas, megan, true);
    await seenBy(megan, tomas, true);
    await eventually('the visitor is here again', () => visitorHere(tomas, conversation));
  });

  test('what somebody has begun to write is found at the other relay', async () => {
    const visitor = await aVisitor(first);
    await visitor.say('My parcel is late');
    const conversation = await megan.take(visitor);
    const window = await anAgentWith(second, megan);
    await megan.do('draft:save', { conversation, text: 'Good morn' });
    expect((await window.do('conversation:open', { conversation })).draft).toBe('Good morn');
    window.close();
  });

  test('Redis gone: who comes and goes is known by asking the store', async () => {
    await pair.redis.kill();
    const late = await anAgent(first);
    await seenBy(tomas, late, true);
    late.close();
    await seenBy(tomas, late, false);
    await megan.do('presence:set', { here: false });
    await seenBy(tomas, megan, false);
    await megan.do('presence:set', { here: true });
    await seenBy(tomas, megan, true);
  });

  /** Relays look at each other every few seconds, and at once when somebody comes. */
  async function stir(): Promise<void> {
    (await anAgentWith(second, spare)).close();
  }

  /** What `agent` was told last of somebody, the welcome included. */
  async function seenBy(agent: Agent, whom: Agent, here: boolean): Promise<void> {
    const { fullName } = whom.person;
    await eventually(`${fullName} is ${here ? 'here' : 'away'} at the other relay`, () => {
      const colleagues = agent.heard('people:changed').at(-1) ?? agent.heard('welcome')[0]?.colleagues;
      return colleagues?.find(({ id }) => id === whom.person.id)?.here === here;
    });
  }
});

async function visitorHere(agent: Agent, conversation: string): Promise<boolean> {
  return (await agent.do('conversation:open', { conversation })).conversation.visitorHere;
}

/** At how many relays the visitor of a conversation sits, as the store has it. */
async function relaysOf(relay: Relay, conversation: string): Promise<number> {
  const { rows } = await relay.database.pool.query<{ n: number }>(
    'select count(*)::int as n from visitor_sockets join conversations using (visitor_id) where id = $1',
    [conversation],
  );
  return rows[0]?.n ?? 0;
}
