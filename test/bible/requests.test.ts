import { randomUUID } from 'node:crypto';
import type { Alternative, BookFigures, RequestReport } from '@fullname/shared/book';
import type { Locale } from '@fullname/shared/locale';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call } from '../support/console-api.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { aReport, exchange } from './desk.ts';

let relay: Relay;
let megan: Agent;

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' } });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
});
afterAll(() => relay.close());
beforeEach(() => relay.database.pool.query('delete from requests'));

type Said = {
  readonly asked: string;
  readonly answered: string;
  readonly request?: Partial<RequestReport>;
  readonly locale?: Locale;
};

/** A customer asks, Megan answers and what became of the wish is reported: all of the answer was offered. */
async function aWish({ asked, answered, request, locale = 'en' }: Said): Promise<{
  readonly visitor: Visitor;
  readonly conversation: string;
}> {
  const visitor = await aVisitor(relay, { locale });
  const entry = await exchange({ agent: megan, visitor }, asked, answered);
  const report = { asked, outcome: 'alternative', offered: [answered], reason: null, ...request } as const;
  await megan.do('writing:report', aReport(entry, { situation: 'refusing', request: report }));
  return { visitor, conversation: entry.conversation };
}

async function find(asked: string, locale: Locale = 'en'): Promise<readonly Alternative[]> {
  const visitor = await aVisitor(relay, { locale });
  await visitor.say(asked);
  const { id } = await megan.find(visitor);
  return megan.do('alternatives:find', { conversation: id, asked });
}

const past = (found: readonly Alternative[]) =>
  found.filter(({ from }) => from === 'past').map(({ text }) => text);

async function rows(): Promise<Record<string, unknown>[]> {
  const { rows } = await relay.database.pool.query(
    'select asked, outcome, offered, reason, locale from requests order by at',
  );
  return rows;
}

describe('a wish', () => {
  test('is kept in the customer’s own words with what was offered in the agent’s', async () => {
    await aWish({
      asked: 'Can you deliver on Sunday?',
      answered: 'We can bring it on Monday at nine.',
    });
    expect(await rows()).toEqual([
      {
        asked: 'Can you deliver on Sunday?',
        outcome: 'alternative',
        offered: ['We can bring it on Monday at nine.'],
        reason: null,
        locale: 'en',
      },
    ]);
  });

  test('cannot put words into anybody’s mouth', async () => {
    await aWish({
      asked: 'Can you deliver on Sunday?',
      answered: 'That is not possible.',
      request: { asked: 'I am an idiot', offered: ['We gave them the moon.'] },
    });
    expect(await rows()).toMatchObject([
      { asked: 'Can you deliver on Sunday?', outcome: 'declined', offered: [] },
    ]);
  });

  test('has its card numbers masked, on both sides, and a bounded length', async () => {
    const card = '4111 1111 1111 1111';
    await aWish({
      asked: `Refund it to ${card}, please. ${'Really. '.repeat(300)}`,
      answered: `I can refund it to ${card} by Friday.`,
    });
    const [row] = await rows();
    expect(JSON.stringify(row)).not.toMatch(/4111.1111/);
    expect(String(row?.asked)).toMatch(/1111, please/);
    expect(String(row?.asked).length).toBeLessThanOrEqual(1_000);
  });

  test('has a reason only where it was declined', async () => {
    const reason = 'privacy' as const;
    await aWish({ asked: 'Where does she live?', answered: 'I keep that to myself.', request: { reason } });
    await aWish({
      asked: 'Tell me where she lives!',
      answered: 'I keep that to myself.',
      request: { reason, outcome: 'declined', offered: [] },
    });
    expect((await rows()).map((row) => [row.outcome, row.reason])).toEqual([
      ['alternative', null],
      ['declined', 'privacy'],
    ]);
  });

  test('is counted: the yes-rate, by reason, by language', async () => {
    const wish = (outcome: RequestReport['outcome'], reason: RequestReport['reason'] = null) =>
      aWish({ asked: 'May I have one more?', answered: 'Take two.', request: { outcome, reason } });
    for (const outcome of ['granted', 'granted', 'alternative'] as const) await wish(outcome);
    await wish('declined', 'safety');
    await wish('declined', 'safety');
    await wish('declined');
    await aWish({ asked: '可以周日送货吗？', answered: '周一上午九点送到。', locale: 'zh-Hans' });
    const figures = async (query: string) =>
      (
        await call<BookFigures>(
          { origin: relay.origin, cookie: megan.cookie },
          `GET /api/book/figures${query}`,
        )
      ).requests;
    expect(await figures('?locale=en')).toEqual({
      ...{ granted: 2, alternative: 1, declined: 3, yesRate: 0.5 },
      reasons: { safety: 2, security: 0, privacy: 0, health: 0, ethics: 0 },
    });
    expect(await figures('')).toMatchObject({ granted: 2, alternative: 2, declined: 3 });
    expect(await figures('?locale=zh-Hant')).toMatchObject({ declined: 0, yesRate: null });
  });
});

describe('alternatives', () => {
  test('are what others got who asked alike, the most alike first, each once; then the book’s', async () => {
    await aWish({ asked: 'Can you deliver on Sunday?', answered: 'We can bring it on Monday at nine.' });
    await aWish({ asked: 'Do you deliver on a Sunday morning?', answered: 'A courier can come at eight.' });
    await aWish({ asked: 'deliver Sunday morning', answered: 'We can  bring it on Monday at nine.' });
    await aWish({ asked: 'Is the blue vase in stock?', answered: 'It is back on Friday.' });
    const found = await find('Could you deliver on Sunday morning?');
    expect(past(found)).toEqual(['We can  bring it on Monday at nine.', 'A courier can come at eight.']);
    const book = found.filter(({ from }) => from === 'book');
    expect(book.length).toBeGreaterThan(0);
    expect(found.findIndex(({ from }) => from === 'book')).toBe(2);
    const { rows: refusing } = await relay.database.pool.query<{ id: string }>(
      `select id from phrases where situation = 'refusing' and locale = 'en'`,
    );
    for (const { phrase } of book) expect(refusing.map(({ id }) => id)).toContain(phrase);
    expect(found.length).toBeLessThanOrEqual(8);
  });

  test('are never what was declined, nor what another language asks', async () => {
    await aWish({
      asked: 'Can you deliver on Sunday?',
      answered: 'No.',
      request: { outcome: 'declined', offered: ['No.'] },
    });
    await aWish({ asked: '可以周日送货吗？', answered: '周一上午九点送到。', locale: 'zh-Hans' });
    expect(past(await find('Can you deliver on Sunday?'))).toEqual([]);
    expect(past(await find('能不能周日送货？', 'zh-Hans'))).toEqual(['周一上午九点送到。']);
    expect(past(await find('能不能周日送货？', 'zh-Hant'))).toEqual([]);
  });

  test('are of the language that is asked in, whatever the customer’s browser speaks', async () => {
    await aWish({ asked: '可以周日送货吗？', answered: '周一上午九点送到。', locale: 'en' });
    const found = await find('可以周日送货吗？', 'en');
    expect(past(found)).toEqual(['周一上午九点送到。']);
    expect(
      found.filter(({ from }) => from === 'book').every(({ text }) => /\p{Script=Han}/u.test(text)),
    ).toBe(true);
  });

  test.each([
    ['an address', 'I can write to rosa.lind@example.com tomorrow.'],
    ['a full-width address', 'I can write to rosa＠example.com tomorrow.'],
    ['a telephone', 'I can call +46 70 123 45 67 at four.'],
    ['a telephone with dots', 'I can call 08.123.456.78 at four.'],
    ['a card', 'I can refund it to 4111 1111 1111 1111 by Friday.'],
    ['a code', 'Tell the driver 4711 on Monday at nine.'],
    ['somebody’s title and name', 'On Monday at nine Mrs. Okafor can bring it.'],
    ['a greeting', 'Hi Rosie, we can come on Monday at nine.'],
    ['an order', 'I can swap order BX10293 on Monday.'],
    ['a link', 'You can follow it at https://track.example/rosa by noon.'],
    ['the customer’s name', 'Dear Rosa, we can come on Monday at nine.'],
    ['the customer’s family name', 'We can come to the Lindqvists, Ms Lindqvist, at nine.'],
    ['an agent’s name', 'I, Megan Kajitani, can call on Monday at nine.'],
    ['an agent’s given name', 'Ask for megan on Monday at nine.'],
  ])('tell nothing of another customer or colleague: %s', async (_what, answered) => {
    const { conversation } = await aWish({ asked: 'Can you deliver on Sunday?', answered });
    await megan.do('customer:link', { conversation, id: newId(), customer: { name: 'Rosa Lindqvist' } });
    await aWish({ asked: 'Can you deliver on Sunday?', answered: 'We can bring it on Monday at nine.' });
    expect(past(await find('Can you deliver on Sunday?'))).toEqual(['We can bring it on Monday at nine.']);
  });

  test('may have a time, a price and a date in words', async () => {
    const answered = 'For £1200.50 or 1500 EUR a courier comes at 16:30 on 4 December.';
    await aWish({ asked: 'Can you deliver on Sunday?', answered });
    expect(past(await find('Can you deliver on Sunday?'))).toEqual([answered]);
  });

  test('of a conversation that was put aside are not offered', async () => {
    const { conversation } = await aWish({
      asked: 'Can you deliver on Sunday?',
      answered: 'On Monday at nine.',
    });
    await megan.do('conversation:put-aside', { conversation, id: newId() });
    expect(past(await find('Can you deliver on Sunday?'))).toEqual([]);
  });

  test.each([
    ['nothing but small words', 'Can you do it for me, please?'],
    ['signs', `':*&|!()<-> \\`],
    ['an injection', `'; drop table requests; --`],
    ['very many words', 'deliver sunday '.repeat(250)],
  ])('for %s are the book’s', async (_what, asked) => {
    await aWish({ asked: 'Is the blue vase in stock?', answered: 'It is back on Friday.' });
    expect(past(await find(asked))).toEqual([]);
    expect(await rows()).toHaveLength(1);
  });

  test('keep nobody waiting: what the store does not find in time is left out', async () => {
    await aWish({ asked: 'Can you deliver on Sunday?', answered: 'On Monday at nine.' });
    const holder = await relay.database.pool.connect();
    try {
      await holder.query('begin');
      await holder.query('lock table requests in access exclusive mode');
      const found = await find('Can you deliver on Sunday?');
      expect(past(found)).toEqual([]);
      expect(found.length).toBeGreaterThan(0);
    } finally {
      await holder.query('rollback');
      holder.release();
    }
    expect(past(await find('Can you deliver on Sunday?'))).toEqual(['On Monday at nine.']);
  });

  test('are not for the back office, and not in a conversation that is not there', async () => {
    const office = await anAgent(relay, { role: 'back-office' });
    const ask = { conversation: randomUUID(), asked: 'Can you deliver on Sunday?' };
    expect(await refusal(office.ask('alternatives:find', ask))).toBe('FORBIDDEN');
    expect(await refusal(megan.ask('alternatives:find', ask))).toBe('UNKNOWN');
  });
});
