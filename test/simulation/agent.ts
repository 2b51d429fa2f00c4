/** A simulated agent: one act after the other, each under its own id until a relay has answered it. */
import { type ErrorCode, PASSING } from '@fullname/shared/errors';
import type { Recorder } from '../checker/recorder.ts';
import type { Product } from './load.ts';
import type { Person, SimulatedRelay } from './relay.ts';
import { createOwner, type Scheduler } from './scheduler.ts';
import type { Store } from './store.ts';

export type AgentParts = {
  readonly name: string;
  readonly scheduler: Scheduler;
  readonly product: Product;
  readonly recorder: Recorder;
  readonly store: Store;
  readonly relay: () => SimulatedRelay | null;
  readonly person: Person;
};

export type Agent = {
  /** Does something that fits: takes a conversation, or speaks, notes, reads or closes in one of theirs. */
  act(): void;
  /** How many acts wait to be answered. */
  pending(): number;
  /** Probability that a question or its answer gets lost. */
  setLoss(probability: number): void;
};

type Act = {
  readonly id: string;
  readonly kind: 'message' | 'note' | 'act';
  readonly text: string | null;
  readonly run: (relay: SimulatedRelay) => Promise<{ readonly seq?: number } | null>;
};

const PATIENCE_MS = 4_000;

export function createAgent(parts: AgentParts): Agent {
  const { name, scheduler, product, recorder, store, person } = parts;
  const owner = createOwner(name);
  const me = { ...person, role: 'agent' as const };
  const queue: Act[] = [];
  let isBusy = false;
  let loss = 0;
  let said = 0;
  recorder.add({ type: 'right', who: name, role: 'agent' });

  function choose(): Act | null {
    const all = [...store.state().conversations.values()].filter(({ lastSeq }) => lastSeq > 0);
    const one = scheduler.pick(all);
    if (!one) return null;
    const { id: conversation, lastSeq } = one;
    const id = scheduler.id();
    const isMine = one.status === 'open' && one.holder === person.id;
    if (!isMine) {
      const run = async ({ floor }: SimulatedRelay) =>
        product.takeConversation(floor, me, { conversation, id }).then(() => null);
      return one.status === 'waiting' ? { id, kind: 'act', text: null, run } : null;
    }
    const text = `${name} says ${++said}`;
    const from = { me, socket: name };
    const what = scheduler.random();
    if (what < 0.1) {
      const run = async ({ floor }: SimulatedRelay) =>
        product.closeConversation(floor, me, { conversation, id, farewell: text }).then(() => null);
      return { id, kind: 'act', text, run };
    }
    if (what < 0.25)
      return {
        ...{ id, kind: 'note', text },
        run: ({ floor }) => product.sendNote(floor, from, { conversation, id, text }),
      };
    if (what < 0.4)
      return {
        ...{ id, kind: 'act', text: null },
        run: ({ floor }) =>
          product.readByAgent(floor, me, { id: conversation, seq: lastSeq }).then(() => null),
      };
    return {
      ...{ id, kind: 'message', text },
      run: ({ floor }) => product.sendFromAgent(floor, from, { conversation, id, text }),
    };
  }

  function next(): void {
    const [act] = queue;
    isBusy = act !== undefined;
    if (act) attempt(act);
  }

  function attempt(act: Act): void {
    let isOver = false;
    const again = (delay: number) =>
      scheduler.after(delay, owner, () => {
        if (!isOver) {
          isOver = true;
          attempt(act);
        }
      });
    again(PATIENCE_MS);
    const relay = parts.relay();
    if (!relay || scheduler.chance(loss)) return;
    const answered = (does: () => void): void => {
      if (scheduler.chance(loss)) return;
      scheduler.after(scheduler.between(1, 30), owner, () => {
        if (!isOver) does();
      });
    };
    scheduler.after(scheduler.between(1, 30), relay.owner, () => {
      act.run(relay).then(
        (stored) =>
          answered(() => {
            isOver = true;
            recorder.add({ type: 'ok', who: name, id: act.id, number: stored?.seq ?? null });
            done();
          }),
        (error: { readonly code?: ErrorCode }) =>
          answered(() => {
            if (error.code === undefined) throw error;
            // No code of ours: the store has failed.
            const code = /^[A-Z_]+$/.test(error.code) ? error.code : 'UNAVAILABLE';
            if (PASSING.includes(code)) return void again(scheduler.between(50, 1_000));
            isOver = true;
            recorder.add({ type: 'failed', who: name, id: act.id, code });
            done();
          }),
      );
    });
  }

  function done(): void {
    queue.shift();
    next();
  }

  return {
    pending: () => queue.length,
    setLoss(probability) {
      loss = probability;
    },
    act() {
      const act = choose();
      if (!act) return;
      const { id, kind, text } = act;
      recorder.add({ type: 'invoke', who: name, id, kind, text });
      queue.push(act);
      if (!isBusy) next();
    },
  };
}
