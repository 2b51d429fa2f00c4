/** Somebody says hello first on a page: who may learn it, and what becomes of it when a visitor answers. */
import type { HelloRule } from '@fullname/shared/site-settings';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

const SHOP = 'https://shop.example';

let relay: Relay;
let megan: Agent;
let lin: Agent;
let tomas: Agent;

const aHello = (rule: Partial<HelloRule>): HelloRule => ({
  ...{ id: 'peonies', pages: [], afterSeconds: 0, returning: null, person: null, locale: null },
  ...{ text: 'The peonies are in. Shall I put some aside?', ...rule },
});

async function set(hellos: readonly HelloRule[]): Promise<void> {
  const owner = { origin: relay.origin, cookie: relay.owner };
  await call(owner, `PUT /api/sites/${relay.site.id}/settings`, { hellos });
}

beforeAll(async () => {
  relay = await openRelay({ hosts: [SHOP] });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani', title: 'Florist adviser' });
  lin = await anAgent(relay, { given: '怡君', family: '林' });
  tomas = await anAgent(relay, { given: 'Tomás', family: 'Echeverría', role: 'back-office' });
  await set([
    aHello({ person: megan.person.id }),
    aHello({ id: 'anybody', text: '您好！' }),
    aHello({ id: 'office', person: tomas.person.id }),
  ]);
});
afterAll(() => relay.close());

const ask = (path: string, headers: Record<string, string> = { origin: SHOP }) =>
  fetch(`${relay.origin}/w/hello/${path}`, { headers });
const read = async (path: string): Promise<unknown> => {
  const text = await (await ask(path)).text();
  return JSON.parse(text.replace(/^export default /, ''));
};
const byMegan = () => `${relay.site.key}/peonies.js`;
const isSaid = (person: Agent, here: boolean) =>
  eventually('it is known who is here', async () => {
    const now = (await read(`${relay.site.key}/anybody.js?person=${person.person.id}`)) as { here: boolean };
    return now.here === here;
  });

describe('what a page is told', () => {
  test('is who signs it, whether they are there now, and the words; for its origin alone, and for a moment', async () => {
    await isSaid(megan, true);
    const answer = await ask(byMegan());
    expect(answer.status).toBe(200);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'public, max-age=15',
      'access-control-allow-origin': SHOP,
      'cross-origin-resource-policy': 'cross-origin',
      vary: 'Origin',
    });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(await read(byMegan())).toEqual({
      person: { id: megan.person.id, fullName: 'Megan Kajitani' },
      ...{ title: 'Florist adviser', here: true, text: 'The peonies are in. Shall I put some aside?' },
    });
  });

  test('is that the signer is not there, as soon as they have gone', async () => {
    await megan.do('presence:set', { here: false });
    await isSaid(megan, false);
    expect(await read(byMegan())).toMatchObject({ here: false });
    await megan.do('presence:set', { here: true });
    await isSaid(megan, true);
    expect(await read(byMegan())).toMatchObject({ here: true });
  });

  test('names who would answer where nobody signs it, and keeps to whom was named; never the back office', async () => {
    const anybody = `${relay.site.key}/anybody.js`;
    expect([megan.person.id, lin.person.id]).toContain(
      ((await read(anybody)) as { person: { id: string } }).person.id,
    );
    expect(await read(`${anybody}?person=${lin.person.id}`)).toMatchObject({
      person: { fullName: '林怡君' },
    });
    expect(await read(`${anybody}?person=${tomas.person.id}`)).toBeNull();
    expect(await read(`${anybody}?person=${newId()}`)).toBeNull();
    expect(await read(`${relay.site.key}/office.js`)).toBeNull();
    // What one person signs, nobody else says.
    expect(await read(`${byMegan()}?person=${lin.person.id}`)).toBeNull();
  });

  test.each([
    'https://evil.example',
    'https://shop.example.evil.example',
    'http://shop.example',
    'null',
    '',
    'https://shop.example:444',
  ])('is nothing for a page of %j', async (origin) => {
    const answer = await ask(byMegan(), { origin });
    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
    expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(await answer.text()).not.toContain('Megan');
  });

  test('is nothing for another page’s script tag, which sends no Origin; the chat’s own document sends none either', async () => {
    expect((await ask(byMegan(), { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await ask(byMegan(), { 'sec-fetch-site': 'same-origin' })).status).toBe(200);
    expect((await ask(byMegan(), { origin: relay.origin })).status).toBe(200);
  });

  test.each([
    ...['__proto__.js', 'constructor.js', 'toString.js', '0.js', 'length.js', 'peonies', 'peonies.js.js'],
    ...[
      'peonies.json',
      '.js',
      '%00.js',
      'peonies%2f..js',
      `${'a'.repeat(65)}.js`,
      'peonies.js?person=nobody',
    ],
    ...[`peonies.js?person=${newId()}&person=${newId()}`, "anybody.js?person=1'%20or%201=1"],
  ])('is nothing of a hello that there is not: %s', async (file) => {
    const answer = await ask(`${relay.site.key}/${file}`);
    const text = await answer.text();
    expect(text).not.toContain('Megan');
    if (answer.status === 200) expect(text).toBe('export default null');
    else expect([400, 404]).toContain(answer.status);
  });

  test.each(['nowhere', '__proto__', 'constructor'])(
    'is nothing of a site that there is not: %s',
    async (key) => {
      expect((await ask(`${key}/peonies.js`)).status).toBe(404);
    },
  );
});

describe('a hello that is answered', () => {
  const shown = (visitor: Visitor, hello: string, person: Agent) =>
    visitor.do('hello:show', { hello, person: person.person.id });

  test('stands before the first words, in the settings’ words, and is offered to its signer first', async () => {
    const visitor = await aVisitor(relay);
    await shown(visitor, 'anybody', lin);
    await visitor.say('有芍药吗？');
    expect(await visitor.read()).toMatchObject([
      {
        ...{ kind: 'greeted', hello: 'anybody', text: '您好！', publicSeq: 1 },
        ...{ person: { id: lin.person.id, fullName: '林怡君' } },
      },
      { kind: 'message', publicSeq: 2, author: { kind: 'visitor' } },
    ]);
    expect((await lin.find(visitor)).offeredTo?.fullName).toBe('林怡君');
    // A hello of the page's is none of the person's own: these first words are.
    const conversation = await lin.take(visitor);
    expect((await lin.say(conversation, '有的。')).kind).toBe('hello');
    expect((await lin.read(conversation)).map(({ kind }) => kind)).toEqual([
      ...['greeted', 'message', 'joined', 'hello'],
    ]);
  });

  test('is stored once, however often the first words are tried', async () => {
    const visitor = await aVisitor(relay);
    const { token, conversation } = visitor;
    const request = { token, conversation, message: { id: newId(), text: 'Yes?' }, locale: 'en' as const };
    await shown(visitor, 'peonies', megan);
    await visitor.do('conversation:start', request);
    await shown(visitor, 'peonies', megan);
    await visitor.do('conversation:start', request);
    const again = await aVisitor(relay, { token, conversation });
    await shown(again, 'peonies', megan);
    await again.do('message:send', { conversation, ...request.message });
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual(['greeted', 'message']);
  });

  test('leads on a conversation that was over, and is nothing in one that is under way', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Good morning.');
    const conversation = await lin.take(visitor);
    await lin.say(conversation, 'Good morning.');
    await shown(visitor, 'peonies', megan);
    await visitor.say('One more thing.');
    await lin.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye.' });
    await shown(visitor, 'peonies', megan);
    const id = newId();
    await visitor.do('message:send', { conversation: visitor.conversation, id, text: 'Yes, please.' });
    await shown(visitor, 'peonies', megan);
    await visitor.do('message:send', { conversation: visitor.conversation, id, text: 'Yes, please.' });
    expect((await visitor.read()).slice(-3).map(({ kind }) => kind)).toEqual([
      ...['farewell', 'greeted', 'message'],
    ]);
    expect((await visitor.read()).filter(({ kind }) => kind === 'greeted')).toHaveLength(1);
    await eventually(
      'it is offered to her',
      async () => (await megan.find(visitor)).offeredTo?.fullName === 'Megan Kajitani',
    );
  });

  test('is left out where it is none of the site’s, or not that person’s; the words count', async () => {
    const wrong = [
      ['__proto__', megan],
      ['constructor', megan],
      ['peonies', lin],
      ['anybody', tomas],
      ['office', tomas],
    ] as const;
    for (const [hello, person] of wrong) {
      const visitor = await aVisitor(relay);
      await shown(visitor, hello, person);
      await visitor.say('Hello?');
      expect(
        (await visitor.read()).map(({ kind }) => kind),
        hello,
      ).toEqual(['message']);
    }
  });

  test('is parsed at the door: its words cannot come along', async () => {
    const visitor = await aVisitor(relay);
    const person = megan.person.id;
    for (const request of [
      { hello: 'peonies', person, text: 'We pay you back double.' },
      { hello: 'a b', person },
      { hello: '', person },
      { hello: 'peonies', person: 'Megan Kajitani' },
      { hello: ['peonies'], person },
    ])
      expect(await refusal(visitor.ask('hello:show', request as never))).toBe('INVALID_PAYLOAD');
    await visitor.say('Hello?');
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual(['message']);
  });

  test('which the owner has taken away meanwhile is not said by anybody', async () => {
    const visitor = await aVisitor(relay);
    await set([aHello({ id: 'gone', person: megan.person.id })]);
    await shown(visitor, 'gone', megan);
    await set([]);
    await visitor.say('Hello?');
    expect((await visitor.read()).map(({ kind }) => kind)).toEqual(['message']);
  });
});

test('one address is told so often and not more often, and when it may ask again', async () => {
  const statuses: number[] = [];
  for (let times = 0; times < 300; times += 20) {
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(byMegan())));
    statuses.push(...answers.map(({ status }) => status));
  }
  const told = statuses.filter((status) => status === 200).length;
  expect(told).toBeGreaterThan(150);
  expect(told).toBeLessThan(300);
  const refused = await ask(byMegan());
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});
