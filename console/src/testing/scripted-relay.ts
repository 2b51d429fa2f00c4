/** A relay for tests of the models: answers as a test tells it to, and says what it was asked. */
import type { Member } from '@fullname/shared/api';
import { failed, ok, type Result } from '@fullname/shared/errors';
import type { Colleague, EventsForAgent, Opened } from '@fullname/shared/events';
import type {
  ConversationDetail,
  ConversationRow,
  CustomerPane,
  Entry,
  PersonRef,
} from '@fullname/shared/model';
import { signal } from '@preact/signals';
import type { Answer, Asked, Connection, Request, Status } from '../connection.ts';

type Handlers = {
  [Name in Asked]?: (request: Request<Name>) => Result<Answer<Name>> | Promise<Result<Answer<Name>>>;
};

export type ScriptedRelay = Connection & {
  readonly handlers: Handlers;
  readonly asked: { readonly event: Asked; readonly request: unknown }[];
  /** Loses or gives back the connection; coming back brings a welcome. */
  setStatus(status: Status): void;
  emit<Name extends keyof EventsForAgent>(event: Name, ...args: Parameters<EventsForAgent[Name]>): void;
  /** The requests of one kind, in order. */
  requests<Name extends Asked>(event: Name): Request<Name>[];
};

export const megan: Colleague = {
  id: '00000000-0000-4000-8000-000000000001',
  fullName: 'Megan Kajitani',
  title: 'Florist adviser',
  here: true,
  backAt: null,
  role: 'agent',
  open: 0,
};
/** As a desk knows the person who is signed in. */
export const meganHerself: Member = {
  ...megan,
  given: 'Megan',
  family: 'Kajitani',
  nameKind: 'legal',
  nameApprovedBy: null,
  email: 'megan@shop.example',
  active: true,
  joined: true,
  demo: false,
};
export const lin: PersonRef = { id: '00000000-0000-4000-8000-000000000002', fullName: '林怡君' };

/** Where a test says nothing, there is nothing: no rows, no entries, no heads. */
const nothing = {
  rows: [],
  next: null,
  entries: [],
  seq: 0,
  more: false,
  heads: [],
  counts: { waiting: 0, mine: 0 },
};

export function scriptedRelay(): ScriptedRelay {
  const status = signal<Status>('online');
  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  const asked: { event: Asked; request: unknown }[] = [];
  const handlers: Handlers = {};
  const emit = (event: string, ...args: unknown[]) => {
    for (const listener of listeners.get(event) ?? []) listener(...args);
  };
  return {
    status,
    handlers,
    asked,
    emit,
    setStatus(next) {
      status.value = next;
      if (next === 'online') emit('welcome', welcome());
    },
    requests: <Name extends Asked>(event: Name) =>
      asked.filter((one) => one.event === event).map((one) => one.request as Request<Name>),
    async ask<Name extends Asked>(event: Name, request: Request<Name>): Promise<Result<Answer<Name>>> {
      if (status.value !== 'online') return failed('UNAVAILABLE');
      asked.push({ event, request });
      const answer = handlers[event]?.(request);
      return answer ?? ok(nothing as never);
    },
    showTyping: () => undefined,
    on(event, listener) {
      const all = listeners.get(event) ?? new Set();
      listeners.set(event, all.add(listener as never));
      return () => all.delete(listener as never);
    },
    wake: () => undefined,
    close: () => undefined,
  };
}

function welcome(): Parameters<EventsForAgent['welcome']>[0] {
  return {
    protocol: 1,
    me: { ...megan, email: 'megan@shop.example' },
    colleagues: [megan],
    counts: { waiting: 0, mine: 0 },
    work: { open: 0, due: 0, requests: 0, notes: 0, praise: 0 },
    demo: false,
  };
}

export const CONVERSATION = '00000000-0000-4000-8000-0000000000aa';

type Words = { readonly id?: string; readonly by?: PersonRef | 'visitor' };

/** A message of the visitor's, or with `by` an agent's. */
export function message(seq: number, text: string, { id, by = 'visitor' }: Words = {}): Entry {
  return {
    id: id ?? `00000000-0000-4000-9000-${String(seq).padStart(12, '0')}`,
    conversation: CONVERSATION,
    at: new Date(Date.UTC(2026, 10, 21, 10, 0, seq)).toISOString(),
    seq,
    publicSeq: seq,
    kind: 'message',
    author: by === 'visitor' ? { kind: 'visitor' } : { kind: 'agent', person: by },
    text,
  };
}

export function row(change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id: CONVERSATION,
    status: 'open',
    site: { id: 'site', name: 'Petal & Post' },
    name: 'Anna Lindqvist',
    known: true,
    holder: megan,
    offeredTo: null,
    waitingSince: null,
    lastAt: '2026-11-21T10:00:00.000Z',
    preview: null,
    lastSeq: 1,
    read: 0,
    locale: 'en',
    pleaseKnow: false,
    version: 1,
    ...change,
  };
}

export function emptyPane(change: Partial<CustomerPane> = {}): CustomerPane {
  return {
    customer: null,
    claims: { name: null, email: null },
    link: null,
    pleaseKnow: [],
    timeline: [],
    preferences: [],
    promises: [],
    purchases: [],
    value: null,
    tasks: [],
    requests: [],
    goodwill: [],
    ...change,
  };
}

type OpenedWith = {
  readonly entries?: Entry[];
  readonly more?: boolean;
  readonly draft?: string;
  readonly pane?: CustomerPane;
  readonly detail?: Partial<ConversationDetail>;
  readonly before?: Partial<Opened['before']>;
};

export function opened({
  entries = [message(1, 'Hello')],
  more = false,
  draft = '',
  pane,
  detail,
  before,
}: OpenedWith = {}): Opened {
  const last = entries[entries.length - 1]?.seq ?? 0;
  return {
    conversation: {
      ...row({ lastSeq: last }),
      publicSeq: last,
      visitorRead: 0,
      visitorDelivered: 0,
      speaks: 'en',
      visitorHere: true,
      page: null,
      device: null,
      email: null,
      situation: null,
      contact: null,
      ...detail,
    },
    entries,
    more,
    draft,
    pane: pane ?? emptyPane(),
    before: { phrases: [], conversations: 0, ...before },
  };
}
