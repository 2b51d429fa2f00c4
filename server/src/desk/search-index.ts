/** Fills the search behind the commit: conversations whose log has grown since they were last read. Never on the message path. */
import type { Logger } from '../log.ts';
import { sqlStateOf } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { addTerms, type Indexed, readBehind, readGrown } from '../store/search.ts';
import { termsOf } from './search-terms.ts';

/** Seldom enough that a busy conversation is not indexed at every word; soon enough for whoever looks something up. */
const EVERY_MS = 3_000;
const AT_ONCE = 100;
/**
 * A conversation's terms are one row, and each change puts all of them into the index anew. So the more words it has, the longer it
 * waits for the next: of a long one that goes on and on, indexing would otherwise cost more than all else of its messages.
 */
const WAIT_A_TERM_MS = 30;
const WAIT_MAX_MS = 60_000;

export type SearchIndex = {
  /** Looks back, and goes on from there. What was written before must be there already: only what is newer is looked for later. */
  start(): void;
  /** This conversation's log has grown. */
  grown(conversation: string): void;
  stop(): Promise<void>;
};

export function createSearchIndex(db: Db, log: Logger): SearchIndex {
  const behind = new Set<string>();
  /** Conversations of many words that were indexed just now, and when they may be again. */
  const waiting = new Map<string, number>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function catchUp(): Promise<void> {
    try {
      for (const id of await readBehind(db)) behind.add(id);
    } catch (error) {
      log.warn({ err: error }, 'the search index could not look back');
    }
    if (!stopped) plan();
  }

  /** All that are due now; who says more meanwhile is read in the next round. */
  async function run(): Promise<void> {
    const now = performance.now();
    for (const [id, until] of waiting) if (until <= now) waiting.delete(id);
    const due = [...behind].filter((id) => !waiting.has(id));
    for (let from = 0; from < due.length && !stopped; from += AT_ONCE) {
      const ids = due.slice(from, from + AT_ONCE);
      for (const id of ids) behind.delete(id);
      try {
        await index(ids);
      } catch (error) {
        for (const id of ids) behind.add(id);
        throw error;
      }
    }
  }

  async function index(ids: readonly string[]): Promise<void> {
    const grown = await readGrown(db, ids);
    if (grown.length === 0) return;
    const indexed = grown.map(({ text, ...mark }) => ({ ...mark, terms: termsOf(text) }));
    try {
      await add(indexed);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      for (const one of indexed) await indexAlone(one);
    }
  }

  async function add(indexed: readonly Indexed[]): Promise<void> {
    for (const { id, terms } of await addTerms(db, indexed)) {
      const wait = Math.min(WAIT_MAX_MS, terms * WAIT_A_TERM_MS);
      if (wait > EVERY_MS) waiting.set(id, performance.now() + wait);
    }
  }

  /** What PostgreSQL cannot index (a tsvector holds 1 MB) is not found; it must not keep all the others from being found. */
  async function indexAlone(one: Indexed): Promise<void> {
    try {
      await add([one]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.warn({ err: error, conversation: one.id }, 'some words could not be indexed');
      await add([{ ...one, terms: [] }]);
    }
  }

  function plan(): void {
    timer = setTimeout(() => {
      running = run()
        .catch((error: unknown) => log.warn({ err: error }, 'the search index is behind; it catches up'))
        .finally(() => {
          if (!stopped) plan();
        });
    }, EVERY_MS);
  }

  return {
    start() {
      running = catchUp();
    },
    grown: (conversation) => behind.add(conversation),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Bad data, or a limit of the program: a later try changes nothing. */
function isRefusal(error: unknown): boolean {
  return /^(22|54)/.test(sqlStateOf(error));
}
