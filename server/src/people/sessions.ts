/** Sessions of people who sign in. The cookie holds a token, the table its SHA-256; inactive people have none that holds. */
import { EventEmitter } from 'node:events';
import type { Db } from '../store/db.ts';
import {
  deleteDead,
  deleteSession,
  deleteSessionsOf,
  insertSession,
  liveSession,
  liveSessions,
  markSessionSeen,
} from '../store/people.ts';
import { type Person, withoutPassword } from './directory.ts';
import { hashToken, newToken } from './secrets.ts';

const SESSION_IDLE_SECONDS = 12 * 60 * 60;
export const SESSION_LIFE_SECONDS = 7 * 24 * 60 * 60;

export type Session = { readonly hash: Buffer; readonly person: Person };

/** Opens a session and returns the token for the cookie; it is not kept anywhere else. */
export async function openSession(db: Db, person: string): Promise<string> {
  // Rows that no longer hold serve nobody; somebody signs in seldom enough to clear them here.
  await deleteDead(db, SESSION_IDLE_SECONDS);
  const token = newToken();
  await insertSession(db, { hash: hashToken(token), person, lifeSeconds: SESSION_LIFE_SECONDS });
  return token;
}

/** The session behind a cookie's token, or null where it has ended, idled out, or its person is no longer active. */
export async function sessionOf(db: Db, token: string | undefined): Promise<Session | null> {
  if (token === undefined || !/^[0-9a-f]{64}$/.test(token)) return null;
  const live = await liveSession(db, hashToken(token), SESSION_IDLE_SECONDS);
  if (!live) return null;
  if (live.stale) await markSessionSeen(db, live.session.hash);
  return { hash: live.session.hash, person: withoutPassword(live.person) };
}

/** Marks a session as used now. An open socket alone is not use; call it when its person does something. */
export async function touchSession(db: Db, hash: Buffer): Promise<void> {
  await markSessionSeen(db, hash);
}

/** Which of these sessions still hold, as hex of their hashes: what the sweep of sockets asks. */
export async function stillValid(db: Db, hashes: readonly Buffer[]): Promise<Set<string>> {
  if (hashes.length === 0) return new Set();
  const live = await liveSessions(db, hashes, SESSION_IDLE_SECONDS);
  return new Set(live.map((hash) => hash.toString('hex')));
}

export async function endSession(db: Db, hash: Buffer): Promise<void> {
  announceEnd(await deleteSession(db, hash));
}

/** Ends all of a person's sessions, but for `except`, the one they are using. Not for use inside a transaction. */
export async function endSessionsOf(db: Db, person: string, except?: Buffer): Promise<void> {
  announceEnd(await deleteSessionsOf(db, person, except));
}

const ended = new EventEmitter().setMaxListeners(0);

/** Sessions ended by this process, by hex of their hashes, at once; those ended elsewhere are found by the sweep. */
export function onSessionEnded(listener: (hashes: readonly string[]) => void): () => void {
  ended.on('ended', listener);
  return () => ended.off('ended', listener);
}

function announceEnd(hashes: readonly Buffer[]): void {
  if (hashes.length > 0)
    ended.emit(
      'ended',
      hashes.map((hash) => hash.toString('hex')),
    );
}
