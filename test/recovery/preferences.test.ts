import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { signIdentity } from '../../server/src/people/identity.ts';
import { eventually } from '../support/eventually.ts';
import {
  type Agent,
  anAgent,
  aVisitor,
  newId,
  refusal,
  type Visitor,
  type VisitorOptions,
} from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let adaeze: Agent;
let secret: string;
let visitor: Visitor;
let conversation: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  adaeze = await anAgent(relay, { given: 'Adaeze', family: 'Okafor' });
  const { rows } = await relay.database.pool.query<{ identity_secret: string }>(
    'select identity_secret from sites where key = $1',
    [relay.site.key],
  );
  secret = rows[0]?.identity_secret ?? '';
});
afterAll(() => relay.close());
beforeEach(async () => {
  ({ visitor, conversation } = await aTalk());
});

async function aTalk(options: VisitorOptions = {}) {
  const visitor = await aVisitor(relay, options);
  await visitor.say('Hello?');
  return { visitor, conversation: await megan.take(visitor) };
}
/** A browser for which the site has signed. */
async function aSignedTalk(subject = newId()) {
  const identity = await signIdentity(secret, { sub: subject, name: 'Rosa Lind' });
  return { ...(await aTalk({ identity })), subject };
}

const note = (where: string, text: string, more: { idea?: string; quote?: string } = {}) =>
  megan.do('preference:note', { id: newId(), conversation: where, text, source: 'stated', ...more });
const remembered = async (who: Visitor) =>
  (await who.do('remembered:read', {})).filter((one) => one.kind === 'preference');
const textsOf = async (who: Visitor) => (await remembered(who)).map(({ text }) => text).toSorted();
const inPane = async (where: string) =>
  (await megan.do('customer:read', { conversation: where })).preferences.map(({ text }) => text).toSorted();
async function stored(id: string) {
  const { rows } = await relay.database.pool.query<{
    customer_id: string | null;
    removed_by: string | null;
    gone: boolean;
  }>('select customer_id, removed_by, removed_at is not null as gone from preferences where id = $1', [id]);
  return rows[0];
}
const theLink = (where: string, customer: string | { name: string } | null) =>
  megan.do('customer:link', { conversation: where, id: newId(), customer });

describe('a preference', () => {
  test('of a visitor whom nobody has linked is noted, and goes with the link and back', async () => {
    const { id } = await note(conversation, 'No lilies');
    expect(await inPane(conversation)).toEqual(['No lilies']);
    expect(await stored(id)).toMatchObject({ customer_id: null });
    const { customer } = await theLink(conversation, { name: 'Ida Berg' });
    expect(await stored(id)).toMatchObject({ customer_id: customer?.id });
    const other = await aTalk();
    await theLink(other.conversation, customer?.id ?? '');
    expect(await inPane(other.conversation)).toEqual(['No lilies']);
    await theLink(conversation, null);
    expect(await inPane(other.conversation)).toEqual([]);
    expect(await inPane(conversation)).toEqual(['No lilies']);
    expect(await stored(id)).toMatchObject({ customer_id: null });
  });

  test('under an id that was used for other words, by another or elsewhere is a conflict; a retry is harmless', async () => {
    const draft = {
      id: newId(),
      conversation,
      text: 'No lilies',
      source: 'stated',
      quote: 'the cat',
    } as const;
    const first = await megan.do('preference:note', draft);
    expect(await megan.do('preference:note', draft)).toEqual(first);
    expect(await refusal(adaeze.ask('preference:note', draft))).toBe('CONFLICT');
    const others = [
      { ...draft, text: 'Lilies' },
      { ...draft, conversation: (await aTalk()).conversation },
    ];
    for (const other of others) expect(await refusal(megan.ask('preference:note', other))).toBe('CONFLICT');
    expect(await inPane(conversation)).toEqual(['No lilies']);
  });

  test('of how to be reached comes first in every later conversation, and is the customer’s to see and erase', async () => {
    const { customer } = await theLink(conversation, { name: 'Nora Weiss' });
    const draft = {
      id: newId(),
      conversation,
      text: 'Calls, after six',
      source: 'stated',
      quote: 'ring me after six',
      reach: 'phone',
    } as const;
    const noted = await megan.do('preference:note', draft);
    expect(noted).toMatchObject({ reach: 'phone', quote: 'ring me after six', by: { id: megan.person.id } });
    expect(await refusal(megan.ask('preference:note', { ...draft, reach: 'email' }))).toBe('CONFLICT');
    await note(conversation, 'No lilies');
    const later = await aTalk();
    await theLink(later.conversation, customer?.id ?? '');
    const { preferences } = await megan.do('customer:read', { conversation: later.conversation });
    expect(preferences.map(({ text, reach }) => [text, reach])).toEqual([
      ['Calls, after six', 'phone'],
      ['No lilies', null],
    ]);
    const [seen] = (await remembered(visitor)).filter(({ id }) => id === draft.id);
    expect(seen).toMatchObject({ text: 'Calls, after six', quote: 'ring me after six' });
    await visitor.do('remembered:remove', { id: draft.id });
    expect(await inPane(later.conversation)).toEqual(['No lilies']);
    const { rows } = await relay.database.pool.query('select text, reach from preferences where id = $1', [
      draft.id,
    ]);
    expect(rows).toEqual([{ text: '', reach: null }]);
  });

  test('can become an idea for the next visit, which is carried out or forgotten', async () => {
    const { id } = await note(conversation, 'Their daughter plays the cello', { idea: 'Ask how it went' });
    const idea = (change: { idea: string | null; done?: boolean }) =>
      adaeze.do('preference:idea', { conversation, preference: id, ...change });
    expect(await idea({ idea: 'A card with a cello' })).toMatchObject({
      ...{
        id,
        idea: 'A card with a cello',
        ideaDone: false,
        reach: null,
        by: { fullName: 'Megan Kajitani' },
      },
    });
    expect(await idea({ idea: 'A card with a cello', done: true })).toMatchObject({ ideaDone: true });
    expect(await idea({ idea: 'A card with a cello' })).toMatchObject({ ideaDone: true });
    const seen = await eventually('the open pane is told', () =>
      megan.heard('customer:changed').find((one) => one.pane.preferences[0]?.ideaDone === true),
    );
    expect(seen.conversation).toBe(conversation);
    expect(await idea({ idea: 'A concert' })).toMatchObject({
      idea: 'A concert',
      ideaDone: false,
      reach: null,
    });
    expect(await idea({ idea: null })).toMatchObject({ idea: null, ideaDone: false, reach: null });
  });

  test('is removed by an agent from every pane at once, and its row stays with who did it', async () => {
    const { customer } = await theLink(conversation, { name: 'Omar Haddad' });
    const { id } = await note(conversation, 'No lilies');
    const other = await aTalk();
    await theLink(other.conversation, customer?.id ?? '');
    const request = { conversation, preference: id };
    await adaeze.do('preference:remove', request);
    await eventually('the other open pane is told', () =>
      megan
        .heard('customer:changed')
        .findLast((one) => one.conversation === other.conversation)
        ?.pane.preferences.every((one) => one.id !== id),
    );
    expect(await inPane(conversation)).toEqual([]);
    expect(await textsOf(visitor)).toEqual([]);
    await megan.do('preference:remove', request);
    expect(await stored(id)).toMatchObject({ gone: true, removed_by: adaeze.person.id });
    const idea = megan.ask('preference:idea', { ...request, idea: 'A card' });
    expect(await refusal(idea)).toBe('UNKNOWN');
  });

  test('of somebody else is unknown to every verb; the back office touches none', async () => {
    const other = await aTalk();
    const { id } = await note(other.conversation, 'No lilies');
    const elsewhere = { conversation, preference: id };
    expect(await refusal(megan.ask('preference:remove', elsewhere))).toBe('UNKNOWN');
    expect(await refusal(megan.ask('preference:idea', { ...elsewhere, idea: 'Roses' }))).toBe('UNKNOWN');
    const office = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
    const right = { conversation: other.conversation, preference: id };
    expect(await refusal(office.ask('preference:remove', right))).toBe('FORBIDDEN');
    expect(await refusal(office.ask('preference:idea', { ...right, idea: 'Roses' }))).toBe('FORBIDDEN');
    expect(await inPane(other.conversation)).toEqual(['No lilies']);
  });
});

describe('what a visitor sees of it', () => {
  test('who was noted in this browser’s conversations, with words, person and time, and no idea', async () => {
    const { id, at } = await note(conversation, 'No lilies', { quote: 'the cat', idea: 'Cat-safe bunch' });
    expect(await remembered(visitor)).toEqual([
      {
        ...{ kind: 'preference', id, at, text: 'No lilies', source: 'stated', quote: 'the cat' },
        person: { id: megan.person.id, fullName: 'Megan Kajitani' },
      },
    ]);
    const stranger = await aVisitor(relay);
    expect(await remembered(stranger)).toEqual([]);
    await stranger.say('Hello?');
    expect(await remembered(stranger)).toEqual([]);
  });

  test('an agent’s link proves nothing: what was noted elsewhere stays unseen, and cannot be removed', async () => {
    const signed = await aSignedTalk();
    const { id } = await note(signed.conversation, 'No lilies');
    const { customer } = await megan.do('customer:read', { conversation: signed.conversation });
    await theLink(conversation, customer?.id ?? '');
    await note(conversation, 'Mornings');
    expect(await inPane(conversation)).toEqual(['Mornings', 'No lilies']);
    expect(await textsOf(visitor)).toEqual(['Mornings']);
    // Answered as what was removed before, and nothing is.
    expect(await visitor.do('remembered:remove', { id })).toEqual({});
    const stranger = await aVisitor(relay);
    expect(await stranger.do('remembered:remove', { id })).toEqual({});
    expect(await stored(id)).toMatchObject({ gone: false });
    expect(await textsOf(signed.visitor)).toEqual(['Mornings', 'No lilies']);
  });

  test('with a site’s signature it is the customer’s whole list, from every browser', async () => {
    const first = await aSignedTalk();
    await note(first.conversation, 'No lilies');
    const second = await aSignedTalk(first.subject);
    await note(second.conversation, 'Mornings');
    expect(await textsOf(second.visitor)).toEqual(['Mornings', 'No lilies']);
    // The same browser without the signature sees its own conversations' alone.
    const unsigned = await aVisitor(relay, { token: first.visitor.token });
    expect(await textsOf(unsigned)).toEqual(['No lilies']);
    const another = await aSignedTalk();
    expect(await textsOf(another.visitor)).toEqual([]);
  });

  test('with a site’s signature they see and remove it before they have written from this browser', async () => {
    const first = await aSignedTalk();
    const { id } = await note(first.conversation, 'No lilies');
    const another = await aSignedTalk();
    const { id: others } = await note(another.conversation, 'Mornings');
    const identity = await signIdentity(secret, { sub: first.subject, name: 'Rosa Lind' });
    const fresh = await aVisitor(relay, { identity });
    expect(await textsOf(fresh)).toEqual(['No lilies']);
    await fresh.do('remembered:remove', { id: others });
    expect(await stored(others)).toMatchObject({ gone: false });
    await fresh.do('remembered:remove', { id });
    expect(await textsOf(fresh)).toEqual([]);
    expect(await stored(id)).toMatchObject({ gone: true, removed_by: null });
    const stranger = await aVisitor(relay, { identity: await signIdentity(secret, { sub: newId() }) });
    expect(await textsOf(stranger)).toEqual([]);
    expect(await remembered(await aVisitor(relay))).toEqual([]);
  });

  test('a signed browser whose record says now that an agent linked it is shown no other’s list', async () => {
    const [first, other] = [await aSignedTalk(), await aSignedTalk()];
    await note(other.conversation, 'No lilies');
    const { customer } = await megan.do('customer:read', { conversation: other.conversation });
    await relay.database.pool.query(
      `update visitors set customer_id = $1, linked_by = $2, linked_at = now()
       where id = (select visitor_id from conversations where id = $3)`,
      [customer?.id, megan.person.id, first.conversation],
    );
    expect(await inPane(first.conversation)).toEqual(['No lilies']);
    expect(await textsOf(first.visitor)).toEqual([]);
  });

  test('they remove their own, and it goes from every open pane', async () => {
    const first = await aSignedTalk();
    const { id } = await note(first.conversation, 'No lilies');
    const second = await aSignedTalk(first.subject);
    await second.visitor.do('remembered:remove', { id });
    for (const where of [first.conversation, second.conversation]) {
      await eventually('the open pane is told', () =>
        megan
          .heard('customer:changed')
          .some((one) => one.conversation === where && one.pane.preferences.length === 0),
      );
      expect(await inPane(where)).toEqual([]);
    }
    expect(await textsOf(first.visitor)).toEqual([]);
    await second.visitor.do('remembered:remove', { id });
    expect(await stored(id)).toMatchObject({ gone: true, removed_by: null });
  });

  test('what they remove is forgotten, in the record and in the log; what an agent removes keeps its words', async () => {
    const first = await aSignedTalk();
    const more = { quote: 'my cat eats lilies', idea: 'A cat-safe bunch' };
    const draft = {
      id: newId(),
      conversation: first.conversation,
      text: 'No lilies',
      source: 'stated',
    } as const;
    await megan.do('preference:note', { ...draft, ...more });
    const kept = await note(first.conversation, 'Mornings', more);
    await first.visitor.do('remembered:remove', { id: draft.id });
    await megan.do('preference:remove', { conversation: first.conversation, preference: kept.id });
    const words = async (id: string) => {
      const { rows } = await relay.database.pool.query(
        'select text, quote, idea from preferences where id = $1',
        [id],
      );
      return rows[0];
    };
    expect(await words(draft.id)).toEqual({ text: '', quote: null, idea: null });
    expect(await words(kept.id)).toEqual({ text: 'Mornings', ...more });
    const noted = async () =>
      (await megan.read(first.conversation)).flatMap((entry) =>
        entry.kind === 'preference-noted' ? [entry.text] : [],
      );
    expect(await noted()).toEqual(['removed by the customer', 'Mornings']);
    // The agent's browser did not hear the answer, and asks again.
    expect(await megan.do('preference:note', { ...draft, ...more })).toMatchObject({
      id: draft.id,
      text: '',
    });
    expect(await noted()).toHaveLength(2);
    const { rows } = await relay.database.pool.query(
      "select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    for (const { name } of rows) {
      const held = await relay.database.pool.query(
        `select 1 from "${name}" t where t::text like '%my cat eats lilies%' and t::text not like '%${kept.id}%'`,
      );
      expect(held.rows, name).toEqual([]);
    }
  });

  test('nobody linked, the pane of each of this browser’s conversations is told', async () => {
    const again = newId();
    await visitor.do('conversation:start', {
      ...{ token: visitor.token, conversation: again, locale: 'en' },
      message: { id: newId(), text: 'And another thing' },
    });
    const other = await megan.take({ ...visitor, conversation: again });
    const { id } = await note(conversation, 'No lilies');
    expect(await inPane(other)).toEqual(['No lilies']);
    const before = megan.heard('customer:changed').length;
    await visitor.do('remembered:remove', { id });
    await eventually('both panes are told', () => {
      const told = megan.heard('customer:changed').slice(before);
      const empty = told.filter((one) => one.pane.preferences.length === 0);
      return [conversation, other].every((where) => empty.some((one) => one.conversation === where));
    });
  });
});
