/** What the two ends ask of a browser beside its storage, for a process that is none. */

const nothing = () => undefined;
const far = { addEventListener: nothing, removeEventListener: nothing };

/** Defines what is missing. Node's own `BroadcastChannel` stays: it joins the tabs of one browser here as well. */
export function standInForBrowser(): void {
  define('navigator', { onLine: true, languages: ['en'] });
  define('window', far);
  // Missing, what listens for a gesture (the sounds of the chat) would fail anew at each answer, and listen to its tabs anew before.
  for (const [name, act] of Object.entries(far)) define(name, act);
  define('document', {
    ...far,
    visibilityState: 'visible',
    hasFocus: () => true,
    // Of a site whose owner has set nothing.
    getElementById: () => null,
    documentElement: { lang: 'en' },
  });
  define('matchMedia', () => ({ ...far, matches: false }));
  define('localStorage', memory());
}

function define(name: string, value: unknown): void {
  if (name in globalThis) return;
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true });
}

function memory(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const values = new Map<string, string>();
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  };
}
