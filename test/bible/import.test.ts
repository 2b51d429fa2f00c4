import { randomUUID } from 'node:crypto';
import type { ImportReport, ImportRequest } from '@fullname/shared/book';
import type { RuleBody } from '@fullname/shared/reader/rule';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PENDING_MAX } from '../../server/src/bible/entries.ts';
import { openRelay, type Relay } from '../support/relay.ts';
import { adding, colleague, type Member, ownerOf, phrase } from './people.ts';

let relay: Relay;
let owner: Member;
let megan: Member;

beforeAll(async () => {
  relay = await openRelay();
  owner = ownerOf(relay);
  megan = await colleague(relay, { given: 'Megan', family: 'Kajitani' });
}, 60_000);
afterAll(() => relay?.close());

const asked = (text: string, values: Partial<ImportRequest> = {}): ImportRequest => ({
  ...{ id: randomUUID(), kind: 'phrases', format: 'csv', text, locale: 'en' },
  ...values,
});
const importAs = (by: Member, request: ImportRequest) =>
  by.do<ImportReport>('POST /api/book/import', request);
const exported = async (kind: string, format: string) =>
  (await megan.do<{ name: string; text: string }>(`GET /api/book/export?kind=${kind}&format=${format}`)).text;
const sheet = (...texts: string[]) =>
  `situation,text,reason\n${texts.map((text) => `hello,"${text}",Warm.`).join('\n')}\n`;
const proposed = async (text: string) =>
  (await owner.book()).changes.filter(({ body }) => body !== null && 'text' in body && body.text === text);

test('an agent’s rows become proposals, an owner’s are accepted; looking first changes nothing', async () => {
  const { revision } = await megan.book();
  const request = asked(sheet('Imported one.', 'Imported {nonsense}.', 'Imported two.'));
  const report = await importAs(megan, { ...request, dryRun: true });
  expect(report).toEqual({
    added: 2,
    changed: 0,
    same: 0,
    problems: [{ row: 2, code: 'bad-placeholder', what: 'text: {nonsense}' }],
  });
  expect((await megan.book()).revision).toBe(revision);
  expect(await importAs(megan, request)).toEqual(report);
  expect((await megan.book()).revision).toBe(revision + 1);
  expect(await proposed('Imported one.')).toMatchObject([
    { state: 'open', by: { fullName: 'Megan Kajitani' }, decidedBy: null },
  ]);
  await importAs(owner, asked(sheet('Imported by the owner.')));
  expect(await proposed('Imported by the owner.')).toMatchObject([
    { state: 'accepted', decidedBy: { fullName: 'Ruth Asante' } },
  ]);
});

test('a retry proposes nothing twice and reports the same; another file under its id is refused', async () => {
  const request = asked(sheet('Retried one.', 'Retried two.'));
  const [first, second] = await Promise.all([importAs(megan, request), importAs(megan, request)]);
  expect(first).toEqual({ added: 2, changed: 0, same: 0, problems: [] });
  expect(second).toEqual(first);
  expect(await importAs(megan, request)).toEqual(first);
  expect(await proposed('Retried one.')).toHaveLength(1);
  const other = { ...request, text: sheet('Something else.') };
  expect(await megan.ask('POST /api/book/import', other)).toEqual({ ok: false, code: 'CONFLICT' });
});

test('the same words again, in the book, proposed or twice in a file, are the same', async () => {
  await owner.propose(adding(phrase('Said already.'), { decide: 'publish' }));
  await megan.propose(adding(phrase('Proposed already.')));
  const report = await importAs(
    megan,
    asked(sheet('Said already.', 'Proposed already.', 'Fresh.', 'Fresh.')),
  );
  expect(report).toEqual({ added: 1, changed: 0, same: 3, problems: [] });
});

test.each(['csv', 'yaml'] as const)(
  'what is exported as %s comes in as the same, and changes by what was edited',
  async (format) => {
    for (const kind of ['phrases', 'rules'] as const) {
      const text = await exported(kind, format);
      const book = await megan.book();
      const all = { added: 0, changed: 0, same: book[kind].length, problems: [] };
      expect(book[kind].length).toBeGreaterThan(20);
      expect(await importAs(megan, asked(text, { kind, format }))).toEqual(all);
      const [entry] = book[kind];
      const edited = text.replace(entry?.reason ?? '', `Better, as ${format}.`);
      expect(await importAs(owner, asked(edited, { kind, format }))).toMatchObject({
        changed: 1,
        problems: [],
      });
      const change = (await owner.book()).changes.find(({ target }) => target === entry?.id);
      expect(change).toMatchObject({ state: 'accepted', body: { reason: `Better, as ${format}.` } });
      await owner.do('POST /api/book/versions', { note: '' });
      const after = (await megan.book())[kind].find(({ id }) => id === entry?.id);
      expect(after?.reason).toBe(`Better, as ${format}.`);
    }
  },
);

test('a starter rule is known by its key where ids are others, and an entry stands once in a file', async () => {
  const [rule] = (await megan.book('en')).rules;
  const { text } = await megan.do<{ text: string }>('GET /api/book/export?kind=rules&format=yaml&locale=en');
  const item = text.slice(0, text.indexOf('\n  - locale', text.indexOf('- locale')));
  const elsewhere = item.replace(rule?.id ?? '', randomUUID()).replace(rule?.reason ?? '', 'Another reason.');
  const report = await importAs(megan, asked(elsewhere, { kind: 'rules', format: 'yaml' }));
  expect(report).toEqual({ added: 0, changed: 1, same: 0, problems: [] });
  const twice = `${item}${item.replace('rules:', '').replace(rule?.reason ?? '', 'Yet another.')}`;
  expect(await importAs(megan, asked(twice, { kind: 'rules', format: 'yaml' }))).toMatchObject({
    same: 1,
    problems: [{ row: 2, code: 'unknown-value', what: `id: ${rule?.id}` }],
  });
});

test('a rule of Vale is proposed as a suggestion and does its work when it is published', async () => {
  const text =
    'extends: substitution\nmessage: Use “%s”.\nlevel: error\nswap:\n  utili[sz]e: use\n  (?!x)y: z\n';
  const request = asked(text, { kind: 'rules', format: 'vale' });
  expect(await importAs(owner, request)).toEqual({
    added: 1,
    changed: 0,
    same: 0,
    problems: [{ row: 2, code: 'not-supported', what: '(?!x)y: (?!x' }],
  });
  await owner.do('POST /api/book/versions', { note: 'Vale' });
  const rule: RuleBody | undefined = (await megan.book('en')).rules.find(
    ({ title }) => title === 'utilise → use' || title === 'utilize → use',
  );
  expect(rule).toMatchObject({ finds: ['utili(s|z)e'], sayInstead: ['use'], level: 'suggestion' });
  const wrong = { ...request, id: randomUUID(), kind: 'phrases' };
  expect(await megan.ask('POST /api/book/import', wrong)).toEqual({ ok: false, code: 'INVALID_PAYLOAD' });
});

test('a file may be larger than other requests, up to a bound, and a thousand rows long', async () => {
  const rows = Array.from({ length: 1_005 }, (_, at) => `A long file, line ${at}. ${'word '.repeat(30)}`);
  const report = await importAs(megan, asked(sheet(...rows), { dryRun: true }));
  expect(report).toMatchObject({ added: 1_000, problems: [{ row: 1_001, code: 'too-long' }] });
  const huge = asked(sheet('x'.repeat(1_100_000)));
  expect(await megan.ask('POST /api/book/import', huge)).toEqual({ ok: false, code: 'INVALID_PAYLOAD' });
  const elsewhere = { note: 'x'.repeat(70_000) };
  expect(await owner.ask('POST /api/book/versions', elsewhere)).toEqual({
    ok: false,
    code: 'INVALID_PAYLOAD',
  });
}, 60_000);

test('when too many proposals wait, new ones are for later, and what came before is still found', async () => {
  const [before, draft] = [asked(sheet('There was room.')), adding(phrase('There was room for me.'))];
  await importAs(megan, before);
  await megan.propose(draft);
  await relay.database.pool.query(
    `insert into book_changes (id, kind, body, locale) select gen_random_uuid(), 'phrase', '{}', 'en' from generate_series(1, $1)`,
    [PENDING_MAX.count],
  );
  const full = { ok: false, code: 'TOO_MANY' };
  expect(await megan.ask('POST /api/book/changes', adding(phrase('No room.')))).toEqual(full);
  expect(await megan.ask('POST /api/book/import', asked(sheet('No room.')))).toEqual(full);
  expect(await importAs(megan, before)).toEqual({ added: 1, changed: 0, same: 0, problems: [] });
  expect((await megan.propose(draft)).state).toBe('open');
  await relay.database.pool.query(`delete from book_changes where body = '{}'`);
  expect((await megan.propose(adding(phrase('Room again.')))).state).toBe('open');
});

test('when what waits is too much to hold, longer words are for later as well', async () => {
  const open = await megan.propose(adding(phrase('Short words.')));
  await relay.database.pool.query(
    `insert into book_changes (id, kind, body, locale) values ($1, 'phrase', jsonb_build_object('text', repeat('x', $2)), 'en')`,
    [randomUUID(), PENDING_MAX.bytes - 100],
  );
  const full = { ok: false, code: 'TOO_MANY' };
  const longer = { ...adding(phrase(`${'Long words. '.repeat(20)}`)), id: open.id };
  expect(await megan.ask('POST /api/book/changes', adding(phrase('No room.')))).toEqual(full);
  expect(await megan.ask(`PATCH /api/book/changes/${open.id}`, longer)).toEqual(full);
  await relay.database.pool.query(`delete from book_changes where octet_length(body::text) > 1000000`);
  expect(await megan.ask(`PATCH /api/book/changes/${open.id}`, longer)).toMatchObject({ ok: true });
});

test.each([
  ['phrases', 'csv'],
  ['phrases', 'yaml'],
  ['rules', 'csv'],
  ['rules', 'yaml'],
] as const)(
  'the whole book of %s, taken out and read in as %s, is the same',
  async (kind, format) => {
    const { phrases, rules } = await owner.book();
    const whole = await exported(kind, format);
    expect(whole).not.toContain('ruth.asante@');
    const report = await importAs(owner, asked(whole, { kind, format }));
    const same = (kind === 'phrases' ? phrases : rules).length;
    expect(same).toBeGreaterThan(100);
    expect(report).toEqual({ added: 0, changed: 0, same, problems: [] });
  },
  60_000,
);

test('of very many problems the first thousand are told', async () => {
  const text = `phrases:\n${'- x\n'.repeat(5_000)}`;
  const { problems } = await importAs(megan, asked(text, { format: 'yaml', dryRun: true }));
  expect(problems).toHaveLength(1_000);
  expect(problems[0]).toEqual({ row: 1, code: 'not-readable', what: '' });
});

test('who takes whole books out again and again is asked to wait', async () => {
  const eager = await colleague(relay, { given: 'Ana', family: 'Ruiz' });
  const path = '/api/book/export?kind=phrases&format=csv&locale=en';
  const statuses: number[] = [];
  for (let times = 0; times < 61; times += 1) {
    const response = await fetch(relay.origin + path, { headers: { cookie: eager.cookie } });
    statuses.push(response.status);
    if (response.status === 429) expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect(statuses).toEqual([...Array.from({ length: 60 }, () => 200), 429]);
  expect(await eager.ask('POST /api/book/changes', adding(phrase('One more.')))).toEqual({
    ok: false,
    code: 'TOO_MANY',
  });
  expect((await eager.book()).version).toBeGreaterThan(0);
}, 60_000);
