/**
 * One simulated story from one seed: visitors with tabs, an agent, relays on one store; faults for a minute or two, then calm.
 * The history checker judges what happened; after the faults everything must be acknowledged, and every list be whole.
 */
import { checkHistory, describeViolation, type Violation } from '../checker/check.ts';
import type { History, HistoryEvent, LogRow } from '../checker/history.ts';
import type { Recorder, Undated } from '../checker/recorder.ts';
import { type Agent, createAgent } from './agent.ts';
import { type Browser, createBrowser } from './browser.ts';
import { createBus } from './bus.ts';
import { enter } from './globals.ts';
import type { Product } from './load.ts';
import { createNetwork } from './network.ts';
import { type SimulatedRelay, startRelay } from './relay.ts';
import { createScheduler, type Scheduler } from './scheduler.ts';
import { createStore, NO_STORE_FAULTS, type StoreBug } from './store.ts';

export type Story = {
  readonly seed: number;
  /** What is broken, each in words; empty where all is well. */
  readonly violations: readonly string[];
  readonly kinds: ReadonlySet<string>;
  readonly acked: number;
  readonly steps: number;
  /** Virtual milliseconds from the end of the faults until all was acknowledged and drawn. */
  readonly calmAfter: number;
  readonly history: History;
};

/** A line that is silently gone is noticed (45 s), taken anew (30 s), asked (10 s), told of what is last (20 s): and some more. */
const CALM_WITHIN_MS = 180_000;
const LOOK_EVERY_MS = 5_000;
const PERSON = { id: '00000000-0000-4000-8000-00000000a9e7', fullName: 'Ada Lovelace' };

export async function simulate(product: Product, seed: number, bug?: StoreBug): Promise<Story> {
  const scheduler = createScheduler(seed);
  const world = createWorld(product, scheduler, bug);
  plan(world);
  await scheduler.run(world.faultsEnd);
  calm(world);
  const end = world.faultsEnd + CALM_WITHIN_MS;
  let isCalm = false;
  for (let until = scheduler.now(); !isCalm && until < end; ) {
    until += LOOK_EVERY_MS;
    await scheduler.run(until);
    isCalm = isSettled(world);
  }
  const calmAfter = scheduler.now() - world.faultsEnd;
  for (const browser of world.browsers) for (const tab of browser.tabs()) tab.rest();
  const history = [...world.events, ...logsOf(world)];
  const violations = checkHistory(history).filter((one) => !isOfTwoTabs(one, world));
  return {
    ...{ seed, history, calmAfter, steps: scheduler.steps() },
    acked: world.browsers.reduce((sum, browser) => sum + browser.acked(), 0),
    kinds: new Set([...violations.map(({ kind }) => kind), ...(isCalm ? [] : ['restless'])]),
    violations: [...violations.map(describeViolation), ...(isCalm ? [] : [restless(world)])],
  };
}

type World = ReturnType<typeof createWorld>;

function createWorld(product: Product, scheduler: Scheduler, bug: StoreBug | undefined) {
  const events: HistoryEvent[] = [];
  const recorder: Recorder = {
    add: (event: Undated) => void events.push({ ...event, at: scheduler.now() } as HistoryEvent),
    events: () => events,
  };
  const network = createNetwork(scheduler);
  const store = createStore(scheduler, bug);
  const browsers: Browser[] = [];
  let relays: SimulatedRelay[] = [];
  let started = 0;
  const bus = createBus(scheduler, () => relays);
  enter({
    scheduler,
    locksOf: (owner) =>
      browsers.find((browser) => browser.tabs().some((tab) => tab.owner === owner))?.locks ?? null,
  });
  const people = new Map([[PERSON.id, PERSON]]);
  const world = {
    ...{ scheduler, network, store, bus, browsers, events, recorder },
    faultsEnd: scheduler.between(4_000, 20_000),
    relays: () => relays,
    relay: () => scheduler.pick(relays) ?? null,
    start() {
      relays = [
        ...relays,
        startRelay({ name: `relay ${++started}`, scheduler, product, store, bus, people }),
      ];
    },
    kill(relay: SimulatedRelay, silently: boolean) {
      relay.owner.alive = false;
      relays = relays.filter((one) => one !== relay);
      store.release(relay.owner);
      network.cutAll(relay.owner, silently);
    },
  };
  const parts = { scheduler, network, product, recorder, store, relay: world.relay };
  const agent: Agent = createAgent({ ...parts, name: 'agent', person: PERSON });
  const count = 1 + scheduler.below(3);
  for (let number = 1; number <= count; number += 1)
    browsers.push(createBrowser({ ...parts, name: `visitor ${number}`, hasLocks: scheduler.chance(0.6) }));
  return { ...world, agent };
}

// ---- What happens, by the seed ----

function plan(world: World): void {
  const { scheduler, browsers, agent, store, network, bus } = world;
  const relays = scheduler.chance(0.5) ? 2 : 1;
  for (let number = 0; number < relays; number += 1) world.start();
  store.setFaults({
    cuts: scheduler.pick([0, 0, 0.02, 0.1]) ?? 0,
    slow: scheduler.pick([0, 0.02, 0.2]) ?? 0,
    deadlocks: scheduler.pick([0, 0.05]) ?? 0,
  });
  network.setFaults({ latency: scheduler.pick([20, 200, 2_000]) ?? 20 });
  bus.setLoss(scheduler.pick([0, 0.1, 0.5, 1]) ?? 0);
  agent.setLoss(scheduler.pick([0, 0.1]) ?? 0);
  for (const browser of browsers) {
    const tabs = scheduler.pick([1, 1, 2, 3]) ?? 1;
    // Words that could not be kept are in one tab alone: with several, the others would overtake them.
    if (tabs === 1) browser.setFullness(scheduler.pick([0, 0, 0.1]) ?? 0);
    for (let number = 0; number < tabs; number += 1)
      scheduler.after(scheduler.between(0, 3_000), null, () => browser.open());
  }
  const often = (mean: number, act: () => void): void => {
    const delay = -Math.log(1 - scheduler.random()) * mean;
    if (scheduler.now() + delay < world.faultsEnd)
      scheduler.after(delay, null, () => {
        act();
        often(mean, act);
      });
  };
  let words = 0;
  for (const browser of browsers) {
    const withTab = (act: (tab: ReturnType<Browser['open']>) => void) => () => {
      const tab = scheduler.pick(browser.tabs());
      if (tab) act(tab);
    };
    often(
      scheduler.between(1_000, 8_000),
      withTab((tab) => tab.say(`${browser.name} says ${++words}`)),
    );
    often(
      5_000,
      withTab((tab) => tab.seen()),
    );
    often(
      20_000,
      withTab((tab) => tab.wake()),
    );
    often(
      60_000,
      withTab((tab) => tab.sleep()),
    );
    often(
      40_000,
      withTab((tab) => {
        // Never cut short: what waits for the end of a pause would be overtaken.
        tab.owner.frozenUntil = Math.max(
          tab.owner.frozenUntil,
          scheduler.now() + scheduler.between(500, 20_000),
        );
      }),
    );
    const reload = withTab((tab) => {
      browser.crash(tab);
      // Of several, one may go for good.
      if (browser.tabs().length === 0 || scheduler.chance(0.7))
        scheduler.after(scheduler.between(5, 2_000), null, () => browser.open());
    });
    often(25_000, reload);
    // In the middle of what it has just been asked to do.
    often(
      25_000,
      withTab((tab) => {
        tab.say(`${browser.name} says ${++words}`);
        scheduler.after(scheduler.between(0, 120), null, () => {
          if (!tab.owner.alive) return;
          browser.crash(tab);
          scheduler.after(scheduler.between(5, 2_000), null, () => browser.open());
        });
      }),
    );
  }
  often(scheduler.between(1_000, 6_000), () => agent.act());
  const cut = scheduler.between(4_000, 30_000);
  often(cut, () => scheduler.pick(network.lines())?.cut(scheduler.chance(0.3)));
  often(cut * 3, () => scheduler.pick(network.lines())?.deafen(scheduler.chance(0.5) ? 'up' : 'down'));
  often(scheduler.between(10_000, 60_000), () => {
    const relay = world.relay();
    if (!relay) return;
    world.kill(relay, scheduler.chance(0.2));
    scheduler.after(scheduler.between(50, 8_000), null, world.start);
  });
}

/** The faults end: whatever is there now can do its work. */
function calm({ relays, start, store, network, bus, agent, browsers }: World): void {
  store.setFaults(NO_STORE_FAULTS);
  network.setFaults({ latency: 20 });
  bus.setLoss(0);
  agent.setLoss(0);
  if (relays().length === 0) start();
  for (const browser of browsers) {
    browser.setFullness(0);
    if (browser.tabs().length === 0) browser.open();
  }
}

// ---- How it ends ----

function isSettled({ browsers, agent, store }: World): boolean {
  const conversations = [...store.state().conversations.values()];
  // What a full storage would not let go of is sent again by the next page, and is known by its id.
  const stored = new Set([...store.state().logs.values()].flat().map(({ clientId }) => clientId));
  return (
    agent.pending() === 0 &&
    browsers.every(
      (browser) =>
        browser.outbox().every(({ id, failed }) => failed || browser.isAcked(id) || stored.has(id)) &&
        browser.tabs().every((tab) => tab.unsent().length === 0 && tab.isThere(conversations)),
    )
  );
}

function restless({ browsers, agent }: World): string {
  const waiting = browsers.map(
    (browser) =>
      `${browser.name} keeps ${browser.outbox().length}, ${browser
        .tabs()
        .map((tab) => `${tab.owner.name} ${tab.describe()}`)
        .join(', ')}`,
  );
  return `restless: ${CALM_WITHIN_MS / 1_000} s after the last fault: ${waiting.join('; ')}; the agent waits for ${agent.pending()}`;
}

/** Words written in two tabs at once have no order of their own until the relay gives them one. */
function isOfTwoTabs({ kind, excerpt, what }: Violation, { browsers }: World): boolean {
  if (kind !== 'reordered' || !what.endsWith('the same sender wrote it first')) return false;
  const tabs = excerpt.map((one) => {
    const { id, who } = (one as { call: { id: string; who: string } }).call;
    return browsers.find(({ name }) => name === who)?.tabOf(id);
  });
  return tabs[0] !== tabs[1];
}

function logsOf({ store, browsers }: World): HistoryEvent[] {
  const { conversations, logs } = store.state();
  return [...conversations.values()].flatMap((one): HistoryEvent[] => {
    const rows = logs.get(one.id) ?? [];
    const first = rows[0];
    const visitor = browsers.find(({ tabOf }) => first && tabOf(first.clientId) !== undefined)?.name ?? '';
    const whoOf = { visitor, agent: 'agent', system: null };
    return [
      {
        ...{ type: 'log', conversation: one.id, clientId: one.clientId, visitor },
        read: { visitor: one.visitorRead, agent: one.agentRead },
        rows: rows.map(
          ({ seq, publicSeq, senderKind, clientId, kind, body }): LogRow => ({
            ...{ seq, publicSeq, id: clientId, kind, text: body, who: whoOf[senderKind] },
          }),
        ),
      },
    ];
  });
}

/** The command that tells this seed's story once more, and writes it down. */
export function againBy(seed: number): string {
  return `npm run simulate -- --seed ${seed} --seeds 1 --histories FOLDER`;
}
