import type { OwnPromise } from '@fullname/shared/recovery';
import { dayOf, whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

/** How a promise stands, in words: by when, that its time has passed, or how it was kept. */
export function outcomeWords({
  outcome,
  due,
  keptAt,
}: Pick<OwnPromise, 'outcome' | 'due' | 'keptAt'>): string {
  const t = words().work.promise;
  if (outcome === 'open') return t.dueBy(whenOf(due));
  if (outcome === 'slipped' || keptAt === null) return t.slipped(whenOf(due));
  return t[outcome](dayOf(keptAt));
}
