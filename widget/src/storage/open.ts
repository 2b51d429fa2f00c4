/** The three steps in their order: the frame's own, the host page's, memory. */
import { openBrokered } from './brokered.ts';
import type { Kept, Records } from './kept.ts';

/**
 * Without a `site` memory alone. `askBroker` loads the broker into the host page and gives its port; null where there is no host
 * page. Never rejects.
 */
export async function openKept(site: string, askBroker: () => Promise<MessagePort | null>): Promise<Kept> {
  try {
    if (site) return await Promise.race([openOwn(site), tooLate()]);
  } catch {
    // Refused: a cross-site frame in a default browser.
  }
  try {
    const port = site && (await askBroker());
    if (port) return await openBrokered(port);
  } catch {
    // The host page forbids the script, cannot store, or does not answer.
  }
  return (await import('./memory.ts')).openMemory();
}

async function openOwn(site: string): Promise<Kept> {
  // Asked first, since those who are refused need not load what they cannot use.
  await indexedDB.databases?.();
  const { openIndexed } = await import('./indexed.ts');
  const kept = await openIndexed(`fullname.${site}`, 'own');
  // A store may open and answer nothing.
  await kept.get('');
  return kept;
}

/** Browsers have had stores that hang. Nobody can write until this is decided, so it is decided. */
function tooLate(): Promise<never> {
  return new Promise((_, reject) => setTimeout(reject, 5_000));
}

/** The records of a store that is opened by the first who asks. */
export function recordsOf(opened: () => Promise<Kept>): Records {
  return {
    get: async (key) => (await opened()).get(key),
    list: async (prefix) => (await opened()).list(prefix),
    write: async (changes) => (await opened()).write(changes),
    getOrCreate: async (key, value) => (await opened()).getOrCreate(key, value),
    onChange: (listener) => void opened().then((kept) => kept.onChange(listener)),
  };
}
