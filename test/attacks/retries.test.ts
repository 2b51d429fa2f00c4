import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

/** A retry can come late: its first acknowledgement was lost, and meanwhile the conversation has moved on. */

let relay: Relay;
let megan: Agent;
let xuemei: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
});
afterAll(() => relay.close());

async function aConversation(): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  return { visitor, conversation: (await megan.find(visitor)).id };
}

/** Who has it, and its whole log: what a late retry must leave as it was. */
async function stateOf(conversation: string) {
  const { rows } = await relay.database.pool.query(
    'select status, holder_id, last_seq, last_public_seq from conversations where id = $1',
    [conversation],
  );
  return { row: rows[0], log: await megan.read(conversation) };
}

describe('a late retry changes nothing', () => {
  test('of a take, when the conversation was closed and waits again', async () => {
    const { visitor, conversation } = await aConversation();
    const take = { conversation, id: newId() };
    await megan.do('conversation:take', take);
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye!' });
    await visitor.say('One more thing …');
    const before = await stateOf(conversation);
    expect(await megan.ask('conversation:take', take)).toMatchObject({ ok: true });
    expect(await stateOf(conversation)).toEqual(before);
    expect(before.row).toMatchObject({ status: 'waiting', holder_id: null });
  });

  test('of a take, when it was handed over', async () => {
    const { conversation } = await aConversation();
    const take = { conversation, id: newId() };
    await megan.do('conversation:take', take);
    const handOver = { conversation, id: newId(), to: xuemei.person.id, note: 'Speaks Chinese.' };
    await megan.do('conversation:hand-over', handOver);
    const before = await stateOf(conversation);
    expect(await megan.do('conversation:take', take)).toMatchObject({ holder: { fullName: '林雪梅' } });
    expect(await stateOf(conversation)).toEqual(before);
  });

  test('of a hand-over, when the next person has passed it on and gone', async () => {
    const { visitor, conversation } = await aConversation();
    await megan.take(visitor);
    const adaeze = await anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
    const handOver = { conversation, id: newId(), to: adaeze.person.id, note: 'Likes tulips.' };
    await megan.do('conversation:hand-over', handOver);
    await adaeze.do('conversation:hand-over', { ...handOver, id: newId(), to: xuemei.person.id });
    await adaeze.do('presence:set', { here: false });
    const before = await stateOf(conversation);
    expect(await megan.ask('conversation:hand-over', handOver)).toMatchObject({ ok: true });
    expect(await stateOf(conversation)).toEqual(before);
  });

  test('of a close, when the agent has reopened it', async () => {
    const { visitor, conversation } = await aConversation();
    await megan.take(visitor);
    const close = { conversation, id: newId(), farewell: 'Goodbye!' };
    await megan.do('conversation:close', close);
    await megan.do('conversation:reopen', { conversation, id: newId() });
    const before = await stateOf(conversation);
    expect(await megan.ask('conversation:close', close)).toMatchObject({ ok: true });
    expect(await stateOf(conversation)).toEqual(before);
    expect(before.row).toMatchObject({ status: 'open' });
  });

  test('of a reopening, when it was closed again', async () => {
    const { visitor, conversation } = await aConversation();
    await megan.take(visitor);
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye!' });
    const reopen = { conversation, id: newId() };
    await megan.do('conversation:reopen', reopen);
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye again!' });
    const before = await stateOf(conversation);
    expect(await megan.ask('conversation:reopen', reopen)).toMatchObject({ ok: true });
    expect(await stateOf(conversation)).toEqual(before);
  });

  test('of putting aside, when it was given back: the visitor is not shut out again', async () => {
    const { visitor, conversation } = await aConversation();
    const aside = { conversation, id: newId() };
    await megan.do('conversation:put-aside', aside);
    await megan.do('conversation:put-aside', { conversation, id: newId(), undo: true });
    const { token } = visitor;
    const back = await aVisitor(relay, { token, conversation: visitor.conversation });
    const before = await stateOf(conversation);
    expect(await megan.ask('conversation:put-aside', aside)).toMatchObject({ ok: true });
    expect(await stateOf(conversation)).toEqual(before);
    await back.say('I am a person.');
    expect(back.socket.connected).toBe(true);
  });

  test('of a link, when it was taken back', async () => {
    const { conversation } = await aConversation();
    const link = { conversation, id: newId(), customer: { name: 'Rosa Lind' } };
    await megan.do('customer:link', link);
    await megan.do('customer:link', { conversation, id: newId(), customer: null });
    const before = await stateOf(conversation);
    expect(await megan.do('customer:link', link)).toMatchObject({ customer: null });
    expect(await stateOf(conversation)).toEqual(before);
  });

  test('of an e-mail address, when the visitor has given another', async () => {
    const { visitor, conversation } = await aConversation();
    const first = { conversation: visitor.conversation, id: newId(), email: 'old@example.com' };
    await visitor.do('email:give', first);
    await visitor.do('email:give', { ...first, id: newId(), email: 'new@example.com' });
    expect(await visitor.ask('email:give', first)).toMatchObject({ ok: true });
    expect((await megan.do('customer:read', { conversation })).claims.email).toBe('new@example.com');
  });

  test('of a failure, a preference and a promise, when the visitor is linked to nobody any more', async () => {
    const { conversation } = await aConversation();
    await megan.do('customer:link', { conversation, id: newId(), customer: { name: 'Ida Berg' } });
    const failure = { conversation, id: newId(), what: 'The roses were grey.', owed: 'Roses.' };
    const preference = { conversation, id: newId(), text: 'No lilies', source: 'stated' } as const;
    const promise = { conversation, id: newId(), text: 'Roses on Monday', due: '2031-05-05T10:00:00Z' };
    const first = [
      await megan.do('failure:log', failure),
      await megan.do('preference:note', preference),
      await megan.do('promise:make', promise),
    ];
    await megan.do('customer:link', { conversation, id: newId(), customer: null });
    const before = await stateOf(conversation);
    const again = [
      await megan.do('failure:log', failure),
      await megan.do('preference:note', preference),
      await megan.do('promise:make', promise),
    ];
    expect(again).toEqual(first);
    expect(await stateOf(conversation)).toEqual(before);
  });
});

describe('an id that was used for something else is a conflict', () => {
  test('another verb, another person to hand over to, another customer to link', async () => {
    const { visitor, conversation } = await aConversation();
    const { id: first } = await visitor.say('And another thing');
    const id = newId();
    await megan.do('conversation:take', { conversation, id });
    expect(
      await refusal(
        megan.ask('conversation:hand-over', { conversation, id, to: xuemei.person.id, note: '' }),
      ),
    ).toBe('CONFLICT');
    expect(await refusal(megan.ask('conversation:put-aside', { conversation, id }))).toBe('CONFLICT');
    const link = { conversation, id: newId(), customer: { name: 'Ada Holm' } };
    await megan.do('customer:link', link);
    expect(await refusal(megan.ask('customer:link', { ...link, customer: { name: 'Eve Holm' } }))).toBe(
      'CONFLICT',
    );
    expect(await refusal(megan.ask('customer:link', { ...link, customer: null }))).toBe('CONFLICT');
    // Somebody else's id is not mine: it is as good as new.
    expect(await megan.ask('note:send', { conversation, id: first ?? '', text: 'A note' })).toMatchObject({
      ok: true,
    });
  });
});

describe('what was committed is told, though the first telling was cut short', () => {
  /** As a relay that ended between COMMIT and everything after it: stored, and nobody heard. */
  async function storeSilently(visitor: Visitor, message: { id: string; text: string }): Promise<void> {
    await relay.database.pool.query(
      `with c as (
         update conversations set last_seq = last_seq + 1, last_public_seq = last_public_seq + 1, status = 'waiting',
           holder_id = null, offered_to = null, waiting_since = now(), preview = $3, preview_by = 'visitor'
         where client_id = $1 returning *)
       insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
       select id, last_seq, last_public_seq, 'message', 'visitor', visitor_id, $2, $3 from c`,
      [visitor.conversation, message.id, message.text],
    );
  }

  test('a message’s retry offers what it woke, and tells the lists', async () => {
    const { visitor, conversation } = await aConversation();
    await megan.take(visitor);
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye!' });
    const message = { id: newId(), text: 'Are you still there?' };
    await storeSilently(visitor, message);
    await visitor.do('message:send', { conversation: visitor.conversation, ...message });
    await eventually('it is offered', async () => (await megan.find(visitor)).offeredTo);
    await eventually('its row is told', () =>
      megan
        .heard('rows:changed')
        .flat()
        .some((row) => row.id === conversation && row.offeredTo !== null),
    );
  });

  test('a start’s retry offers the conversation, and tells the lists', async () => {
    const { visitor, conversation } = await aConversation();
    const message = { id: newId(), text: 'Hello again' };
    await storeSilently(visitor, message);
    const { token, conversation: own } = visitor;
    await visitor.do('conversation:start', { token, conversation: own, message, locale: 'en' });
    await eventually('it is offered', async () => (await megan.find(visitor)).offeredTo);
    await eventually('its row is told', () =>
      megan
        .heard('rows:changed')
        .flat()
        .some((row) => row.id === conversation && row.offeredTo !== null),
    );
  });
});
