/** The last step: kept until this frame goes away. */
import type { Kept } from './kept.ts';

/** A reload for a newer relay carries the words along in the history entry; only this frame can read it. */
type Carried = { readonly kept?: unknown };

export function openMemory(): Kept {
  const values = new Map<string, unknown>(carried());
  return {
    step: 'memory',
    get: async (key) => values.get(key),
    list: async (prefix) =>
      [...values.keys()]
        .filter((key) => key.startsWith(prefix))
        .sort()
        .map((key) => values.get(key)),
    async write(changes) {
      for (const change of changes) {
        if ('put' in change) values.set(change.put, change.value);
        else if ('delete' in change) values.delete(change.delete);
        else values.clear();
      }
      carry([...values]);
    },
    async getOrCreate(key, value) {
      if (!values.has(key)) values.set(key, value);
      return values.get(key);
    },
    onChange: () => undefined,
  };
}

function carry(kept: [string, unknown][]): void {
  try {
    history.replaceState({ ...history.state, kept }, '');
  } catch {
    // Too many in a short while: the next write carries it.
  }
}

function carried(): [string, unknown][] {
  const state = history.state as Carried | null;
  return Array.isArray(state?.kept) ? (state.kept as [string, unknown][]) : [];
}
