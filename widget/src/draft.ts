/** What is being written, kept while it is written: it outlives a reload. */
import type { Change, Records } from './storage/kept.ts';

export type Draft = {
  load(): Promise<string>;
  /** Keeps the text a moment later. */
  write(text: string): void;
  /** Keeps it now: the page may be going away. */
  keep(): Promise<void>;
  /** The change that drops the kept draft, for the transaction that keeps the message. */
  drop(): Change;
};

const DRAFT = 'draft';
const KEEP_AFTER_MS = 300;

/** `safe` gives what may be kept of a text. */
export function createDraft(kept: Records, safe: (text: string) => string): Draft {
  let text: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What was sent, or left by somebody who goes: a reading that began before must not bring it back. */
  let dropped = 0;
  const draft: Draft = {
    async load() {
      const before = dropped;
      const value = await kept.get(DRAFT);
      return typeof value === 'string' && before === dropped ? value : '';
    },
    write(next) {
      text = next;
      clearTimeout(timer);
      timer = setTimeout(() => void draft.keep(), KEEP_AFTER_MS);
    },
    async keep() {
      clearTimeout(timer);
      if (text === null) return;
      const value = safe(text);
      const change = value ? { put: DRAFT, value } : { delete: DRAFT };
      text = null;
      await kept.write([change]).catch(() => undefined);
    },
    drop() {
      clearTimeout(timer);
      text = null;
      dropped++;
      return { delete: DRAFT };
    },
  };
  return draft;
}
