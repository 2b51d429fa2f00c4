/** A task to answer somebody that was waived: whoever asked must not wait for ever. */
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { declineWaived, waitingAsker } from './goodwill.ts';
import { openAsker, withdrawWaived } from './requests.ts';

type Asked = { readonly request: string | null; readonly goodwill: string | null };
type Waived = { readonly by: string; readonly why: string; readonly at: string };

/** Who waits for the answer, with what they asked locked, as it is before its task; null where nobody does. */
export async function lockAsker(tx: Db, { request, goodwill }: Asked): Promise<string | null> {
  if (request !== null) return openAsker(tx, request);
  return goodwill === null ? null : waitingAsker(tx, goodwill);
}

/** Whoever was asked says yes or another way, and does not waive it. WRONG_ORDER. */
export function mustNotDodge(task: { readonly owner: string }, asker: string | null, me: string): void {
  if (asker !== null && asker !== me && task.owner === me) throw new RelayError('WRONG_ORDER');
}

/** Ends what was asked, once its task is waived. Locked by `lockAsker`. */
export async function endAsked(tx: Db, { request, goodwill }: Asked, waived: Waived): Promise<void> {
  if (request !== null) await withdrawWaived(tx, request, waived);
  else if (goodwill !== null) await declineWaived(tx, goodwill, waived);
}
