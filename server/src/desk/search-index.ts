/** Fills the search behind the commit: conversations whose log has grown since they were last read. Never on the message path. */
import type { Logger } from '../log.ts';
import { sqlStateOf } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { addTerms, readBehind, takeGrown } from '../store/search.ts';
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
/** For what a relay that was killed has left behind. */
const LOOK_BACK_EVERY_MS = 300_000;

export type SearchIndex = {
  /** Soon looks back, and goes on from there. */
  start(): void;
  /** This conversation's log has grown. */
  grown(conversation: string): void;
  stop(): Promise<void>;
};

export function createSearchIndex(db: Db, log: Logger): SearchIndex {
  const behind = new Set<string>();
  /** Conversations of many words that were indexed just now, and when they may be again. */
  const waiting = new Map<string, number>();
  let lookAt = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function lookBack(): Promise<void> {
    try {
      for (const id of await readBehind(db)) behind.add(id);
      lookAt = performance.now() + LOOK_BACK_EVERY_MS;
    } catch (error) {
      log.warn({ err: error }, 'the search index could not look back; it does so again');
    }
  }

  /** All that are due now; who says more meanwhile is read in the next round. */
  async function run(): Promise<void> {
    const now = performance.now();
    for (const [id, until] of waiting) if (until <= now) waiting.delete(id);
    const due = [...behind].filter((id) => !waiting.has(id));
    for (let from = 0; from < due.length; from += AT_ONCE) {
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

  /** Together; one by one where some of it cannot be indexed, so that it keeps none of the others from being found. */
  async function index(ids: readonly string[]): Promise<void> {
    try {
      await indexTogether(ids, termsOfAll);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      for (const id of ids) await indexAlone(id);
    }
  }

  /** What PostgreSQL cannot index (a tsvector holds 1 MB) is not found. */
  async function indexAlone(id: string): Promise<void> {
    try {
      await indexTogether([id], termsOfAll);
    } catch (error) {
      if (!isRefusal(error)) throw error;
      log.warn({ err: error, conversation: id }, 'some words could not be indexed');
      await indexTogether([id], () => []);
    }
  }

  async function indexTogether(
    ids: readonly string[],
    termsIn: (texts: readonly string[]) => readonly string[],
  ): Promise<void> {
    const added = await db.transaction(async (tx) => {
      const grown = await takeGrown(tx, ids);
      if (grown.length === 0) return [];
      return addTerms(
        tx,
        grown.map(({ texts, ...mark }) => ({ ...mark, terms: termsIn(texts) })),
      );
    });
    for (const { id, terms } of added) {
      const wait = Math.min(WAIT_MAX_MS, terms * WAIT_A_TERM_MS);
      if (wait > EVERY_MS) waiting.set(id, performance.now() + wait);
    }
  }

  function plan(): void {
    timer = setTimeout(() => {
      running = round().finally(() => {
        if (!stopped) plan();
      });
    }, EVERY_MS);
  }

  async function round(): Promise<void> {
    if (performance.now() >= lookAt) await lookBack();
    await catchUp();
  }

  async function catchUp(): Promise<void> {
    await run().catch((error: unknown) =>
      log.warn({ err: error }, 'the search index is behind; it catches up'),
    );
  }

  return {
    start: plan,
    grown: (conversation) => behind.add(conversation),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
      // Nobody else knows of what waits here; what others left behind is for those who go on.
      waiting.clear();
      await catchUp();
    },
  };
}

/** Each text is bounded by itself: of a long talk that is read anew nothing may be missing. */
function termsOfAll(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap(termsOf))];
}

/** Bad data, or a limit of the program: a later try changes nothing. */
function isRefusal(error: unknown): boolean {
  return /^(22|54)/.test(sqlStateOf(error));
}
