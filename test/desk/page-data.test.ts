/** What a page says of its visitor: seen by whoever answers, kept within bounds, and good for nothing else. */
import { EVENTS_MOST, LABELS_MOST } from '@fullname/shared/limits';
import type { PageData } from '@fullname/shared/page-data';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay();
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());

async function aTalk(): Promise<{ visitor: Visitor; conversation: string }> {
  const visitor = await aVisitor(relay);
  await visitor.say('Hello?');
  return { visitor, conversation: await megan.take(visitor) };
}

const left = (name: string, ago = 0) => ({ id: newId(), name, meta: { items: 3 }, ago });
const toldTo = async (agent: Agent, conversation: string): Promise<PageData> =>
  (await agent.do('customer:read', { conversation })).told ?? { labels: {}, events: [] };

describe('what a page says of its visitor', () => {
  test('stands in the pane, and comes to whoever has the conversation open', async () => {
    const { visitor, conversation } = await aTalk();
    expect(await toldTo(megan, conversation)).toEqual({ labels: {}, events: [] });
    await visitor.do('page:tell', {
      conversation: visitor.conversation,
      attributes: { plan: 'gold', seats: 3 },
      events: [left('basket-left', 60_000)],
    });
    const told = await eventually('the page has told', () =>
      megan.heard('page:told').find((now) => now.conversation === conversation),
    );
    expect(told.told).toEqual(await toldTo(megan, conversation));
    expect(told.told).toMatchObject({
      labels: { plan: 'gold', seats: 3 },
      events: [{ name: 'basket-left', meta: { items: 3 } }],
    });
    const [event] = told.told.events;
    const age = Date.now() - Date.parse(event?.at ?? '');
    expect(age).toBeGreaterThan(55_000);
    expect(age).toBeLessThan(300_000);
  });

  test('is taken back by null, and an event is told once', async () => {
    const { visitor, conversation } = await aTalk();
    const request = {
      ...{ conversation: visitor.conversation, attributes: { plan: 'gold', city: 'Oslo' } },
      events: [left('paid')],
    };
    await visitor.do('page:tell', request);
    await visitor.do('page:tell', request);
    await visitor.do('page:tell', { conversation: visitor.conversation, attributes: { plan: null } });
    const { labels, events } = await toldTo(megan, conversation);
    expect(labels).toEqual({ city: 'Oslo' });
    expect(events.map(({ name }) => name)).toEqual(['paid']);
  });

  test('stays within its bounds: the latest of it is kept', async () => {
    const { visitor, conversation } = await aTalk();
    for (const round of [0, 1, 2]) {
      const labels = Array.from({ length: LABELS_MOST }, (_, index) => [`label ${round}.${index}`, round]);
      await visitor.do('page:tell', {
        conversation: visitor.conversation,
        attributes: Object.fromEntries(labels),
        events: Array.from({ length: 15 }, (_, index) => left(`event ${round}.${index}`)),
      });
    }
    const { labels, events } = await toldTo(megan, conversation);
    expect(Object.keys(labels)).toHaveLength(LABELS_MOST);
    expect(new Set(Object.values(labels))).toEqual(new Set([2]));
    expect(events).toHaveLength(EVENTS_MOST);
    expect(events.at(-1)?.name).toBe('event 2.14');
  });

  test.each([
    ['an object within', { attributes: { plan: { name: 'gold' } } }],
    [
      'too many labels',
      { attributes: Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`l${n}`, n])) },
    ],
    ['a long value', { attributes: { plan: 'x'.repeat(201) } }],
    ['a long name', { events: [{ ...left('x'), name: 'x'.repeat(61) }] }],
    ['an event of tomorrow', { events: [left('x', -1)] }],
    ['too many events', { events: Array.from({ length: 21 }, () => left('x')) }],
    ['a person', { visitor: newId() }],
  ])('%s is refused, and nothing is kept', async (_, told) => {
    const { visitor, conversation } = await aTalk();
    const answer = await visitor.socket
      .timeout(30_000)
      .emitWithAck('page:tell', { conversation: visitor.conversation, ...told });
    expect(answer).toMatchObject({ ok: false });
    expect(['INVALID_PAYLOAD', 'TOO_LONG']).toContain(answer.code);
    expect(await toldTo(megan, conversation)).toEqual({ labels: {}, events: [] });
  });

  test('does not go on without end', async () => {
    const { visitor } = await aTalk();
    const { conversation } = visitor;
    const codes: string[] = [];
    for (let count = 0; count < 14; count++) {
      const answer = await visitor.ask('page:tell', { conversation, events: [left('loop')] });
      codes.push(answer.ok ? 'ok' : answer.code);
    }
    expect(codes.slice(0, 8)).toEqual(Array(8).fill('ok'));
    expect(codes).toContain('TOO_MANY');
    await visitor.say('I can still write');
  });

  test('needs a conversation of one’s own', async () => {
    const { visitor } = await aTalk();
    const stranger = await aVisitor(relay);
    const request = { conversation: visitor.conversation, attributes: { plan: 'gold' } };
    expect(await refusal(stranger.ask('page:tell', request))).toBe('UNKNOWN_CONVERSATION');
    expect(
      await refusal(stranger.ask('page:tell', { ...request, conversation: stranger.conversation })),
    ).toBe('UNKNOWN_CONVERSATION');
  });

  test('names nobody: a label that reads like an identity finds no customer and shows no past', async () => {
    const known = await aTalk();
    const linked = { conversation: known.conversation, id: newId(), customer: { name: 'Anna Lindqvist' } };
    const { customer } = await megan.do('customer:link', linked);
    const { visitor, conversation } = await aTalk();
    await visitor.do('page:tell', {
      conversation: visitor.conversation,
      attributes: {
        customer: customer?.id ?? '',
        sub: '4711',
        name: 'Anna Lindqvist',
        email: 'anna@example.com',
      },
    });
    const pane = await megan.do('customer:read', { conversation });
    expect(pane).toMatchObject({
      customer: null,
      link: null,
      timeline: [],
      claims: { name: null, email: null },
    });
    expect((await megan.find(visitor)).name).toBeNull();
  });
});
