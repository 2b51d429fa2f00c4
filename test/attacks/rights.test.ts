import type { Site } from '@fullname/shared/api';
import type { AgentEvents } from '@fullname/shared/events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signIdentity } from '../../server/src/people/identity.ts';
import { agentSchemas, visitorSchemas } from '../../server/src/sockets/schemas.ts';
import { value, visitorUpload } from '../files/upload.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { PNG } from '../support/pictures.ts';
import { openRelay, type Relay } from '../support/relay.ts';

/** Every event there is, by everybody who should not: one that is added and not named here fails. */

let relay: Relay;
let megan: Agent;
let owner: Visitor;
let conversation: string;
/** Something that was offered to the visitor, and something that is remembered of them. */
let offer: string;
let preference: string;
/** A picture that the visitor has sent. */
let file: string;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  owner = await aVisitor(relay);
  await owner.say('Only for Megan Kajitani');
  conversation = await megan.take(owner);
  await megan.say(conversation, 'Your code word is heliotrope');
  const picture = newId();
  file = value(await visitorUpload(relay, owner, PNG, { id: picture })).file;
  await owner.do('file:send', { conversation: owner.conversation, id: picture, file });
  [offer, preference] = [newId(), newId()];
  const options = ['A heliotrope', 'Nothing'];
  await megan.do('extras:offer', { conversation, id: offer, text: 'Which?', options });
  await megan.do('preference:note', { conversation, id: preference, text: 'heliotropes', source: 'noticed' });
});
afterAll(() => relay.close());

const text = 'I am in';
const due = '2031-01-01T00:00:00Z';

/** A question of each kind that would be right from the right person. */
function visitorsQuestions(id: string): Record<keyof typeof visitorSchemas, object> {
  return {
    'conversation:start': {
      token: '0'.repeat(64),
      conversation: id,
      message: { id: newId(), text },
      locale: 'en',
    },
    'conversation:prepare': { token: '0'.repeat(64), conversation: id, locale: 'en' },
    'message:send': { conversation: id, id: newId(), text },
    'file:send': { conversation: id, id: newId(), file: newId() },
    'file:link': { conversation: id, file },
    'email:give': { conversation: id, id: newId(), email: 'nosy@example.com' },
    'entries:fetch': { conversation: id, after: 0 },
    'read:advance': { conversation: id, publicSeq: 1 },
    'delivered:advance': { conversation: id, publicSeq: 1 },
    'typing:show': { conversation: id },
    'people:find': {},
    'person:ask': { conversation: id, id: newId(), person: megan.person.id },
    'call-back:find': {},
    'call-back:book': { conversation: id, id: newId(), from: due, way: 'chat' },
    'call-back:move': { conversation: id, id: newId(), callBack: newId(), from: due },
    'call-back:cancel': { conversation: id, id: newId(), callBack: newId() },
    'page:view': { url: 'https://nosy.example/', title: 'Nosy' },
    'page:tell': {
      ...{ conversation: id, attributes: { plan: text } },
      events: [{ id: newId(), name: text, meta: {}, ago: 0 }],
    },
    'hello:show': { hello: 'nosy', person: megan.person.id },
    'extra:choose': { conversation: id, id: newId(), offer, choice: 0 },
    'farewell:answer': { conversation: id, id: newId(), question: 'how', text },
    'transcript:offer': { conversation: id },
    'transcript:ask': { conversation: id, id: newId(), locale: 'en', zone: 'UTC', email: 'nosy@example.com' },
    'transcript:confirm': { conversation: id, id: newId(), locale: 'en', zone: 'UTC', code: '000000' },
    'push:allow': { conversation: id, grant: '1'.repeat(64) },
    'remembered:read': {},
    'remembered:remove': { id: preference },
    'heads:ask': {},
  };
}

function agentsQuestions(id: string): Record<keyof typeof agentSchemas, object> {
  const one = { conversation: id, id: newId() };
  return {
    'conversation:list': { view: 'all' },
    'conversation:open': { conversation: id },
    'conversation:leave': { conversation: id },
    'entries:fetch': { conversation: id, after: 0 },
    'conversation:take': one,
    'message:send': { ...one, text },
    'note:send': { ...one, text },
    'file:send': { ...one, file: newId() },
    'file:link': { conversation: id, file },
    'conversation:hand-over': { ...one, to: megan.person.id, note: '' },
    'conversation:close': { ...one, farewell: text },
    'conversation:reopen': one,
    'conversation:put-aside': one,
    'conversation:situation': { conversation: id, situation: null },
    'customer:link': { ...one, customer: { name: text } },
    'customer:search': { query: 'a' },
    'customer:read': { conversation: id },
    'failure:log': { ...one, what: text },
    'failure:change': { ...one, failure: newId(), revision: 1, fields: { what: text } },
    'failure:step': { ...one, failure: newId(), stage: 'apologised' },
    'failure:check': { conversation: id, failure: newId(), check: newId(), done: true },
    'preference:note': { ...one, text, source: 'stated' },
    'promise:make': { ...one, text, due },
    'preference:remove': { conversation: id, preference: newId() },
    'preference:idea': { conversation: id, preference: newId(), idea: text },
    'promise:keep': { conversation: id, promise: newId() },
    'promise:move': { ...one, promise: newId(), due },
    'extras:offer': { ...one, text, options: [text, text] },
    'draft:save': { conversation: id, text },
    'read:advance': { conversation: id, seq: 1 },
    'delivered:advance': { conversation: id, seq: 1 },
    'typing:show': { conversation: id },
    'presence:set': { here: true },
    'writing:report': {
      ...{ conversation: id, message: newId(), situation: 'hello' },
      ...{ phrases: [], findings: [], request: null },
    },
    'alternatives:find': { conversation: id, asked: text },
    'heads:ask': { conversations: [id] },
  };
}

/** Begin a conversation of one's own, whatever its id. */
const BEGINNINGS: readonly string[] = ['conversation:start', 'conversation:prepare'];

/** What a visitor asks of no conversation: how another is answered, who finds nothing of their own. */
const ABOUT_ONESELF: Readonly<Record<string, string>> = {
  'page:view': 'ok',
  'hello:show': 'ok',
  'heads:ask': 'ok',
  'remembered:read': 'ok',
  'people:find': 'ok',
  'call-back:find': 'ok',
  'remembered:remove': 'ok',
};

/** The whole of what belongs to the visitor, as it lies in the store. */
async function stored(): Promise<unknown> {
  const { rows } = await relay.database.pool.query(
    `select to_jsonb(c) - 'agent_read' as c, to_jsonb(v) as v, (select to_jsonb(d) from page_data d where d.visitor_id = v.id) as told, (select count(*) from entries where conversation_id = c.id) as entries,
       (select jsonb_agg(o) from extras_offers o where o.conversation_id = c.id) as offers,
       (select jsonb_agg(p) from preferences p where p.conversation_id = c.id) as preferences
     from conversations c join visitors v on v.id = c.visitor_id where c.id = $1`,
    [conversation],
  );
  return rows;
}

describe.each(['websocket', 'polling'] as const)('over %s', (transport) => {
  test('another visitor, known or not yet, changes and learns nothing by any event', async () => {
    const before = await stored();
    const nosy = await aVisitor(relay, { transport });
    const known = await aVisitor(relay, { transport });
    await known.say('Hello?');
    for (const visitor of [nosy, known]) {
      for (const id of [owner.conversation, conversation]) {
        for (const [name, question] of Object.entries(visitorsQuestions(id))) {
          if (BEGINNINGS.includes(name) || name === 'typing:show') continue;
          const answer = await visitor.socket.timeout(30_000).emitWithAck(name, question);
          const expected = ABOUT_ONESELF[name] ?? 'UNKNOWN_CONVERSATION';
          expect([name, answer.ok ? 'ok' : answer.code]).toEqual([name, expected]);
          expect(JSON.stringify(answer)).not.toMatch(/heliotrope|Only for Megan/);
        }
        visitor.socket.emit('typing:show', { conversation: id });
      }
    }
    expect(await stored()).toEqual(before);
    expect(megan.heard('typing:shown')).toEqual([]);
    for (const visitor of [nosy, known]) visitor.close();
  });

  test('a visitor who asks for what is for agents is shown out, whatever it is', async () => {
    const before = await stored();
    for (const [name, question] of Object.entries(agentsQuestions(conversation))) {
      if (name in visitorSchemas) continue;
      const visitor = await aVisitor(relay, { transport });
      visitor.socket.emit(name, question, () => undefined);
      await eventually(`${name} closes the socket`, () => visitor.socket.disconnected);
    }
    expect(await stored()).toEqual(before);
  });
});

describe('the token', () => {
  test('opens nothing at another site, and cannot begin there', async () => {
    const console = { origin: relay.origin, cookie: relay.owner };
    const site = await call<Site>(console, 'POST /api/sites', { name: 'Another shop', hosts: [] });
    const there = await aVisitor(
      { ...relay, site },
      { token: owner.token, conversation: owner.conversation },
    );
    expect(there.heard('welcome')[0]?.conversations).toEqual([]);
    expect(await refusal(there.ask('entries:fetch', { conversation: owner.conversation }))).toBe(
      'UNKNOWN_CONVERSATION',
    );
    const start = {
      token: owner.token,
      conversation: newId(),
      message: { id: newId(), text },
      locale: 'en',
    } as const;
    expect(await refusal(there.ask('conversation:start', start))).toBe('BAD_TOKEN');
  });

  test('of one customer’s browser is refused with another’s identity, at the door and at a start', async () => {
    const { rows } = await relay.database.pool.query<{ identity_secret: string }>(
      'select identity_secret from sites where key = $1',
      [relay.site.key],
    );
    const secret = rows[0]?.identity_secret ?? '';
    const [rosa, ida] = [
      await signIdentity(secret, { sub: 'rosa', name: 'Rosa Lind' }),
      await signIdentity(secret, { sub: 'ida', name: 'Ida Berg' }),
    ];
    const hers = await aVisitor(relay, { identity: rosa });
    await hers.say('It is Rosa Lind');
    const { token } = hers;
    await expect(aVisitor(relay, { token, identity: ida })).rejects.toThrow('BAD_TOKEN');
    const next = await aVisitor(relay, { identity: ida });
    const start = {
      token,
      conversation: hers.conversation,
      message: { id: newId(), text },
      locale: 'en',
    } as const;
    expect(await refusal(next.ask('conversation:start', start))).toBe('BAD_TOKEN');
    expect((await hers.read()).map((entry) => 'text' in entry && entry.text)).toEqual(['It is Rosa Lind']);
  });
});

describe('at the desk', () => {
  const ALLOWED: readonly (keyof AgentEvents)[] = [
    ...([
      'conversation:list',
      'conversation:open',
      'conversation:leave',
      'entries:fetch',
      'note:send',
      'file:link',
    ] as const),
    ...(['customer:search', 'customer:read', 'draft:save', 'read:advance', 'heads:ask'] as const),
  ];

  test('the back office reads and leaves notes, and nothing else', async () => {
    const office = await anAgent(relay, { given: 'Bela', family: 'Novak', role: 'back-office' });
    const refused: string[] = [];
    for (const [name, question] of Object.entries(agentsQuestions(conversation))) {
      if (name === 'typing:show') continue;
      const answer = await office.socket.timeout(30_000).emitWithAck(name, question);
      if (!answer.ok) {
        expect([name, answer.code]).toEqual([name, 'FORBIDDEN']);
        refused.push(name);
      }
    }
    const all = Object.keys(agentSchemas).filter((name) => name !== 'typing:show');
    expect(refused.toSorted()).toEqual(
      all.filter((name) => !(ALLOWED as string[]).includes(name)).toSorted(),
    );
  });

  test('ids that are nobody’s are UNKNOWN or nothing, never an error of the relay', async () => {
    const nobody = newId();
    for (const [name, question] of Object.entries(agentsQuestions(nobody))) {
      if (name === 'typing:show') continue;
      const answer = await megan.socket.timeout(30_000).emitWithAck(name, question);
      const code = answer.ok ? 'ok' : answer.code;
      expect([name, code]).toEqual([name, expect.stringMatching(/^(ok|UNKNOWN|UNKNOWN_CONVERSATION)$/)]);
    }
    const { rowCount } = await relay.database.pool.query(
      'select 1 from customers where name = $1 union all select 1 from failures where what = $1 union all select 1 from promises where text = $1',
      [text],
    );
    expect(rowCount).toBe(0);
  });
});
