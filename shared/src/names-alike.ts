/** Whether somebody is meant by a name that was typed: accents, case and order do not matter, and one slip in a longer word is forgiven. */

/** A name's words, as they are compared. */
export function foldName(name: string): readonly string[] {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** Every word that was typed is one of the name's, and one of them at least is more than an initial. */
export function isNamed(name: readonly string[], typed: readonly string[]): boolean {
  const left = [...name];
  const isTheirs = (word: string): boolean => {
    const at = left.findIndex((one) => isAlike(one, word));
    if (at < 0) return false;
    left.splice(at, 1);
    return true;
  };
  return typed.some((word) => word.length > 1) && typed.every(isTheirs);
}

/** Words shorter than this are too near to each other. */
const SLIP_FROM = 4;

function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length < SLIP_FROM || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  const rest = short.slice(at);
  const swapped = rest.length > 1 && `${rest[1]}${rest[0]}${rest.slice(2)}` === long.slice(at);
  // One letter more, another letter, or two in the wrong order.
  return long.slice(at + 1) === rest || long.slice(at + 1) === rest.slice(1) || swapped;
}
