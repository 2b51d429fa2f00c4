/** Words and secrets that are nowhere else, and where they are found. */
import { randomBytes } from 'node:crypto';

const WORD = `qanary${randomBytes(6).toString('hex')}`;
/** What no word can be, with its door: tokens, numbers, addresses of devices. */
const secrets = new Map<string, string>();

/** The word, with the name of its door: a leak tells through which it came. */
export const at = (door: string) => `${WORD}-${door}`;

/** From now on this is to be in no log either. */
export function secret(door: string, value: string): string {
  secrets.set(value, door);
  return value;
}

/** Whether a text that somebody sends is the word's or a secret. */
export function isCanary(text: string): boolean {
  return text.includes(WORD) || secrets.has(text);
}

/** The doors from which a word or a secret is to be read in a text. */
export function leaksIn(text: string): string[] {
  const words = [...text.matchAll(new RegExp(`${WORD}-[a-z-]*`, 'g'))].map(([found]) => found);
  // Within a longer number or an id it is another.
  const isThere = ([value]: [string, string]) =>
    new RegExp(`(?<![\\w.])${value.replace(/\W/g, '\\$&')}(?!\\w)`).test(text);
  return [...new Set([...words, ...[...secrets].filter(isThere).map(([, door]) => door)])];
}
