/** A conversation changes hands once, and is offered to one person, whichever relays the people sit at. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTask } from '../../server/src/recovery/tasks.ts';
import { setOffer } from '../../server/src/store/conversation-changes.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, anAgentWith, aVisitor, idOf, newId, type Visitor } from '../support/people.ts';
import { redisServer } from '../support/redis.ts';
import type { Relay } from '../support/relay.ts';
import { openPair, type Pair } from './pair.ts';

describe.skipIf(redisServer === undefined)('at two relays', () => {
  let pair: Pair;
  let first: Relay;
  let second: Relay;
  let megan: Agent;
  let tomas: Agent;

  beforeAll(async () => {
    pair = await openPair({ RATE_LIMITS: 'off' });
    ({ first, second } = pair);
    megan = await anAgent(first, { given: 'Megan', family: 'Kajitani' });
    const guest = await anAgent(first, { given: 'Tomás', family: 'Ferreira' });
    guest.close();
    // The first conversation must find nobody but her.
    await eventually('only she is here', () => {
      const colleagues = megan.heard('people:changed').at(-1);
      return colleagues?.filter(({ here }) => here).length === 1;
    });
    tomas = guest;
  });
  afterAll(() => pair?.close());

  test('what a visitor writes at one is offered to who sits at the other', async () => {
    const visitor = await aVisitor(second);
    await eventually('the second relay knows that she alone is here', () => {
      const { people = [] } = visitor.heard('people:changed').at(-1) ?? visitor.heard('welcome').at(-1) ?? {};
      const here = people.filter((person) => person.here);
      return here.length === 1 && here[0]?.id === megan.person.id;
    });
    await visitor.say('My parcel is late');
    expect((await megan.find(visitor)).offeredTo?.id).toBe(megan.person.id);
  });

  test('the least loaded person is found by what all relays hold', async () => {
    const busy = await aVisitor(first);
    await busy.say('Hello?');
    await megan.take(busy);
    tomas = await anAgentWith(second, tomas);
    await eventually('he is known at the first relay', () => {
      const colleagues = megan.heard('people:changed').at(-1);
      return colleagues?.find(({ id }) => id === tomas.person.id)?.here;
    });
    for (const agent of [megan, tomas])
      await eventually('what she holds is counted at their relay', () => {
        const colleagues = agent.heard('people:changed').at(-1) ?? agent.heard('welcome').at(-1)?.colleagues;
        return colleagues?.find(({ id }) => id === megan.person.id)?.open === 1;
      });
    for (const relay of [first, second]) {
      const visitor = await aVisitor(relay);
      await visitor.say('Who has time?');
      expect((await megan.find(visitor)).offeredTo?.id).toBe(tomas.person.id);
    }
  });

  test('of two who take the same conversation at once exactly one has it, each time', async () => {
    const visitors = await many(12, () => aVisitor(first));
    await Promise.all(visitors.map((visitor) => visitor.say('Whose am I?')));
    const ids = await Promise.all(visitors.map((visitor) => known(visitor)));
    const claims = await Promise.all(
      ids.map((conversation) =>
        Promise.all(
          [megan, tomas].map((agent) => agent.ask('conversation:take', { conversation, id: newId() })),
        ),
      ),
    );
    for (const [index, both] of claims.entries()) {
      expect(both.filter(({ ok }) => ok)).toHaveLength(1);
      expect(both.flatMap((one) => (one.ok ? [] : [one.code]))).toEqual(['TAKEN']);
      const winner = both[0]?.ok ? megan : tomas;
      const entries = await tomas.read(ids[index] as string);
      const joined = entries.filter(({ kind }) => kind === 'joined');
      expect(joined.map((entry) => 'person' in entry && entry.person?.id)).toEqual([winner.person.id]);
    }
  });

  test('a start that reaches both relays at the same moment is offered to one person', async () => {
    for (let round = 0; round < 5; round += 1) {
      const visitor = await aVisitor(first);
      const twin = await aVisitor(second);
      const message = { id: newId(), text: 'Is anybody there?' };
      const { token, conversation } = visitor;
      const start = { token, conversation, message, locale: 'en' as const };
      await Promise.all([visitor.do('conversation:start', start), twin.do('conversation:start', start)]);
      const id = await known(visitor);
      const row = await megan.find(visitor);
      await eventually(
        'both were told of it',
        () => told(megan, id).length > 0 && told(tomas, id).length > 0,
      );
      const offered = [...told(megan, id), ...told(tomas, id)].flatMap(
        ({ offeredTo }) => offeredTo?.id ?? [],
      );
      expect(new Set(offered)).toEqual(new Set([row.offeredTo?.id]));
    }
  });

  test('an offer that was worked out from what was so before does not replace a newer one', async () => {
    const visitor = await aVisitor(first);
    await visitor.say('Is anybody there?');
    const id = await known(visitor);
    await first.database.pool.query('update conversations set offered_to = null where id = $1', [id]);
    const offers = [megan, tomas].map(({ person }) => ({ from: null, to: person.id }));
    const relays = [first, second];
    await Promise.all(offers.map((offer, n) => setOffer((relays[n] as Relay).database.db, id, offer)));
    const once = await offeredTo(id);
    await Promise.all(offers.map((offer, n) => setOffer((relays[n] as Relay).database.db, id, offer)));
    expect(offers.map(({ to }) => to)).toContain(once);
    expect(await offeredTo(id)).toBe(once);
  });

  test('how many somebody has, and how many wait, is the same at both', async () => {
    const window = await anAgentWith(second, megan);
    const countsAt = async (agent: Agent) => (await agent.do('heads:ask', { conversations: [] })).counts;
    await eventually('they agree', async () => {
      const { rows } = await megan.do('conversation:list', { view: 'mine' });
      const counts = await Promise.all([countsAt(megan), countsAt(window)]);
      return counts.every(({ mine }) => mine === rows.length) && counts[0]?.waiting === counts[1]?.waiting;
    });
    window.close();
  });

  test('a reminder is heard once, at the relay where its person sits', async () => {
    const due = new Date(Date.now() - 1_000).toISOString();
    const task = {
      key: randomUUID(),
      kind: 'effort',
      owner: megan.person.id,
      what: 'call Anna',
      due,
    } as const;
    await second.database.db.transaction((tx) => openTask(tx, { ...task, customer: null }));
    await Promise.all([second.runDue(), first.runDue(), second.runDue()]);
    await eventually('she hears of it', () => megan.heard('task:due').length > 0);
    // What is told later has come: nothing of before is still on its way.
    await tomas.do('presence:set', { here: false });
    await eventually('and of what came after', () =>
      megan
        .heard('people:changed')
        .at(-1)
        ?.some(({ id, here }) => id === tomas.person.id && !here),
    );
    expect(megan.heard('task:due').map(({ what }) => what)).toEqual(['call Anna']);
    expect(tomas.heard('task:due')).toEqual([]);
  });

  async function offeredTo(id: string): Promise<string | null> {
    const { rows } = await first.database.pool.query<{ to: string | null }>(
      'select offered_to as to from conversations where id = $1',
      [id],
    );
    return rows[0]?.to ?? null;
  }

  async function known(visitor: Visitor): Promise<string> {
    return eventually('it is stored', () => idOf(first, visitor));
  }
});

/** The rows of a conversation that somebody was told of. */
function told(agent: Agent, conversation: string) {
  return agent.heard('rows:changed').flatMap((rows) => rows.filter(({ id }) => id === conversation));
}

function many<Value>(count: number, make: () => Promise<Value>): Promise<Value[]> {
  return Promise.all(Array.from({ length: count }, make));
}
