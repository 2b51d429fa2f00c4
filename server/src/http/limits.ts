import type { Response } from 'express';
import { RateLimiterRes } from 'rate-limiter-flexible';
import { RelayError } from '../relay-error.ts';
import { addressKey } from './addresses.ts';
import { type Counter, type Counters, createCounters } from './counters.ts';

const WINDOW_SECONDS = 15 * 60;
const HOUR_SECONDS = 60 * 60;

type Asker = Parameters<typeof addressKey>[0];
type Asked = { readonly request: Asker; readonly response: Response };

/**
 * How often passwords and links may be tried, conversations be started, and records be written; what was right does not
 * count. All relays count together where Redis carries. What one socket may ask in a second is counted beside it
 * (sockets/budget.ts): a socket lives at one relay, and a message waits for nobody's count.
 */
export type Limits = {
  /** Before a password is looked at; throws TOO_MANY with `Retry-After`. Returns how to take the count back. */
  signIn(request: Asker, response: Response, email: string): Promise<() => void>;
  password(response: Response, person: string): Promise<() => void>;
  link(request: Asker, response: Response): Promise<void>;
  /** Before the book is written, exported or imported; `cost` of 600 in the window. Throws TOO_MANY. */
  book(response: Response, person: string, cost: number): Promise<void>;
  /** Before a page learns who would say hello on it, by address. */
  hello(request: Asker, response: Response): Promise<void>;
  /** Before the devices are forgotten that a chat has allowed, by address. */
  leave(request: Asker, response: Response): Promise<void>;
  /** Before a key of another system is looked up, by address. Returns how to take the count back. */
  secret(request: Asker, response: Response): Promise<() => void>;
  /** Once a request of another system, by its key. */
  key(response: Response, key: string): Promise<void>;
  /** Before records of customers and colleagues are written, by person; `cost` of 1,200 in the window. */
  records(response: Response, person: string, cost: number): Promise<void>;
  /** Before a file is received, by whoever sends it and by address: so many, and so many bytes. */
  upload(asked: Asked, file: { readonly sender: string; readonly bytes: number }): Promise<void>;
  /**
   * Before a visitor starts a conversation, by `addressKey` and whatever names the visitor. Waits for no other machine. Throws
   * TOO_MANY. Returns how to take the count back.
   */
  start(address: string, visitor: string): Promise<() => void>;
  /** Before a transcript is asked for or a code tried, by `addressKey` and by site. Throws TOO_MANY. */
  transcript(address: string, site: string): Promise<void>;
};

/** `hops`: the proxies in front, as in TRUST_PROXY. */
export function createLimits(hops: number, counters: Counters = createCounters()): Limits {
  const limit = (name: string, points: number, duration = WINDOW_SECONDS) =>
    counters({ name, points, duration });
  const byAddress = limit('address', 50);
  const byEmail = limit('email', 20);
  const byPerson = limit('person', 10);
  const links = limit('link', 100);
  const books = limit('book', 600);
  // An office or a mobile network is one address; a page asks once a hello and look.
  const hellos = limit('hello', 300);
  const leaves = limit('leave', 600);
  const secrets = limit('secret', 100);
  const keys = limit('key', 600);
  const records = limit('records', 1_200);
  // An office or a mobile network is one address; a visitor starts another when the last one is over.
  const starts = limit('start', 1_000, HOUR_SECONDS);
  const ownStarts = limit('own-start', 30, HOUR_SECONDS);
  // What is mailed on somebody's word beside the store's own bounds for a visitor and an address: codes, and tries at them.
  const transcripts = limit('transcript', 60, HOUR_SECONDS);
  const siteTranscripts = limit('site-transcript', 1_000, HOUR_SECONDS);
  // Files are counted, and their kilobytes.
  const files = limit('file', 300, HOUR_SECONDS);
  const fileSizes = limit('file-size', 1_048_576, HOUR_SECONDS);
  const ownFiles = limit('own-file', 60, HOUR_SECONDS);
  const ownFileSizes = limit('own-file-size', 262_144, HOUR_SECONDS);
  return {
    async signIn(request, response, email) {
      const address = addressKey(request, hops);
      const account = email.trim().toLowerCase();
      await take(byAddress, address, response);
      await take(byEmail, account, response);
      return () => {
        byAddress.giveBack(address);
        byEmail.forget(account);
      };
    },
    async password(response, person) {
      await take(byPerson, person, response);
      return () => byPerson.forget(person);
    },
    link: (request, response) => take(links, addressKey(request, hops), response),
    hello: (request, response) => orTooMany(hellos.takeHere(addressKey(request, hops)), response),
    leave: (request, response) => take(leaves, addressKey(request, hops), response),
    book: (response, person, cost) => take(books, person, response, cost),
    async secret(request, response) {
      const address = addressKey(request, hops);
      await take(secrets, address, response);
      return () => secrets.giveBack(address);
    },
    key: (response, key) => take(keys, key, response),
    records: (response, person, cost) => take(records, person, response, cost),
    async upload({ request, response }, { sender, bytes }) {
      const address = addressKey(request, hops);
      const kilobytes = Math.max(1, Math.ceil(bytes / 1_024));
      await take(ownFiles, sender, response);
      await take(ownFileSizes, sender, response, kilobytes);
      await take(files, address, response);
      await take(fileSizes, address, response, kilobytes);
    },
    async start(address, visitor) {
      // Their own first: who is refused by it and goes on trying takes nothing from those behind the same address.
      await orTooMany(ownStarts.takeHere(visitor), null);
      await orTooMany(starts.takeHere(address), null);
      return () => {
        starts.giveBack(address);
        ownStarts.giveBack(visitor);
      };
    },
    async transcript(address, site) {
      await orTooMany(transcripts.take(address), null);
      await orTooMany(siteTranscripts.take(site), null);
    },
  };
}

/** Visitors may start and ask as much as they like: for measurements of the relay itself, outside production. */
export const ENDLESS_STARTS: Pick<Limits, 'start' | 'transcript'> = {
  start: () => Promise.resolve(() => undefined),
  transcript: () => Promise.resolve(),
};

function take(counter: Counter, key: string, response: Response, cost = 1): Promise<void> {
  return orTooMany(counter.take(key, cost), response);
}

async function orTooMany(taken: Promise<void>, response: Response | null): Promise<void> {
  try {
    await taken;
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    response?.set('Retry-After', String(Math.ceil(refused.msBeforeNext / 1000)));
    throw new RelayError('TOO_MANY');
  }
}
