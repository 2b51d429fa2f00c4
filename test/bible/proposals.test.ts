import { randomUUID } from 'node:crypto';
import type { Book, BookSettings, Change, Version } from '@fullname/shared/book';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anAgent } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { adding, addingRule, colleague, type Member, ownerOf, phrase, rule } from './people.ts';

let relay: Relay;
let owner: Member;
let other: Member;
let megan: Member;
let yijun: Member;
let clerk: Member;

beforeAll(async () => {
  relay = await openRelay();
  owner = ownerOf(relay);
  [other, megan, yijun, clerk] = await Promise.all([
    colleague(relay, { given: 'Carol', family: 'Jones', role: 'owner' }),
    colleague(relay, { given: 'Megan', family: 'Kajitani' }),
    colleague(relay, { given: '怡君', family: '林' }),
    colleague(relay, { given: 'Billy', family: 'Osei', role: 'back-office' }),
  ]);
}, 60_000);
afterAll(() => relay?.close());

const decide = (by: Member, change: string, decision: string, why?: string) =>
  by.ask<Change>(`POST /api/book/changes/${change}/decision`, {
    decision,
    ...(why !== undefined && { why }),
  });
const vote = (by: Member, change: string, value: number) =>
  by.ask<Change>(`PUT /api/book/changes/${change}/vote`, { vote: value });
const comment = (by: Member, change: string, text: string, id = randomUUID()) =>
  by.ask<Change>(`POST /api/book/changes/${change}/comments`, { id, text });
const publish = (by: Member, note = '') => by.ask<Version>('POST /api/book/versions', { note });
const inBook = async (text: string) => (await owner.book()).phrases.find((one) => one.text === text);
const pending = async (id: string) => (await megan.book()).changes.find((one) => one.id === id);
/** A published phrase. */
const aPhrase = async (text: string): Promise<string> => {
  await owner.propose(adding(phrase(text), { decide: 'publish' }));
  return (await inBook(text))?.id ?? '';
};

describe('the life of a proposal', () => {
  test('an agent proposes, colleagues comment and vote, an owner accepts and publishes, everybody acknowledges', async () => {
    const before = await megan.book();
    const draft = adding(phrase('Good day, {customer.name|there}.'), { example: 'Hi buddy!' });
    const change = await megan.propose(draft);
    expect(change).toMatchObject({
      id: draft.id,
      kind: 'phrase',
      target: null,
      body: draft.body,
      state: 'open',
      example: 'Hi buddy!',
      by: { fullName: 'Megan Kajitani' },
      decidedBy: null,
      why: null,
      comments: [],
      votes: { for: 0, against: 0, mine: 0 },
    });
    expect(await inBook('Good day, {customer.name|there}.')).toBeUndefined();
    expect((await megan.book()).revision).toBe(before.revision + 1);

    await comment(yijun, change.id, 'Warm, and short.');
    await comment(clerk, change.id, 'I like it.');
    await vote(yijun, change.id, 1);
    await vote(clerk, change.id, -1);
    expect(await vote(owner, change.id, 1)).toMatchObject({
      ok: true,
      value: { votes: { for: 2, against: 1, mine: 1 } },
    });
    const talked = await pending(change.id);
    expect(talked?.comments.map(({ by, text }) => [by.fullName, text])).toEqual([
      ['林怡君', 'Warm, and short.'],
      ['Billy Osei', 'I like it.'],
    ]);
    expect(talked?.votes).toEqual({ for: 2, against: 1, mine: 0 });

    expect(await decide(owner, change.id, 'accept', 'Yes.')).toMatchObject({
      ok: true,
      value: { state: 'accepted', decidedBy: { fullName: 'Ruth Asante' }, why: 'Yes.' },
    });
    expect(await inBook('Good day, {customer.name|there}.')).toBeUndefined();
    expect(await publish(owner, 'A warmer hello.')).toMatchObject({
      ok: true,
      value: {
        version: before.version + 1,
        by: { fullName: 'Ruth Asante' },
        note: 'A warmer hello.',
        changes: [{ kind: 'phrase', before: null, after: draft.body }],
        acknowledged: { by: 0, of: 5 },
      },
    });
    expect(await inBook('Good day, {customer.name|there}.')).toMatchObject({
      ...draft.body,
      by: { fullName: 'Megan Kajitani' },
    });
    expect(await pending(change.id)).toBeUndefined();

    const version = before.version + 1;
    expect((await yijun.book()).acknowledged).toBeLessThan(version);
    await yijun.do('POST /api/book/acknowledged', { version });
    expect((await yijun.book()).acknowledged).toBe(version);
    await yijun.do('POST /api/book/acknowledged', { version: version - 1 });
    expect((await yijun.book()).acknowledged).toBe(version);
    const [latest] = await megan.do<Version[]>(`GET /api/book/versions?after=${before.version}`);
    expect(latest?.acknowledged).toEqual({ by: 1, of: 5 });
    expect(JSON.stringify(latest)).not.toContain('怡君');
  });

  test('a phrase is changed and taken out, and each version keeps how it was', async () => {
    const target = await aPhrase('Hello you.');
    const changed = phrase('Hello again.', { tags: ['brief'], notWhen: 'at night' });
    await owner.propose(adding(changed, { target, decide: 'publish' }));
    expect((await owner.book()).phrases.find(({ id }) => id === target)).toMatchObject(changed);
    const gone = { id: randomUUID(), kind: 'phrase', target, body: null, decide: 'publish' } as const;
    await owner.propose(gone);
    expect((await owner.book()).phrases.find(({ id }) => id === target)).toBeUndefined();
    const [taken, turned] = await owner.do<Version[]>('GET /api/book/versions');
    expect(turned?.changes).toEqual([{ kind: 'phrase', before: phrase('Hello you.'), after: changed }]);
    expect(taken?.changes).toEqual([{ kind: 'phrase', before: changed, after: null }]);
  });

  test('a rule is added, changed and taken out', async () => {
    const draft = addingRule(rule({ title: 'Departments' }), { decide: 'publish' });
    await owner.propose(draft);
    const added = (await owner.book('en')).rules.find(({ title }) => title === 'Departments');
    expect(added).toMatchObject({ ...rule({ title: 'Departments' }), key: null, quietSince: null });
    const target = added?.id ?? '';
    await owner.propose(addingRule(rule({ title: 'Department' }), { target, decide: 'publish' }));
    expect((await owner.book()).rules.find(({ id }) => id === target)?.title).toBe('Department');
    await owner.propose({ id: randomUUID(), kind: 'rule', target, body: null, decide: 'publish' });
    expect((await owner.book()).rules.find(({ id }) => id === target)).toBeUndefined();
    expect((await owner.book('zh-Hans')).rules.every(({ locale }) => locale === 'zh-Hans')).toBe(true);
  });

  test('a rule that finds other words is judged anew; one with another title is not', async () => {
    await owner.propose(addingRule(rule({ title: 'Quiet one' }), { decide: 'publish' }));
    const found = async () => (await owner.book()).rules.find(({ title }) => title.startsWith('Quiet one'));
    const target = (await found())?.id ?? '';
    await owner.do(`POST /api/book/rules/${target}/quiet`, { quiet: true });
    await owner.propose(addingRule(rule({ title: 'Quiet one, still' }), { target, decide: 'publish' }));
    expect((await found())?.quietSince).not.toBeNull();
    const wider = rule({ title: 'Quiet one, wider', finds: ['not my department', 'not our department'] });
    await owner.propose(addingRule(wider, { target, decide: 'publish' }));
    expect((await found())?.quietSince).toBeNull();
  });

  test('what was declined keeps its reason, and can be reopened and published', async () => {
    const { id } = await megan.propose(adding(phrase('Yo.')));
    await decide(owner, id, 'decline', 'Too short.');
    expect(await pending(id)).toMatchObject({
      state: 'declined',
      why: 'Too short.',
      decidedBy: { fullName: 'Ruth Asante' },
    });
    expect(await comment(megan, id, 'But why?')).toEqual({ ok: false, code: 'DECIDED' });
    expect(await decide(owner, id, 'reopen')).toMatchObject({
      ok: true,
      value: { state: 'open', why: null, decidedBy: null },
    });
    await decide(owner, id, 'accept');
    await publish(owner);
    expect(await inBook('Yo.')).toBeDefined();
    expect(await decide(owner, id, 'reopen')).toEqual({ ok: false, code: 'DECIDED' });
  });

  test('every console is told of each change, with both numbers', async () => {
    const agent = await anAgent(relay, { given: 'Ana', family: 'Ruiz' });
    const { version, revision } = await owner.book();
    await megan.propose(adding(phrase('Told.')));
    await owner.propose(adding(phrase('Told and published.'), { decide: 'publish' }));
    await expect
      .poll(() => agent.heard('book:changed'))
      .toEqual([
        { version, revision: revision + 1 },
        { version: version + 1, revision: revision + 2 },
      ]);
  });
});

describe('who may what', () => {
  test('nobody without a session reads or writes the book', async () => {
    const ways = [
      'GET /api/book',
      'POST /api/book/changes',
      `PATCH /api/book/changes/${randomUUID()}`,
      `POST /api/book/changes/${randomUUID()}/comments`,
      `PUT /api/book/changes/${randomUUID()}/vote`,
      `POST /api/book/changes/${randomUUID()}/decision`,
      'POST /api/book/versions',
      'GET /api/book/versions',
      'POST /api/book/acknowledged',
      'GET /api/book/settings',
      'PATCH /api/book/settings',
      `POST /api/book/rules/${randomUUID()}/quiet`,
      'GET /api/book/figures',
      'GET /api/book/export?kind=rules&format=csv',
      'POST /api/book/import',
    ];
    for (const what of ways) {
      const [method = '', path = ''] = what.split(' ');
      const response = await fetch(relay.origin + path, {
        method,
        headers: { origin: relay.origin, 'content-type': 'application/json' },
        ...(method !== 'GET' && { body: '{}' }),
      });
      expect([what, response.status]).toEqual([what, 401]);
    }
  });

  test('only owners decide, publish, quiet rules and set settings', async () => {
    const { id } = await megan.propose(adding(phrase('Not yet.')));
    for (const member of [megan, yijun, clerk]) {
      const asked = [
        await decide(member, id, 'accept'),
        await publish(member),
        await member.ask('PATCH /api/book/settings', { refusal: 'off' }),
        await member.ask(`POST /api/book/rules/${randomUUID()}/quiet`, { quiet: true }),
      ];
      expect(asked).toEqual(asked.map(() => ({ ok: false, code: 'FORBIDDEN' })));
    }
  });

  test('what an agent wants decided is ignored, and proposed all the same', async () => {
    for (const decision of ['accept', 'publish'] as const) {
      const draft = adding(phrase(`Slipped in by ${decision}.`), { decide: decision });
      expect((await megan.propose(draft)).state).toBe('open');
      const again = await megan.ask<Change>(`PATCH /api/book/changes/${draft.id}`, draft);
      expect(again).toMatchObject({ ok: true, value: { state: 'open' } });
      expect(await inBook(`Slipped in by ${decision}.`)).toBeUndefined();
    }
  });

  test('back-office people propose, and change their own alone', async () => {
    const change = await clerk.propose(adding(phrase('From the back office.')));
    expect(change).toMatchObject({ state: 'open', by: { fullName: 'Billy Osei' } });
    const draft = { ...adding(phrase('From us.')), id: change.id };
    expect(await megan.ask(`PATCH /api/book/changes/${change.id}`, draft)).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
    expect(await clerk.ask(`PATCH /api/book/changes/${change.id}`, draft)).toMatchObject({
      ok: true,
      value: { body: { text: 'From us.' }, by: { fullName: 'Billy Osei' } },
    });
  });

  test('a proposer changes it while it is open, an owner until it is published', async () => {
    const { id } = await megan.propose(adding(phrase('First.')));
    const words = (text: string) => ({ ...adding(phrase(text)), id });
    await decide(owner, id, 'accept');
    expect(await megan.ask(`PATCH /api/book/changes/${id}`, words('Second.'))).toEqual({
      ok: false,
      code: 'DECIDED',
    });
    expect(await owner.ask(`PATCH /api/book/changes/${id}`, words('Third.'))).toMatchObject({
      ok: true,
      value: { state: 'accepted', body: { text: 'Third.' } },
    });
    await publish(owner);
    expect(await owner.ask(`PATCH /api/book/changes/${id}`, words('Fourth.'))).toEqual({
      ok: false,
      code: 'DECIDED',
    });
    expect(await inBook('Third.')).toMatchObject({ by: { fullName: 'Megan Kajitani' } });
  });

  test('nobody votes on their own, and votes on other words are forgotten', async () => {
    const { id } = await megan.propose(adding(phrase('Vote for me.')));
    expect(await vote(megan, id, 1)).toEqual({ ok: false, code: 'FORBIDDEN' });
    await vote(yijun, id, 1);
    await vote(yijun, id, 1);
    await vote(clerk, id, -1);
    await vote(clerk, id, 0);
    expect((await pending(id))?.votes).toEqual({ for: 1, against: 0, mine: 0 });
    await megan.ask(`PATCH /api/book/changes/${id}`, { ...adding(phrase('Vote for us.')), id });
    expect((await pending(id))?.votes).toEqual({ for: 0, against: 0, mine: 0 });
    await decide(owner, id, 'accept');
    expect(await vote(yijun, id, 1)).toEqual({ ok: false, code: 'DECIDED' });
  });

  test('what is not there is not found', async () => {
    const nobody = randomUUID();
    const missing = [
      await comment(megan, nobody, 'Hello?'),
      await vote(megan, nobody, 1),
      await decide(owner, nobody, 'accept'),
      await megan.ask(`PATCH /api/book/changes/${nobody}`, { ...adding(phrase('Hi.')), id: nobody }),
      await megan.ask('POST /api/book/changes', adding(phrase('Hi.'), { target: nobody })),
      await megan.ask('POST /api/book/changes', addingRule(rule(), { target: nobody })),
      await megan.ask('POST /api/book/acknowledged', { version: 9_999 }),
      await megan.ask('POST /api/book/acknowledged', { version: 0 }),
      await owner.ask(`POST /api/book/rules/${nobody}/quiet`, { quiet: true }),
      await megan.ask('PATCH /api/book/changes/not-an-id', { ...adding(phrase('Hi.')) }),
    ];
    expect(missing).toEqual(missing.map(() => ({ ok: false, code: 'UNKNOWN' })));
  });
});

describe('a retry', () => {
  test('of a proposal finds it, whatever has become of it; the same id for something else is refused', async () => {
    const draft = adding(phrase('Once.', { tags: ['brief'], notWhen: 'never' }), { example: 'A sentence.' });
    const first = await megan.propose(draft);
    const { revision } = await megan.book();
    expect(await megan.propose(draft)).toEqual(first);
    expect((await megan.book()).revision).toBe(revision);
    for (const [by, values] of [
      [megan, { body: phrase('Twice.') }],
      [megan, { example: 'Another sentence.' }],
      [yijun, {}],
    ] as const)
      expect(await by.ask('POST /api/book/changes', { ...draft, ...values })).toEqual({
        ok: false,
        code: 'CONFLICT',
      });
    await decide(owner, draft.id, 'accept');
    expect((await megan.propose(draft)).state).toBe('accepted');
  });

  test('of an owner’s publication publishes once', async () => {
    const draft = adding(phrase('Once and at once.'), { decide: 'publish' });
    const [one, two] = await Promise.all([owner.propose(draft), owner.propose(draft)]);
    expect([one.state, two.state]).toEqual(['published', 'published']);
    const { version } = await owner.book();
    expect((await owner.propose(draft)).state).toBe('published');
    expect((await owner.book()).version).toBe(version);
    expect((await owner.book()).phrases.filter(({ text }) => text === 'Once and at once.')).toHaveLength(1);
  });

  test('of a comment says it once; the same id for other words is refused', async () => {
    const { id } = await megan.propose(adding(phrase('Talk about me.')));
    const own = randomUUID();
    await comment(yijun, id, 'Good.', own);
    expect(await comment(yijun, id, 'Good.', own)).toMatchObject({
      ok: true,
      value: { comments: [{ text: 'Good.' }] },
    });
    expect(await comment(yijun, id, 'Bad.', own)).toEqual({ ok: false, code: 'CONFLICT' });
    expect(await comment(megan, id, 'Good.', own)).toEqual({ ok: false, code: 'CONFLICT' });
  });

  test('of a decision changes nothing; another owner’s word comes too late', async () => {
    const { id } = await megan.propose(adding(phrase('Decide on me.')));
    const first = await decide(owner, id, 'decline', 'No.');
    const { revision } = await owner.book();
    expect(await decide(owner, id, 'decline', 'No.')).toEqual(first);
    expect((await owner.book()).revision).toBe(revision);
    expect(await decide(other, id, 'accept')).toEqual({ ok: false, code: 'DECIDED' });
    expect(await decide(other, id, 'decline', 'No!')).toEqual({ ok: false, code: 'DECIDED' });
  });
});

describe('at the same time', () => {
  test('two owners publish: one version, each entry once, and the second is told', async () => {
    const texts = ['Race one.', 'Race two.', 'Race three.'];
    for (const text of texts) await owner.propose(adding(phrase(text), { decide: 'accept' }));
    const { version } = await owner.book();
    const results = await Promise.all([publish(owner), publish(other), publish(owner)]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const codes = results.flatMap((result) => (result.ok ? [] : [result.code]));
    expect(codes).toEqual(['NOTHING_TO_PUBLISH', 'NOTHING_TO_PUBLISH']);
    const book = await owner.book();
    expect(book.version).toBe(version + 1);
    expect(book.phrases.filter(({ text }) => texts.includes(text)).map(({ text }) => text)).toEqual(texts);
  });

  test('two owners decide: one word holds', async () => {
    const { id } = await megan.propose(adding(phrase('Yes or no.')));
    const results = await Promise.all([decide(owner, id, 'accept'), decide(other, id, 'decline')]);
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.find((result) => !result.ok)).toEqual({ ok: false, code: 'DECIDED' });
    await decide(owner, id, 'reopen');
  });

  test('many versions at once get a number each', async () => {
    const { version } = await owner.book();
    await Promise.all(
      [1, 2, 3, 4, 5, 6].map((number) =>
        (number % 2 === 0 ? owner : other).propose(
          adding(phrase(`At once ${number}.`), { decide: 'publish' }),
        ),
      ),
    );
    const versions = await owner.do<Version[]>(`GET /api/book/versions?after=${version}`);
    expect(versions.map((one) => one.version)).toEqual([6, 5, 4, 3, 2, 1].map((number) => version + number));
    expect(versions.every((one) => one.changes.length === 1)).toBe(true);
  });

  test('an entry that changed in between is not overwritten unseen: the proposal stays, and is written again', async () => {
    const target = await aPhrase('As it was.');
    const mine = await megan.propose(adding(phrase('As Megan wants it.'), { target }));
    await owner.propose(adding(phrase('As the owner wants it.'), { target, decide: 'publish' }));
    expect(await decide(owner, mine.id, 'accept')).toEqual({ ok: false, code: 'CONFLICT' });
    expect((await pending(mine.id))?.state).toBe('open');
    const again = { ...adding(phrase('As Megan wants it.'), { target }), id: mine.id };
    expect(await megan.ask(`PATCH /api/book/changes/${mine.id}`, again)).toMatchObject({ ok: true });
    expect(await decide(owner, mine.id, 'accept')).toMatchObject({ ok: true });
    const published = await publish(owner);
    expect(published).toMatchObject({
      ok: true,
      value: { changes: [{ before: phrase('As the owner wants it.'), after: phrase('As Megan wants it.') }] },
    });
  });

  test('an entry that was taken out is not changed: its proposal may become an addition', async () => {
    const target = await aPhrase('Soon gone.');
    const mine = await megan.propose(adding(phrase('Soon back.'), { target }));
    await owner.propose({ id: randomUUID(), kind: 'phrase', target, body: null, decide: 'publish' });
    expect(await decide(owner, mine.id, 'accept')).toEqual({ ok: false, code: 'CONFLICT' });
    const same = { ...adding(phrase('Soon back.'), { target }), id: mine.id };
    expect(await megan.ask(`PATCH /api/book/changes/${mine.id}`, same)).toEqual({
      ok: false,
      code: 'UNKNOWN',
    });
    const anew = { ...adding(phrase('Soon back.')), id: mine.id };
    expect(await megan.ask(`PATCH /api/book/changes/${mine.id}`, anew)).toMatchObject({
      ok: true,
      value: { target: null },
    });
    await owner.do(`PATCH /api/book/changes/${mine.id}`, { ...anew, decide: 'publish' });
    expect(await inBook('Soon back.')).toMatchObject({ by: { fullName: 'Megan Kajitani' } });
  });

  test('two changes of one entry are not accepted together', async () => {
    const target = await aPhrase('One of a kind.');
    const [one, two] = [
      await megan.propose(adding(phrase('One way.'), { target })),
      await yijun.propose(adding(phrase('Another way.'), { target })),
    ];
    expect(await decide(owner, one.id, 'accept')).toMatchObject({ ok: true });
    expect(await decide(owner, two.id, 'accept')).toEqual({ ok: false, code: 'CONFLICT' });
    const alone = adding(phrase('A third way.'), { target, decide: 'publish' });
    expect(await owner.ask('POST /api/book/changes', alone)).toEqual({ ok: false, code: 'CONFLICT' });
    expect(await pending(alone.id)).toBeUndefined();
    await publish(owner);
    expect((await owner.book()).phrases.find(({ id }) => id === target)?.text).toBe('One way.');
    expect((await pending(two.id))?.state).toBe('open');
  });
});

describe('what may not become part of the book', () => {
  test.each([
    ['a misspelt placeholder', phrase('Hello {customer.nmae}'), 'INVALID_PAYLOAD'],
    ['a placeholder left open', phrase('Hello {customer.name'), 'INVALID_PAYLOAD'],
    ['no words', phrase(' \u0000 '), 'EMPTY'],
    ['no reason', phrase('Hello.', { reason: '' }), 'EMPTY'],
    ['too many words', phrase('x'.repeat(1_001)), 'TOO_LONG'],
    ['a tag with spaces', phrase('Hello.', { tags: ['two words'] }), 'INVALID_PAYLOAD'],
    ['a field that is not asked for', { ...phrase('Hello.'), id: randomUUID() }, 'INVALID_PAYLOAD'],
  ])('a phrase with %s', async (_what, body, code) => {
    const { revision } = await megan.book();
    expect(await megan.ask('POST /api/book/changes', adding(body))).toEqual({ ok: false, code });
    expect((await megan.book()).revision).toBe(revision);
  });

  test.each([
    ['no pattern', rule({ finds: [] }), 'INVALID_PAYLOAD'],
    ['a pattern that cannot be read', rule({ finds: ['(not my'] }), 'BAD_PATTERN'],
    ['an exception that cannot be read', rule({ except: ['a)'] }), 'BAD_PATTERN'],
    ['no sentence that must fire', rule({ mustFire: [] }), 'INVALID_PAYLOAD'],
    ['no sentence that must not fire', rule({ mustNotFire: [] }), 'INVALID_PAYLOAD'],
    [
      'a sentence that should fire and does not',
      rule({ mustFire: [{ text: 'All is well.' }] }),
      'EXAMPLES_FAIL',
    ],
    [
      'a sentence that should not fire and does',
      rule({ mustNotFire: [{ text: 'Not my department!' }] }),
      'EXAMPLES_FAIL',
    ],
    ['a replacement with a slot nobody fills', rule({ sayInstead: ['Dear {name}'] }), 'INVALID_PAYLOAD'],
    [
      'too many patterns',
      rule({ finds: Array.from({ length: 61 }, (_, at) => `word ${at}x`) }),
      'INVALID_PAYLOAD',
    ],
    ['a title beyond all bounds', rule({ title: 'x'.repeat(121) }), 'TOO_LONG'],
    ['an unknown level', { ...rule(), level: 'fatal' }, 'INVALID_PAYLOAD'],
    ['an unknown condition', { ...rule(), when: ['full-moon'] }, 'INVALID_PAYLOAD'],
    ['a field nobody knows', { ...rule(), script: 'x' }, 'INVALID_PAYLOAD'],
  ])('a rule with %s', async (_what, body, code) => {
    expect(await megan.ask('POST /api/book/changes', addingRule(body as never))).toEqual({ ok: false, code });
  });

  test('but a rule at every bound, in Chinese, is taken', async () => {
    const long = (sign: string, length: number) => sign.repeat(length);
    const each = <Item>(count: number, make: (at: number) => Item) =>
      Array.from({ length: count }, (_, at) => make(at));
    const body = rule({
      locale: 'zh-Hans',
      title: long('题', 120),
      reason: long('因', 500),
      finds: each(60, (at) => `第${at}${long('句', 295)}`),
      except: each(60, (at) => `除${at}${long('外', 295)}`),
      sayInstead: each(10, (at) => `说${at}${long('法', 498)}`),
      mustFire: each(20, (at) => ({ text: `第${at}${long('句', 295)}，${long('好', 200)}` })),
      mustNotFire: each(20, (at) => ({ text: `第${at}，${long('句', 490)}` })),
    });
    expect(await megan.propose(addingRule(body))).toMatchObject({ state: 'open', body });
  });

  test('a change of nothing, into another language, or of another entry than it was', async () => {
    const target = await aPhrase('Stay what you are.');
    const nothing = { id: randomUUID(), kind: 'phrase', target: null, body: null };
    const foreign = adding(phrase('您好。', { locale: 'zh-Hans' }), { target });
    for (const draft of [nothing, foreign])
      expect(await megan.ask('POST /api/book/changes', draft)).toEqual({
        ok: false,
        code: 'INVALID_PAYLOAD',
      });
    const { id } = await megan.propose(adding(phrase('Something new.')));
    const turned = [
      { ...adding(phrase('Hi.'), { target }), id },
      { ...addingRule(rule()), id },
      adding(phrase('Hi.')),
    ];
    for (const draft of turned)
      expect(await megan.ask(`PATCH /api/book/changes/${id}`, draft)).toEqual({
        ok: false,
        code: 'INVALID_PAYLOAD',
      });
  });

  test('examples that fail by the time of publishing hold the whole version back', async () => {
    const { id } = await owner.propose(addingRule(rule({ title: 'Broken since' })));
    await decide(owner, id, 'accept');
    await relay.database.pool.query(
      `update book_changes set body = jsonb_set(body, '{finds}', '["no such words"]') where id = $1`,
      [id],
    );
    const { version } = await owner.book();
    expect(await publish(owner)).toEqual({ ok: false, code: 'EXAMPLES_FAIL' });
    expect((await owner.book()).version).toBe(version);
    await decide(owner, id, 'reopen');
    await decide(owner, id, 'decline');
  });
});

describe('the settings', () => {
  test('an owner sets them, what is not named stays, everybody reads them', async () => {
    expect(await megan.do<BookSettings>('GET /api/book/settings')).toEqual({ refusal: 'ask', contacts: [] });
    const { revision } = await owner.book();
    const contacts = [' help@bloom.example ', '+44 20 7946 0000', 'help@bloom.example'];
    await owner.do('PATCH /api/book/settings', { contacts });
    const settings = await owner.do<BookSettings>('PATCH /api/book/settings', { refusal: 'stop' });
    expect(settings).toEqual({ refusal: 'stop', contacts: ['help@bloom.example', '+44 20 7946 0000'] });
    await owner.do('PATCH /api/book/settings', { refusal: 'stop' });
    const book: Book = await yijun.book();
    expect(book.settings).toEqual(settings);
    expect(book.revision).toBe(revision + 2);
  });

  test.each([{ refusal: 'sometimes' }, { contacts: [''] }, { contacts: ['x'.repeat(300)] }, { other: 1 }])(
    '%j is refused',
    async (change) => {
      expect((await owner.ask('PATCH /api/book/settings', change)).ok).toBe(false);
    },
  );
});
