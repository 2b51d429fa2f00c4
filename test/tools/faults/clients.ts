/**
 * Visitors and agents who keep the delivery rules of the product's own ends: ids made here and never changed by a retry,
 * one message at a time, gaps fetched, heads asked for after every reconnect.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PASSING, type Result } from '@fullname/shared/errors';
import type { AgentEvents, EventsForAgent, EventsForVisitor, VisitorEvents } from '@fullname/shared/events';
import { PROTOCOL } from '@fullname/shared/limits';
import type { Entry, PublicEntry } from '@fullname/shared/model';
import { io, type Socket } from 'socket.io-client';
import { createFeed, type Feed, type Line } from './feed.ts';

type VisitorSocket = Socket<EventsForVisitor, VisitorEvents>;
type AgentSocket = Socket<EventsForAgent, AgentEvents>;

/** What a client keeps of each message it sent, growing an acknowledgement when one comes. */
type SentRecord = {
  readonly conversation: string;
  readonly sender: string;
  readonly id: string;
  readonly text: string;
  readonly invokedAt: number;
  ackedAt: number | null;
  number: number | null;
};

export type Client = {
  readonly name: string;
  readonly records: readonly SentRecord[];
  isConnected(): boolean;
  /** Messages that are not acknowledged yet. */
  pending(): number;
  say(conversation: string, text: string): void;
  /** Asks how far the relay has come, and waits until the lists are there too. */
  catchUp(): Promise<void>;
  feeds(): ReadonlyMap<string, Feed>;
  close(): void;
};

/** Short, so that a cycle of the fault test is short; the product waits longer. */
const ACK_TIMEOUT_MS = 2_000;
const RETRY_MS = 60;
const link = { path: '/socket', transports: ['websocket'], reconnectionDelay: 50, reconnectionDelayMax: 300 };

/** A visitor with one conversation, whose id is the visitor's own. */
export function createVisitor(
  origin: string,
  { name, site }: { readonly name: string; readonly site: string },
): Client & { readonly conversation: string } {
  const conversation = randomUUID();
  const token = randomBytes(32).toString('hex');
  let known = false;
  let started = false;
  const socket: VisitorSocket = io(`${origin}/visitor`, {
    ...link,
    forceNew: true,
    extraHeaders: { origin },
    auth: (give) => give({ protocol: PROTOCOL, site, locale: 'en', ...(known && { token }) }),
  });
  // A token whose first message never arrived is not known to the relay: the start goes out again.
  socket.on('connect_error', (error) => {
    if (error.message === 'BAD_TOKEN') known = false;
    if (!socket.active) setTimeout(() => socket.connect(), RETRY_MS);
  });
  const feed = createFeed(async (after) => {
    const answer = await ask(socket, () =>
      socket.timeout(ACK_TIMEOUT_MS).emitWithAck('entries:fetch', { conversation, after }),
    );
    return answer?.ok ? answer.value.entries.map(publicLine) : null;
  });
  const deliver = async (record: SentRecord): Promise<Result<PublicEntry> | null> => {
    const { id, text } = record;
    if (started)
      return ask(socket, () =>
        socket.timeout(ACK_TIMEOUT_MS).emitWithAck('message:send', { conversation, id, text }),
      );
    known = true;
    const start = { token, conversation, message: { id, text }, locale: 'en' as const };
    const answer = await ask(socket, () =>
      socket.timeout(ACK_TIMEOUT_MS).emitWithAck('conversation:start', start),
    );
    if (!answer?.ok) return answer;
    started = true;
    return { ok: true, value: answer.value.entry };
  };
  const outbox = createOutbox('visitor', async (record) => {
    const answer = await deliver(record);
    if (answer?.ok) feed.take(publicLine(answer.value));
    return answer?.ok ? { ok: true, value: answer.value.publicSeq } : answer;
  });
  const askHeads = async () => {
    const answer = await ask(socket, () => socket.timeout(ACK_TIMEOUT_MS).emitWithAck('heads:ask', {}));
    if (!answer?.ok) return false;
    for (const head of answer.value) if (head.id === conversation) feed.heard(head.publicSeq);
    return true;
  };
  socket.on('message:sent', (entry) => feed.take(publicLine(entry)));
  socket.on('conversation:changed', (entry) => feed.take(publicLine(entry)));
  socket.on('welcome', () => void askHeads());
  return {
    ...{ name, conversation, records: outbox.records, pending: outbox.pending, say: outbox.say },
    isConnected: () => socket.connected,
    catchUp: () => catchUp(askHeads),
    feeds: () => new Map([[conversation, feed]]),
    close: () => socket.disconnect(),
  };
}

export type AgentClient = Client & {
  readonly socket: AgentSocket;
  /** Takes a conversation and keeps its list from then on. */
  take(conversation: string): Promise<void>;
  /** Calls the listener for every line of a visitor's. */
  onVisitor(listener: (conversation: string, line: Line) => void): void;
};

/** An agent by the cookie of a session. Conversations are known by the relay's ids. */
export function createAgent(origin: string, name: string, cookie: string): AgentClient {
  const socket: AgentSocket = io(`${origin}/agent`, {
    ...link,
    forceNew: true,
    auth: { protocol: PROTOCOL },
    extraHeaders: { cookie, origin },
  });
  socket.on('connect_error', () => {
    if (!socket.active) setTimeout(() => socket.connect(), RETRY_MS);
  });
  const feeds = new Map<string, Feed>();
  let toVisitor: (conversation: string, line: Line) => void = () => undefined;
  const outbox = createOutbox(name, async ({ conversation, id, text }) => {
    const answer = await ask(socket, () =>
      socket.timeout(ACK_TIMEOUT_MS).emitWithAck('message:send', { conversation, id, text }),
    );
    if (answer?.ok) feeds.get(conversation)?.take(agentLine(answer.value));
    return answer?.ok ? { ok: true, value: answer.value.seq } : answer;
  });
  const open = async (conversation: string) => {
    const answer = await ask(socket, () =>
      socket.timeout(ACK_TIMEOUT_MS).emitWithAck('conversation:open', { conversation }),
    );
    if (answer?.ok) feeds.get(conversation)?.heard(answer.value.conversation.lastSeq);
  };
  const askHeads = async () => {
    const request = { conversations: [...feeds.keys()] };
    const answer = await ask(socket, () => socket.timeout(ACK_TIMEOUT_MS).emitWithAck('heads:ask', request));
    if (!answer?.ok) return false;
    for (const head of answer.value.heads) feeds.get(head.conversation)?.heard(head.seq);
    return true;
  };
  const receive = (entry: Entry) => {
    feeds.get(entry.conversation)?.take(agentLine(entry));
    if (entry.kind === 'message' && entry.author.kind === 'visitor')
      toVisitor(entry.conversation, agentLine(entry));
  };
  socket.on('message:sent', receive);
  socket.on('conversation:changed', receive);
  // Rooms end with the socket: after a reconnect each conversation is joined again, then read.
  socket.on('welcome', () => void Promise.all([...feeds.keys()].map(open)));
  return {
    ...{ name, socket, records: outbox.records, pending: outbox.pending, say: outbox.say },
    take: async (conversation) => {
      const id = randomUUID();
      feeds.set(
        conversation,
        createFeed(async (after) => {
          const answer = await ask(socket, () =>
            socket.timeout(ACK_TIMEOUT_MS).emitWithAck('entries:fetch', { conversation, after }),
          );
          return answer?.ok ? answer.value.entries.map(agentLine) : null;
        }),
      );
      const answer = await ask(socket, () =>
        socket.timeout(ACK_TIMEOUT_MS).emitWithAck('conversation:take', { conversation, id }),
      );
      if (!answer?.ok)
        throw new Error(`${name} could not take ${conversation}: ${answer?.code ?? 'no answer'}`);
      await open(conversation);
    },
    onVisitor: (listener) => {
      toVisitor = listener;
    },
    isConnected: () => socket.connected,
    catchUp: () => catchUp(askHeads),
    feeds: () => feeds,
    close: () => socket.disconnect(),
  };
}

type Outbox = Pick<Client, 'records' | 'pending' | 'say'>;

/** One message at a time for each conversation, again and again under the same id, until the relay has it. */
function createOutbox(
  sender: string,
  deliver: (record: SentRecord) => Promise<Result<number> | null>,
): Outbox {
  const records: SentRecord[] = [];
  const queues = new Map<string, SentRecord[]>();
  let pending = 0;
  const drain = async (queue: SentRecord[]) => {
    for (let record = queue[0]; record; record = queue[0]) {
      const answer = await deliver(record);
      if (answer?.ok) {
        record.ackedAt = performance.now();
        record.number = answer.value;
        queue.shift();
        pending -= 1;
      } else if (answer && !PASSING.includes(answer.code)) {
        throw new Error(`${sender} was refused: ${answer.code}`);
      } else await wait(RETRY_MS);
    }
  };
  return {
    records,
    pending: () => pending,
    say: (conversation, text) => {
      const record: SentRecord = {
        ...{ conversation, sender, id: randomUUID(), text },
        ...{ invokedAt: performance.now(), ackedAt: null, number: null },
      };
      records.push(record);
      pending += 1;
      const queue = queues.get(conversation) ?? [];
      queues.set(conversation, queue);
      queue.push(record);
      if (queue.length === 1) void drain(queue);
    },
  };
}

/** The answer, or null where none came: no line, or no answer in time. */
async function ask<Value>(socket: { connected: boolean }, emit: () => Promise<Value>): Promise<Value | null> {
  if (!socket.connected) return null;
  return emit().catch(() => null);
}

async function catchUp(askHeads: () => Promise<boolean>): Promise<void> {
  while (!(await askHeads())) await wait(RETRY_MS);
}

function publicLine(entry: PublicEntry): Line {
  return { number: entry.publicSeq, id: entry.id, text: textOf(entry) };
}

function agentLine(entry: Entry): Line {
  return { number: entry.seq, id: entry.id, text: textOf(entry) };
}

function textOf(entry: Entry | PublicEntry): string {
  return 'text' in entry ? entry.text : '';
}
