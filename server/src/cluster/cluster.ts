/**
 * Several relays as one. What they share lives in PostgreSQL; Redis only wakes the others up. So nothing here answers
 * a question or is waited for: what is told may be lost, and whoever listens reads the store.
 */

/** What the others are woken for. */
export type WakeUp = 'presence' | 'directory' | 'counts';

/** `off`: one relay alone, no Redis. `degraded`: Redis does not carry; the store is asked again and again instead. */
export type ClusterState = 'off' | 'ok' | 'degraded';

/** `since`: until when all was heard, by `performance.now()`. */
export type Missed = { readonly since: number };

export type Cluster = {
  /** Wakes every other relay, never this one. Returns at once and never throws; it may be lost. */
  tell(kind: WakeUp): void;
  /** Called when another relay tells. Returns the way to stop it. */
  onTold(kind: WakeUp, listener: () => void): () => void;
  /**
   * Called when something that was told may not have arrived: Redis is gone, or came back, or dropped something. Read what
   * you show from the store again. Called twice a second for as long as it lasts, and once after it. Returns the way to stop it.
   */
  onMissed(listener: (missed: Missed) => void): () => void;
  /** Called once when all is well again, after the last `onMissed`. Returns the way to stop it. */
  onHealed(listener: () => void): () => void;
  state(): ClusterState;
  /** How many other relays were heard lately. */
  others(): number;
  close(): Promise<void>;
};

/** A relay alone: nobody to tell, so that callers need no branches. */
export const ALONE: Cluster = {
  tell: () => undefined,
  onTold: () => () => undefined,
  onMissed: () => () => undefined,
  onHealed: () => () => undefined,
  state: () => 'off',
  others: () => 0,
  close: () => Promise.resolve(),
};
