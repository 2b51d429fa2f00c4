/** Two relays on one database, joined by Redis, and what becomes of them when Redis is gone, empty, or stands still. */
import { setTimeout as wait } from 'node:timers/promises';
import type { AgentHead } from '@fullname/shared/events';
import { HEADS_EVERY_MS } from '@fullname/shared/limits';
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { createCatchUp } from '../../server/src/desk/catch-up.ts';
import type { Floor } from '../../server/src/desk/conversations.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, idOf, type Visitor } from '../support/people.ts';
import { type Redis, redisServer, startRedis } from '../support/redis.ts';
import { makeDatabase, openRelay, type Relay } from '../support/relay.ts';
import { openSecondRelay } from '../support/second-relay.ts';

/** What comes by Redis comes in milliseconds, or only by asking the store; so long it is waited for, again and again. */
const BY_REDIS_MS = 2_000;
/** Far more than a relay takes to end, and far less than a Redis may stand still. */
const ENDS_WITHIN_MS = 30_000;

describe.skipIf(redisServer === undefined)('two relays joined by Redis', () => {
  let redis: Redis;
  let env: Record<string, string>;
  let databaseUrl: string;
  let first: Relay;
  let second: Relay;
  let visitor: Visitor;
  let agent: Agent;
  /** Looks at a list of what waits, at the other relay than where it comes about. */
  let colleague: Agent;
  let conversation: string;
  let said = 0;

  beforeAll(async () => {
    redis = await startRedis();
    env = { REDIS_URL: redis.url, LOG_LEVEL: 'silent', RATE_LIMITS: 'off' };
    databaseUrl = await makeDatabase();
    const rounds = withoutRounds();
    first = await openRelay({ env, databaseUrl });
    second = await openSecondRelay(first, { ...env, DATABASE_URL: databaseUrl });
    rounds.back();
    await bothSay('ok');
    visitor = await aVisitor(first);
    agent = await anAgent(second, { given: 'Megan', family: 'Kajitani' });
    colleague = await anAgent(first, { given: 'Adaeze', family: 'Okafor' });
    await colleague.do('conversation:list', { view: 'all' });
    await visitor.say('My parcel is late');
    conversation = await agent.take(visitor);
  });

  afterAll(async () => {
    await second?.close();
    await first?.close();
    await redis?.stop();
  });

  async function bothSay(state: 'ok' | 'degraded'): Promise<void> {
    for (const relay of [first, second]) {
      await eventually(`a relay says that Redis is ${state}`, async () => {
        const answer = await fetch(`${relay.origin}/readyz`);
        expect(answer.status).toBe(200);
        return ((await answer.json()) as { redis: string }).redis === state;
      });
    }
  }

  /** Each says something new and the other, at the other relay, hears of it: by itself, or by a head beyond what they have. */
  async function bothHear(): Promise<void> {
    said += 1;
    const asked = await visitor.say(`Question ${said}`);
    const answered = await agent.say(conversation, `Answer ${said}`);
    await eventually('the agent hears the visitor', () => knownTo(agent, `Question ${said}`));
    await eventually(
      'the visitor hears the agent',
      () =>
        heardWords(visitor).includes(`Answer ${said}`) ||
        visitor.heard('heads').some(([head]) => (head?.publicSeq ?? 0) > asked.publicSeq),
    );
    expect(answered.seq).toBeGreaterThan(asked.publicSeq);
  }

  function knownTo(who: Agent, text: string): boolean {
    const last = Math.max(...who.heard('message:sent').map((entry) => entry.seq), 0);
    return (
      heardWords(who).includes(text) ||
      who
        .heard('heads')
        .some(({ heads }) => heads.some((head) => head.conversation === conversation && head.seq > last))
    );
  }

  /** A new conversation comes into the list of a colleague at the other relay, with the counts. */
  async function listsHear(): Promise<void> {
    const newcomer = await aVisitor(second);
    said += 1;
    await newcomer.say(`Newcomer ${said}`);
    await eventually('the list at the other relay shows the newcomer', () => rowsSay(`Newcomer ${said}`));
    newcomer.close();
  }

  /** What comes by Redis comes as an event, and not as a head alone. */
  async function byRedisAgain(): Promise<void> {
    await eventually('words cross by Redis again', async () => {
      said += 1;
      await visitor.say(`Question ${said}`);
      await agent.say(conversation, `Answer ${said}`);
      return eventually(
        'both come as events',
        () =>
          heardWords(agent).includes(`Question ${said}`) && heardWords(visitor).includes(`Answer ${said}`),
        BY_REDIS_MS,
      );
    });
  }

  test('hear each other at once, by Redis and not by asking', async () => {
    const before = agent.heard('heads').length;
    await bothHear();
    await listsHear();
    expect(heardWords(agent)).toContain('Question 1');
    expect(heardWords(visitor)).toContain('Answer 1');
    expect(agent.heard('heads').length - before).toBeLessThanOrEqual(1);
  });

  test('Redis emptied: what comes after is heard as before', async () => {
    await redis.ask('FLUSHALL');
    await bothHear();
    await byRedisAgain();
    await bothSay('ok');
  });

  test('Redis killed: sends go on, the other relay hears in time, lists too; and it heals by itself', async () => {
    await redis.kill();
    await bothHear();
    await bothSay('degraded');
    await bothHear();
    await listsHear();
    redis = await startRedis(redis.port);
    await bothHear();
    await bothSay('ok');
    await byRedisAgain();
  });

  test('Redis stands still, and refuses nobody: the same', async () => {
    redis.pause();
    await bothHear();
    await bothSay('degraded');
    await bothHear();
    await listsHear();
    redis.resume();
    await bothSay('ok');
    await bothHear();
    await byRedisAgain();
  });

  test('a relay that ends while Redis stands still waits for no answer of it', async () => {
    const third = await openSecondRelay(first, { ...env, DATABASE_URL: databaseUrl });
    const guest = await aVisitor(third);
    await guest.say('Hello?');
    redis.pause();
    onTestFinished(() => redis.resume());
    await guest.say('Is anybody there?');
    const ended = third.close().then(() => 'ended');
    expect(await Promise.race([ended, wait(ENDS_WITHIN_MS, 'still waits', { ref: false })])).toBe('ended');
  });

  test('a relay that ends right after words tells of their rows no more; the other asks for them', async () => {
    const third = await openSecondRelay(first, { ...env, DATABASE_URL: databaseUrl });
    const guest = await aVisitor(third);
    // A relay that has just come is asked for in any case.
    for (const text of ['Is somebody there?', 'It is about my parcel.', 'Nobody?']) {
      await guest.say(text);
      await eventually('the list at the other relay has the words', () => rowsSay(text));
    }
    await guest.say('I must go now.');
    guest.close();
    await third.close();
    await eventually('and the last', () => rowsSay('I must go now.'));
  });

  const rowsSay = (text: string) =>
    colleague.heard('rows:changed').some((rows) => rows.some((row) => row.preview?.text === text));

  test('and all the while nobody heard anything twice, and the log is whole', async () => {
    for (const words of [heardWords(visitor), heardWords(agent)])
      expect(words.length).toBe(new Set(words).size);
    const log = await visitor.read();
    expect(log.map((entry) => entry.publicSeq)).toEqual(log.map((_, index) => index + 1));
  });
});

describe('asking the store for what was missed', () => {
  let relay: Relay;
  beforeAll(async () => {
    relay = await openRelay({ env: { LOG_LEVEL: 'silent' } });
  });
  afterAll(() => relay?.close());
  afterEach(() => vi.useRealTimers());

  /** A relay that has this conversation on a screen and shows nothing but which were found changed. */
  function aFloor(execute: Floor['db']['execute']): { floor: Floor; found: string[] } {
    const { db } = relay.database;
    const found: string[] = [];
    const floor = {
      db: Object.assign(Object.create(db) as typeof db, { execute }),
      news: {
        changedElsewhere: (ids: string[]) => found.push(...ids),
        counts: () => ({ waiting: 0, mine: 0 }),
      },
      announce: { agentHeads: () => undefined },
      log: { warn: () => undefined },
    } as unknown as Floor;
    return { floor, found };
  }

  test('a store that answers late is not taken for one that answered when it was asked', async () => {
    const { db, pool } = relay.database;
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const { rows } = await pool.query<{ id: string }>('select id from conversations');
    const [conversation = ''] = rows.map(({ id }) => id);
    let before: () => Promise<unknown> = () => Promise.resolve();
    const { floor, found } = aFloor((async (query) => {
      await before();
      return db.execute(query);
    }) as typeof db.execute);
    const screen = { socket: 's', person: 'p', opened: new Set([conversation]) };
    const catchUp = createCatchUp(floor, { visitors: () => [], screens: () => [screen] });
    await catchUp.keepMark();
    let well = 0;
    before = async () => {
      before = () => Promise.resolve();
      await pool.query('update conversations set version = version + 1 where id = $1', [conversation]);
      well = performance.now();
    };
    await catchUp.keepMark();
    // All was heard until five seconds after that, and so much is asked for again.
    catchUp.missed({ since: well + 5_000 });
    await eventually('the change is found', () => found.includes(conversation));
  });

  test('a relay that has just begun tells of all that is on a screen: it knows no moment before', async () => {
    const { db, pool } = relay.database;
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const id = await idOf(relay, visitor);
    const { rows } = await pool.query<{ last_seq: number }>(
      'select last_seq from conversations where id = $1',
      [id],
    );
    const told: AgentHead[] = [];
    const floor = {
      db,
      news: { changedElsewhere: () => undefined, counts: () => ({ waiting: 0, mine: 0 }) },
      announce: { agentHeads: (_socket: string, { heads }: { heads: AgentHead[] }) => told.push(...heads) },
      log: { warn: () => undefined },
    } as unknown as Floor;
    const screen = { socket: 's', person: 'p', opened: new Set([id ?? '']) };
    const catchUp = createCatchUp(floor, { visitors: () => [], screens: () => [screen] });
    catchUp.missed({ since: performance.now() });
    await eventually('the screen is told', () => told.some(({ seq }) => seq === rows[0]?.last_seq));
    catchUp.stop();
  });

  test('ends with its relay, also when the store is gone', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    let asked = 0;
    const gone: unknown = () => {
      asked += 1;
      return Promise.reject(new Error('gone'));
    };
    const { floor } = aFloor(gone as Floor['db']['execute']);
    const catchUp = createCatchUp(floor, { visitors: () => [], screens: () => [] });
    catchUp.missed({ since: 0 });
    await vi.advanceTimersByTimeAsync(2_500);
    expect(asked).toBe(3);
    catchUp.stop();
    catchUp.missed({ since: 0 });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(asked).toBe(3);
  });
});

/** Every so often each relay tells everybody how far it is: that would hide that nothing else does. */
function withoutRounds(): { back(): void } {
  const real = globalThis.setInterval;
  const never = 2 ** 31 - 1;
  const patched = (work: () => void, every = 0) => real(work, every === HEADS_EVERY_MS ? never : every);
  globalThis.setInterval = patched as typeof setInterval;
  return {
    back: () => {
      globalThis.setInterval = real;
    },
  };
}

function heardWords(who: Agent | Visitor): string[] {
  return (who as Visitor)
    .heard('message:sent')
    .flatMap((entry) => ('text' in entry && typeof entry.text === 'string' ? [entry.text] : []));
}
