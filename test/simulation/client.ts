/** What the widget finds in place of socket.io-client: one socket, over the simulated network. */
import { failed } from '@fullname/shared/errors';
import { ACK_TIMEOUT_MS } from '@fullname/shared/limits';
import type { Manager } from 'socket.io-client';
import type { Line, Network } from './network.ts';
import type { RelaySide, SimulatedRelay } from './relay.ts';
import type { Owner, Scheduler, Step } from './scheduler.ts';

type Listener = (...args: never[]) => void;
type Give = (give: (auth: unknown) => void) => void;
type Pending = { resolve(value: unknown): void; reject(reason: unknown): void; readonly step: Step };

export type ClientParts = {
  readonly scheduler: Scheduler;
  readonly network: Network;
  readonly page: Owner;
  /** Where a balancer would send a new connection; null where nobody answers. */
  readonly relay: () => SimulatedRelay | null;
  readonly ear: {
    heard(name: string, payload: unknown): void;
    answered(name: string, payload: unknown, answer: unknown): void;
  };
};

/** The class whose only socket this is. */
export function managerOf(parts: ClientParts): typeof Manager {
  return class {
    socket = (_: string, { auth }: { auth: Give }): unknown => createSocket(parts, auth);
  } as unknown as typeof Manager;
}

function createSocket({ scheduler, network, page, relay, ear }: ClientParts, auth: Give) {
  const listeners = new Map<string, Listener>();
  const ofManager = new Map<string, Listener>();
  const pending = new Map<number, Pending>();
  let asked = 0;
  let connected = false;
  let line: Line | null = null;
  let far: RelaySide | null = null;
  let isKnocking = false;
  let opening: Step | null = null;

  const say = (name: string, ...args: unknown[]): void => listeners.get(name)?.(...(args as never[]));

  /** What was asked over a line that is gone is answered by nobody. */
  const lost = (): void => {
    connected = false;
    isKnocking = false;
    line = null;
    far = null;
    for (const { reject, step } of pending.values()) {
      step.cancelled = true;
      reject(new Error('socket has been disconnected'));
    }
    pending.clear();
    ofManager.get('close')?.();
  };

  const refused = (why: string): void => {
    opening = null;
    isKnocking = false;
    say('connect_error', new Error(why));
  };

  const connect = (): void => {
    if (connected || isKnocking || opening) return;
    if (line) {
      knock();
      return;
    }
    const there = relay();
    // A relay that is gone refuses at once; a machine that is gone says nothing.
    if (!there) {
      const wait = scheduler.chance(0.8) ? scheduler.between(1, 40) : ACK_TIMEOUT_MS;
      opening = scheduler.after(wait, page, () => refused('websocket error'));
      return;
    }
    opening = scheduler.after(scheduler.between(2, 60), page, () => {
      opening = null;
      if (!there.owner.alive) {
        refused('websocket error');
        return;
      }
      const made = network.open({
        ...{ page, relay: there.owner },
        onPageLost: () => line === made && lost(),
        onRelayLost: () => far?.lost(),
      });
      const side = there.accept(made, {
        connected() {
          if (line !== made) return;
          isKnocking = false;
          connected = true;
          say('connect');
        },
        refused: (why) => line === made && refused(why),
        hear(name, args) {
          if (line !== made) return;
          ear.heard(name, args[0]);
          say(name, ...args);
        },
      });
      line = made;
      far = side;
      knock();
    });
  };

  const knock = (): void => {
    isKnocking = true;
    auth((given) => {
      const side = far;
      line?.send('up', () => side?.knock(given));
    });
  };

  const ask = (name: string, payload: unknown, patience: number): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      const step = scheduler.after(patience, page, () => {
        pending.delete(id);
        reject(new Error('operation has timed out'));
      });
      pending.set(id, { resolve, reject, step });
      const [mine, side] = [line, far];
      mine?.send('up', () =>
        side?.hear(name, payload, (answer) =>
          mine.send('down', () => {
            const one = pending.get(id);
            if (!one) return;
            pending.delete(id);
            one.step.cancelled = true;
            ear.answered(name, payload, answer);
            one.resolve(answer);
          }),
        ),
      );
    });

  const disconnect = (): void => {
    if (opening) opening.cancelled = true;
    opening = null;
    const mine = line;
    if (mine) mine.close('page');
    lost();
  };

  return {
    on: (name: string, listener: Listener) => void listeners.set(name, listener),
    off() {
      listeners.clear();
      return this;
    },
    io: {
      on: (name: string, listener: Listener) => void ofManager.set(name, listener),
      off: (name: string) => void ofManager.delete(name),
    },
    get connected() {
      return connected;
    },
    connect,
    disconnect,
    timeout: (patience: number) => ({
      emitWithAck: (name: string, payload: unknown) =>
        connected ? ask(name, payload, patience) : Promise.resolve(failed('UNAVAILABLE')),
    }),
    volatile: {
      emit(name: string, payload: unknown): void {
        const side = far;
        line?.send('up', () => side?.hear(name, payload, () => undefined));
      },
    },
  };
}
