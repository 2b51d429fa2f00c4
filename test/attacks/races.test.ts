import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { conversationsOfVisitors } from '../../server/src/store/conversations.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let xuemei: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
});
afterAll(() => relay.close());

const ROUNDS = Array.from({ length: 8 });

async function aConversation(): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  return { visitor, conversation: (await megan.find(visitor)).id };
}

function starting(visitor: Visitor, text: string) {
  const { token, conversation } = visitor;
  return { token, conversation, message: { id: newId(), text }, locale: 'en' } as const;
}

describe('a visitor', () => {
  test('who writes and is gone before it is stored is not shown as here', async () => {
    const visitor = await aVisitor(relay);
    const lock = await relay.database.pool.connect();
    await lock.query('begin; lock table conversations in access exclusive mode');
    visitor.socket.emit('conversation:start', starting(visitor, 'Hello and goodbye'), () => undefined);
    await eventually('the start waits for the store', async () => {
      const { rowCount } = await lock.query('select 1 from pg_locks where not granted');
      return (rowCount ?? 0) > 0;
    });
    visitor.close();
    // Somebody who comes after the close was sent is let in after it was read.
    (await aVisitor(relay)).close();
    await lock.query('rollback');
    lock.release();
    const { id } = await megan.find(visitor);
    await eventually(
      'its first offer is made, and with it the start is over',
      async () => (await megan.find(visitor)).offeredTo,
    );
    await megan.do('heads:ask', { conversations: [id] });
    const { conversation } = await megan.do('conversation:open', { conversation: id });
    expect(conversation.visitorHere).toBe(false);
  });

  test('with one token in two windows that begin at once is one visitor, heard and told in both', async () => {
    for (const _ of ROUNDS) {
      const one = await aVisitor(relay);
      const two = { ...(await aVisitor(relay)), token: one.token };
      await Promise.all([
        one.do('conversation:start', starting(one, 'from one')),
        two.do('conversation:start', starting(two, 'from two')),
      ]);
      const heads = await one.do('heads:ask', {});
      expect(heads.map((head) => head.id).toSorted()).toEqual(
        [one.conversation, two.conversation].toSorted(),
      );
      const conversation = await megan.take(one);
      const words = await megan.say(conversation, 'Good morning.');
      for (const window of [one, two]) {
        await eventually('it is heard', () =>
          window.heard('message:sent').find((entry) => entry.id === words.id),
        );
      }
    }
  });

  test('who writes in the moment of the farewell is not lost: it waits, or the words come before the farewell', async () => {
    for (const _ of ROUNDS) {
      const { visitor } = await aConversation();
      const conversation = await megan.take(visitor);
      const [words] = await Promise.all([
        visitor.say('Wait!'),
        megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye!' }),
      ]);
      const log = await megan.read(conversation);
      expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index + 1));
      const wasLast = log.at(-1)?.id === words.id;
      const { rows } = await relay.database.pool.query('select status from conversations where id = $1', [
        conversation,
      ]);
      expect(rows[0]).toEqual({ status: wasLast ? 'waiting' : 'closed' });
    }
  });

  test('who was put aside elsewhere, in the store alone, is out within the sweep', async () => {
    const { visitor } = await aConversation();
    await relay.database.pool.query(
      `update visitors set blocked_at = now() where id = (select visitor_id from conversations where client_id = $1)`,
      [visitor.conversation],
    );
    await eventually('the socket is closed', () => visitor.socket.disconnected);
  });
});

describe('two who do different things with one conversation at once', () => {
  test('are both answered: taking, linking, recording, putting aside, starting again', async () => {
    for (const _ of ROUNDS) {
      const { visitor, conversation } = await aConversation();
      const name = 'Rosa Lind';
      const answers = await Promise.all([
        megan.ask('conversation:take', { conversation, id: newId() }),
        xuemei.ask('customer:link', { conversation, id: newId(), customer: { name } }),
        megan.ask('failure:log', { conversation, id: newId(), what: 'Late twice.' }),
        xuemei.ask('promise:make', { conversation, id: newId(), text: 'Roses', due: '2031-01-01T00:00:00Z' }),
        visitor.ask('conversation:start', starting(visitor, 'And again')),
        visitor.ask('email:give', {
          ...{ conversation: visitor.conversation, id: newId() },
          email: 'rosa@example.com',
        }),
      ]);
      expect(answers.map((answer) => (answer.ok ? 'ok' : answer.code))).toEqual(answers.map(() => 'ok'));
      const { pleaseKnow, promises, customer } = await megan.do('customer:read', { conversation });
      expect(customer).toMatchObject({
        name,
        ally: { fullName: expect.stringMatching(/^(Megan Kajitani|林雪梅)$/) },
      });
      // Recorded before or after the link: the customer's either way, and seen.
      expect(pleaseKnow.map((failure) => failure.what)).toEqual(['Late twice.']);
      expect(promises.map((promise) => promise.text)).toEqual(['Roses']);
      const aside = await Promise.all([
        megan.ask('conversation:put-aside', { conversation, id: newId() }),
        visitor.socket
          .timeout(2_000)
          .emitWithAck('conversation:start', starting(visitor, 'x'))
          .catch(() => null),
      ]);
      expect(aside[0]).toMatchObject({ ok: true });
      expect(aside[1]?.code).not.toBe('UNAVAILABLE');
    }
  });

  test('reopening by hand, when the visitor was a moment faster, takes it', async () => {
    const { visitor, conversation } = await aConversation();
    await megan.take(visitor);
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye!' });
    await visitor.say('One more thing …');
    const detail = await megan.do('conversation:reopen', { conversation, id: newId() });
    expect(detail).toMatchObject({ status: 'open', holder: { fullName: 'Megan Kajitani' } });
    expect(await refusal(xuemei.ask('conversation:reopen', { conversation, id: newId() }))).toBe('TAKEN');
  });
});

describe('who may no longer answer holds nothing', () => {
  const owner = () => ({ origin: relay.origin, cookie: relay.owner });

  test('by a change of role: what they had waits again, and their open window obeys at once', async () => {
    const bela = await anAgent(relay, { given: 'Bela', family: 'Novak' });
    const { visitor } = await aConversation();
    const conversation = await bela.take(visitor);
    await call(owner(), `PATCH /api/people/${bela.person.id}`, {
      role: 'back-office',
      successor: megan.person.id,
    });
    await eventually('it waits again', async () => (await megan.find(visitor)).status === 'waiting');
    const words = { conversation, id: newId(), text: 'Still me' };
    expect(await refusal(bela.ask('message:send', words))).toBe('FORBIDDEN');
    expect(await refusal(bela.ask('conversation:take', { conversation, id: newId() }))).toBe('FORBIDDEN');
    expect(bela.socket.connected).toBe(true);
    const handOver = { conversation: await megan.take(visitor), id: newId(), to: bela.person.id, note: '' };
    expect(await refusal(megan.ask('conversation:hand-over', handOver))).toBe('UNKNOWN');
  });

  test('by deactivation while they were taking it: anybody can take it from them', async () => {
    const ines = await anAgent(relay, { given: 'Ines', family: 'Duarte' });
    await call(owner(), `PATCH /api/people/${ines.person.id}`, { active: false });
    const { visitor, conversation } = await aConversation();
    // As a take that was under way when the desk was cleared has left it.
    await relay.database.pool.query(
      `update conversations set status = 'open', holder_id = $2 where id = $1`,
      [conversation, ines.person.id],
    );
    expect(await megan.take(visitor)).toBe(conversation);
    expect((await megan.find(visitor)).holder?.fullName).toBe('Megan Kajitani');
  });

  test('what is given back from aside waits, with the time since when', async () => {
    const { visitor, conversation } = await aConversation();
    await megan.do('conversation:put-aside', { conversation, id: newId() });
    await megan.do('conversation:put-aside', { conversation, id: newId(), undo: true });
    expect((await megan.find(visitor)).waitingSince).not.toBeNull();
  });
});

describe('what grows', () => {
  test('heads of a visitor with very many conversations stay few', async () => {
    const { visitor } = await aConversation();
    await relay.database.pool.query(
      `insert into conversations (site_id, visitor_id, client_id, locale)
       select site_id, visitor_id, gen_random_uuid(), 'en' from conversations, generate_series(1, 500) where client_id = $1`,
      [visitor.conversation],
    );
    expect(await visitor.do('heads:ask', {})).toHaveLength(20);
    const { rows } = await relay.database.pool.query<{ id: string }>(
      'select visitor_id as id from conversations where client_id = $1',
      [visitor.conversation],
    );
    const ids = rows.map((row) => row.id);
    expect(await conversationsOfVisitors(relay.database.db, ids, 20)).toHaveLength(20);
  });
});
