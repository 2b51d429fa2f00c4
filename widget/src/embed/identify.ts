/**
 * Who the visitor is, by the site's word: a signed token, or a function that fetches one and is called again when it expires. What is said
 * without proof is a label for whoever answers, and opens nothing.
 */
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
  /** What stands beside a proof, or in place of one. */
  label(said: object): void;
};

/** Shown to whoever answers, as unproven as any label. */
const LABELS = ['userId', 'name', 'email', 'phone'];

export function createIdentifier(hosted: Hosted, { wrong, changed, label }: Hears): Identifier {
  let who: unknown = hosted.identity && claimsOf(hosted.identity).sub;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Counts the calls: the answer of an earlier function must not take the place of a later identity. */
  let turn = 0;

  /** Whether the page now names somebody else. */
  const meets = (now: unknown): boolean => {
    const isOther = !!who && !!now && who !== now;
    if (isOther) changed();
    who = now || who;
    return isOther;
  };

  const tell = (identity: string | null): void => {
    meets(identity && claimsOf(identity).sub);
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
      if (isHashed(token)) return tell(hashedOf(token));
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

  const tellLabels = (given: Said): void => {
    const labels = labelsOf(given);
    if (Object.keys(labels).length) label(labels);
  };

  /** A proof stays for as long as the page names the same person: somebody else without proof is nobody. */
  const labelAlone = (given: Said): void => {
    if (meets(given.userId)) {
      stop();
      tell(null);
    }
    tellLabels(given);
  };

  return {
    identify(given) {
      const said = isObject(given) ? given : {};
      if (said === given && !isRight(said)) return wrong('identify');
      if (said === given && !('token' in said || 'hash' in said)) return labelAlone(said);
      const token = 'token' in said ? said.token : given;
      stop();
      if (token === null || token === undefined || token === '') tell(null);
      else if (isToken(token)) tell(token);
      else if (typeof token === 'function') void fetchToken(token as () => unknown, turn);
      else if (isHashed(token)) tell(hashedOf(token));
      else return wrong('identify');
      // Its id is proven.
      return tellLabels({ ...said, userId: undefined });
    },
    stop,
  };
}

type Said = { readonly [name: string]: unknown; readonly token?: unknown; readonly attributes?: object };

function isObject(value: unknown): value is Said {
  return typeof value === 'object' && value !== null;
}

/** Another chat's name for a field would be left out without a word. */
function isRight(said: Said): boolean {
  const { token, hash, kid, attributes = {}, ...rest } = said;
  const names = Object.keys(rest);
  return (
    isObject(attributes) &&
    names.every((name) => LABELS.includes(name)) &&
    ('token' in said || ('hash' in said ? isHashed(said) : Object.keys(said).length > 0))
  );
}

/** What a page does not know of somebody is no label. */
function labelsOf({ token, hash, kid, attributes, ...said }: Said): object {
  return JSON.parse(JSON.stringify({ ...attributes, ...said }));
}

/** The easy way: the site's own id of its user, and the hash that only its server can make of it. */
function isHashed(value: unknown): value is Said {
  return isObject(value) && typeof value.userId === 'string' && typeof value.hash === 'string';
}

/** What the relay looks at: it takes no more than an id and its hash need. */
function hashedOf({ userId, hash, kid }: Said): string {
  return JSON.stringify({ userId, hash, kid });
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
