import type { Customer } from '@fullname/shared/model';
import { useEffect, useState } from 'preact/hooks';
import type { Thread } from '../../thread.ts';

const SEARCH_AFTER_MS = 250;

/** Customers by name or e-mail, a moment after the last key; null while nothing was searched for. */
export function useFoundCustomers(thread: Thread, query: string): readonly Customer[] | null {
  const [found, setFound] = useState<readonly Customer[] | null>(null);
  const wanted = query.trim();
  useEffect(() => {
    setFound(null);
    if (wanted.length < 2) return;
    let stale = false;
    const timer = setTimeout(async () => {
      const answer = await thread.searchCustomers(wanted);
      if (!stale && answer.ok) setFound(answer.value);
    }, SEARCH_AFTER_MS);
    return () => {
      stale = true;
      clearTimeout(timer);
    };
  }, [wanted]);
  return found;
}
