/** Who this browser is to the relay: a token and a conversation, made with the first message and not before. */
import { isId, isToken, makeId, makeToken } from '@fullname/shared/ids';
import { insist } from './insist.ts';
import { random } from './random.ts';
import { said } from './said.ts';
import type { Records } from './storage/kept.ts';

export type Identity = {
  readonly token: string;
  /** The client-made id of the conversation that new messages go to. */
  readonly conversation: string;
  /** True once the relay has acknowledged the start. */
  readonly started: boolean;
};

export type Session = {
  identity(): Identity | null;
  /** Reads what is kept; another tab may have changed it. */
  load(): Promise<Identity | null>;
  /** The kept identity, or a new one; of two tabs that ask at once, both get the same. */
  make(): Promise<Identity>;
  remember(identity: Identity): Promise<void>;
  forget(): Promise<void>;
  /**
   * Whether the site's signed identity names somebody else than the last one did: a second person at the same browser must not
   * see the first one's thread.
   */
  isSomebodyElse(jwt: string | null): Promise<boolean>;
  /** Keeps whom the signed identity names. */
  note(jwt: string | null): Promise<void>;
};

const IDENTITY = 'identity';
const SUBJECT = 'subject';

export function createSession(kept: Records, reload: () => unknown): Session {
  /** Most sites name nobody: what reads a proof comes with the first one. */
  const subjectOf = async (jwt: string | null): Promise<string | null> =>
    jwt && (await insist(async () => (await import('./subject.ts')).subjectOf, reload))(jwt);
  let identity: Identity | null = null;
  /** Counts what was forgotten: a reading that began before must not bring it back. */
  let forgotten = 0;
  return {
    identity: () => identity,
    async load() {
      const before = forgotten;
      const value = await kept.get(IDENTITY);
      if (before === forgotten) identity = isIdentity(value) ? value : null;
      return identity;
    },
    async make() {
      const fresh = { token: makeToken(random), conversation: makeId(random), started: false };
      const value = await kept.getOrCreate(IDENTITY, fresh).catch(() => fresh);
      identity = isIdentity(value) ? value : fresh;
      return identity;
    },
    async remember(next) {
      identity = next;
      await kept.write([{ put: IDENTITY, value: next }]).catch(() => undefined);
    },
    async forget() {
      // The devices that this browser has allowed hear nothing more.
      // At once where it can be: the page may be going. And leaving must not fail where storage does.
      if (said.push) {
        identity ??= await this.load().catch(() => null);
        navigator.sendBeacon('/n/forget', identity?.token);
      }
      forgotten++;
      identity = null;
      await kept.write([{ delete: IDENTITY }]).catch(() => undefined);
    },
    async isSomebodyElse(jwt) {
      const subject = await subjectOf(jwt);
      const before = subject && (await kept.get(SUBJECT).catch(() => undefined));
      return before !== undefined && before !== subject;
    },
    async note(jwt) {
      const subject = await subjectOf(jwt);
      if (subject) await kept.write([{ put: SUBJECT, value: subject }]).catch(() => undefined);
    },
  };
}

function isIdentity(value: unknown): value is Identity {
  const identity = value as Identity | null | undefined;
  return isToken(identity?.token) && isId(identity?.conversation) && typeof identity?.started === 'boolean';
}
