/**
 * What the widget keeps in a browser: one store of keys (`identity`, `draft`, `outbox/…`, `locale`), three places it can live.
 * `own`: the frame's own IndexedDB. `host`: the host page's IndexedDB, through the broker, because default browsers refuse
 * storage to a cross-site frame. `memory`: nowhere else would have it, and the interface says so.
 */
export type Change =
  | { readonly put: string; readonly value: unknown }
  | { readonly delete: string }
  /** Everything. */
  | { readonly clear: true };

export type KeptStep = 'own' | 'host' | 'memory';

/** Values come back as `unknown`: the host page can write to what it keeps for us, so every reader checks what it gets. */
export type Records = {
  get(key: string): Promise<unknown>;
  /** The values whose key begins with `prefix`, in the order of their keys. */
  list(prefix: string): Promise<unknown[]>;
  /** All of it in one transaction, with strict durability: when it resolves, a crash takes nothing back. */
  write(changes: readonly Change[]): Promise<void>;
  /** What is there already, or `value`, now kept: one transaction, so that two tabs agree. */
  getOrCreate(key: string, value: unknown): Promise<unknown>;
  /** Called when another tab has written. */
  onChange(listener: () => void): void;
};

export type Kept = Records & { readonly step: KeptStep };
