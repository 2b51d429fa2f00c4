import { randomBytes } from 'node:crypto';
import type { Member, NewMember } from '@fullname/shared/api';
import type { ErrorCode, Result } from '@fullname/shared/errors';
import type {
  AgentEvents,
  EventsForAgent,
  EventsForVisitor,
  VisitorAuth,
  VisitorEvents,
} from '@fullname/shared/events';
import { makeId, makeToken } from '@fullname/shared/ids';
import { PROTOCOL } from '@fullname/shared/limits';
import type { ConversationRow, Entry, PublicEntry } from '@fullname/shared/model';
import { io, type Socket } from 'socket.io-client';
import type * as store from '../../server/src/store/database.ts';
import { join } from './console-api.ts';
import { eventually } from './eventually.ts';

/** What an event is asked with. */
export type Payload<Events, Name extends keyof Events> = Events[Name] extends (
  request: infer Request,
  ...rest: never
) => void
  ? Request
  : never;
type Answer<Events, Name extends keyof Events> = Events[Name] extends (
  request: never,
  ack: (result: infer Result) => void,
) => void
  ? Result
  : never;
type ValueOf<Events, Name extends keyof Events> =
  Answer<Events, Name> extends Result<infer Value> ? Value : never;
type Ask<Events> = <Name extends keyof Events & string>(
  name: Name,
  payload: Payload<Events, Name>,
) => Promise<Answer<Events, Name>>;
/** Like `ask`, for what must succeed. */
type Do<Events> = <Name extends keyof Events & string>(
  name: Name,
  payload: Payload<Events, Name>,
) => Promise<ValueOf<Events, Name>>;

type End<Events, Heard> = {
  readonly socket: Socket;
  ask: Ask<Events>;
  do: Do<Events>;
  /** Everything heard so far under this name: the first argument of each. */
  heard<Name extends keyof Heard & string>(name: Name): readonly First<Heard[Name]>[];
  close(): void;
};
type First<Listener> = Listener extends (first: infer Value, ...rest: never) => void ? Value : undefined;

export type Visitor = End<VisitorEvents, EventsForVisitor> & {
  readonly token: string;
  /** The id of their conversation, made here. */
  readonly conversation: string;
  /** Says something: the first words start the conversation. */
  say(text: string): Promise<PublicEntry>;
  /** What they can read of their conversation, from the relay. */
  read(): Promise<PublicEntry[]>;
};

/** A store that stands still for a while fails no test: as long as any wait. */
const ANSWER_MS = 30_000;

export type Agent = End<AgentEvents, EventsForAgent> & {
  readonly person: Member;
  readonly cookie: string;
  /** The row of a visitor's conversation, as soon as it is in the list. */
  find(visitor: Visitor): Promise<ConversationRow>;
  /** Takes a visitor's conversation and opens it; gives its id. */
  take(visitor: Visitor): Promise<string>;
  say(conversation: string, text: string): Promise<Entry>;
  note(conversation: string, text: string): Promise<Entry>;
  /** The whole log, from the relay. */
  read(conversation: string): Promise<Entry[]>;
};

/** Where a socket goes: any relay, in this process or in its own. */
export type Door = {
  readonly origin: string;
  readonly site: { readonly key: string };
  readonly database?: store.Database;
  /** Runs before the relay closes. */
  atClose(undo: () => unknown): void;
};

export type VisitorOptions = {
  readonly token?: string;
  readonly conversation?: string;
  readonly identity?: string;
  readonly transport?: 'websocket' | 'polling';
  readonly locale?: VisitorAuth['locale'];
  readonly page?: VisitorAuth['page'];
  /** The Origin to send; the relay's own, as the frame has it, unless said otherwise. Null: none. */
  readonly origin?: string | null;
};

/** A new id, as browsers make them. */
export function newId(): string {
  return makeId(randomBytes);
}

/** A visitor whose socket is connected and welcomed. Rejects with the relay's code where it is refused. */
export async function aVisitor(relay: Door, options: VisitorOptions = {}): Promise<Visitor> {
  const { identity, locale = 'en', page, transport = 'websocket' } = options;
  const token = options.token ?? makeToken(randomBytes);
  const conversation = options.conversation ?? newId();
  const origin = options.origin === undefined ? relay.origin : options.origin;
  const auth: VisitorAuth = {
    ...{ protocol: PROTOCOL, site: relay.site.key, locale },
    ...(options.token !== undefined && { token }),
    ...(identity !== undefined && { identity }),
    ...(page !== undefined && { page }),
  };
  const headers = origin === null ? {} : { origin };
  const end = await connect<VisitorEvents, EventsForVisitor>(relay, '/visitor', { auth, headers, transport });
  let started = options.token !== undefined;
  const say = async (text: string) => {
    const id = newId();
    if (started) return end.do('message:send', { conversation, id, text });
    started = true;
    return (await end.do('conversation:start', { token, conversation, message: { id, text }, locale })).entry;
  };
  const pageAfter = (after: number) => end.do('entries:fetch', { conversation, after });
  return { ...end, token, conversation, say, read: () => everyPage(pageAfter, (entry) => entry.publicSeq) };
}

/** A whole log: a relay answers with one page of it. */
async function everyPage<One>(
  fetch: (after: number) => Promise<{ readonly entries: One[]; readonly more: boolean }>,
  seqOf: (entry: One) => number,
): Promise<One[]> {
  const all: One[] = [];
  for (;;) {
    const last = all.at(-1);
    const { entries, more } = await fetch(last === undefined ? 0 : seqOf(last));
    all.push(...entries);
    if (!more) return all;
  }
}

const NAMES = [
  ['Megan', 'Kajitani'],
  ['雪梅', '林'],
  ['Tomás', 'Ferreira'],
  ['Adaeze', 'Okafor'],
] as const;
let invited = 0;

/** Somebody who was invited, has joined, and sits at the console. */
export async function anAgent(
  relay: Door & { readonly owner: string },
  member: Partial<NewMember> = {},
): Promise<Agent> {
  const [given, family] = NAMES[invited % NAMES.length] ?? NAMES[0];
  invited += 1;
  const email = `agent.${invited}@example.com`;
  const { cookie, person } = await join(
    { origin: relay.origin, cookie: relay.owner },
    { given, family, email, role: 'agent', ...member },
  );
  return anAgentWith(relay, { cookie, person });
}

/** The console in one more window: the same person, another socket. */
export async function anAgentWith(
  relay: Door,
  { cookie, person }: { readonly cookie: string; readonly person: Member },
): Promise<Agent> {
  const auth = { protocol: PROTOCOL };
  const headers = { cookie, origin: relay.origin };
  const end = await connect<AgentEvents, EventsForAgent>(relay, '/agent', {
    auth,
    headers,
    transport: 'websocket',
  });
  const find = (visitor: Visitor) =>
    eventually('the conversation is in the list', async () => {
      const id = await idOf(relay, visitor);
      const { rows } = await end.do('conversation:list', { view: 'all' });
      return rows.find((row) => row.id === id);
    });
  const take = async (visitor: Visitor) => {
    const conversation = (await find(visitor)).id;
    await end.do('conversation:take', { conversation, id: newId() });
    await end.do('conversation:open', { conversation });
    return conversation;
  };
  return {
    ...{ ...end, cookie, person, find, take },
    say: (conversation, text) => end.do('message:send', { conversation, id: newId(), text }),
    note: (conversation, text) => end.do('note:send', { conversation, id: newId(), text }),
    read: (conversation) =>
      everyPage(
        (after) => end.do('entries:fetch', { conversation, after }),
        (entry) => entry.seq,
      ),
  };
}

/** The agents' id of a visitor's conversation, from the store; undefined before it was stored. */
export async function idOf(
  relay: Pick<Door, 'database'>,
  visitor: Pick<Visitor, 'conversation'>,
): Promise<string | undefined> {
  if (!relay.database) throw new Error('This relay keeps its store to itself.');
  const { rows } = await relay.database.pool.query<{ id: string }>(
    'select id from conversations where client_id = $1',
    [visitor.conversation],
  );
  return rows[0]?.id;
}

/** The code with which something was refused. Throws where it was allowed. */
export async function refusal(asked: Promise<Result<unknown>>): Promise<ErrorCode> {
  const result = await asked;
  if (result.ok) throw new Error(`It was allowed: ${JSON.stringify(result.value)}`);
  return result.code;
}

type Line = {
  readonly auth: object;
  readonly headers: Readonly<Record<string, string>>;
  readonly transport: 'websocket' | 'polling';
};

async function connect<Events, Heard>(
  relay: Door,
  namespace: '/visitor' | '/agent',
  { auth, headers, transport }: Line,
): Promise<End<Events, Heard>> {
  const socket: Socket = io(relay.origin + namespace, {
    ...{ path: '/socket', auth, transports: [transport], extraHeaders: headers },
    ...{ forceNew: true, reconnection: false },
  });
  relay.atClose(() => socket.disconnect());
  const heard = new Map<string, unknown[]>();
  socket.onAny((name: string, ...values: unknown[]) => {
    heard.set(name, [...(heard.get(name) ?? []), values[0]]);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect_error', (error) => reject(error));
    socket.once('disconnect', (reason) => reject(new Error(reason)));
    socket.once('welcome', () => resolve());
  });
  const ask = ((name: string, payload: unknown) =>
    socket.timeout(ANSWER_MS).emitWithAck(name, payload)) as unknown as Ask<Events>;
  const mustDo = async (name: string, payload: unknown) => {
    const result = (await socket.timeout(ANSWER_MS).emitWithAck(name, payload)) as Result<unknown>;
    if (!result.ok) throw new Error(`${name} was refused: ${result.code}`);
    return result.value;
  };
  return {
    ...{ socket, ask, do: mustDo as unknown as Do<Events> },
    heard: (name) => (heard.get(name) ?? []) as First<Heard[typeof name]>[],
    close: () => socket.disconnect(),
  };
}
