/** The three follow-ups of a failure that was put right: who does them, and how each ends. */
import type { TaskKind } from '@fullname/shared/recovery';
import type { Db } from '../store/db.ts';
import { holdStanding } from '../store/merges.ts';
import type { FailureRow } from '../store/recovery.ts';
import { type FollowUpOf, readAlly, readStandIn } from '../store/tasks.ts';
import { recoverySettings } from './settings.ts';
import { openTask } from './tasks.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Colleagues are to know before the customer comes back. */
const INTERNAL_HOURS = 4;

/**
 * Opens the three follow-ups of a failure that is fixed now, in the caller's transaction, once for each time that it was
 * fixed: `failure` is the row as it is. They are the ally's, whoever mended it. Answers whom to tell (`tellWork`) after COMMIT.
 */
export async function openFollowUps(
  tx: Db,
  { failure, now }: { readonly failure: FailureRow; readonly now: number },
): Promise<string[]> {
  if (failure.customer !== null) await holdStanding(tx, [failure.customer]);
  const owner = await followerOf(tx, failure);
  const { immediateHours, wrapUpHours } = await recoverySettings(tx);
  const hours = { immediate: immediateHours, internal: INTERNAL_HOURS, 'wrap-up': wrapUpHours } as const;
  for (const [kind, after] of Object.entries(hours) as [TaskKind & keyof typeof hours, number][]) {
    await openTask(tx, {
      key: `${kind}:${failure.id}:${failure.reopened}`,
      ...{ kind, owner, what: failure.what, failure: failure.id },
      due: new Date(now + after * HOUR_MS).toISOString(),
      customer: failure.customer,
      conversation: failure.conversation,
    });
  }
  return [owner];
}

/** The ally; without one who may answer, the failure's author, or else the owner with the fewest things to do. */
export async function followerOf(tx: Db, failure: FollowUpOf): Promise<string> {
  const owner = (await readAlly(tx, failure)) ?? (await readStandIn(tx, failure.by));
  if (owner === null) throw new Error('there is always an active owner');
  return owner;
}
