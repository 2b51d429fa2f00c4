import type { Failure, TimelineItem } from '@fullname/shared/model';
import type { FailureChange, FailureDraft, FailureEdit } from '@fullname/shared/recovery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Asker, call, request } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, anAgent, aVisitor, newId, refusal, type Visitor } from '../support/people.ts';
import { openRelay, type Relay, startRelay } from '../support/relay.ts';

let relay: Relay;
let megan: Agent;
let xuemei: Agent;
let clock = Date.parse('2026-03-06T12:00:00Z');

beforeAll(async () => {
  relay = await openRelay({ env: { RATE_LIMITS: 'off' }, now: () => clock });
  megan = await anAgent(relay, { given: 'Megan', family: 'Kajitani' });
  xuemei = await anAgent(relay, { given: '雪梅', family: '林' });
});
afterAll(() => relay.close());

type Case = { readonly visitor: Visitor; readonly conversation: string };

/** A conversation that Megan has taken, beginning with these words. */
async function aCase(words = 'The parcel came six days late.', visitor?: Visitor): Promise<Case> {
  const who = visitor ?? (await aVisitor(relay));
  await who.say(words);
  return { visitor: who, conversation: await megan.take(who) };
}

const draftOf = (conversation: string, more: Partial<FailureDraft> = {}): FailureDraft => ({
  ...{ id: newId(), conversation, what: 'the parcel came six days late' },
  ...more,
});

function change(failure: Failure, conversation: string, fields: FailureChange['fields'], by = megan) {
  return by.ask('failure:change', {
    ...{ id: newId(), conversation, failure: failure.id, revision: failure.revision },
    fields,
  });
}

async function changed(
  failure: Failure,
  conversation: string,
  fields: FailureChange['fields'],
  by = megan,
): Promise<Failure> {
  const result = await change(failure, conversation, fields, by);
  if (!result.ok) throw new Error(`failure:change was refused: ${result.code}`);
  return result.value;
}

const asAgent = (): Asker => ({ origin: relay.origin, cookie: megan.cookie });
const history = (id: string) =>
  call<{ failure: Failure; edits: FailureEdit[] }>(asAgent(), `GET /api/failures/${id}`);

async function linked(conversation: string, name = 'Anna Lindqvist'): Promise<string> {
  const pane = await megan.do('customer:link', { conversation, id: newId(), customer: { name } });
  if (!pane.customer) throw new Error('the link has no customer');
  return pane.customer.id;
}

describe('logging', () => {
  test('keeps all that people say, and adds load, shift and ally by itself', async () => {
    const { conversation } = await aCase();
    const said = {
      what: 'six days late',
      at: '2026-03-05T08:00:00.000Z',
      product: 'Parcel',
      place: 'Lyon',
      channel: 'telephone',
      element: 'time',
      category: 'delivery',
      severity: 'serious',
      irreplaceable: false,
      wants: 'a call',
      putRight: 'sent again',
      restored: true,
      extra: 'roses',
      noExtra: null,
      level: 'beyond',
      owed: 'a call',
      owedBy: '2026-03-09T08:00:00.000Z',
      cost: { amount: 12.5, currency: 'EUR' },
      disputed: { amount: 3, currency: 'EUR' },
    } as const;
    const failure = await megan.do('failure:log', draftOf(conversation, said));
    expect(failure).toMatchObject({
      ...said,
      ...{ conversation, cause: null, causeNote: null, quotes: [], reopened: 0, revision: 1 },
      // It is put right already, and yet the record shows the way there.
      stage: 'noticed',
      recordedAt: new Date(clock).toISOString(),
      by: { id: megan.person.id, fullName: 'Megan Kajitani' },
      ally: { id: megan.person.id },
    });
    expect(failure.load).toBeGreaterThan(0);
    expect(failure.onShift.map(({ id }) => id).sort()).toEqual([megan.person.id, xuemei.person.id].sort());
    const entries = await megan.read(conversation);
    expect(entries.at(-1)).toMatchObject({
      kind: 'failure-logged',
      failure: failure.id,
      what: 'six days late',
    });
  });

  test('the load is what is open by what those who are here can hold; null with nobody here', async () => {
    const shop = await startRelay({ env: { RATE_LIMITS: 'off' } });
    const anna = await anAgent(shop, { given: 'Anna', family: 'Bauer' });
    const yijun = await anAgent(shop, { given: '怡君', family: '林' });
    await anAgent(shop, { role: 'back-office', given: 'Bela', family: 'Novak' });
    const [first, second] = [await aVisitor(shop), await aVisitor(shop)];
    for (const visitor of [first, second]) await visitor.say('The parcel came six days late.');
    const conversation = await anna.take(first);
    await anna.take(second);
    const logged = () => anna.do('failure:log', draftOf(conversation));
    // Each of the two holds five.
    expect((await logged()).load).toBe(0.2);
    await yijun.do('presence:set', { here: false });
    expect((await logged()).load).toBe(0.4);
    await anna.do('presence:set', { here: false });
    expect(await logged()).toMatchObject({ load: null, onShift: [] });
  });

  test('happened now where nobody said when, and not tomorrow', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation));
    expect(failure.at).toBe(new Date(clock).toISOString());
    const later = draftOf(conversation, { at: new Date(clock + 2 * 86_400_000).toISOString() });
    expect(await refusal(megan.ask('failure:log', later))).toBe('INVALID_PAYLOAD');
  });

  test('is seen by nobody outside, and in the pane before the next agent’s first keystroke', async () => {
    const { visitor, conversation } = await aCase();
    await linked(conversation, 'Bo Quill');
    const failure = await megan.do('failure:log', draftOf(conversation, { wants: 'a call' }));
    expect(JSON.stringify(await visitor.read())).not.toContain('six days late"');
    expect((await visitor.read()).map(({ kind }) => kind)).not.toContain('failure-logged');
    const { pane } = await xuemei.do('conversation:open', { conversation });
    expect(pane.pleaseKnow).toMatchObject([
      {
        ...{ failure: failure.id, checks: [], until: null, irreplaceable: false },
        lines: ['What happened: the parcel came six days late', 'What they want: “a call”'],
      },
    ]);
    expect((await xuemei.find(visitor)).pleaseKnow).toBe(true);
  });

  test('quotes the customer from the log, in the order of the log', async () => {
    const { visitor, conversation } = await aCase('It came six days late');
    await megan.say(conversation, 'I am sorry');
    await visitor.say('and the vase is broken');
    await megan.note(conversation, 'a note');
    const entries = await megan.read(conversation);
    const words = entries.filter((entry) => entry.kind === 'message' && entry.author.kind === 'visitor');
    const seqs = words.map(({ seq }) => seq);
    const failure = await megan.do('failure:log', draftOf(conversation, { quotes: seqs.toReversed() }));
    expect(failure.quotes).toEqual([
      { seq: seqs[0], text: 'It came six days late' },
      { seq: seqs[1], text: 'and the vase is broken' },
    ]);
    // Not ours, not a note's, not a fact's, not of no entry.
    for (const { seq } of entries.filter((entry) => !words.includes(entry))) {
      const putInTheirMouth = draftOf(conversation, { quotes: [seq] });
      expect(await refusal(megan.ask('failure:log', putInTheirMouth)), `seq ${seq}`).toBe('UNKNOWN');
    }
    expect(await refusal(megan.ask('failure:log', draftOf(conversation, { quotes: [999] })))).toBe('UNKNOWN');
    // Nor of another visitor's conversation.
    const other = await aCase('Hello');
    expect(await refusal(megan.ask('failure:log', draftOf(other.conversation, { quotes: seqs })))).toBe(
      'UNKNOWN',
    );
  });

  test('comes once under its id, also late and after edits; other words or another author are a conflict', async () => {
    const { conversation } = await aCase();
    const draft = draftOf(conversation, { wants: 'a call', place: 'Lyon' });
    const [first, second] = await Promise.all([
      megan.do('failure:log', draft),
      megan.do('failure:log', draft),
    ]);
    expect(second).toEqual(first);
    clock += 60_000;
    const edited = await changed(first, conversation, { what: 'seven days late', place: null });
    const twice = await changed(edited, conversation, { what: 'eight days late' });
    expect(await megan.do('failure:log', draft)).toEqual(twice);
    for (const other of [{ what: 'eight days late' }, { place: null }, { wants: 'no call' }, { extra: 'x' }])
      expect(await refusal(megan.ask('failure:log', { ...draft, ...other }))).toBe('CONFLICT');
    expect(await refusal(xuemei.ask('failure:log', draft))).toBe('CONFLICT');
    const elsewhere = await aCase('Hello');
    expect(await refusal(megan.ask('failure:log', { ...draft, conversation: elsewhere.conversation }))).toBe(
      'CONFLICT',
    );
    const logged = (await megan.read(conversation)).filter(({ kind }) => kind === 'failure-logged');
    expect(logged).toHaveLength(1);
  });

  test('records no offer before what they want was asked, and no blame before it is mended', async () => {
    const { conversation } = await aCase();
    const log = (more: Partial<FailureDraft>) =>
      refusal(megan.ask('failure:log', draftOf(conversation, more)));
    expect(await log({ extra: 'roses' })).toBe('WANTS_FIRST');
    expect(await log({ cause: 'supplier' })).toBe('FIX_FIRST');
    expect(await log({ causeNote: 'the van broke down', putRight: 'sent again' })).toBe('FIX_FIRST');
    const { rows } = await relay.database.pool.query('select 1 from failures where conversation_id = $1', [
      conversation,
    ]);
    expect(rows).toEqual([]);
  });

  test('masks what must not be kept', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do(
      'failure:log',
      draftOf(conversation, {
        what: 'Charged twice on 4111 1111 1111 1111',
        wants: '4111 1111 1111 1111 back',
      }),
    );
    expect(JSON.stringify(failure)).not.toMatch(/4111 1111|41111111/);
  });
});

describe('changing', () => {
  test('writes what differs, counts a revision, and keeps before and after with the author', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation, { severity: 'small' }));
    clock += 60_000;
    const next = await changed(
      failure,
      conversation,
      { severity: 'serious', what: failure.what, cost: { amount: 5, currency: 'USD' } },
      xuemei,
    );
    expect(next).toMatchObject({ severity: 'serious', revision: 2, cost: { amount: 5, currency: 'USD' } });
    clock += 60_000;
    const last = await changed(next, conversation, { cost: null });
    const { failure: stored, edits } = await history(failure.id);
    expect(stored).toEqual(last);
    expect(edits).toMatchObject([
      {
        by: { fullName: 'Megan Kajitani' },
        before: { cost: { amount: 5, currency: 'USD' } },
        after: { cost: null },
      },
      {
        by: { fullName: '林雪梅' },
        stage: null,
        at: new Date(clock - 60_000).toISOString(),
        before: { severity: 'small', cost: null },
        after: { severity: 'serious', cost: { amount: 5, currency: 'USD' } },
      },
    ]);
    expect(Object.keys(edits[1]?.after ?? {}).sort()).toEqual(['cost', 'severity']);
  });

  test('of two at once one is told that it changed, and nothing is lost', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation));
    const results = await Promise.all([
      change(failure, conversation, { place: 'Lyon' }),
      change(failure, conversation, { category: 'delivery' }, xuemei),
    ]);
    expect(results.map((result) => (result.ok ? 'ok' : result.code)).sort()).toEqual(['CHANGED', 'ok']);
    const { failure: now } = await history(failure.id);
    const rest = now.place === null ? { place: 'Lyon' } : { category: 'delivery' };
    const both = await changed(now, conversation, rest);
    expect(both).toMatchObject({ place: 'Lyon', category: 'delivery', revision: 3 });
  });

  test('a retry by its id is harmless, also late; the same id for something else is a conflict', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation));
    const edit = {
      ...{ id: newId(), conversation, failure: failure.id, revision: 1 },
      fields: { place: 'Lyon', product: 'Parcel' },
    };
    const [one, two] = await Promise.all([
      megan.do('failure:change', edit),
      megan.do('failure:change', edit),
    ]);
    expect(two).toEqual(one);
    const later = await changed(one, conversation, { place: 'Paris' }, xuemei);
    expect(await megan.do('failure:change', edit)).toEqual(later);
    expect(later).toMatchObject({ place: 'Paris', revision: 3 });
    expect(await refusal(xuemei.ask('failure:change', edit))).toBe('CONFLICT');
    const otherWords = { ...edit, fields: { place: 'Nice', product: 'Parcel' } };
    expect(await refusal(megan.ask('failure:change', otherWords))).toBe('CONFLICT');
    for (const fields of [{ place: 'Lyon' }, { ...edit.fields, category: 'delivery' }])
      expect(await refusal(megan.ask('failure:change', { ...edit, fields }))).toBe('CONFLICT');
    expect((await history(failure.id)).failure.category).toBeNull();
    const second = await megan.do('failure:log', draftOf(conversation));
    expect(await refusal(megan.ask('failure:change', { ...edit, failure: second.id }))).toBe('CONFLICT');
    expect((await history(failure.id)).edits).toHaveLength(2);
  });

  test('to what it says already changes nothing, whatever revision was on the screen', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation, { place: 'Lyon' }));
    const now = await changed(failure, conversation, { category: 'delivery' });
    expect(await changed({ ...failure, revision: 1 }, conversation, { place: 'Lyon' })).toEqual(now);
    expect(await refusal(change(failure, conversation, { place: 'Nice' }))).toBe('CHANGED');
  });

  test('keeps the order: what they want, then the offer; the mending, then the cause', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation));
    const code = (now: Failure, fields: FailureChange['fields']) =>
      refusal(change(now, conversation, fields));
    expect(await code(failure, { extra: 'roses' })).toBe('WANTS_FIRST');
    expect(await code(failure, { cause: 'process' })).toBe('FIX_FIRST');
    expect(await code(failure, { causeNote: 'x' })).toBe('FIX_FIRST');
    expect(await code(failure, { at: new Date(clock + 2 * 86_400_000).toISOString() })).toBe(
      'INVALID_PAYLOAD',
    );
    // Asking and offering may come in one.
    const offered = await changed(failure, conversation, { wants: 'a call', extra: 'roses' });
    expect(await code(offered, { wants: null })).toBe('WANTS_FIRST');
    expect(await changed(offered, conversation, { wants: null, extra: null })).toMatchObject({ wants: null });
    expect((await history(failure.id)).edits).toHaveLength(2);
  });

  test('takes quotes from the log, and keeps those it has', async () => {
    const { visitor, conversation } = await aCase('It came late');
    await visitor.say('and it is broken');
    const words = (await megan.read(conversation)).filter((entry) => entry.kind === 'message');
    const [first = 0, second = 0] = words.map(({ seq }) => seq);
    const failure = await megan.do('failure:log', draftOf(conversation, { quotes: [first] }));
    const more = await changed(failure, conversation, { quotes: [second, first] });
    expect(more.quotes.map(({ text }) => text)).toEqual(['It came late', 'and it is broken']);
    expect(await refusal(change(more, conversation, { quotes: [first, 998] }))).toBe('UNKNOWN');
    expect((await changed(more, conversation, { quotes: [] })).quotes).toEqual([]);
  });
});

describe('whose', () => {
  test('another conversation of the same customer may change it, and open panes of it are told', async () => {
    const first = await aCase();
    const customer = await linked(first.conversation, 'Omar Haddad');
    const failure = await megan.do('failure:log', draftOf(first.conversation));
    const second = await aCase('Hello again', await aVisitor(relay));
    expect(await refusal(change(failure, second.conversation, { place: 'Lyon' }))).toBe('UNKNOWN');
    await megan.do('customer:link', { conversation: second.conversation, id: newId(), customer });
    await xuemei.do('conversation:open', { conversation: first.conversation });
    const now = await changed(failure, second.conversation, { place: 'Lyon' });
    expect(now.place).toBe('Lyon');
    await eventually('the pane of the other conversation shows it', () =>
      xuemei
        .heard('customer:changed')
        .find(
          ({ conversation, pane }) =>
            conversation === first.conversation && pane.timeline.some((item) => placeOf(item) === 'Lyon'),
        ),
    );
    const stepped = await megan.do('failure:step', {
      ...{ id: newId(), conversation: second.conversation, failure: failure.id, stage: 'apologised' },
    });
    expect(stepped.stage).toBe('apologised');
  });

  test('another conversation of the same browser may, of a visitor whom nobody has linked', async () => {
    const first = await aCase();
    const failure = await megan.do('failure:log', draftOf(first.conversation));
    const again = await aVisitor(relay, { token: first.visitor.token });
    await again.do('conversation:start', {
      ...{ token: first.visitor.token, conversation: again.conversation, locale: 'en' },
      message: { id: newId(), text: 'Me again' },
    });
    const conversation = await megan.take(again);
    expect((await changed(failure, conversation, { place: 'Lyon' })).place).toBe('Lyon');
    const { pane } = await megan.do('conversation:open', { conversation });
    expect(pane.pleaseKnow.map((card) => card.failure)).toEqual([failure.id]);
    expect((await megan.find(again)).pleaseKnow).toBe(true);
  });

  test('nobody else’s record is there, under any verb', async () => {
    const mine = await aCase();
    const theirs = await aCase('Hello');
    await linked(theirs.conversation, 'Stranger One');
    const failure = await megan.do('failure:log', draftOf(theirs.conversation));
    for (const id of [failure.id, newId()]) {
      const one = { conversation: mine.conversation, failure: id };
      expect(
        await refusal(megan.ask('failure:change', { ...one, id: newId(), revision: 1, fields: {} })),
      ).toBe('UNKNOWN');
      expect(await refusal(megan.ask('failure:step', { ...one, id: newId(), stage: 'apologised' }))).toBe(
        'UNKNOWN',
      );
      expect(await refusal(megan.ask('failure:check', { ...one, check: newId(), done: true }))).toBe(
        'UNKNOWN',
      );
    }
    expect((await history(failure.id)).edits).toEqual([]);
  });

  test('the back office reads the pane and writes no record; nobody outside reads the history', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation));
    const clerk = await anAgent(relay, { given: 'Ines', family: 'Duarte', role: 'back-office' });
    const one = { conversation, failure: failure.id, id: newId() };
    for (const asked of [
      clerk.ask('failure:log', draftOf(conversation)),
      clerk.ask('failure:change', { ...one, revision: 1, fields: { place: 'x' } }),
      clerk.ask('failure:step', { ...one, stage: 'apologised' }),
      clerk.ask('failure:check', { conversation, failure: failure.id, check: newId(), done: true }),
    ])
      expect(await refusal(asked)).toBe('FORBIDDEN');
    const path = `GET /api/failures/${failure.id}`;
    expect(await request({ origin: relay.origin, cookie: clerk.cookie }, path)).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await request({ origin: relay.origin }, path)).toMatchObject({ code: 'SIGNED_OUT' });
    expect(await request(asAgent(), `GET /api/failures/${newId()}`)).toMatchObject({ code: 'UNKNOWN' });
    expect(await request(asAgent(), 'GET /api/failures/x')).toMatchObject({ ok: false });
  });
});

describe('the extra-check list', () => {
  test('says by whom each was looked at; who did so first stays, and it can be taken back', async () => {
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation));
    const [colour, address] = [newId(), newId()];
    await relay.database.pool.query('update failures set checks = $2 where id = $1', [
      failure.id,
      JSON.stringify([
        { id: colour, text: 'the colour', doneBy: null },
        { id: address, text: 'the address', doneBy: null },
      ]),
    ]);
    const tick = (check: string, done: boolean, by = megan) =>
      by.ask('failure:check', { conversation, failure: failure.id, check, done });
    const checks = async () =>
      (await megan.do('customer:read', { conversation })).pleaseKnow[0]?.checks.map(
        ({ doneBy }) => doneBy?.fullName,
      );
    await Promise.all([tick(colour, true), tick(address, true, xuemei)]);
    expect(await checks()).toEqual(['Megan Kajitani', '林雪梅']);
    await tick(colour, true, xuemei);
    expect(await checks()).toEqual(['Megan Kajitani', '林雪梅']);
    await tick(colour, false);
    expect(await checks()).toEqual([undefined, '林雪梅']);
    expect(await refusal(tick(newId(), true))).toBe('UNKNOWN');
    // Looking at something is no edit of the record: whoever is writing need not begin again.
    expect((await history(failure.id)).failure.revision).toBe(1);
  });
});

describe('what cannot be replaced', () => {
  async function effortOf(failure: string) {
    const { rows } = await relay.database.pool.query<Record<string, unknown>>(
      `select owner_id as owner, due, what, conversation_id as conversation from tasks where key = $1`,
      [`effort:${failure}`],
    );
    return rows;
  }

  test('goes to an owner who may spend effort, once, within four hours', async () => {
    const { conversation } = await aCase();
    const logged = await megan.do(
      'failure:log',
      draftOf(conversation, { irreplaceable: true, what: 'the wedding flowers never came' }),
    );
    const { rows } = await relay.database.pool.query<{ id: string }>(
      `select id from people where role = 'owner'`,
    );
    const expected = {
      ...{ owner: rows[0]?.id, what: 'the wedding flowers never came', conversation },
      due: new Date(clock + 4 * 3_600_000),
    };
    expect(await effortOf(logged.id)).toEqual([expected]);
    await changed(logged, conversation, { place: 'Lyon' });
    expect(await effortOf(logged.id)).toEqual([expected]);
  });

  test('or to whom the settings name, also when it is found out later', async () => {
    await relay.database.pool.query(
      `insert into settings (key, value) values ('recovery', $1) on conflict (key) do update set value = excluded.value`,
      [JSON.stringify({ effort: xuemei.person.id })],
    );
    const { conversation } = await aCase();
    const failure = await megan.do('failure:log', draftOf(conversation));
    expect(await effortOf(failure.id)).toEqual([]);
    await changed(failure, conversation, { irreplaceable: true });
    expect(await effortOf(failure.id)).toMatchObject([{ owner: xuemei.person.id }]);
    await eventually('she is told', () => xuemei.heard('work:changed').some(({ open }) => open > 0));
  });
});

describe('the flag', () => {
  test('of what is closed shows until its date, in the pane and in the list, unless something is owed', async () => {
    const { visitor, conversation } = await aCase();
    await linked(conversation, 'Flag Bearer');
    const failure = await megan.do('failure:log', draftOf(conversation));
    const set = (columns: string) =>
      relay.database.pool.query(`update failures set ${columns} where id = $1`, [failure.id]);
    const shown = async () => {
      const { pane, conversation: row } = await megan.do('conversation:open', { conversation });
      expect((await megan.find(visitor)).pleaseKnow).toBe(row.pleaseKnow);
      expect(pane.pleaseKnow.length > 0).toBe(row.pleaseKnow);
      return row.pleaseKnow;
    };
    const until = new Date(clock + 86_400_000).toISOString();
    await set(`stage = 'closed', flag_until = '${until}', flag_lines = '{"Mind the address."}'`);
    expect(await shown()).toBe(true);
    const { pleaseKnow } = await megan.do('customer:read', { conversation });
    expect(pleaseKnow).toMatchObject([{ lines: ['Mind the address.'], until }]);
    clock += 86_400_001;
    expect(await shown()).toBe(false);
    await set(`owed = 'a call'`);
    expect(await shown()).toBe(true);
    await set(`owed = null, stage = 'followed-up'`);
    expect(await shown()).toBe(true);
    // Closed without a flag of its own: for a year.
    await set(`stage = 'closed', flag_until = null`);
    expect(await shown()).toBe(true);
    clock += 366 * 86_400_000;
    expect(await shown()).toBe(false);
  });
});

function placeOf(item: TimelineItem): string | null {
  return item.kind === 'failure' ? item.place : null;
}
