/**
 * Beside the talk, conversations that begin, change hands and end, one after another: each act is a transaction, and is asked again under the
 * same id until it is answered. At the end each must stand in the store exactly once.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { PASSING, type Result } from '@fullname/shared/errors';
import type {
  AgentEvents,
  EventsForAgent,
  EventsForVisitor,
  ListPage,
  VisitorEvents,
} from '@fullname/shared/events';
import { PROTOCOL } from '@fullname/shared/limits';
import type { ConversationRow } from '@fullname/shared/model';
import pg from 'pg';
import { io, type Socket } from 'socket.io-client';
import { atLeast, atMost, type Measured, type Stage } from '../../support/figures.ts';
import type { World } from './world.ts';

export type Dealing = {
  /** The deal that is under way is brought to its end. */
  stop(): Promise<void>;
  /** Judges them and takes them out of the store, since the talk's checker knows nothing of them. */
  figures(): Promise<readonly Measured[]>;
};

type Seat = { readonly person: string; readonly socket: Socket<EventsForAgent, AgentEvents> };
type Deal = { readonly conversation: string; readonly visitor: string; readonly acts: readonly string[] };

const AGAIN_MS = 50;
const link = { path: '/socket', transports: ['websocket'], reconnectionDelay: 50, reconnectionDelayMax: 300 };

/** Goes on until it is stopped. The world must have two agents, who are here all the time. */
export async function startDealing(stage: Stage, world: World): Promise<Dealing> {
  const [origin] = world.relays.map((place) => place.origin);
  const [one, other] = world.agents.map(({ cookie, person }): Seat => {
    const headers = { extraHeaders: { cookie, origin: origin ?? '' } };
    const socket = io(`${origin}/agent`, {
      ...link,
      ...headers,
      auth: { protocol: PROTOCOL },
      forceNew: true,
    });
    stage.atEnd(() => socket.disconnect());
    return { person, socket };
  });
  if (!origin || !one || !other) throw new Error('It takes two to hand something over.');
  const deals: Deal[] = [];
  let stopped = false;
  const work = (async () => {
    while (!stopped) deals.push(await deal({ origin, site: world.site, from: one, to: other }));
  })();
  // It is awaited only at the end; until then a refusal must not end the tool.
  work.catch(() => undefined);
  return {
    stop: async () => {
      stopped = true;
      await work;
    },
    figures: () => judge(String(world.store), deals),
  };
}

/** One more conversation beside the talk, taken by the first agent; `remove` takes it out of the store. */
export async function beginAside(
  stage: Stage,
  world: World,
): Promise<{ readonly agent: Seat['socket']; readonly conversation: string; remove(): Promise<void> }> {
  const [{ origin }] = world.relays;
  const [first] = world.agents;
  if (!first) throw new Error('Somebody must take it.');
  const extraHeaders = { cookie: first.cookie, origin };
  const agent: Seat['socket'] = io(`${origin}/agent`, {
    ...{ ...link, forceNew: true, auth: { protocol: PROTOCOL }, extraHeaders },
  });
  const visitor: Socket<EventsForVisitor, VisitorEvents> = io(`${origin}/visitor`, {
    ...{ ...link, forceNew: true, extraHeaders: { origin } },
    auth: { protocol: PROTOCOL, site: world.site, locale: 'en' },
  });
  stage.atEnd(() => [agent, visitor].forEach((socket) => void socket.disconnect()));
  const [mine, begin, id] = [randomUUID(), randomUUID(), randomUUID()];
  const message = { id: begin, text: `deal ${begin}` };
  const start = {
    token: randomBytes(32).toString('hex'),
    conversation: mine,
    message,
    locale: 'en' as const,
  };
  await insist(() => visitor.timeout(4_000).emitWithAck('conversation:start', start));
  const conversation = await find({ person: first.person, socket: agent }, begin);
  await insist(() => agent.timeout(4_000).emitWithAck('conversation:take', { conversation, id }));
  return { agent, conversation, remove: () => removeConversations(String(world.store), [mine]) };
}

async function removeConversations(store: string, clientIds: readonly string[]): Promise<void> {
  const client = new pg.Client(store);
  await client.connect();
  try {
    await client.query('delete from conversations where client_id = any($1)', [clientIds]);
  } finally {
    await client.end();
  }
}

type Parties = { readonly origin: string; readonly site: string; readonly from: Seat; readonly to: Seat };

/** A visitor begins; one agent takes it and hands it over, the other says goodbye. */
async function deal({ origin, site, from, to }: Parties): Promise<Deal> {
  const token = randomBytes(32).toString('hex');
  const visitor: Socket<EventsForVisitor, VisitorEvents> = io(`${origin}/visitor`, {
    ...{ ...link, forceNew: true, extraHeaders: { origin } },
    auth: { protocol: PROTOCOL, site, locale: 'en' },
  });
  const [mine, begin, take, hand, end] = Array.from({ length: 5 }, () => randomUUID()) as Five;
  try {
    const message = { id: begin, text: `deal ${begin}` };
    const start = { token, conversation: mine, message, locale: 'en' as const };
    await insist(() => visitor.timeout(4_000).emitWithAck('conversation:start', start));
    const conversation = await find(from, begin);
    await insist(() =>
      from.socket.timeout(4_000).emitWithAck('conversation:take', { conversation, id: take }),
    );
    const over = { conversation, id: hand, to: to.person, note: 'You know the lamp' };
    await insist(() => from.socket.timeout(4_000).emitWithAck('conversation:hand-over', over));
    const goodbye = { conversation, id: end, farewell: 'Goodbye, and thank you' };
    await insist(() => to.socket.timeout(4_000).emitWithAck('conversation:close', goodbye));
    return { conversation, visitor: mine, acts: [begin, take, hand, end] };
  } finally {
    visitor.disconnect();
  }
}

type Five = [string, string, string, string, string];

/** The relay's own id, found as an agent finds it: in the list. */
async function find({ socket }: Seat, begin: string): Promise<string> {
  for (;;) {
    const page = await insist<ListPage>(() =>
      socket.timeout(4_000).emitWithAck('conversation:list', { view: 'waiting' }),
    );
    const row = page.rows.find((one: ConversationRow) => one.preview?.text === `deal ${begin}`);
    if (row) return row.id;
    await wait(AGAIN_MS * 4);
  }
}

/** Asks under the same id until there is an answer that stays. */
async function insist<Value>(ask: () => Promise<Result<Value>>): Promise<Value> {
  for (;;) {
    const answer = await ask().catch(() => null);
    if (answer?.ok) return answer.value;
    if (answer && !PASSING.includes(answer.code)) throw new Error(`An act was refused: ${answer.code}`);
    await wait(AGAIN_MS);
  }
}

async function judge(store: string, deals: readonly Deal[]): Promise<readonly Measured[]> {
  const client = new pg.Client(store);
  await client.connect();
  try {
    const starts = await client.query<{ id: string; n: number }>(
      `select client_id as id, count(*)::int as n from conversations c
       where client_id = any($1) and last_seq = (select count(*) from entries e where e.conversation_id = c.id) group by 1`,
      [deals.map(({ visitor }) => visitor)],
    );
    const acts = await client.query<{ id: string; n: number }>(
      'select client_id as id, count(*)::int as n from entries where client_id = any($1) group by 1',
      [deals.flatMap((one) => one.acts)],
    );
    await client.query('delete from conversations where client_id = any($1)', [
      deals.map(({ visitor }) => visitor),
    ]);
    const begun = new Map(starts.rows.map(({ id, n }) => [id, n]));
    const done = new Map(acts.rows.map(({ id, n }) => [id, n]));
    const wrong = deals.filter(
      (one) => begun.get(one.visitor) !== 1 || one.acts.some((id) => done.get(id) !== 1),
    );
    return [
      atLeast('conversations begun, handed over and closed', [deals.length, '']),
      atMost('of these lost or doubled in part', [wrong.length, ''], { must: 0 }),
    ];
  } finally {
    await client.end();
  }
}
