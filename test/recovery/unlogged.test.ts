import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, type Visitor } from '../support/people.ts';
import { openRelay, type Relay, startRelay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
const now = Date.parse('2026-03-06T12:00:00Z');

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' }, now: () => now });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

async function aTalk(...words: readonly string[]): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(relay);
  for (const text of words) await visitor.say(text);
  return { visitor, conversation: await megan.take(visitor) };
}

function close(conversation: string, id = newId()) {
  return megan.do('conversation:close', { conversation, id, farewell: 'All the best. Megan Kajitani' });
}

async function reminders(conversation: string) {
  const { rows } = await relay.database.pool.query<Record<string, unknown>>(
    `select owner_id as owner, state, what, due, ended_by as "endedBy" from tasks
     where conversation_id = $1 and kind = 'unlogged' order by created_at`,
    [conversation],
  );
  return rows;
}

test('a complaint of which nobody made a record reminds whoever closes it, in two hours, once', async () => {
  const { conversation } = await aTalk('Hello', 'The vase arrived broken.');
  const id = newId();
  await close(conversation, id);
  await close(conversation, id);
  expect(await reminders(conversation)).toEqual([
    {
      ...{ owner: megan.person.id, state: 'open', what: 'The vase arrived broken.', endedBy: null },
      due: new Date(now + 2 * 3_600_000),
    },
  ]);
  await eventually('she is told', () => megan.heard('work:changed').some(({ open }) => open > 0));
  await megan.do('failure:log', { id: newId(), conversation, what: 'the vase arrived broken' });
  expect(await reminders(conversation)).toMatchObject([{ state: 'done', endedBy: megan.person.id }]);
});

test('what was recorded, and what went well, reminds nobody', async () => {
  const logged = await aTalk('The vase arrived broken.');
  await megan.do('failure:log', { id: newId(), conversation: logged.conversation, what: 'broken vase' });
  const fine = await aTalk('Do you have white roses?', 'Thank you, that was no problem at all.');
  for (const { conversation } of [logged, fine]) {
    await close(conversation);
    expect(await reminders(conversation)).toEqual([]);
  }
});

test('our own apology tells as well; opened and closed again, only the new words count', async () => {
  const { visitor, conversation } = await aTalk('您好');
  await megan.say(conversation, '非常抱歉，是我们的失误。');
  await close(conversation);
  expect(await reminders(conversation)).toHaveLength(1);
  await visitor.say('谢谢您');
  await megan.do('conversation:take', { conversation, id: newId() });
  await close(conversation);
  expect(await reminders(conversation)).toHaveLength(1);
  await visitor.say('花又坏了，我很失望');
  await megan.do('conversation:take', { conversation, id: newId() });
  await close(conversation);
  expect(await reminders(conversation)).toMatchObject([
    { what: '非常抱歉，是我们的失误。' },
    { what: '花又坏了，我很失望' },
  ]);
});

test('of a flood of words the last pages count', async () => {
  const flood = Array<string>(4).fill('. '.repeat(1_999));
  const before = await aTalk('The vase arrived broken.', ...flood);
  await close(before.conversation);
  expect(await reminders(before.conversation)).toEqual([]);
  const after = await aTalk(...flood, 'The vase arrived broken.');
  await megan.do('note:send', { conversation: after.conversation, id: newId(), text: '. '.repeat(1_999) });
  await close(after.conversation);
  expect(await reminders(after.conversation)).toMatchObject([{ what: 'The vase arrived broken.' }]);
});

async function goOn(visitor: Visitor, conversation: string, words: string): Promise<void> {
  await visitor.say(words);
  await megan.do('conversation:take', { conversation, id: newId() });
}

test('what was recorded of the words before does not count for new trouble', async () => {
  const { visitor, conversation } = await aTalk('The vase arrived broken.');
  const failure = newId();
  await megan.do('failure:log', { id: failure, conversation, what: 'broken vase' });
  await close(conversation);
  expect(await reminders(conversation)).toEqual([]);
  await goOn(visitor, conversation, 'And now the invoice is wrong as well, this is terrible.');
  await close(conversation);
  expect(await reminders(conversation)).toMatchObject([{ state: 'open' }]);
  // Recorded after the goodbye: that was for those words, and not for what comes next.
  await megan.do('failure:log', { id: newId(), conversation, what: 'wrong invoice' });
  expect(await reminders(conversation)).toMatchObject([{ state: 'done' }]);
  await goOn(visitor, conversation, 'The new vase arrived broken, too.');
  await close(conversation);
  expect(await reminders(conversation)).toMatchObject([{ state: 'done' }, { state: 'open' }]);
  // A step of what is recorded says that somebody has heard it.
  await goOn(visitor, conversation, 'It is still broken.');
  await megan.do('failure:step', { id: newId(), conversation, failure, stage: 'apologised' });
  await close(conversation);
  expect(await reminders(conversation)).toHaveLength(2);
});

test('a change of the record counts as well', async () => {
  const other = await startRelay({ env: { RATE_LIMITS: 'off' } });
  const adaeze = await anAgent(other, { given: 'Adaeze', family: 'Okafor' });
  const visitor = await aVisitor(other);
  await visitor.say('The vase arrived broken.');
  const conversation = await adaeze.take(visitor);
  const farewell = 'All the best. Adaeze Okafor';
  const failure = await adaeze.do('failure:log', { id: newId(), conversation, what: 'broken vase' });
  await adaeze.do('conversation:close', { conversation, id: newId(), farewell });
  const count = async () => {
    const { rows } = await other.database.pool.query("select 1 from tasks where kind = 'unlogged'");
    return rows.length;
  };
  await visitor.say('The handle is broken, too.');
  await adaeze.do('conversation:take', { conversation, id: newId() });
  await adaeze.do('failure:change', {
    ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision },
    fields: { what: 'broken vase, and its handle' },
  });
  await adaeze.do('conversation:close', { conversation, id: newId(), farewell });
  expect(await count()).toBe(0);
  await visitor.say('The lid is broken, too.');
  await adaeze.do('conversation:take', { conversation, id: newId() });
  await adaeze.do('conversation:close', { conversation, id: newId(), farewell });
  expect(await count()).toBe(1);
});
