/** What people do in a world: visitors write at their pace, agents go from one of their conversations to the next. */
import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../../support/eventually.ts';
import type { Agent, Visitor } from './talkers.ts';

export type Talk = { stop(): Promise<void> };

type People = {
  readonly visitors: readonly Visitor[];
  readonly agents: readonly Agent[];
  /** Each agent's conversations, by the relay's ids. */
  readonly hands: ReadonlyMap<Agent, readonly string[]>;
};

/** People write on while the relay is away, but not without end. */
const UNSENT_MAX = 4;
const AGENTS_UNSENT_MAX = 8;
const NOTES = 0.15;
const RELOAD_EVERY_MS = 400;
const OPENS_WITHIN_MS = 5_000;

/** Every visitor begins; the agents share the conversations out among themselves, finding them in their lists. */
export async function takeAll(
  agents: readonly Agent[],
  visitors: readonly Visitor[],
): Promise<Map<Agent, string[]>> {
  for (const visitor of visitors) visitor.say(`${visitor.name} begins`);
  await eventually('every visitor has begun', () => visitors.every((one) => one.unsent() === 0), 60_000);
  const hands = new Map<Agent, string[]>(agents.map((agent) => [agent, []]));
  const claimed = new Set<string>();
  if (agents.length > 0)
    await Promise.all(agents.map((agent) => takeShare(agent, { claimed, all: visitors.length, hands })));
  return hands;
}

type Share = {
  readonly claimed: Set<string>;
  readonly all: number;
  readonly hands: Map<Agent, string[]>;
};

async function takeShare(agent: Agent, { claimed, all, hands }: Share): Promise<void> {
  const { desk } = agent;
  desk.show('waiting');
  while (claimed.size < all) {
    const row = desk.state().rows.find(({ id, status }) => status === 'waiting' && !claimed.has(id));
    if (!row) {
      // Taking one leads to the list of one's own.
      desk.show('waiting');
      await wait(20);
      continue;
    }
    claimed.add(row.id);
    await eventually('the conversation is open', () => openIt(agent, row.id), 60_000);
    await eventually(`${agent.name} has taken a conversation`, () => takenBy(desk), 60_000);
    hands.get(agent)?.push(row.id);
  }
  desk.show('mine');
}

/** Clicks on it, and waits for a while; whether it is open. */
export async function openIt({ desk }: Agent, conversation: string): Promise<boolean> {
  desk.select(conversation);
  const end = performance.now() + OPENS_WITHIN_MS;
  while (desk.state().opened?.id !== conversation && performance.now() < end) await wait(10);
  return desk.state().opened?.id === conversation;
}

/** What may pass is tried again, as a person does; any other refusal is the end. */
async function takenBy(desk: Agent['desk']): Promise<boolean> {
  const refused = await desk.take();
  if (refused && refused !== 'UNAVAILABLE' && refused !== 'TOO_MANY')
    throw new Error(`A conversation could not be taken: ${refused}`);
  return !refused;
}

export function startTalk(
  { visitors, agents, hands }: People,
  { paceMs, reloads }: { readonly paceMs: number; readonly reloads: boolean },
): Talk {
  let isOver = false;
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const later = (act: () => void, milliseconds: number) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      if (!isOver) act();
    }, milliseconds);
    timers.add(timer);
  };
  for (const visitor of visitors) {
    let count = 0;
    const speak = () => {
      if (visitor.unsent() < UNSENT_MAX) {
        count += 1;
        visitor.say(`${visitor.name} says ${count}`);
      }
      visitor.seen();
      later(speak, paceMs * (0.5 + Math.random()));
    };
    later(speak, paceMs * Math.random());
  }
  const reload = () => {
    visitors[Math.floor(Math.random() * visitors.length)]?.reload();
    later(reload, RELOAD_EVERY_MS * (0.5 + Math.random()));
  };
  if (reloads) later(reload, RELOAD_EVERY_MS);
  const work = agents.map((agent) => goRound(agent, hands.get(agent) ?? [], () => isOver));
  return {
    stop: async () => {
      isOver = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(work);
    },
  };
}

/** Opens a conversation, reads, answers, stays for a moment, goes on. */
async function goRound(agent: Agent, hands: readonly string[], isOver: () => boolean): Promise<void> {
  const { desk } = agent;
  for (let count = 1; !isOver() && hands.length > 0; count += 1) {
    const conversation = chooseNext(agent, hands);
    desk.select(conversation);
    for (let turn = 0; turn < 60 && desk.state().opened?.id !== conversation && !isOver(); turn += 1)
      await wait(20);
    if (desk.state().opened?.id !== conversation) continue;
    desk.seen();
    const kind = Math.random() < NOTES ? 'note' : 'reply';
    if (agent.unsent() < AGENTS_UNSENT_MAX)
      agent.say(kind, `${agent.name} ${kind === 'note' ? 'notes' : 'answers'} ${count}`);
    await wait(100 + Math.random() * 300);
  }
}

/** Says it in each conversation that opens. */
export async function answerEach(agent: Agent, hands: readonly string[], words: string): Promise<void> {
  for (const conversation of hands) {
    if (await openIt(agent, conversation)) agent.say('reply', `${agent.name} says ${words}`);
  }
}

/** Where words were not read yet, or any. */
function chooseNext(agent: Agent, hands: readonly string[]): string {
  const unread = agent.desk.state().rows.filter((row) => hands.includes(row.id) && row.lastSeq > row.read);
  const all = unread.length > 0 ? unread.map(({ id }) => id) : hands;
  return all[Math.floor(Math.random() * all.length)] ?? '';
}
