import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Request, Response } from 'express';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import { RelayError } from '../relay-error.ts';

const WINDOW_SECONDS = 15 * 60;

/** How often passwords and links may be tried, and the book be written. In this relay's memory; what was right does not count. */
export type Limits = {
  /** Before a password is looked at; throws TOO_MANY with `Retry-After`. Returns how to take the count back. */
  signIn(request: Request, response: Response, email: string): Promise<() => Promise<void>>;
  password(response: Response, person: string): Promise<() => Promise<void>>;
  link(request: Request, response: Response): Promise<void>;
  /** Before the book is written, exported or imported; `cost` of 600 in the window. Throws TOO_MANY. */
  book(response: Response, person: string, cost: number): Promise<void>;
  /** Before a key of another system is looked up, by address. Returns how to take the count back. */
  secret(request: Request, response: Response): Promise<() => Promise<void>>;
  /** Once a request of another system, by its key. */
  key(response: Response, key: string): Promise<void>;
  /** Before records of customers are merged, parted or imported, by person; `cost` of 600 in the window. */
  records(response: Response, person: string, cost: number): Promise<void>;
};

export function createLimits(): Limits {
  const byAddress = new RateLimiterMemory({ points: 50, duration: WINDOW_SECONDS });
  const byEmail = new RateLimiterMemory({ points: 20, duration: WINDOW_SECONDS });
  const byPerson = new RateLimiterMemory({ points: 10, duration: WINDOW_SECONDS });
  const links = new RateLimiterMemory({ points: 100, duration: WINDOW_SECONDS });
  const books = new RateLimiterMemory({ points: 600, duration: WINDOW_SECONDS });
  const secrets = new RateLimiterMemory({ points: 100, duration: WINDOW_SECONDS });
  const keys = new RateLimiterMemory({ points: 600, duration: WINDOW_SECONDS });
  const records = new RateLimiterMemory({ points: 600, duration: WINDOW_SECONDS });
  return {
    async signIn(request, response, email) {
      const address = addressOf(request);
      const account = createHash('sha256').update(email.trim().toLowerCase()).digest('hex');
      await take(byAddress, address, response);
      await take(byEmail, account, response);
      return async () => {
        await byAddress.reward(address);
        await byEmail.delete(account);
      };
    },
    async password(response, person) {
      await take(byPerson, person, response);
      return async () => {
        await byPerson.delete(person);
      };
    },
    link: (request, response) => take(links, addressOf(request), response),
    book: (response, person, cost) => take(books, person, response, cost),
    async secret(request, response) {
      const address = addressOf(request);
      await take(secrets, address, response);
      return async () => {
        await secrets.reward(address);
      };
    },
    key: (response, key) => take(keys, key, response),
    records: (response, person, cost) => take(records, person, response, cost),
  };
}

/** The limit counts an address; who has one IPv6 address has 2^64 of them. */
function addressOf(request: Request): string {
  const address = request.ip ?? '';
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const groups = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const head = (groups[0] ?? '').split(':');
  return head.concat(['0', '0', '0', '0']).slice(0, 4).join(':');
}

async function take(limiter: RateLimiterMemory, key: string, response: Response, cost = 1): Promise<void> {
  try {
    await limiter.consume(key, cost);
  } catch (refused) {
    if (!(refused instanceof RateLimiterRes)) throw refused;
    response.set('Retry-After', String(Math.ceil(refused.msBeforeNext / 1000)));
    throw new RelayError('TOO_MANY');
  }
}
