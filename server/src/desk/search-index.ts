/** Fills the search behind the commit: conversations whose log has grown since they were last read. Never on the message path. */
import type { Logger } from '../log.ts';
import type { Db } from '../store/db.ts';
import { addTerms, readUnindexed } from '../store/search.ts';
import { termsOf } from './search-terms.ts';

const EVERY_MS = 1_000;
const AT_ONCE = 100;

export type SearchIndex = { stop(): Promise<void>; run(): Promise<void> };

export function createSearchIndex(db: Db, log: Logger): SearchIndex {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    for (;;) {
      const grown = await readUnindexed(db, AT_ONCE);
      for (const one of grown) {
        if (stopped) return;
        await addTerms(db, { ...one, terms: termsOf(one.text) });
      }
      if (grown.length < AT_ONCE) return;
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

  plan();
  return {
    run,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
