/** A day at the demo desk on which everybody writes everything that they can: what is then to be drawn somewhere. */
import type { Site } from '@fullname/shared/api';
import type { Failure } from '@fullname/shared/model';
import type { Purse, TaskPage } from '@fullname/shared/recovery';
import { agentUpload, value } from '../files/upload.ts';
import { type Asker, call } from '../support/console-api.ts';
import { eventually } from '../support/eventually.ts';
import { type Agent, aVisitor, type Door, newId, type Visitor } from '../support/people.ts';
import { PNG } from '../support/pictures.ts';

export type People = {
  readonly door: Door;
  readonly owner: Asker;
  readonly site: Site;
  /** Who takes it first, who has it in the end, and a third. */
  readonly megan: Agent;
  readonly ingrid: Agent;
  readonly yijun: Agent;
};

export type Stranger = { readonly id: string; say(more: string): Promise<unknown> };

const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** What a visitor and their page say beside the chat. */
export async function visitorSays(same: Visitor, { yijun }: People): Promise<void> {
  const { conversation } = same;
  await same.do('page:view', { url: 'https://larkspur.example/cans?size=9', title: 'Watering cans' });
  await same.do('page:tell', {
    conversation,
    attributes: { plan: 'garden club', visits: 3 },
    events: [{ id: newId(), name: 'basket', meta: { with: 'roses', sum: 40 }, ago: 60_000 }],
  });
  await same.do('email:give', { conversation, id: newId(), email: 'anna@example.com' });
  await same.do('person:ask', { conversation, id: newId(), person: yijun.person.id });
  const [time] = (await same.do('call-back:find', {})).times;
  const booked = { conversation, id: newId(), from: time?.from ?? '', phone: '+41 44 668 18 00' };
  await same.do('call-back:book', { ...booked, way: 'telephone' });
}

/** From the first answer until it is handed over, in one conversation. */
export async function megansPart(people: People, same: Visitor, conversation: string): Promise<void> {
  const { megan, ingrid, owner, door } = people;
  const one = () => ({ conversation, id: newId() });
  await megan.do('conversation:take', one());
  await megan.do('message:send', { ...one(), text: 'It left us at eight. https://example.com/track' });
  await megan.do('note:send', { ...one(), text: 'She wants it before noon.' });
  const id = newId();
  const { file } = value(
    await agentUpload(door, { agent: megan, conversation }, PNG, { id, name: 'rose.png' }),
  );
  await megan.do('file:send', { conversation, id, file });
  await promises(megan, conversation);
  const { customer } = await megan.do('customer:read', { conversation });
  await megan.do('preference:note', {
    ...{ ...one(), text: 'White only', source: 'stated', quote: 'Only white, please' },
    idea: 'White tulips in March',
  });
  const offer = newId();
  await megan.do('extras:offer', {
    conversation,
    id: offer,
    text: 'What may we add?',
    options: ['A vase', 'Tea'],
  });
  await same.do('extra:choose', {
    conversation: same.conversation,
    id: newId(),
    offer,
    choice: 'Some seeds',
  });
  await megan.do('conversation:hand-over', { ...one(), to: ingrid.person.id, note: 'You know her.' });
  await call(owner, `PUT /api/customers/${customer?.id}/ally`, { id: newId(), ally: ingrid.person.id });
}

/** One that is kept, and one that is moved. */
async function promises(by: Agent, conversation: string): Promise<void> {
  const [kept, open] = [newId(), newId()];
  for (const promise of [kept, open])
    await by.do('promise:make', {
      conversation,
      id: promise,
      text: `A call ${promise.slice(0, 4)}`,
      due: inHours(1),
    });
  await by.do('promise:move', { conversation, id: newId(), promise: open, due: inHours(2) });
  await by.do('promise:keep', { conversation, promise: kept });
}

/** What is recorded, given, asked and said of it among colleagues. */
export async function ingridsPart(
  { ingrid, megan, yijun, owner, door }: People,
  conversation: string,
): Promise<void> {
  const hers = { origin: door.origin, cookie: megan.cookie };
  const third = { origin: door.origin, cookie: yijun.cookie };
  const one = () => ({ conversation, id: newId() });
  const money = (amount: number) => ({ amount, currency: 'USD' });
  await promises(ingrid, conversation);
  const failure = newId();
  const said = (await ingrid.read(conversation)).find(
    (one) => one.kind === 'message' && one.author.kind === 'visitor',
  );
  await ingrid.do('failure:log', {
    ...{
      conversation,
      id: failure,
      what: 'The can leaks',
      product: 'Copper can',
      place: 'The depot',
      category: 'Parcel',
    },
    ...{
      channel: 'telephone',
      element: 'product',
      quotes: [said?.seq ?? 0],
      owed: 'A new can',
      owedBy: inHours(4),
      disputed: money(9),
    },
  });
  const step = (stage: Failure['stage']) => ingrid.do('failure:step', { ...one(), failure, stage });
  const change = async (fields: object) => {
    const { timeline } = await ingrid.do('customer:read', { conversation });
    const now = timeline.find(({ id }) => id === failure);
    await ingrid.do('failure:change', {
      ...one(),
      failure,
      revision: now?.kind === 'failure' ? now.revision : 0,
      fields,
    });
  };
  await step('apologised');
  await change({ wants: 'A can that does not leak' });
  await step('gone-over');
  await change({
    putRight: 'A new one was brought',
    restored: true,
    extra: 'Seeds',
    place: 'The van',
    product: 'Copper watering can',
  });
  await step('fixed');
  await change({ cause: 'supplier', causeNote: 'A bad seam', category: 'Packing' });
  const { tasks } = await call<TaskPage>(owner, 'GET /api/tasks?whose=mine&state=open');
  const task = (kind: string) => tasks.find((one) => one.kind === kind && one.failure === failure)?.id;
  await call(owner, `POST /api/tasks/${task('immediate')}/end`, {
    end: 'done',
    works: true,
    said: 'It holds',
  });
  const flag = {
    lines: ['A can leaked', 'A new one came', 'Look twice'],
    checks: ['The seam'],
    until: inHours(99),
  };
  await call(owner, `POST /api/tasks/${task('internal')}/end`, { end: 'done', flag });
  const gift = { conversation, amount: money(9), failure };
  await call(owner, 'POST /api/goodwill', { ...gift, id: newId(), what: 'A bunch of roses' });
  const asked = { ...gift, id: newId(), amount: money(900), what: 'A garden', colleague: ingrid.person.id };
  await call(hers, 'POST /api/goodwill', asked);
  await call(owner, `POST /api/goodwill/${asked.id}/decision`, { grant: false, instead: 'A smaller garden' });
  await call<Purse>(hers, 'POST /api/goodwill', { ...asked, id: newId(), what: 'A greenhouse' });
  const granted = { ...asked, id: newId(), what: 'A fountain', colleague: megan.person.id };
  await call(owner, 'POST /api/goodwill', granted);
  await call(hers, `POST /api/goodwill/${granted.id}/decision`, { grant: true });
  const help = (asker: Asker, provider: string, what: string) => {
    const draft = { id: newId(), conversation, what, provider, wishedBy: inHours(3) };
    return call<{ id: string }>(asker, 'POST /api/requests', draft).then(({ id }) => id);
  };
  const answered = await help(owner, megan.person.id, 'Where is the seam?');
  await call(hers, `POST /api/requests/${answered}`, { act: 'promise', due: inHours(1) });
  await call(hers, `POST /api/requests/${answered}`, { act: 'answer', text: 'At the spout' });
  const declined = await help(owner, yijun.person.id, 'Can you solder?');
  await call(third, `POST /api/requests/${declined}`, {
    act: 'decline',
    instead: 'Ask the smith',
    text: 'Not today',
  });
  await help(hers, ingrid.person.id, 'May she have two?');
  const story = {
    kind: 'recovery',
    what: 'The can',
    why: 'She laughed',
    cost: money(3),
    mayTell: 'company',
    conversation,
  };
  await call(owner, 'POST /api/stories', { ...story, id: newId(), about: megan.person.id });
  await call(hers, 'POST /api/praise', {
    id: newId(),
    to: ingrid.person.id,
    text: 'You stayed late',
    conversation,
  });
  await call(owner, 'POST /api/coaching', {
    id: newId(),
    conversation,
    to: megan.person.id,
    text: 'Ask first',
  });
}

/** The goodbye, and what is said to it. */
export async function goodbye({ ingrid }: People, same: Visitor, conversation: string): Promise<void> {
  await ingrid.do('conversation:close', {
    conversation,
    id: newId(),
    farewell: 'It was good to talk to you.',
  });
  const own = () => ({ conversation: same.conversation, id: newId() });
  await same.do('farewell:answer', { ...own(), question: 'how', text: 'Kind' });
  await same.do('farewell:answer', { ...own(), question: 'hope', text: 'A can that holds' });
}

/** Somebody's first words, of whom nobody knows; they wait, and may say more. */
export async function aStranger({ door, ingrid }: People, text: string): Promise<Stranger> {
  const stranger = await aVisitor(door, { page: { url: 'https://larkspur.example/roses', title: 'Roses' } });
  const { token, conversation } = stranger;
  const about = { name: 'Sam Reed', email: 'sam@example.com', order: 'LR-20417' };
  await stranger.do('conversation:start', {
    ...{ token, conversation, locale: 'en', about, message: { id: newId(), text } },
  });
  const id = await eventually('it waits', async () => {
    const { rows } = await ingrid.do('conversation:list', { view: 'waiting' });
    return rows.find(({ preview }) => preview?.text === text)?.id;
  });
  const say = (more: string) => stranger.do('message:send', { conversation, id: newId(), text: more });
  return { id, say };
}

/** It was put aside once, and is open; whoever it is was linked with a record, which nobody has any longer. Gives that record's id. */
export async function takenFrom({ ingrid }: People, conversation: string): Promise<string> {
  const one = () => ({ conversation, id: newId() });
  await ingrid.do('conversation:put-aside', one());
  await ingrid.do('conversation:put-aside', { ...one(), undo: true });
  await ingrid.do('conversation:take', one());
  await ingrid.do('customer:link', { ...one(), customer: { name: 'Sam Reed' } });
  const { customer } = await ingrid.do('customer:read', { conversation });
  await ingrid.do('customer:link', { ...one(), customer: null });
  await ingrid.do('draft:save', { conversation, text: 'We have some in' });
  return customer?.id ?? '';
}

/** Two records were taken for one person, and are two again. */
export async function merged({ owner, ingrid }: People, conversation: string, other: string): Promise<void> {
  const { customer } = await ingrid.do('customer:read', { conversation });
  const merge = { id: newId(), kept: customer?.id ?? '', merged: other };
  await call(owner, 'POST /api/merges', merge);
  await call(owner, `DELETE /api/merges/${merge.id}`);
}

/** What customers wish for: one is being built, one is here, and one is not built now. */
export async function built({ owner }: People, hers: string, theirs: string): Promise<void> {
  const wish = async (conversation: string, what: string) => {
    const words = { id: newId(), conversation, words: `I wish for ${what}`, credit: 'Anna of Bern' };
    const draft = { id: newId(), what, wish: words };
    return (await call<{ id: string }>(owner, 'POST /api/builds', draft)).id;
  };
  const act = (id: string, body: object) => call(owner, `POST /api/builds/${id}`, body);
  await act(await wish(hers, 'a lid'), { act: 'build' });
  await act(await wish(hers, 'a handle'), { act: 'not-now', why: 'It is too hot' });
  const here = await wish(theirs, 'a rose');
  await act(here, { act: 'build' });
  await act(here, { act: 'here' });
  await act(here, { act: 'tell', text: 'Now it has one' });
}
