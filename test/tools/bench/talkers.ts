/** Visitors who write, and agents who read and may answer. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Result } from '@fullname/shared/errors';
import type { ListPage } from '@fullname/shared/events';
import { PROTOCOL } from '@fullname/shared/limits';
import { eventually } from '../../support/eventually.ts';
import { percentile } from '../../support/figures.ts';
import { openRawSocket, type RawSocket } from '../../support/raw-socket.ts';
import { clientIdOf, conversationOf, tokenOf } from './crowd.ts';
import { inParallel, originOf } from './idlers.ts';
import type { Outcome, Shape, Target } from './orders.ts';

/** One end of a conversation. */
type Line = { readonly socket: RawSocket; readonly conversation: string };
export type Talkers = {
  readonly visitors: readonly Line[];
  /** The other end of each, in the same order; empty where agents only read. */
  readonly agents: readonly Line[];
  readonly heard: Heard;
};
/** When each message was sent, by its number, and how long its way took. */
type Heard = { delivered: number; readonly sentAt: Map<number, number>; latencies: number[] };

/** About 120 bytes, as people write; a number stands before it. */
const WORDS =
  'Good morning, the parcel that I ordered last week has not come yet; could you please find out where it is?';
const MARK = '"text":"#';

// ── Connecting ──────────────────────────────────────────────────────────────

export function connect(target: Target, shape: Shape): Promise<Talkers> {
  return target.kind === 'bare' ? connectBare(target, shape) : connectRelay(target, shape);
}

async function connectBare(target: Target, shape: Shape): Promise<Talkers> {
  const heard = newHeard();
  await inParallel(dealOut(shape), async (pairs, agent) => {
    const options = { url: target.agentsAt, namespace: '/agent' as const, auth: { agent, pairs } };
    await openRawSocket({ ...options, onFrame: hear(heard) });
  });
  const visitors = await inParallel(numbers(shape.visitors), async (pair) => ({
    socket: await openRawSocket({ url: target.visitorsAt, namespace: '/visitor', auth: { pair } }),
    conversation: randomUUID(),
  }));
  return { visitors, agents: [], heard };
}

/** Visitors start their conversations; agents find them in the list of those who wait, and open them. */
async function connectRelay(target: Target, shape: Shape): Promise<Talkers> {
  const heard = newHeard();
  const visitors = await inParallel(numbers(shape.visitors), async (pair) => {
    const token = randomBytes(32).toString('hex');
    const conversation = randomUUID();
    const socket = await openVisitor(target);
    const message = { id: randomUUID(), text: `pair ${pair}` };
    await expectOk(socket.ask('conversation:start', { token, conversation, message, locale: 'en' }));
    return { socket, conversation };
  });
  const agents = await openAgents(target, { shape, heard });
  const ids = await findConversations(agents[0], shape);
  await inParallel(dealOut(shape), async (pairs, agent) => {
    for (const pair of pairs)
      await expectOk(agents[agent]?.ask('conversation:open', { conversation: ids.get(pair) }));
  });
  return { visitors, agents: [], heard };
}

/** The conversations of the crowd: each held by an agent who has it open, and looks at the list of their own. */
export async function join(target: Target, shape: Shape): Promise<Talkers> {
  const heard = newHeard();
  const visitors = await inParallel(numbers(shape.visitors), async (number) => ({
    socket: await openVisitor(target, { token: tokenOf(number), onFrame: hear(heard) }),
    conversation: clientIdOf(number),
  }));
  const sockets = await openAgents(target, { shape, heard });
  const agents: Line[] = [];
  await inParallel(dealOut(shape), async (mine, agent) => {
    const socket = sockets[agent];
    if (!socket) return;
    await expectOk(socket.ask('conversation:list', { view: 'mine' }));
    for (const number of mine) {
      agents[number] = { socket, conversation: conversationOf(number) };
      await expectOk(socket.ask('conversation:open', { conversation: conversationOf(number) }));
    }
  });
  return { visitors, agents, heard };
}

function openVisitor(
  target: Target,
  { token, onFrame }: { token?: string; onFrame?: (frame: string) => void } = {},
): Promise<RawSocket> {
  const auth = { protocol: PROTOCOL, site: target.site, token, locale: 'en' };
  const headers = { origin: originOf(target.visitorsAt) };
  const options = { url: target.visitorsAt, namespace: '/visitor' as const, auth, headers };
  return openRawSocket({ ...options, ...(onFrame && { onFrame }) });
}

function openAgents(target: Target, { shape, heard }: { shape: Shape; heard: Heard }): Promise<RawSocket[]> {
  return inParallel(numbers(shape.agents), (agent) => {
    const cookie = target.cookies[agent % target.cookies.length] ?? '';
    const headers = { origin: originOf(target.agentsAt), cookie };
    const options = { url: target.agentsAt, namespace: '/agent' as const, auth: { protocol: PROTOCOL } };
    return openRawSocket({ ...options, headers, onFrame: hear(heard) });
  });
}

/** Pair → the agents' id of its conversation. */
async function findConversations(agent: RawSocket | undefined, shape: Shape): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  let cursor: string | undefined;
  do {
    const request = { view: 'waiting', ...(cursor !== undefined && { cursor }) };
    const page = (await expectOk(agent?.ask('conversation:list', request))) as ListPage;
    for (const row of page.rows) {
      const pair = /^pair (\d+)$/.exec(row.preview?.text ?? '')?.[1];
      if (pair !== undefined) ids.set(Number(pair), row.id);
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  if (ids.size !== shape.visitors)
    throw new Error(`${ids.size} of ${shape.visitors} conversations are listed`);
  return ids;
}

function dealOut({ visitors, agents }: Shape): number[][] {
  const hands: number[][] = Array.from({ length: agents }, () => []);
  for (let pair = 0; pair < visitors; pair += 1) hands[pair % agents]?.push(pair);
  return hands;
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}

async function expectOk(answer: Promise<unknown> | undefined): Promise<unknown> {
  const result = (await answer) as Result<unknown> | undefined;
  if (!result?.ok) throw new Error(`The relay refused: ${JSON.stringify(result)}`);
  return result.value;
}

// ── Talking ─────────────────────────────────────────────────────────────────

export async function saturate(to: Talkers, order: { seconds: number; window: number }): Promise<Outcome> {
  const tally = startTally(to);
  const end = performance.now() + order.seconds * 1000;
  const keepSending = async (line: Line) => {
    while (performance.now() < end) await sendOne(line, tally);
  };
  await Promise.all(
    to.visitors.flatMap((line) => Array.from({ length: order.window }, () => keepSending(line))),
  );
  return finish(tally);
}

type Pace = { readonly seconds: number; readonly rate: number; readonly replies?: boolean };

export async function pace(to: Talkers, order: Pace): Promise<Outcome> {
  const lines = order.replies ? to.visitors.flatMap((line, n) => [line, to.agents[n] ?? line]) : to.visitors;
  const tally = startTally(to);
  const total = Math.round(order.seconds * order.rate);
  const inFlight: Promise<void>[] = [];
  while (inFlight.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - tally.startedAt) / 1000) * order.rate));
    while (inFlight.length < due) {
      const line = lines[inFlight.length % lines.length];
      if (line) inFlight.push(sendOne(line, tally));
    }
    await wait(1);
  }
  await Promise.all(inFlight);
  return finish(tally);
}

type Tally = {
  acked: number;
  refused: number;
  readonly latencies: number[];
  readonly startedAt: number;
  readonly heard: Heard;
};

let lastNumber = 0;

function startTally({ heard }: Talkers): Tally {
  heard.delivered = 0;
  heard.sentAt.clear();
  heard.latencies = [];
  return { acked: 0, refused: 0, latencies: [], startedAt: performance.now(), heard };
}

function sendOne(line: Line, tally: Tally): Promise<void> {
  const sentAt = performance.now();
  lastNumber += 1;
  tally.heard.sentAt.set(lastNumber, sentAt);
  const payload = `{"conversation":"${line.conversation}","id":"${randomUUID()}","text":"#${lastNumber} ${WORDS}"}`;
  return new Promise((resolve) => {
    line.socket.askRaw('message:send', payload, (answer) => {
      tally.latencies.push(performance.now() - sentAt);
      if (answer.startsWith('[{"ok":true')) tally.acked += 1;
      else tally.refused += 1;
      resolve();
    });
  });
}

function newHeard(): Heard {
  return { delivered: 0, sentAt: new Map(), latencies: [] };
}

/** Takes note of each message that reaches a socket; the sender's own has it by its acknowledgement. */
function hear(heard: Heard): (frame: string) => void {
  return (frame) => {
    if (!frame.startsWith('42/') || !frame.includes('["message:sent"')) return;
    const start = frame.indexOf(MARK) + MARK.length;
    const number = Number(frame.slice(start, frame.indexOf(' ', start)));
    const sentAt = heard.sentAt.get(number);
    if (sentAt === undefined) return;
    heard.sentAt.delete(number);
    heard.delivered += 1;
    heard.latencies.push(performance.now() - sentAt);
  };
}

async function finish({ acked, refused, latencies, startedAt, heard }: Tally): Promise<Outcome> {
  const seconds = (performance.now() - startedAt) / 1000;
  // The other end's copy and the acknowledgement leave the relay together, on two sockets.
  await eventually(
    'every acknowledged message has reached the other end',
    () => heard.delivered >= acked,
    30_000,
  );
  const of = (values: readonly number[]) => ({ p50: percentile(values, 0.5), p99: percentile(values, 0.99) });
  return {
    acked,
    refused,
    seconds,
    delivered: heard.delivered,
    ...of(latencies),
    delivery: of(heard.latencies),
  };
}
