/** Who the visitor is, by the site's word: a signed token, or a function that fetches one and is called again when it expires. */
import { FETCH_AGAIN_MS } from './bounds.ts';
import type { Hosted, Warn } from './contract.ts';

/** A token is renewed this long before it ends. */
const BEFORE_END_MS = 60_000;
/** A longer timer would ring at once. */
const TIMER_MOST_MS = 2 ** 31 - 1;

export type Identifier = { identify(who?: unknown): void; stop(): void };

type Hears = {
  readonly wrong: Warn;
  /** The page names somebody else than it did before. */
  changed(): void;
};

export function createIdentifier(hosted: Hosted, { wrong, changed }: Hears): Identifier {
  let who: unknown;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the calls: the answer of an earlier function must not take the place of a later identity. */
  let turn = 0;

  const tell = (identity: string | null): void => {
    const now = identity && claimsOf(identity).sub;
    if (who && now && who !== now) changed();
    who = now || who;
    hosted.identity = identity;
    hosted.core.state.identity = identity ? 'given' : null;
    hosted.tell({ type: 'identify', identity });
  };

  const fetchToken = async (fetcher: () => unknown, mine: number): Promise<void> => {
    let wait = FETCH_AGAIN_MS;
    try {
      const token = await fetcher();
      if (mine !== turn) return;
      if (token === null || token === undefined) return tell(null);
      // It does not end: there is nothing to ask for again.
      if (isHashed(token)) return tell(JSON.stringify(token));
      if (isToken(token)) {
        wait = Math.max(FETCH_AGAIN_MS, endOf(token) - Date.now() - BEFORE_END_MS);
        tell(token);
      } else wrong('token');
    } catch (error) {
      wrong('fetcher', error);
    }
    if (mine === turn)
      timer = setTimeout(() => void fetchToken(fetcher, mine), Math.min(wait, TIMER_MOST_MS));
  };

  const stop = (): void => {
    clearTimeout(timer);
    turn += 1;
  };

  return {
    identify(given) {
      const token = typeof given === 'object' && given !== null && 'token' in given ? given.token : given;
      stop();
      if (token === null || token === undefined || token === '') tell(null);
      else if (isToken(token)) tell(token);
      else if (typeof token === 'function') void fetchToken(token as () => unknown, turn);
      else if (isHashed(token)) tell(JSON.stringify(token));
      else wrong('identify');
    },
    stop,
  };
}

/** The easy way: the site's own id of its user, and the hash that only its server can make of it. */
function isHashed(value: unknown): boolean {
  const { userId, hash } = value as { userId?: unknown; hash?: unknown };
  return typeof userId === 'string' && typeof hash === 'string';
}

function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]+\.[\w-]+\.[\w-]+$/.test(value);
}

/** Its claim of when it ends, in milliseconds: to know when to ask for the next one. */
function endOf(token: string): number {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1000 : Number.POSITIVE_INFINITY;
}

/** Read without proof. */
function claimsOf(proof: string): { readonly sub?: unknown; readonly exp?: unknown } {
  try {
    if (proof.startsWith('{')) return { sub: (JSON.parse(proof) as { readonly userId?: unknown }).userId };
    const [, claims = ''] = proof.split('.');
    return JSON.parse(atob(claims.replaceAll('-', '+').replaceAll('_', '/')));
  } catch {
    return {};
  }
}
