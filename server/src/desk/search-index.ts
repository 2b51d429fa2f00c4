/** Fills the search behind the commit: conversations whose log has grown since they were last read. Never on the message path. */
import type { Logger } from '../log.ts';
import { sqlStateOf } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { addTerms, type Indexed, readBehind, readGrown } from '../store/search.ts';
import { termsOf } from './search-terms.ts';

/** Seldom enough that a busy conversation is not indexed at every word; soon enough for whoever looks something up. */
const EVERY_MS = 3_000;
const AT_ONCE = 100;

export type SearchIndex = {
  /** Looks back, and goes on from there. What was written before must be there already: only what is newer is looked for later. */
  start(): void;
  /** This conversation's log has grown. */
  grown(conversation: string): void;
  stop(): Promise<void>;
};

export function createSearchIndex(db: Db, log: Logger): SearchIndex {
  const behind = new Set<string>();
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

  async function run(): Promise<void> {
    while (behind.size > 0 && !stopped) {
      const ids = [...behind].slice(0, AT_ONCE);
      for (const id of ids) behind.delete(id);
      try {
        await index(ids);
      } catch (error) {
        for (const id of ids) behind.add(id);
        throw error;
      }
      if (behind.size < AT_ONCE) return;
    }
  }

  async function index(ids: readonly string[]): Promise<void> {
    const grown = await readGrown(db, ids);
    if (grown.length === 0) return;
    const indexed = grown.map(({ text, ...mark }) => ({ ...mark, terms: termsOf(text) }));
    try {
      await addTerms(db, indexed);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      for (const one of indexed) await indexAlone(one);
    }
  }

  /** What PostgreSQL cannot index (a tsvector holds 1 MB) is not found; it must not keep all the others from being found. */
  async function indexAlone(one: Indexed): Promise<void> {
    try {
      await addTerms(db, [one]);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.warn({ err: error, conversation: one.id }, 'some words could not be indexed');
      await addTerms(db, [{ ...one, terms: [] }]);
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
