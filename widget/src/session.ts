/** Who this browser is to the relay: a token and a conversation, made with the first message and not before. */
import { isId, isToken, makeId, makeToken, type RandomBytes } from '@fullname/shared/ids';
import type { Records } from './storage/kept.ts';

export type Identity = {
  readonly token: string;
  /** The client-made id of the conversation that new messages go to. */
  readonly conversation: string;
  /** True once the relay has acknowledged the start. */
  readonly started: boolean;
};

export const IDENTITY = 'identity';
/** Whom the site's last signed identity named: a second person at the same browser must not see the first one's thread. */
export const SUBJECT = 'subject';

export const random: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

export async function readIdentity(kept: Records): Promise<Identity | null> {
  const value = await kept.get(IDENTITY);
  return isIdentity(value) ? value : null;
}

/** The kept identity, or a new one; of two tabs that ask at once, both get the same. */
export async function makeIdentity(kept: Records): Promise<Identity> {
  const fresh = freshIdentity();
  const value = await kept.getOrCreate(IDENTITY, fresh);
  return isIdentity(value) ? value : fresh;
}

export function freshIdentity(): Identity {
  return { token: makeToken(random), conversation: makeId(random), started: false };
}

/** The subject of a signed identity, read without proof: it only decides what this browser forgets. Null where there is none. */
export function subjectOf(jwt: string): string | null {
  try {
    const claims: unknown = JSON.parse(
      atob((jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')),
    );
    const subject = (claims as { sub?: unknown }).sub;
    return typeof subject === 'string' ? subject : null;
  } catch {
    return null;
  }
}

function isIdentity(value: unknown): value is Identity {
  const identity = value as Identity | null | undefined;
  return isToken(identity?.token) && isId(identity?.conversation) && typeof identity?.started === 'boolean';
}
