/** Things to do that come of a record, or of none: effort for what cannot be replaced, a word about what nobody recorded. */
import type { Entry } from '@fullname/shared/model';
import { failureSigns } from '@fullname/shared/recovery/signs';
import type { Db } from '../store/db.ts';
import { readStandIn } from '../store/follow-ups.ts';
import { type ClosedTalk, endReminders, type FailureRow, isRecorded } from '../store/recovery.ts';
import { recoverySettings } from './settings.ts';
import { openTask } from './tasks.ts';

const HOUR_MS = 60 * 60 * 1_000;
const EFFORT_HOURS = 4;
const UNLOGGED_HOURS = 2;

/**
 * What money does not mend goes to a person who may spend effort, once: whom the settings name, else the owner with the
 * fewest things to do. In the caller's transaction; `now` in milliseconds, here and below. Answers whom to tell.
 */
export async function openEffort(tx: Db, failure: FailureRow, now: number): Promise<string[]> {
  if (!failure.irreplaceable) return [];
  const { effort } = await recoverySettings(tx);
  const owner = (await readStandIn(tx, effort)) ?? failure.by;
  const isNew = await openTask(tx, {
    key: `effort:${failure.id}`,
    ...{ kind: 'effort', owner, what: failure.what, failure: failure.id },
    due: inHours(now, EFFORT_HOURS),
    customer: failure.customer,
    conversation: failure.conversation,
  });
  return isNew ? [owner] : [];
}

/** A conversation that is being closed: `entries` are its words since it was closed before. */
export type Closing = ClosedTalk & {
  readonly entries: readonly Entry[];
  readonly by: string;
};

/** Asks whoever closes a conversation whose new words look like a failure, and were not recorded, to record it. Answers whom to tell. */
export async function remindUnlogged(tx: Db, closing: Closing, now: number): Promise<string[]> {
  const { conversation, customer, entries, closedSeq, by } = closing;
  const [sign] = failureSigns(entries);
  if (!sign || (await isRecorded(tx, closing))) return [];
  const isNew = await openTask(tx, {
    key: `unlogged:${conversation}:${closedSeq}`,
    ...{ kind: 'unlogged', owner: by, what: sign.text, conversation, customer },
    due: inHours(now, UNLOGGED_HOURS),
  });
  return isNew ? [by] : [];
}

/** It is recorded now. Answers whose reminders have ended. */
export function endUnlogged(
  tx: Db,
  { conversation, by, now }: { readonly conversation: string; readonly by: string; readonly now: number },
): Promise<string[]> {
  return endReminders(tx, conversation, { at: inHours(now, 0), by });
}

function inHours(now: number, hours: number): string {
  return new Date(now + hours * HOUR_MS).toISOString();
}
