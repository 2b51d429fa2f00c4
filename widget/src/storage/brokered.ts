/** The middle step: the host page's IndexedDB, asked for over the broker's port. */
import type { BrokerAnswer, BrokerOperation } from './broker-messages.ts';
import type { Kept } from './kept.ts';

/** Longer than the broker takes to come over a slow network; a store that hangs in the host page is told by nothing else. */
const PATIENCE_MS = 15_000;

type Waiting = { resolve(value: unknown): void; reject(): void };

/** Resolves when the broker says that the host page stores; rejects when it does not, or never comes. */
export function openBrokered(port: MessagePort): Promise<Kept> {
  const waiting = new Map<number, Waiting>();
  const listeners: (() => void)[] = [];
  let asked = 0;

  const ask = (operation: BrokerOperation, ...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++asked;
      waiting.set(id, { resolve, reject });
      port.postMessage({ id, operation, args });
    });

  const kept: Kept = {
    step: 'host',
    get: (key) => ask('get', key),
    list: (prefix) => ask('list', prefix) as Promise<unknown[]>,
    write: (changes) => ask('write', changes) as Promise<void>,
    getOrCreate: (key, value) => ask('getOrCreate', key, value),
    onChange: (listener) => void listeners.push(listener),
  };

  return new Promise((resolve, reject) => {
    const late = setTimeout(reject, PATIENCE_MS);
    port.onmessage = (event: MessageEvent<BrokerAnswer>) => {
      const answer = event.data;
      if ('open' in answer) {
        clearTimeout(late);
        if (answer.open) resolve(kept);
        else reject();
      } else if ('changed' in answer) {
        for (const listener of listeners) listener();
      } else {
        const one = waiting.get(answer.id);
        waiting.delete(answer.id);
        if (answer.ok) one?.resolve(answer.value);
        else one?.reject();
      }
    };
  });
}
