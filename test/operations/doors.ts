/** Every event by which people bring in words and what they prove themselves by, tried with some that are nowhere else. */
import { randomBytes, randomInt } from 'node:crypto';
import type { Result } from '@fullname/shared/errors';
import type { AgentEvents, VisitorEvents } from '@fullname/shared/events';
import { makeToken } from '@fullname/shared/ids';
import { type Agent, newId, type Payload, type Visitor } from '../support/people.ts';
import { at, secret } from './canary.ts';
import { addDevice, asked, type House, uploads } from './doors-http.ts';

/** Who has spoken before: `visitor` with Megan Kajitani, `guest` with nobody yet; `newcomer` has said nothing. */
export type Talk = {
  readonly visitor: Visitor;
  readonly guest: Visitor;
  readonly newcomer: Visitor;
  /** The visitor's, as the desk knows it. */
  readonly conversation: string;
};

type Tried = { readonly end: 'visitor' | 'agent'; readonly event: string; readonly payload: unknown };
type Ask<Events> = <Name extends keyof Events & string>(
  event: Name,
  payload: Payload<Events, Name>,
) => Promise<unknown>;
type Ways = Talk &
  House & {
    readonly from: (who: Visitor) => Ask<VisitorEvents>;
    readonly by: (who: Agent) => Ask<AgentEvents>;
  };

export type Doors = {
  readonly tried: readonly Tried[];
  /** What was refused each time, by event or route, and how. */
  refused(): Readonly<Record<string, string>>;
  /** All that can be brought in while the conversation is open. Refusals are as good as answers here: both may be logged. */
  open(): Promise<unknown>;
  /** Handed over, and ended with a goodbye that is answered. */
  close(): Promise<unknown>;
  askCode(email: string): Promise<unknown>;
  confirm(code: string): Promise<unknown>;
};

export function openDoors(house: Omit<House, 'noted'>, talk: Talk): Doors {
  const tried: Tried[] = [];
  const [refused, done] = [new Map<string, string>(), new Set<string>()];
  const noted: House['noted'] = async (name, asked) => {
    const result = await asked;
    if (result.ok) done.add(name);
    else refused.set(name, result.code);
    return result.ok ? result.value : null;
  };
  const asking =
    (end: Tried['end']) =>
    (who: Visitor | Agent) =>
    (event: string, payload: unknown): Promise<unknown> => {
      tried.push({ end, event, payload });
      const ask = who.ask as unknown as (event: string, payload: unknown) => Promise<Result<unknown>>;
      return noted(`${end} ${event}`, ask(event, payload));
    };
  const ways: Ways = { ...house, ...talk, noted, from: asking('visitor'), by: asking('agent') };
  const theirs = ways.from(talk.visitor);
  const theirOwn = () => ({ conversation: talk.visitor.conversation, id: newId(), locale: 'en' as const });
  return {
    tried,
    refused: () => Object.fromEntries([...refused].filter(([name]) => !done.has(name))),
    open: () => Promise.allSettled([...spoken(ways), ...written(ways), ...asked(ways), files(ways)]),
    close: () => closed(ways),
    askCode: (email) => theirs('transcript:ask', { ...theirOwn(), zone: at('zone'), email }),
    confirm: (code) => theirs('transcript:confirm', { ...theirOwn(), zone: at('other-zone'), code }),
  };
}

/** What a visitor says while somebody is with them. */
function spoken(ways: Ways): Promise<unknown>[] {
  const { visitor, megan, xuemei, from } = ways;
  const theirs = from(visitor);
  const own = { conversation: visitor.conversation };
  return [
    theirs('message:send', { ...own, id: newId(), text: at('message') }),
    theirs('message:send', { ...own, id: newId(), text: `\u0000${at('control')}\ud800` }),
    theirs('email:give', { ...own, id: newId(), email: `${at('email')}@example.com` }),
    theirs('page:view', PAGE),
    theirs('page:tell', {
      ...own,
      attributes: { [at('label')]: at('label-value') },
      events: [{ id: newId(), name: at('event'), meta: { [at('meta')]: at('meta-value') }, ago: 0 }],
    }),
    theirs('people:find', { name: at('person') }),
    theirs('person:ask', { ...own, id: newId(), person: xuemei.person.id }),
    theirs('hello:show', { hello: at('hello'), person: megan.person.id }),
    begun(ways),
    calledBack(ways),
    allowed(ways),
  ];
}

const PAGE = { url: `https://shop.example/${at('page')}`, title: at('page-title') };

/** Prepared and started, with all that is asked before a chat. */
async function begun({ newcomer, from }: Ways): Promise<void> {
  const { token, conversation } = newcomer;
  const about = { name: at('name'), email: `${at('about')}@example.com`, order: at('order') };
  const first = { token, conversation, locale: 'en', page: PAGE, about } as const;
  await from(newcomer)('conversation:prepare', first);
  await from(newcomer)('conversation:start', { ...first, message: { id: newId(), text: at('first-words') } });
}

async function calledBack({ guest, from }: Ways): Promise<void> {
  const found = await guest.ask('call-back:find', {});
  const time = found.ok ? found.value.times[2]?.from : undefined;
  await from(guest)('call-back:book', {
    ...{ conversation: guest.conversation, id: newId(), from: time ?? soon(), way: 'telephone' },
    phone: secret('phone', `+99${randomInt(1e9, 1e10)}`),
  });
}

/** A device: by the chat, and then on the page of devices. */
async function allowed(ways: Ways): Promise<void> {
  const grant = secret('grant', makeToken(randomBytes));
  await ways.from(ways.visitor)('push:allow', { conversation: ways.visitor.conversation, grant });
  await addDevice(ways, grant, ways.guest.token);
}

/** What she writes while she has the conversation, to them and of them. */
function written(ways: Ways): Promise<unknown>[] {
  const { conversation, megan, by } = ways;
  const hers = by(megan);
  const one = { conversation };
  return [
    hers('note:send', { ...one, id: newId(), text: at('note') }),
    hers('draft:save', { ...one, text: at('draft') }),
    hers('customer:link', { ...one, id: newId(), customer: { name: at('customer') } }),
    hers('customer:search', { query: at('query') }),
    hers('conversation:list', { view: 'all', query: at('search') }),
    hers('conversation:list', { view: 'all', cursor: at('cursor') }),
    hers('alternatives:find', { ...one, asked: at('alternative') }),
    hers('promise:make', { ...one, id: newId(), text: at('promise'), due: soon() }),
    replied(ways),
    liked(ways),
    failed(ways),
  ];
}

/** And what her writing teaches. */
async function replied({ conversation, megan, by }: Ways): Promise<void> {
  const [hers, message] = [by(megan), newId()];
  await hers('message:send', { conversation, id: message, text: at('reply') });
  await hers('writing:report', {
    ...{ conversation, message, situation: 'understanding', phrases: [], findings: [] },
    request: { asked: at('asked'), outcome: 'alternative', offered: [at('offered')], reason: null },
  });
}

async function liked({ conversation, megan, by }: Ways): Promise<void> {
  const [hers, preference] = [by(megan), newId()];
  const source = { source: 'stated', quote: at('quote'), idea: at('idea') } as const;
  await hers('preference:note', { conversation, id: preference, text: at('preference'), ...source });
  await hers('preference:idea', { conversation, preference, idea: at('better-idea') });
}

/** A failure is put on record and changed; then extras are offered, and one is chosen. */
async function failed({ conversation, visitor, megan, from, by }: Ways): Promise<void> {
  const [hers, id, offer] = [by(megan), newId(), newId()];
  const told = {
    ...{ what: at('failure'), product: at('product'), place: at('place'), category: at('category') },
    ...{ wants: at('wants'), putRight: at('put-right'), owed: at('owed') },
  };
  const logged = await hers('failure:log', { conversation, id, ...told, noExtra: at('no-extra') });
  const { revision = 1 } = (logged ?? {}) as { readonly revision?: number };
  const change = (fields: object) =>
    hers('failure:change', { conversation, id: newId(), failure: id, revision, fields });
  await change({ ...told, what: at('failure-changed'), noExtra: null, extra: at('extra') });
  // Too early, and too late.
  const cause = { causeNote: at('cause') };
  await hers('failure:log', { conversation, id: newId(), ...told, ...cause, extra: at('extra') });
  await change({ ...cause, noExtra: at('no-extra') });
  const options = [at('roses'), at('tea')];
  await hers('extras:offer', { conversation, id: offer, text: at('extras'), options });
  const own = { conversation: visitor.conversation, id: newId() };
  await from(visitor)('extra:choose', { ...own, offer, choice: at('choice') });
}

/** A file of each side, and what fetches it again. */
async function files(ways: Ways): Promise<void> {
  const theirs = ways.from(ways.visitor);
  const { conversation } = ways.visitor;
  const id = newId();
  // Where it was not taken: one that there is not.
  const file = (await uploads(ways, id)) ?? newId();
  await theirs('file:send', { conversation, id, file });
  const link = (await theirs('file:link', { conversation, file })) as { readonly url: string } | null;
  if (!link) return;
  secret('file-signature', new URL(link.url).searchParams.get('signature') ?? '');
  for (const url of [link.url, `${link.url}${at('forged')}`]) await (await fetch(url)).arrayBuffer();
}

async function closed({ conversation, visitor, megan, xuemei, from, by }: Ways): Promise<void> {
  const one = { conversation };
  const note = at('hand-over');
  await by(megan)('conversation:hand-over', { ...one, id: newId(), to: xuemei.person.id, note });
  await by(xuemei)('conversation:close', { ...one, id: newId(), farewell: at('farewell') });
  const own = { conversation: visitor.conversation, id: newId() };
  await from(visitor)('farewell:answer', { ...own, question: 'how', text: at('answer') });
}

const soon = () => new Date(Date.now() + 3_600_000).toISOString();
