import { describe, expect, test } from 'vitest';
import { aVisitor, anAgent, idOf, newId, refusal } from './support/people.ts';
import { eventually } from './support/eventually.ts';
import { startRelay } from './support/relay.ts';

describe('a message', () => {
  test('goes there and back', async () => {
    const relay = await startRelay();
    const visitor = await aVisitor(relay);
    const megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });

    await visitor.say('Good morning, is my order on its way?');
    const conversation = await megan.take(visitor);
    expect((await megan.read(conversation)).map((entry) => entry.kind)).toEqual(['message', 'joined']);

    await megan.say(conversation, 'Good morning! It left us on Tuesday.');
    const reply = await eventually('the reply has arrived', () => visitor.heard('message:sent')[0]);
    expect(reply).toMatchObject({
      kind: 'hello',
      text: 'Good morning! It left us on Tuesday.',
      author: { kind: 'agent', person: { fullName: 'Megan Kajitani' } },
    });
    await visitor.say('Thank you!');
    await eventually('the thanks have arrived', () => megan.heard('message:sent').length === 1);
  });
});
