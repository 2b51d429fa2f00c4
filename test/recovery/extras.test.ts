import type { Entry, Failure } from '@fullname/shared/model';
import type { FailureEdit } from '@fullname/shared/recovery';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let adaeze: Agent;
let visitor: Visitor;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  adaeze = await anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
});
afterAll(() => relay.close());
beforeEach(async () => {
  visitor = await aVisitor(relay);
  await visitor.say('The roses were brown.');
  conversation = await megan.take(visitor);
});

const OPTIONS = ['A bunch of tulips', 'Free delivery next time'];

function anOffer(more: { failure?: string; options?: readonly string[] } = {}) {
  const text = 'I would like to add something. Which of these?';
  return { id: newId(), conversation, text, options: OPTIONS, ...more };
}
const offer = (draft = anOffer()) => megan.do('extras:offer', draft);
const choose = (of: string, choice: number | string, id = newId()) =>
  visitor.do('extra:choose', { conversation: visitor.conversation, id, offer: of, choice });
const chooseAgain = (of: string, choice: number | string, who = visitor) =>
  refusal(who.ask('extra:choose', { conversation: who.conversation, id: newId(), offer: of, choice }));
const pane = () => megan.do('customer:read', { conversation });

async function aFailure(wants: string | null = 'Roses that are red'): Promise<Failure> {
  const failure = await megan.do('failure:log', { id: newId(), conversation, what: 'Brown roses came.' });
  if (wants === null) return failure;
  return megan.do('failure:change', {
    ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision },
    fields: { wants },
  });
}

describe('an offer', () => {
  test('is public, with its person and its options as the visitor sees them; a retry is harmless', async () => {
    const draft = anOffer();
    const entry = await offer(draft);
    const body = {
      ...{ kind: 'extras-offered', offer: draft.id, text: draft.text, options: OPTIONS },
      person: { id: megan.person.id, fullName: 'Megan Kajitani' },
    };
    expect(entry).toMatchObject({ ...body, id: draft.id, conversation });
    expect(await offer(draft)).toEqual(entry);
    const seen = await eventually('the visitor’s window is told', () =>
      visitor.heard('conversation:changed').find((one) => one.kind === 'extras-offered'),
    );
    expect(seen).toMatchObject({ ...body, conversation: visitor.conversation });
    expect((await visitor.read()).filter(({ kind }) => kind === 'extras-offered')).toHaveLength(1);
  });

  test('under an id that was used for other words, or by another person, is a conflict', async () => {
    const draft = anOffer();
    await offer(draft);
    const others = [
      { ...draft, text: 'Or this?' },
      { ...draft, options: [...OPTIONS, 'A card'] },
    ];
    for (const other of others) expect(await refusal(megan.ask('extras:offer', other))).toBe('CONFLICT');
    expect(await refusal(adaeze.ask('extras:offer', draft))).toBe('CONFLICT');
  });

  test('is the holder’s to make, as words are', async () => {
    expect(await refusal(adaeze.ask('extras:offer', anOffer()))).toBe('NOT_YOURS');
    const other = await aVisitor(relay);
    await other.say('Hello?');
    const waiting = (await megan.find(other)).id;
    const early = { ...anOffer(), conversation: waiting };
    expect(await refusal(megan.ask('extras:offer', early))).toBe('NOT_TAKEN');
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye.' });
    expect(await refusal(megan.ask('extras:offer', anOffer()))).toBe('CLOSED');
    const nowhere = { ...anOffer(), conversation: newId() };
    expect(await refusal(megan.ask('extras:offer', nowhere))).toBe('UNKNOWN');
    const office = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
    expect(await refusal(office.ask('extras:offer', anOffer()))).toBe('FORBIDDEN');
  });

  test('has two to four options that differ', async () => {
    const wrong = [['One'], ['1', '2', '3', '4', '5'], ['Tulips', ' Tulips']];
    for (const options of wrong)
      expect(await refusal(megan.ask('extras:offer', anOffer({ options })))).toBe('INVALID_PAYLOAD');
    expect(await refusal(megan.ask('extras:offer', anOffer({ options: ['Tulips', ' '] })))).toBe('EMPTY');
  });

  test('for a failure comes after the question; another customer’s failure is unknown', async () => {
    const failure = await aFailure(null);
    const draft = anOffer({ failure: failure.id });
    expect(await refusal(megan.ask('extras:offer', draft))).toBe('WANTS_FIRST');
    await megan.do('failure:change', {
      ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision },
      fields: { wants: 'Roses that are red' },
    });
    await offer(draft);
    const other = await aVisitor(relay);
    await other.say('Hello?');
    const elsewhere = { ...anOffer({ failure: failure.id }), conversation: await megan.take(other) };
    expect(await refusal(megan.ask('extras:offer', elsewhere))).toBe('UNKNOWN');
  });

  test('waits for the question, also where it names no failure', async () => {
    const failure = await aFailure(null);
    const draft = anOffer();
    expect(await refusal(megan.ask('extras:offer', draft))).toBe('WANTS_FIRST');
    await megan.do('failure:change', {
      ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision },
      fields: { wants: 'Roses that are red' },
    });
    await offer(draft);
  });
});

describe('a choice', () => {
  test('is public, in the words that were offered, and a preference of who chose', async () => {
    const { id } = await offer();
    const entry = await choose(id ?? '', 1);
    expect(entry).toMatchObject({
      ...{ kind: 'extra-chosen', offer: id, choice: 'Free delivery next time' },
      conversation: visitor.conversation,
    });
    await eventually('the agent’s window is told', () =>
      megan.heard('conversation:changed').some((one) => one.kind === 'extra-chosen' && one.offer === id),
    );
    expect((await pane()).preferences).toMatchObject([
      {
        ...{ text: 'Free delivery next time', source: 'stated', quote: 'Free delivery next time' },
        by: { fullName: 'Megan Kajitani' },
      },
    ]);
  });

  test('is made once: the first stays, from two tabs at once as well', async () => {
    const { id } = await offer();
    const request = { conversation: visitor.conversation, id: newId(), offer: id ?? '', choice: 0 };
    const tab = await aVisitor(relay, { token: visitor.token, conversation: visitor.conversation });
    const [first, retry, same] = await Promise.all([
      visitor.do('extra:choose', request),
      visitor.do('extra:choose', request),
      tab.do('extra:choose', { ...request, id: newId() }),
    ]);
    expect(retry).toEqual(first);
    expect(same).toEqual(first);
    expect(await chooseAgain(id ?? '', 1)).toBe('CONFLICT');
    expect(await chooseAgain(id ?? '', 'A cat')).toBe('CONFLICT');
    expect((await visitor.read()).filter(({ kind }) => kind === 'extra-chosen')).toHaveLength(1);
    expect((await pane()).preferences).toHaveLength(1);
  });

  test('of two different ones at the same moment one holds', async () => {
    const { id } = await offer();
    const of = { conversation: visitor.conversation, offer: id ?? '' };
    const answers = await Promise.all(
      [0, 1].map((choice) => visitor.ask('extra:choose', { ...of, id: newId(), choice })),
    );
    expect(answers.map((one) => (one.ok ? 'ok' : one.code)).toSorted()).toEqual(['CONFLICT', 'ok']);
    expect((await pane()).preferences).toHaveLength(1);
  });

  test('of something else is the visitor’s own words, without a card’s number', async () => {
    const { id } = await offer();
    const words = 'Send it to my mother, and bill 4242 4242 4242 4242';
    const entry = (await choose(id ?? '', words)) as { choice?: string };
    expect(entry.choice).toMatch(/^Send it to my mother, and bill .*4242$/);
    const { rows } = await relay.database.pool.query<{ row: string }>(
      `select o::text as row from extras_offers o union all select p::text from preferences p union all select e::text from entries e`,
    );
    expect(rows.length).toBeGreaterThan(3);
    for (const { row } of rows) expect(row).not.toMatch(/4242 4242 4242|424242424242/);
  });

  test('that was not offered is no choice', async () => {
    const { id } = await offer();
    expect(await chooseAgain(id ?? '', 2)).toBe('INVALID_PAYLOAD');
    expect(await chooseAgain(id ?? '', 4)).toBe('INVALID_PAYLOAD');
    expect(await chooseAgain(id ?? '', ' ')).toBe('EMPTY');
    expect(await chooseAgain(newId(), 0)).toBe('UNKNOWN');
  });

  test('from another’s offer is refused as if it were not there', async () => {
    const { id } = await offer();
    const nosy = await aVisitor(relay);
    await nosy.say('Hello?');
    expect(await chooseAgain(id ?? '', 0, nosy)).toBe('UNKNOWN');
    const stolen = { conversation: visitor.conversation, id: newId(), offer: id ?? '', choice: 0 };
    expect(await refusal(nosy.ask('extra:choose', stolen))).toBe('UNKNOWN_CONVERSATION');
    const inner = { ...stolen, conversation };
    expect(await refusal(nosy.ask('extra:choose', inner))).toBe('UNKNOWN_CONVERSATION');
    const second = await aVisitor(relay, { token: visitor.token });
    expect(await refusal(second.ask('extra:choose', { ...stolen, conversation: newId() }))).toBe(
      'UNKNOWN_CONVERSATION',
    );
    expect((await pane()).preferences).toEqual([]);
  });

  test('on a closed conversation is recorded; it stays closed, and the list has something new', async () => {
    const { id } = await offer();
    await megan.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye.' });
    await choose(id ?? '', 0);
    const row = await eventually('the row is told', () =>
      megan
        .heard('rows:changed')
        .flat()
        .find((one) => one.id === conversation && hasChoice(one.lastSeq)),
    );
    expect(row.status).toBe('closed');
    const { rows } = await megan.do('conversation:list', { view: 'closed' });
    const listed = rows.find((one) => one.id === conversation);
    expect(listed?.status).toBe('closed');
    expect(listed?.read).toBeLessThan(listed?.lastSeq ?? 0);
    const log = await megan.read(conversation);
    expect(log.at(-1)?.kind).toBe('extra-chosen');

    function hasChoice(seq: number): boolean {
      const heard: readonly Entry[] = megan.heard('conversation:changed');
      return heard.some((entry) => entry.kind === 'extra-chosen' && entry.offer === id && entry.seq <= seq);
    }
  });
});

describe('a choice for a failure', () => {
  const history = ({ id }: Failure) =>
    call<{ failure: Failure; edits: FailureEdit[] }>(
      { origin: relay.origin, cookie: megan.cookie },
      `GET /api/failures/${id}`,
    );

  test('is its extra, in its history by the name of who offered', async () => {
    const failure = await aFailure();
    const { id } = await offer(anOffer({ failure: failure.id }));
    await choose(id ?? '', 0);
    const after = await history(failure);
    expect(after.failure).toMatchObject({ extra: OPTIONS[0], revision: failure.revision + 1 });
    expect(after.edits[0]).toMatchObject({
      ...{ by: { fullName: 'Megan Kajitani' }, before: { extra: null }, after: { extra: OPTIONS[0] } },
    });
    // A screen from before the choice is told that somebody wrote in between.
    const late = { id: newId(), conversation, failure: failure.id, revision: failure.revision };
    const change = { ...late, fields: { extra: 'A card' } };
    expect(await refusal(megan.ask('failure:change', change))).toBe('CHANGED');
  });

  test('leaves an extra that is there already as it is', async () => {
    const failure = await aFailure();
    const { id } = await offer(anOffer({ failure: failure.id }));
    const { revision } = failure;
    await megan.do('failure:change', {
      ...{ id: newId(), conversation, failure: failure.id, revision },
      fields: { extra: 'A card' },
    });
    await choose(id ?? '', 0);
    expect((await history(failure)).failure).toMatchObject({ extra: 'A card', revision: revision + 1 });
    expect((await pane()).preferences).toMatchObject([{ text: OPTIONS[0] }]);
  });

  test('takes the place of why nothing was added', async () => {
    const failure = await aFailure();
    const { id } = await offer(anOffer({ failure: failure.id }));
    await megan.do('failure:change', {
      ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision },
      fields: { noExtra: 'They did not answer.' },
    });
    await choose(id ?? '', 0);
    const after = await history(failure);
    expect(after.failure).toMatchObject({ extra: OPTIONS[0], noExtra: null });
    expect(after.edits[0]?.before).toEqual({ extra: null, noExtra: 'They did not answer.' });
  });
});
