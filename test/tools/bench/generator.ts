/**
 * The load: raw WebSockets, the same code and cost for both relays, in a process of its own. It obeys orders that come
 * one at a time, and answers each with its outcome.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Result } from '@fullname/shared/errors';
import type { ListPage } from '@fullname/shared/events';
import { PROTOCOL } from '@fullname/shared/limits';
import { eventually } from '../../support/eventually.ts';
import { percentile } from '../../support/figures.ts';
import { openRawSocket, type RawSocket } from '../../support/raw-socket.ts';
import type { Order, Outcome, Shape, Target } from './orders.ts';

type Line = { readonly socket: RawSocket; readonly conversation: string };
type Connected = { readonly lines: readonly Line[]; delivered: number };

const connected = new Map<Target['name'], Connected>();
/** About 120 bytes, as people write. */
const WORDS =
  'Good morning, the parcel that I ordered last week has not arrived yet; could you please find out where it is?';

process.on('message', (order: Order) => {
  obey(order).then(
    (outcome) => process.send?.({ outcome }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.once('disconnect', () => process.exit(0));

async function obey(order: Order): Promise<Outcome | null> {
  if (order.do === 'connect') {
    const { target, shape } = order;
    connected.set(
      target.name,
      target.name === 'bare' ? await connectBare(target, shape) : await connectDurable(target, shape),
    );
    return null;
  }
  const to = connected.get(order.target);
  if (!to) throw new Error(`${order.target} is not connected`);
  return order.do === 'saturate' ? saturate(to, order) : pace(to, order);
}

async function connectBare(target: Target, shape: Shape): Promise<Connected> {
  const state: { lines: Line[]; delivered: number } = { lines: [], delivered: 0 };
  for (const [agent, pairs] of dealOut(shape).entries()) {
    const options = { url: target.url, namespace: '/agent' as const, auth: { agent, pairs } };
    await openRawSocket({ ...options, onFrame: countDeliveries(state) });
  }
  for (let pair = 0; pair < shape.visitors; pair += 1) {
    const socket = await openRawSocket({ url: target.url, namespace: '/visitor', auth: { pair } });
    state.lines.push({ socket, conversation: randomUUID() });
  }
  return state;
}

/** Visitors start their conversations; agents find them in the list of those who wait, and open them. */
async function connectDurable(target: Target & { name: 'durable' }, shape: Shape): Promise<Connected> {
  const state: { lines: Line[]; delivered: number } = { lines: [], delivered: 0 };
  const origin = target.url.replace(/^ws/, 'http');
  for (let pair = 0; pair < shape.visitors; pair += 1) {
    const token = randomBytes(32).toString('hex');
    const conversation = randomUUID();
    const auth = { protocol: PROTOCOL, site: target.site, token: undefined, locale: 'en' };
    const headers = { origin };
    const socket = await openRawSocket({ url: target.url, namespace: '/visitor', auth, headers });
    const message = { id: randomUUID(), text: `pair ${pair}` };
    await expectOk(socket.ask('conversation:start', { token, conversation, message, locale: 'en' }));
    state.lines.push({ socket, conversation });
  }
  const agents: RawSocket[] = [];
  for (let agent = 0; agent < shape.agents; agent += 1) {
    const headers = { origin, cookie: target.cookies[agent % target.cookies.length] ?? '' };
    const options = { url: target.url, namespace: '/agent' as const, auth: { protocol: PROTOCOL }, headers };
    agents.push(await openRawSocket({ ...options, onFrame: countDeliveries(state) }));
  }
  const ids = await findConversations(agents[0], shape);
  for (const [agent, pairs] of dealOut(shape).entries()) {
    for (const pair of pairs) {
      await expectOk(agents[agent]?.ask('conversation:open', { conversation: ids.get(pair) }));
    }
  }
  return state;
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

function countDeliveries(state: { delivered: number }): (frame: string) => void {
  return (frame) => {
    if (frame.startsWith('42/agent,["message:sent"')) state.delivered += 1;
  };
}

async function expectOk(answer: Promise<unknown> | undefined): Promise<unknown> {
  const result = (await answer) as Result<unknown> | undefined;
  if (!result?.ok) throw new Error(`The relay refused: ${JSON.stringify(result)}`);
  return result.value;
}

async function saturate(to: Connected, order: { seconds: number; window: number }): Promise<Outcome> {
  const tally = startTally(to);
  const end = performance.now() + order.seconds * 1000;
  const keepSending = async (line: Line) => {
    while (performance.now() < end) await sendOne(line, tally);
  };
  await Promise.all(
    to.lines.flatMap((line) => Array.from({ length: order.window }, () => keepSending(line))),
  );
  return finish(to, tally);
}

async function pace(to: Connected, order: { seconds: number; rate: number }): Promise<Outcome> {
  const tally = startTally(to);
  const total = Math.round(order.seconds * order.rate);
  const inFlight: Promise<void>[] = [];
  while (inFlight.length < total) {
    const due = Math.min(total, Math.ceil(((performance.now() - tally.startedAt) / 1000) * order.rate));
    while (inFlight.length < due) {
      const line = to.lines[inFlight.length % to.lines.length];
      if (line) inFlight.push(sendOne(line, tally));
    }
    await wait(1);
  }
  await Promise.all(inFlight);
  return finish(to, tally);
}

type Tally = { acked: number; refused: number; readonly latencies: number[]; readonly startedAt: number };

function startTally(to: Connected): Tally {
  to.delivered = 0;
  return { acked: 0, refused: 0, latencies: [], startedAt: performance.now() };
}

function sendOne(line: Line, tally: Tally): Promise<void> {
  const sentAt = performance.now();
  const payload = `{"conversation":"${line.conversation}","id":"${randomUUID()}","text":"${WORDS}"}`;
  return new Promise((resolve) => {
    line.socket.askRaw('message:send', payload, (answer) => {
      tally.latencies.push(performance.now() - sentAt);
      if (answer.startsWith('[{"ok":true')) tally.acked += 1;
      else tally.refused += 1;
      resolve();
    });
  });
}

async function finish(to: Connected, tally: Tally): Promise<Outcome> {
  const seconds = (performance.now() - tally.startedAt) / 1000;
  // The agent's copy and the acknowledgement leave the relay together, on two sockets.
  await eventually('every acknowledged message has reached its agent', () => to.delivered >= tally.acked);
  const { acked, refused, latencies } = tally;
  const figures = { p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  return { acked, refused, seconds, delivered: to.delivered, ...figures };
}
