import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeToken } from '@fullname/shared/ids';
import { PROTOCOL } from '@fullname/shared/limits';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from './support/console-api.ts';
import { eventually } from './support/eventually.ts';
import { type Agent, anAgent, aVisitor, idOf, newId, refusal } from './support/people.ts';
import { openRawSocket } from './support/raw-socket.ts';
import { openRelay, type Relay } from './support/relay.ts';
import { root } from './support/root.ts';

let relay: Relay;
let megan: Agent;
let xuemei: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
});
afterAll(() => relay.close());

/** One number a door, so that a leak tells which door it came through; all pass Luhn. */
const CARDS = {
  start: '4111 1111 1111 1111',
  send: '4012888888881881',
  fullWidth: '５４５４５４５４５４５４５４５４',
  page: '5105105105105100',
  reply: '5500-0000-0000-0004',
  note: '3782 822463 10005',
  draft: '6011 1111 1111 1117',
  handOver: '3530111333300000',
  farewell: '5555 5555 5555 4444',
  failure: '4222 2222 2222 2220',
  preference: '4000056655665556',
  promise: '2223003122003222',
  name: '6200 0000 0000 0005',
  change: '4917 6100 0000 0000',
} as const;
const masked = (card: string) => `•••• •••• •••• ${card.replace(/\D/g, '').slice(-4)}`;

/** Whether any of the numbers is to be read in it, however it is written there. */
function cardsRead(text: string): string[] {
  const digits = text.normalize('NFKC').replace(/[\s-]/g, '');
  return Object.entries(CARDS)
    .filter(([, card]) => digits.includes(card.normalize('NFKC').replace(/\D/g, '')))
    .map(([door]) => door);
}

/** Every row of every table, as text. */
async function wholeStore(): Promise<string> {
  const { pool } = relay.database;
  const { rows: tables } = await pool.query<{ name: string }>(
    `select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${name} t`);
    texts.push(...rows.map(({ row }) => row));
  }
  return texts.join('\n');
}

describe('a card number that a client sends in the open', () => {
  test('is masked before it is stored, told, listed, found or drafted, through every door', async () => {
    const frames: string[] = [];
    const token = makeToken(randomBytes);
    const wire = await openRawSocket({
      url: relay.origin.replace('http', 'ws'),
      namespace: '/visitor',
      auth: {
        ...{ protocol: PROTOCOL, site: relay.site.key, locale: 'en', token },
        page: { url: `https://shop.example/pay?card=${CARDS.page}`, title: `Card ${CARDS.page}` },
      },
      headers: { origin: relay.origin },
      onFrame: (frame) => frames.push(frame),
    });
    const conversation = newId();
    const first = { id: newId(), text: `My card is ${CARDS.start}, why is it declined?` };
    frames.push(
      JSON.stringify([
        await wire.ask('conversation:start', { token, conversation, message: first, locale: 'en' }),
        await wire.ask('message:send', { conversation, id: newId(), text: `and ${CARDS.send}` }),
        await wire.ask('message:send', { conversation, id: newId(), text: `还有${CARDS.fullWidth}` }),
        await wire.ask('page:view', {
          url: `https://shop.example/pay?card=${CARDS.page}`,
          title: `Card ${CARDS.page}`,
        }),
      ]),
    );

    const visitor = await aVisitor(relay, { token, conversation });
    const id = await megan.take(visitor);
    const one = { conversation: id };
    const told = [
      await megan.say(id, `Is it ${CARDS.reply}?`),
      await megan.note(id, `Said ${CARDS.note}`),
      await megan.do('draft:save', { ...one, text: `Your card ${CARDS.draft}` }),
      await megan.do('customer:link', { ...one, id: newId(), customer: { name: `Lind ${CARDS.name}` } }),
      await megan.do('failure:log', { ...one, id: newId(), what: `charged ${CARDS.failure} twice` }),
      await megan.do('preference:note', {
        ...{ ...one, id: newId(), text: `pays with ${CARDS.preference}` },
        ...{ source: 'stated', quote: CARDS.preference },
      }),
      await megan.do('promise:make', {
        ...{ ...one, id: newId(), text: `refund ${CARDS.promise}`, due: '2030-01-01T00:00:00Z' },
      }),
      await megan.do('conversation:open', one),
      await call({ origin: relay.origin, cookie: relay.owner }, 'POST /api/book/changes', {
        ...{ id: newId(), target: null, kind: 'phrase', example: `Charge ${CARDS.change}` },
        body: {
          locale: 'en',
          situation: 'hello',
          text: CARDS.change,
          reason: CARDS.change,
          notWhen: null,
          tags: [],
        },
      }),
      await megan.do('conversation:hand-over', {
        ...{ ...one, id: newId(), to: xuemei.person.id, note: `card ${CARDS.handOver}` },
      }),
      await xuemei.do('conversation:close', { ...one, id: newId(), farewell: `Bye, ${CARDS.farewell}` }),
      await megan.read(id),
      await megan.do('conversation:list', { view: 'all' }),
    ];

    await eventually('the last words are told', () => frames.some((frame) => frame.includes('Bye, ')));
    const heard = (
      ['message:sent', 'conversation:changed', 'rows:changed', 'customer:changed', 'page:viewed'] as const
    ).flatMap((name) => [...megan.heard(name), ...xuemei.heard(name)]);
    expect(heard.length).toBeGreaterThan(3);
    const store = await wholeStore();
    expect(store).toContain(masked(CARDS.start));
    expect(store).toContain('••••-••••-••••-0004');
    expect({
      store: cardsRead(store),
      frames: cardsRead(frames.join('\n')),
      told: cardsRead(JSON.stringify(told)),
      heard: cardsRead(JSON.stringify(heard)),
    }).toEqual({ store: [], frames: [], told: [], heard: [] });
    wire.close();
  });

  test('is the same message when it is sent again, masked or not; other words are a conflict', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Hello?');
    const { conversation } = visitor;
    const message = { conversation, id: newId(), text: `Try ${CARDS.send} please` };
    const stored = await visitor.do('message:send', message);
    expect('text' in stored && stored.text).toBe('Try ••••••••••••1881 please');
    expect(await visitor.do('message:send', message)).toEqual(stored);
    const again = { ...message, text: 'Try ••••••••••••1881 please' };
    expect(await visitor.do('message:send', again)).toEqual(stored);
    const other = { ...message, text: 'Try ••••••••••••1882 please' };
    expect(await refusal(visitor.ask('message:send', other))).toBe('CONFLICT');
  });

  test('is found by its last four digits, and by nothing else of it', async () => {
    const visitor = await aVisitor(relay);
    await visitor.say('Heliotrope 6761 0000 0000 0006 was refused');
    const id = await eventually('it is stored', () => idOf(relay, visitor));
    const found = async (query: string) =>
      (await megan.do('conversation:list', { view: 'all', query })).rows.some((row) => row.id === id);
    await eventually('it is in the index', () => found('heliotrope'));
    expect(await found('heliotrope 0006')).toBe(true);
    expect(await found('heliotrope 6761')).toBe(false);
  });

  test('leaves an order number alone', async () => {
    const visitor = await aVisitor(relay);
    const entry = await visitor.say('Where is order 4111111111111111?');
    expect('text' in entry && entry.text).toBe('Where is order 4111111111111111?');
  });
});

describe('the doors themselves', () => {
  test('words are taken in by one function: no schema of sockets or routes repairs them by itself', () => {
    const folders = ['server/src/sockets', 'server/src/http'];
    const files = folders.flatMap((folder) =>
      readdirSync(join(root, folder)).map((name) => join(folder, name)),
    );
    const text = (file: string) => readFileSync(join(root, file), 'utf8');
    expect(files.filter((file) => text(file).includes('repairText'))).toEqual([]);
    expect(files.filter((file) => text(file).includes('takeIn')).length).toBeGreaterThan(1);
  });
});
