import type { RowsReport } from '@fullname/shared/customers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { customerFor } from '../../server/src/people/identity.ts';
import { siteByKey } from '../../server/src/site/sites.ts';
import { type Asker, call, request } from '../support/console-api.ts';
import { newId } from '../support/people.ts';
import { openRelay, type Relay } from '../support/relay.ts';

let relay: Relay;
let owner: Asker;
let anna: string;

beforeAll(async () => {
  relay = await openRelay();
  owner = { origin: relay.origin, cookie: relay.owner };
  const site = await siteByKey(relay.database.db, relay.site.key);
  if (!site) throw new Error('the site is not there');
  const identity = { subject: 'user-7', name: 'Anna Lindqvist', email: null, locale: null };
  anna = (await customerFor(relay.database.db, site.id, identity)).id;
});
afterAll(() => relay.close());

type Request = { id?: string; kind?: 'purchases' | 'failures'; dryRun?: boolean };

function importFile(
  text: string,
  { id = newId(), kind = 'purchases', ...more }: Request = {},
): Promise<RowsReport> {
  return call<RowsReport>(owner, 'POST /api/customers/import', { id, kind, text, ...more });
}

async function stored(table: 'purchases' | 'failures'): Promise<Record<string, unknown>[]> {
  const { rows } = await relay.database.pool.query<Record<string, unknown>>(
    `select * from ${table} order by what`,
  );
  return rows;
}

describe('a file of purchases', () => {
  const good = () =>
    `\uFEFFid;site;subject;at;what;amount;currency\r\n` +
    `o-1;${relay.site.key};user-7;2026-01-02T10:00:00Z;"Roses; red";48.50;EUR\r\n` +
    `;;;;;;\r\n` +
    `o-2;${relay.site.key};user-7;2026-01-03T10:00:00+08:00;'=SUM(A1);1200;TWD\r\n`;

  test('is looked at, taken once, and the same from then on', async () => {
    expect(await importFile(good(), { dryRun: true })).toEqual({ added: 2, same: 0, problems: [] });
    expect(await stored('purchases')).toEqual([]);
    const id = newId();
    expect(await importFile(good(), { id })).toEqual({ added: 2, same: 0, problems: [] });
    expect(await importFile(good(), { id })).toEqual({ added: 0, same: 2, problems: [] });
    expect(await importFile(good())).toEqual({ added: 0, same: 2, problems: [] });
    expect(await stored('purchases')).toMatchObject([
      { customer_id: anna, what: '=SUM(A1)', amount: 1200, currency: 'TWD' },
      {
        customer_id: anna,
        what: 'Roses; red',
        amount: 48.5,
        currency: 'EUR',
        at: new Date('2026-01-02T10:00:00Z'),
      },
    ]);
  });

  test('tells what is wrong by row and takes the others', async () => {
    const text = [
      'customer,at,what,amount,currency,id',
      `${anna},2026-01-04T10:00:00Z,Good,1,USD,g-1`,
      `${anna},2026-01-04T10:00:00Z,Comma,"12,50",USD,g-2`,
      `${anna},yesterday,Time,1,USD,g-3`,
      `,2026-01-04T10:00:00Z,Nobody,1,USD,g-4`,
      `anna@example.com,2026-01-04T10:00:00Z,Address,1,USD,g-5`,
      `${anna},2026-01-04T10:00:00Z,Good too,1,USD,g-6,too much`,
      `${anna},2026-01-04T10:00:00Z,Signed,-5,USD,g-7`,
      `${anna},2026-01-04T10:00:00Z,Broken "quote,1,USD,g-8`,
    ].join('\n');
    const report = await importFile(text);
    expect(report.added).toBe(1);
    expect(report.problems.map(({ row, code }) => [row, code])).toEqual([
      [2, 'bad-amount'],
      [3, 'bad-time'],
      [4, 'missing-field'],
      [5, 'unknown-customer'],
      [6, 'unknown-field'],
      [7, 'bad-amount'],
      [8, 'not-readable'],
    ]);
  });

  test('without ids of its own is one under the id of its request', async () => {
    const text = `customer\tat\twhat\tamount\tcurrency\n${anna}\t2026-01-05T10:00:00Z\tTea\t3\tUSD\n${anna}\t2026-01-05T10:00:00Z\tTea\t3\tUSD`;
    const id = newId();
    expect((await importFile(text, { id })).added).toBe(2);
    expect((await importFile(text, { id })).same).toBe(2);
    expect((await importFile(text)).added).toBe(2);
  });

  test('with unknown columns, or none at all, is not taken', async () => {
    expect((await importFile('id,email\n1,anna@example.com')).problems).toMatchObject([
      { row: 1, code: 'unknown-field', what: 'email' },
    ]);
    expect((await importFile('')).problems).toMatchObject([{ row: 1, code: 'not-readable' }]);
    expect(
      await request(owner, 'POST /api/customers/import', { id: newId(), kind: 'people', text: '' }),
    ).toEqual({
      ok: false,
      code: 'INVALID_PAYLOAD',
    });
  });
});

test('a file of failures becomes failures of the customer', async () => {
  const text = `id,customer,at,what,putRight,owed,owedBy\nf-1,${anna},2026-01-06T10:00:00Z,"Two lines\r\nof it",New roses,A call,2031-01-01T00:00:00Z`;
  expect(await importFile(text, { kind: 'failures' })).toEqual({ added: 1, same: 0, problems: [] });
  expect(await stored('failures')).toMatchObject([
    { customer_id: anna, what: 'Two lines\nof it', stage: 'closed', put_right: 'New roses', owed: 'A call' },
  ]);
});

describe('a file of failures with all its columns', () => {
  const heads = [
    ...['id', 'customer', 'at', 'what', 'place', 'Channel', 'element', 'category', 'severity', 'quote'],
    ...[
      'irreplaceable',
      'wants',
      'put_right',
      'restored',
      'extra',
      'no extra',
      'level',
      'cause',
      'cause_note',
    ],
    ...['cost', 'cost_currency', 'disputed', 'disputed_currency', 'load'],
  ];
  const full: Record<string, string> = {
    ...{ customer: '', at: '2026-01-07T10:00:00Z', what: 'Z all', place: 'Lyon', Channel: 'letter' },
    ...{
      element: 'time',
      category: 'delivery',
      severity: 'serious',
      quote: 'Six days!',
      irreplaceable: 'Yes',
    },
    ...{
      wants: 'a call',
      put_right: 'sent again',
      restored: 'true',
      extra: 'roses',
      'no extra': '',
      level: 'beyond',
    },
    ...{ cause: 'supplier', cause_note: 'van', cost: '12.50', cost_currency: 'EUR', disputed: '3' },
    ...{ disputed_currency: 'JPY', load: '1.4' },
  };
  let rows = 0;
  const row = (change: Record<string, string> = {}) => {
    rows += 1;
    const cells = { ...full, customer: anna, id: `all-${rows}`, ...change };
    return heads.map((head) => cells[head as keyof typeof cells] ?? '').join(',');
  };
  const sheet = (...lines: readonly string[]) => [heads.join(','), ...lines].join('\n');

  test('keeps them all; what is over elsewhere comes in closed, and opens nothing to do', async () => {
    const text = sheet(row(), row({ what: 'Z half', extra: '', restored: 'no', irreplaceable: '0' }));
    expect(await importFile(text, { kind: 'failures' })).toEqual({ added: 2, same: 0, problems: [] });
    const [all, half] = (await stored('failures')).filter(({ what }) => String(what).startsWith('Z'));
    expect(all).toMatchObject({
      ...{ what: 'Z all', place: 'Lyon', channel: 'letter', element: 'time', category: 'delivery' },
      ...{
        severity: 'serious',
        quotes: [{ seq: 0, text: 'Six days!' }],
        irreplaceable: true,
        wants: 'a call',
      },
      ...{ put_right: 'sent again', restored: true, extra: 'roses', no_extra: null, level: 'beyond' },
      ...{ cause: 'supplier', cause_note: 'van', cost: 12.5, cost_currency: 'EUR', disputed: 3 },
      ...{
        disputed_currency: 'JPY',
        load: 1.4,
        stage: 'closed',
        closed_at: new Date('2026-01-07T10:00:00Z'),
      },
    });
    // Put right long ago, and nobody's ally would ask whether it holds.
    expect(half).toMatchObject({ stage: 'closed', restored: false, irreplaceable: false });
    const { rows } = await relay.database.pool.query('select 1 from tasks');
    expect(rows).toEqual([]);
  });

  test('tells what is wrong by row and takes the others', async () => {
    const bad: [string, string, Record<string, string>][] = [
      ['unknown-value', 'channel', { Channel: 'pigeon' }],
      ['unknown-value', 'severity', { severity: 'awful' }],
      ['unknown-value', 'level', { level: 'best' }],
      ['unknown-value', 'cause', { cause: 'weather' }],
      ['unknown-value', 'element', { element: 'mood' }],
      ['unknown-value', 'irreplaceable', { irreplaceable: 'perhaps' }],
      ['unknown-value', 'restored', { restored: '2' }],
      ['missing-field', 'costCurrency', { cost_currency: '' }],
      ['missing-field', 'cost', { cost: '' }],
      ['bad-currency', 'costCurrency', { cost_currency: 'eur' }],
      ['bad-amount', 'disputed', { disputed: '1.5' }],
      ['bad-amount', 'cost', { cost: '-1' }],
      ['bad-amount', 'load', { load: '140%' }],
      ['bad-amount', 'load', { load: '1001' }],
      ['too-long', 'quote', { quote: 'x'.repeat(4_001) }],
    ];
    const text = sheet(...bad.map(([, , change]) => row(change)), row({ what: 'Good' }));
    const report = await importFile(text, { kind: 'failures' });
    expect(report.problems.map(({ code, what }) => [code, what.split(':')[0]])).toEqual(
      bad.map(([code, field]) => [code, field]),
    );
    expect(report.added).toBe(1);
  });
});
