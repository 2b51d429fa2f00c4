import type { Task, TaskDraft } from '@fullname/shared/recovery';
import { expect, test } from 'vitest';
import { aClock, aMailServer, FROM, refusal as mailRefusal } from '../mail/post.ts';
import { call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { anAgent, newId, refusal } from '../support/people.ts';
import { startRelay } from '../support/relay.ts';
import {
  aDesk,
  change,
  end,
  failureNow,
  flagUntil,
  HOUR_MS,
  mended,
  mendedAgain,
  mustEnd,
  taskOf,
  tasksOf,
} from './mended.ts';

test('three follow-ups are the ally’s, whoever mended it, and close the failure at their end', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, tomas, conversation } = desk;
  await handOver(desk);
  const fixedAt = clock.now();
  const failure = await mended(desk, tomas);
  expect(failure.stage).toBe('fixed');
  expect(await tasksOf(relay, tomas)).toEqual([]);
  const tasks = await tasksOf(relay, megan);
  expect(tasks.map(({ kind, due }) => [kind, (Date.parse(due) - fixedAt) / HOUR_MS])).toEqual([
    ['internal', 4],
    ['immediate', 24],
    ['wrap-up', 72],
  ]);
  expect(tasks.map(({ what, customer }) => [what, customer?.name])).toEqual(
    Array(3).fill(['the lamp came broken', 'Anna Lindqvist']),
  );
  await eventually('her screen says so', () => megan.heard('work:changed').at(-1)?.open === 3);

  const immediate = await taskOf(relay, megan, 'immediate');
  const asked = await mustEnd(relay, megan, immediate.id, { end: 'done', works: true, said: 'it is bright' });
  expect(asked).toMatchObject({
    state: 'done',
    why: 'it is bright',
    endedBy: { fullName: 'Megan Kajitani' },
  });
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('followed-up');

  const internal = await taskOf(relay, megan, 'internal');
  await mustEnd(relay, megan, internal.id, flagUntil(clock.now() + 24 * HOUR_MS));
  const pane = await tomas.do('customer:read', { conversation });
  expect(pane.pleaseKnow[0]).toMatchObject({
    lines: ['A lamp came broken', 'A new one was brought', 'Call before the next parcel'],
    checks: [{ text: 'Look at the lamp before it leaves', doneBy: null }],
  });

  await change(megan, { conversation, failure: failure.id }, { extra: 'a spare shade' });
  const wrapUp = await taskOf(relay, megan, 'wrap-up');
  const sent = await mustEnd(relay, megan, wrapUp.id, { end: 'done', wrapUp: 'handwritten' });
  expect(sent).toMatchObject({ state: 'done', wrapUp: 'handwritten' });
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('closed');
  expect(await tasksOf(relay, megan)).toEqual([]);
  const ended = await tasksOf(relay, megan, 'whose=mine&state=ended');
  expect(ended.map(({ kind }) => kind).toSorted()).toEqual(['immediate', 'internal', 'wrap-up']);
  const kinds = (await megan.read(conversation)).map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'followed-up')).toHaveLength(3);
  expect(kinds.slice(-1)).toEqual(['failure-stepped']);
  expect((await desk.visitor.read()).map(({ kind }) => kind)).not.toContain('followed-up');
});

test('“it still does not work” opens the failure again, and the next fix has a round of its own', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, conversation } = desk;
  const failure = await mended(desk, megan);
  const first = await taskOf(relay, megan, 'immediate');
  await mustEnd(relay, megan, first.id, { end: 'done', works: false, said: 'it flickers' });
  const again = await failureNow(megan, conversation, failure.id);
  expect(again).toMatchObject({ stage: 'gone-over', reopened: 1 });
  expect(await tasksOf(relay, megan)).toEqual([]);
  const ended = await tasksOf(relay, megan, 'whose=mine&state=ended');
  expect(ended.filter(({ state }) => state === 'waived').map(({ why, endedBy }) => [why, endedBy])).toEqual([
    ['It did not hold.', null],
    ['It did not hold.', null],
  ]);
  const last = (await megan.read(conversation)).at(-1);
  expect(last).toMatchObject({ kind: 'failure-stepped', stage: 'gone-over', again: true });

  clock.forward(2 * HOUR_MS);
  await mendedAgain(desk, megan, failure.id);
  const second = await tasksOf(relay, megan);
  expect(second.map(({ kind }) => kind)).toEqual(['internal', 'immediate', 'wrap-up']);
  expect(second.map(({ id }) => id)).not.toContain(first.id);
  const immediate = await taskOf(relay, megan, 'immediate');
  await mustEnd(relay, megan, immediate.id, { end: 'done', works: true });
  expect(await failureNow(megan, conversation, failure.id)).toMatchObject({
    stage: 'followed-up',
    reopened: 1,
  });
});

test('the last end is refused until somebody says what was added, or why nothing was', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, conversation } = desk;
  const failure = await mended(desk, megan);
  for (const kind of ['wrap-up', 'internal'] as const) {
    const { id } = await taskOf(relay, megan, kind);
    await mustEnd(relay, megan, id, { end: 'waived', why: 'they have moved abroad' });
  }
  const { id } = await taskOf(relay, megan, 'immediate');
  const yes = { end: 'done', works: true } as const;
  expect(await refusal(end(relay, megan, id, yes))).toBe('EXTRA_FIRST');
  expect(await refusal(end(relay, megan, id, { end: 'waived', why: 'gone' }))).toBe('EXTRA_FIRST');
  expect((await taskOf(relay, megan, 'immediate')).id).toBe(id);
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('fixed');
  await change(megan, { conversation, failure: failure.id }, { noExtra: 'they did not wish for anything' });
  await mustEnd(relay, megan, id, yes);
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('closed');
});

test('only the ally ends the question; an owner may waive it, and answer it when the ally is gone', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, tomas } = desk;
  await mended(desk, megan);
  const owner = { cookie: relay.owner };
  const { id } = await taskOf(relay, megan, 'immediate');
  const yes = { end: 'done', works: true } as const;
  expect(await refusal(end(relay, tomas, id, yes))).toBe('NOT_ALLY');
  expect(await refusal(end(relay, owner, id, yes))).toBe('NOT_ALLY');
  expect(await refusal(end(relay, tomas, id, { end: 'waived', why: 'no' }))).toBe('FORBIDDEN');
  const helper = await anAgent(relay, { role: 'back-office', given: 'Adaeze', family: 'Okafor' });
  expect(await refusal(end(relay, helper, id, yes))).toBe('UNKNOWN');
  expect((await taskOf(relay, megan, 'immediate')).id).toBe(id);

  await relay.database.pool.query('update people set active = false where id = $1', [megan.person.id]);
  const answered = await mustEnd(relay, owner, id, yes);
  expect(answered).toMatchObject({ state: 'done', owner: { fullName: 'Megan Kajitani' } });
});

test('a no is the customer’s own: whichever agent hears it writes it down; the back office does not', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, tomas, conversation } = desk;
  const failure = await mended(desk, megan);
  const { id } = await taskOf(relay, megan, 'immediate');
  const helper = await anAgent(relay, { role: 'back-office', given: 'Adaeze', family: 'Okafor' });
  const no = { end: 'done', works: false, said: 'it flickers' } as const;
  expect(await refusal(end(relay, helper, id, no))).toBe('UNKNOWN');
  const wrapUp = await taskOf(relay, megan, 'wrap-up');
  expect(await refusal(end(relay, tomas, wrapUp.id, { end: 'done', wrapUp: 'call' }))).toBe('NOT_ALLY');
  const ended = await mustEnd(relay, tomas, id, no);
  expect(ended).toMatchObject({ state: 'done', endedBy: { fullName: 'Tomás Ferreira' }, why: 'it flickers' });
  expect(await failureNow(megan, conversation, failure.id)).toMatchObject({
    ...{ stage: 'gone-over', reopened: 1 },
  });
  expect(await tasksOf(relay, megan)).toEqual([]);
  await eventually('the ally’s screen says so', () => megan.heard('work:changed').at(-1)?.open === 0);
  await mustEnd(relay, tomas, id, no);
  await mendedAgain(desk, tomas, failure.id);
  const second = await taskOf(relay, megan, 'immediate');
  const owner = { cookie: relay.owner };
  await mustEnd(relay, owner, second.id, no);
  expect((await failureNow(megan, conversation, failure.id)).reopened).toBe(2);
});

test('what was followed up or closed is opened again by any agent, and has a new round; long after that it is another matter', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, tomas, conversation } = desk;
  const { id: failure } = await mended(desk, megan);
  const again = () => ({ id: newId(), conversation, failure, stage: 'gone-over' }) as const;
  expect(await refusal(tomas.ask('failure:step', again()))).toBe('WRONG_ORDER');
  const asked = await taskOf(relay, megan, 'immediate');
  const yes = { end: 'done', works: true } as const;
  await mustEnd(relay, megan, asked.id, yes);
  const step = again();
  const opened = await tomas.do('failure:step', step);
  expect(opened).toMatchObject({ stage: 'gone-over', reopened: 1 });
  expect(await tomas.do('failure:step', step)).toEqual(opened);
  expect(await tasksOf(relay, megan)).toEqual([]);
  const waived = (await tasksOf(relay, megan, 'whose=mine&state=ended')).filter(
    ({ state }) => state === 'waived',
  );
  expect(waived.map(({ kind, why }) => [kind, why])).toEqual(
    expect.arrayContaining([
      ['internal', 'It did not hold.'],
      ['wrap-up', 'It did not hold.'],
    ]),
  );
  expect((await megan.read(conversation)).at(-1)).toMatchObject({
    ...{ kind: 'failure-stepped', stage: 'gone-over', again: true, by: { fullName: 'Tomás Ferreira' } },
  });
  // The earlier yes stays what it was.
  await mustEnd(relay, megan, asked.id, yes);
  expect(await refusal(end(relay, megan, asked.id, { end: 'done', works: false }))).toBe('ENDED');

  const closed = async () => {
    await mendedAgain(desk, tomas, failure);
    await change(megan, { conversation, failure }, { noExtra: 'they wished for nothing' });
    for (const { id } of await tasksOf(relay, megan))
      await mustEnd(relay, { cookie: relay.owner }, id, { end: 'waived', why: 'all is well' });
    expect((await failureNow(megan, conversation, failure)).stage).toBe('closed');
  };
  await closed();
  clock.forward(30 * 24 * HOUR_MS);
  expect(await tomas.do('failure:step', again())).toMatchObject({ stage: 'gone-over', reopened: 2 });
  await closed();
  clock.forward(181 * 24 * HOUR_MS);
  expect(await refusal(tomas.ask('failure:step', again()))).toBe('TOO_LATE');
});

test('nothing is opened for an ally who may not answer any more', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  await handOver(desk);
  await relay.database.pool.query('update people set active = false where id = $1', [desk.megan.person.id]);
  await mended(desk, desk.tomas);
  expect((await tasksOf(relay, desk.tomas)).map(({ kind }) => kind)).toEqual([
    'internal',
    'immediate',
    'wrap-up',
  ]);
});

test('the same end twice is one end, at once as well; another end is refused', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, conversation } = desk;
  await mended(desk, megan);
  const { id } = await taskOf(relay, megan, 'immediate');
  const yes = { end: 'done', works: true, said: 'it is bright' } as const;
  const both = await Promise.all([end(relay, megan, id, yes), end(relay, megan, id, yes)]);
  expect(both.map(({ ok }) => ok)).toEqual([true, true]);
  expect(await refusal(end(relay, megan, id, { ...yes, works: false }))).toBe('ENDED');
  expect(await refusal(end(relay, megan, id, { ...yes, said: 'other' }))).toBe('ENDED');
  expect(await refusal(end(relay, megan, id, { end: 'waived', why: 'late' }))).toBe('ENDED');
  const entries = await megan.read(conversation);
  expect(entries.filter(({ kind }) => kind === 'followed-up')).toHaveLength(1);

  const flag = flagUntil(clock.now() + HOUR_MS);
  const internal = await taskOf(relay, megan, 'internal');
  await mustEnd(relay, megan, internal.id, flag);
  await mustEnd(relay, megan, internal.id, flag);
  expect(await refusal(end(relay, megan, internal.id, flagUntil(clock.now() + 2 * HOUR_MS)))).toBe('ENDED');
});

test('of the last two that end at once one closes the failure, and where no extra was said one is refused', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, conversation } = desk;
  const failure = await mended(desk, megan);
  const immediate = await taskOf(relay, megan, 'immediate');
  await mustEnd(relay, megan, immediate.id, { end: 'done', works: true });
  const flag = (await taskOf(relay, megan, 'internal')).id;
  const note = (await taskOf(relay, megan, 'wrap-up')).id;
  const both = () =>
    Promise.all([
      end(relay, megan, flag, flagUntil(clock.now() + HOUR_MS)),
      end(relay, { cookie: relay.owner }, note, { end: 'waived', why: 'they have moved abroad' }),
    ]);
  const codes = (await both()).map((answer) => (answer.ok ? 'ok' : answer.code));
  expect(codes.toSorted()).toEqual(['EXTRA_FIRST', 'ok']);
  expect(await tasksOf(relay, megan)).toHaveLength(1);
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('followed-up');
  await change(megan, { conversation, failure: failure.id }, { noExtra: 'they wanted none' });
  expect((await both()).map(({ ok }) => ok)).toEqual([true, true]);
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('closed');
  const closings = (await megan.read(conversation)).filter(
    (entry) => entry.kind === 'failure-stepped' && entry.stage === 'closed',
  );
  expect(closings).toHaveLength(1);
});

test('a no that meets the end of another follow-up leaves one truth', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, conversation } = desk;
  const failure = await mended(desk, megan);
  const immediate = await taskOf(relay, megan, 'immediate');
  const wrapUp = await taskOf(relay, megan, 'wrap-up');
  const no = { end: 'done', works: false } as const;
  const [first, again, called] = await Promise.all([
    end(relay, megan, immediate.id, no),
    end(relay, megan, immediate.id, no),
    end(relay, megan, wrapUp.id, { end: 'done', wrapUp: 'call' }),
  ]);
  expect([first.ok, again.ok]).toEqual([true, true]);
  expect(called.ok || called.code === 'ENDED').toBe(true);
  expect(await failureNow(megan, conversation, failure.id)).toMatchObject({
    stage: 'gone-over',
    reopened: 1,
  });
  expect(await tasksOf(relay, megan)).toEqual([]);
  await mendedAgain(desk, megan, failure.id);
  expect((await tasksOf(relay, megan)).map(({ kind }) => kind)).toEqual(['internal', 'immediate', 'wrap-up']);
});

test('each kind has its own way to end, and nothing else will do', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan } = desk;
  await mended(desk, megan);
  const immediate = await taskOf(relay, megan, 'immediate');
  const internal = await taskOf(relay, megan, 'internal');
  const wrapUp = await taskOf(relay, megan, 'wrap-up');
  const words = { id: newId(), text: 'I have not forgotten.' };
  const tries = [
    [immediate.id, { end: 'done' }, 'INVALID_PAYLOAD'],
    [immediate.id, { end: 'done', wrapUp: 'call' }, 'INVALID_PAYLOAD'],
    [immediate.id, { end: 'waived', why: '  ' }, 'EMPTY'],
    [internal.id, { end: 'done', works: true }, 'INVALID_PAYLOAD'],
    [internal.id, flagUntil(clock.now() - 1), 'TOO_LATE'],
    [internal.id, { end: 'done', flag: { lines: [], checks: [], until: '2999-01-01T00:00:00Z' } }, 'EMPTY'],
    [wrapUp.id, { end: 'done', works: true }, 'INVALID_PAYLOAD'],
    [wrapUp.id, { end: 'done', wrapUp: 'personal-message' }, 'EMPTY'],
    [wrapUp.id, { end: 'done', wrapUp: 'e-mail', message: words }, 'MAIL_OFF'],
    [newId(), { end: 'done' }, 'UNKNOWN'],
  ] as const;
  for (const [id, how, code] of tries) expect(await refusal(end(relay, megan, id, how))).toBe(code);
  expect(await tasksOf(relay, megan)).toHaveLength(3);
});

test('a personal message goes into a conversation that is closed, which stays so, and not over a colleague', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay);
  const { megan, tomas, visitor, conversation } = desk;
  await handOver(desk);
  await mended(desk, tomas);
  const { id } = await taskOf(relay, megan, 'wrap-up');
  const message = { id: newId(), text: 'Hello Anna Lindqvist, I have not forgotten. Megan Kajitani' };
  const how = { end: 'done', wrapUp: 'personal-message', message } as const;
  expect(await refusal(end(relay, megan, id, how))).toBe('NOT_YOURS');
  await tomas.do('conversation:close', { conversation, id: newId(), farewell: 'Goodbye, Anna Lindqvist.' });
  await mustEnd(relay, megan, id, how);
  await mustEnd(relay, megan, id, how);
  await eventually('it is on the visitor’s screen', () =>
    visitor.heard('message:sent').find((entry) => entry.id === message.id),
  );
  const said = (await visitor.read()).filter((entry) => entry.id === message.id);
  expect(said).toMatchObject([
    { kind: 'message', text: message.text, author: { person: { fullName: 'Megan Kajitani' } } },
  ]);
  const { conversation: now } = await megan.do('conversation:open', { conversation });
  expect(now).toMatchObject({ status: 'closed', waitingSince: null });

  await visitor.say('Thank you');
  await eventually('a reply opens it as ever', async () => {
    const opened = await megan.do('conversation:open', { conversation });
    return opened.conversation.status === 'waiting';
  });
});

test('an e-mail goes out by a mail server in the ally’s name, and its way can be seen', async () => {
  const clock = aClock();
  let isDown = true;
  const server = await aMailServer({
    onMail: () => {
      if (isDown) throw mailRefusal(451, 'try again');
    },
  });
  const relay = await startRelay({ now: clock.now, env: { SMTP_URL: server.url, MAIL_FROM: FROM } });
  const desk = await aDesk(relay, { email: 'anna@example.com' });
  const { megan } = desk;
  await mended(desk, megan);
  const { id } = await taskOf(relay, megan, 'wrap-up');
  const draft = await call<TaskDraft>({ ...megan, origin: relay.origin }, `GET /api/tasks/${id}/draft`);
  expect(draft.mail).toEqual({ to: 'anna@example.com' });
  const { subject = '', text = '' } = draft.texts['e-mail'] ?? {};
  const how = { end: 'done', wrapUp: 'e-mail', message: { id: newId(), subject, text } } as const;
  expect((await mustEnd(relay, megan, id, how)).mail).toBe('waiting');
  expect((await mustEnd(relay, megan, id, how)).mail).toBe('waiting');
  const other = { ...how, message: { ...how.message, text: `${text} And more.` } };
  expect(await refusal(end(relay, megan, id, other))).toBe('ENDED');
  await relay.runDue();
  expect(server.taken).toEqual([]);
  expect(await wrapUpNow()).toMatchObject({ state: 'done', mail: 'waiting' });
  isDown = false;
  clock.forward(HOUR_MS);
  await relay.runDue();
  expect(await wrapUpNow()).toMatchObject({ state: 'done', wrapUp: 'e-mail', mail: 'sent' });
  expect(server.taken.map(({ to }) => to)).toEqual(['anna@example.com']);
  expect(server.taken[0]?.raw).toMatch(/^From: .*Megan Kajitani at Larkspur & Reed/m);
  expect(server.taken[0]?.raw.replaceAll('=\r\n', '')).toContain('the lamp came broken');

  async function wrapUpNow(): Promise<Task | undefined> {
    return (await tasksOf(relay, megan, 'whose=mine&state=ended')).find((task) => task.id === id);
  }
});

test('an end that is refused sends nothing: the letter of the last follow-up waits for the extra as well', async () => {
  const clock = aClock();
  const server = await aMailServer();
  const relay = await startRelay({ now: clock.now, env: { SMTP_URL: server.url, MAIL_FROM: FROM } });
  const desk = await aDesk(relay, { email: 'anna@example.com' });
  const { megan, conversation } = desk;
  const failure = await mended(desk, megan);
  for (const kind of ['immediate', 'internal'] as const) {
    const { id } = await taskOf(relay, megan, kind);
    await mustEnd(relay, megan, id, { end: 'waived', why: 'they have moved abroad' });
  }
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('followed-up');
  const { id } = await taskOf(relay, megan, 'wrap-up');
  const message = { id: newId(), subject: 'Your lamp', text: 'How is it now?' };
  const how = { end: 'done', wrapUp: 'e-mail', message } as const;
  expect(await refusal(end(relay, megan, id, how))).toBe('EXTRA_FIRST');
  await relay.runDue();
  expect(server.taken).toEqual([]);
  await change(megan, { conversation, failure: failure.id }, { extra: 'a spare shade' });
  await mustEnd(relay, megan, id, how);
  await relay.runDue();
  expect(server.taken).toHaveLength(1);
  expect((await failureNow(megan, conversation, failure.id)).stage).toBe('closed');
});

test('an e-mail to nobody’s proven address is refused, and the task stays a person’s', async () => {
  const clock = aClock();
  const server = await aMailServer();
  const relay = await startRelay({ now: clock.now, env: { SMTP_URL: server.url, MAIL_FROM: FROM } });
  const desk = await aDesk(relay);
  const { megan } = desk;
  await mended(desk, megan);
  const { id } = await taskOf(relay, megan, 'wrap-up');
  const message = { id: newId(), subject: 'Your lamp', text: 'How is it now?' };
  const how = { end: 'done', wrapUp: 'e-mail', message } as const;
  expect(await refusal(end(relay, megan, id, how))).toBe('MAIL_UNPROVEN');
  expect((await taskOf(relay, megan, 'wrap-up')).state).toBe('open');
  await mustEnd(relay, megan, id, { end: 'done', wrapUp: 'call' });
  await relay.runDue();
  expect(server.taken).toEqual([]);
});

test('drafts are made of the record, in the customer’s language, and ask about whoever did the work', async () => {
  const clock = aClock();
  const relay = await startRelay({ now: clock.now });
  const desk = await aDesk(relay, { locale: 'zh-Hant' });
  const { megan, tomas } = desk;
  await handOver(desk);
  await mended(desk, tomas, { what: '檯燈送到時燈罩破了', product: '雲雀檯燈', element: 'product' });
  const draftOf = async (kind: 'immediate' | 'internal' | 'wrap-up') => {
    const { id } = await taskOf(relay, megan, kind);
    return call<TaskDraft>({ ...megan, origin: relay.origin }, `GET /api/tasks/${id}/draft`);
  };
  const question = (await draftOf('immediate')).texts['personal-message']?.text;
  expect(question).toContain('檯燈送到時燈罩破了');
  expect(question).toContain('Tomás Ferreira');
  const flag = await draftOf('internal');
  expect(flag.lines[0]).toBe('發生了什麼：雲雀檯燈: 檯燈送到時燈罩破了');
  expect(flag.lines).toHaveLength(3);
  expect(flag.checks.length).toBeGreaterThan(0);
  expect(Date.parse(flag.until ?? '') - clock.now()).toBe(180 * 24 * HOUR_MS);
  const { texts, mail, reach } = await draftOf('wrap-up');
  expect(reach).toBeNull();
  const text = '六點以後打電話';
  const { conversation } = desk;
  await megan.do('preference:note', { id: newId(), conversation, text, source: 'stated', reach: 'phone' });
  for (const kind of ['immediate', 'wrap-up'] as const)
    expect((await draftOf(kind)).reach).toEqual({ reach: 'phone', text });
  expect(Object.keys(texts)).toEqual(['handwritten', 'call', 'personal-message', 'e-mail']);
  expect(texts.handwritten?.text.split('\n').at(-1)).toBe('Megan Kajitani');
  expect(mail).toEqual({ why: 'MAIL_OFF' });
});

/** Tomás has it from now on; Megan stays the ally. */
async function handOver({ megan, tomas, conversation }: Awaited<ReturnType<typeof aDesk>>): Promise<void> {
  await megan.do('conversation:hand-over', {
    ...{ conversation, id: newId() },
    ...{ to: tomas.person.id, note: 'the lamp' },
  });
  await tomas.do('conversation:open', { conversation });
}
