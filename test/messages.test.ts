import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { repairText } from '@fullname/shared/text';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal } from './support/people.ts';
import { openRelay, type Relay } from './support/relay.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  // A test says more in a second than a person; what a socket may ask has tests of its own.
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

describe('a message', () => {
  test('goes there and back, under full names', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Good morning, is my order on its way?');
    const conversation = await megan.take(visitor);
    await megan.say(conversation, 'Good morning! It left us on Tuesday.');
    const reply = await eventually('the reply has arrived', () => visitor.heard('message:sent')[0]);
    expect(reply).toMatchObject({
      kind: 'hello',
      text: 'Good morning! It left us on Tuesday.',
      author: { kind: 'agent', person: { fullName: 'Megan Kajitani' } },
    });
    const thanks = await visitor.say('Thank you!');
    await eventually('the thanks have arrived', () =>
      megan.heard('message:sent').find((entry) => entry.id === thanks.id),
    );
  });

  test('is stored when it is acknowledged: another reader finds it at once', async () => {
    const visitor = await aVisitor(relay);
    const entry = await visitor.say('Is anybody there?');
    const { rows } = await relay.database.pool.query('select body from entries where client_id = $1', [
      entry.id,
    ]);
    expect(rows).toEqual([{ body: 'Is anybody there?' }]);
  });

  test('keeps its words: newlines, several scripts, emoji, code', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const words = 'Line one\n\n  line two\t<b>&amp;</b> 林雪梅 مرحبا 👩🏽‍🌾 {}; -- \'"`';
    await visitor.say(words);
    expect((await visitor.read()).at(-1)).toMatchObject({ text: words });
  });

  test('that is too long or empty is refused with words, and nothing is stored', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const send = (text: string) =>
      refusal(visitor.ask('message:send', { conversation: visitor.conversation, id: newId(), text }));
    expect(await send('x'.repeat(MESSAGE_MAX_LENGTH + 1))).toBe('TOO_LONG');
    expect(await send(' \n ')).toBe('EMPTY');
    expect(await visitor.read()).toHaveLength(1);
  });

  test('is told to the sender’s other tabs, but not to the tab that sent it', async () => {
    const tab = await aVisitor(relay);
    await tab.say('begin');
    const otherTab = await aVisitor(relay, { token: tab.token, conversation: tab.conversation });
    const entry = await tab.say('from the first tab');
    await eventually('the other tab has it', () =>
      otherTab.heard('message:sent').find((one) => one.id === entry.id),
    );
    await tab.do('heads:ask', {});
    expect(tab.heard('message:sent')).toEqual([]);
  });
});

describe('a retry', () => {
  test('of a start finds the first one: one visitor, one conversation, one message', async () => {
    const visitor = await aVisitor(relay);
    const start = {
      token: visitor.token,
      conversation: visitor.conversation,
      message: { id: newId(), text: 'Hello, it is me' },
      locale: 'en',
    } as const;
    const answers = await Promise.all([1, 2, 3].map(() => visitor.do('conversation:start', start)));
    const again = await (await aVisitor(relay)).do('conversation:start', start);
    for (const answer of [...answers, again]) expect(answer.entry).toEqual(answers[0]?.entry);
    expect(await visitor.read()).toHaveLength(1);
    const { rows } = await relay.database.pool.query(
      'select count(*)::int as conversations, count(distinct visitor_id)::int as visitors from conversations where client_id = $1',
      [visitor.conversation],
    );
    expect(rows).toEqual([{ conversations: 1, visitors: 1 }]);
  });

  test('of a message returns the first result, also at the same moment and from another socket', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const message = { conversation: visitor.conversation, id: newId(), text: 'once, please' };
    const otherTab = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
    const first = await visitor.do('message:send', message);
    const later = await Promise.all(
      [visitor, otherTab, visitor].map((tab) => tab.do('message:send', message)),
    );
    for (const answer of later) expect(answer).toEqual(first);
    expect(await visitor.read()).toHaveLength(2);
  });

  test('is told again under its number, for those whom the first time did not reach', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    await megan.take(visitor);
    const message = { conversation: visitor.conversation, id: newId(), text: 'told once' };
    await visitor.do('message:send', message);
    await visitor.do('message:send', message);
    const last = await visitor.say('the end');
    await eventually('the last words are there', () =>
      megan.heard('message:sent').find((one) => one.id === last.id),
    );
    const told = megan.heard('message:sent').filter((one) => one.id === message.id);
    expect(told).toHaveLength(2);
    expect(told[1]).toEqual(told[0]);
  });

  test('with other words is a conflict, and overwrites nothing', async () => {
    const visitor = await aVisitor(relay);
    const first = await visitor.say('what I wrote');
    const id = first.id ?? '';
    const { conversation, token } = visitor;
    expect(await refusal(visitor.ask('message:send', { conversation, id, text: 'something else' }))).toBe(
      'CONFLICT',
    );
    const start = { token, conversation, message: { id, text: 'something else' }, locale: 'en' } as const;
    expect(await refusal(visitor.ask('conversation:start', start))).toBe('CONFLICT');
    expect(await visitor.read()).toEqual([first]);
  });

  test('of an agent’s reply is stored once, though the first words became a hello', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const conversation = await megan.take(visitor);
    const reply = { conversation, id: newId(), text: 'Good morning.' };
    const [first, second] = [await megan.do('message:send', reply), await megan.do('message:send', reply)];
    expect(second).toEqual(first);
    expect((await megan.read(conversation)).filter((entry) => entry.kind === 'hello')).toHaveLength(1);
  });
});

describe('the order of a conversation', () => {
  test('is one dense row of numbers, however many write at once', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const conversation = await megan.take(visitor);
    const both = Array.from({ length: 30 }, (_, index) => [
      visitor.say(`visitor ${index}`),
      index % 3 === 0 ? megan.note(conversation, `note ${index}`) : megan.say(conversation, `agent ${index}`),
    ]);
    await Promise.all(both.flat());
    const log = await readAll(megan, conversation);
    expect(log.map((entry) => entry.seq)).toEqual(log.map((_, index) => index + 1));
    const visible = log.flatMap((entry) => entry.publicSeq ?? []);
    expect(visible).toEqual(visible.map((_, index) => index + 1));
    // 1 start, 1 joined, 30 and 30; the ten notes have no public number.
    expect([log.length, visible.length]).toEqual([62, 52]);
    const own = log.flatMap((entry) =>
      entry.kind === 'message' && entry.author.kind === 'visitor' ? [entry.text] : [],
    );
    expect(own).toEqual(['begin', ...Array.from({ length: 30 }, (_, index) => `visitor ${index}`)]);
  });

  test('can be fetched from any number on, so that a gap is filled before it is drawn', async () => {
    const visitor = await aVisitor(relay);
    for (const text of ['one', 'two', 'three', 'four']) await visitor.say(text);
    const { conversation } = visitor;
    const { entries, publicSeq, more } = await visitor.do('entries:fetch', { conversation, after: 2 });
    expect(entries.map((entry) => entry.publicSeq)).toEqual([3, 4]);
    expect([publicSeq, more]).toEqual([4, false]);
    const earlier = await visitor.do('entries:fetch', { conversation, before: 3 });
    expect(earlier.entries.map((entry) => entry.publicSeq)).toEqual([1, 2]);
  });

  test('is told by heads too, because the loss of the last message leaves no gap', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const conversation = await megan.take(visitor);
    await megan.note(conversation, 'a note');
    await megan.say(conversation, 'the last words');
    const [head] = await visitor.do('heads:ask', {});
    expect(head).toMatchObject({ id: visitor.conversation, publicSeq: 3, status: 'open' });
    const { heads } = await megan.do('heads:ask', { conversations: [conversation] });
    expect(heads).toEqual([expect.objectContaining({ conversation, seq: 4 })]);
  });
});

describe('poison in a full batch', () => {
  test('two hundred messages at once, some with what PostgreSQL cannot hold: every one is stored, repaired', async () => {
    const visitors = await Promise.all(Array.from({ length: 8 }, () => aVisitor(relay)));
    await Promise.all(visitors.map((visitor) => visitor.say('begin')));
    const poison = ['\u0000', 'a\u0000b', '\ud800', 'x\udc00y', '\ud83d', 'ok \ufffd \uffff'];
    const texts = Array.from(
      { length: 25 },
      (_, index) => `${index} ${index % 2 ? poison[index % poison.length] : 'fine'}`,
    );
    const sent = await Promise.all(visitors.flatMap((visitor) => texts.map((text) => visitor.say(text))));
    expect(sent).toHaveLength(200);
    for (const visitor of visitors) {
      expect((await visitor.read()).map((entry) => 'text' in entry && entry.text)).toEqual([
        'begin',
        ...texts.map(repairText),
      ]);
    }
  });

  test('a message of nothing but poison is refused, and its neighbours are stored', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('begin');
    const answers = await Promise.all(
      ['before', '\u0000\u0000', 'after'].map((text) =>
        visitor.ask('message:send', { conversation: visitor.conversation, id: newId(), text }),
      ),
    );
    expect(answers.map((answer) => (answer.ok ? 'stored' : answer.code))).toEqual([
      'stored',
      'EMPTY',
      'stored',
    ]);
  });
});

async function readAll(agent: Agent, conversation: string) {
  const first = await agent.do('entries:fetch', { conversation, after: 0 });
  const rest = first.more
    ? await agent.do('entries:fetch', { conversation, after: first.entries.at(-1)?.seq ?? 0 })
    : { entries: [] };
  return [...first.entries, ...rest.entries];
}
