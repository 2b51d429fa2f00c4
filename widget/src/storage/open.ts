/** The three steps in their order: the frame's own, the host page's, memory. */
import { insist } from '../insist.ts';
import { openBrokered } from './brokered.ts';
import { inTime } from './in-time.ts';
import type { Kept, Records } from './kept.ts';

/**
 * Without a `site` memory alone. `askBroker` loads the broker into the host page and gives its port; null where there is no host
 * page. Never rejects, however long the chunks take to come; `reload` is for those that do not.
 */
export async function openKept(
  site: string,
  askBroker: () => Promise<MessagePort | null>,
  reload: () => unknown,
): Promise<Kept> {
  // Refused with a reason: a cross-site frame in a default browser. What hangs gives none, and goes to no other store: the visitor
  // would leave in one what they had forgotten in the other.
  const kept =
    site &&
    (await openOwn(site, reload)
      .catch((refusal) => refusal && openHost(askBroker))
      .catch(() => null));
  return kept || (await insist(async () => (await import('./memory.ts')).openMemory, reload))();
}

async function openOwn(site: string, reload: () => unknown): Promise<Kept> {
  // Asked first, since those who are refused need not load what they cannot use.
  await inTime(indexedDB.databases?.());
  const openIndexed = await insist(async () => (await import('./indexed.ts')).openIndexed, reload);
  return inTime(openIndexed(`fullname.${site}`, 'own'));
}

/** Rejects where the host page forbids the script, cannot store, or does not answer. */
async function openHost(askBroker: () => Promise<MessagePort | null>): Promise<Kept | null> {
  const port = await askBroker();
  return port && openBrokered(port);
}

/** The records of a store that is opened by the first who asks. One that hangs after all rejects what is asked of it. */
export function recordsOf(opened: () => Promise<Kept>): Records {
  return {
    get: async (key) => inTime((await opened()).get(key)),
    list: async (prefix) => inTime((await opened()).list(prefix)),
    write: async (changes) => inTime((await opened()).write(changes)),
    getOrCreate: async (key, value) => inTime((await opened()).getOrCreate(key, value)),
    onChange: (listener) => void opened().then((kept) => kept.onChange(listener)),
  };
}
