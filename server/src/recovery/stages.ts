/** The stages of a failure, in their order: empathy, asking, mending; what follows comes by the follow-ups. */
import { randomUUID } from 'node:crypto';
import { FAILURE_STAGES, type FailureStage } from '@fullname/shared/model';
import type { StageStep } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { insertEdit, readEdit } from '../store/failure-edits.ts';
import { type FailureRow, lockFailure, type Whose, writeStage } from '../store/recovery.ts';
import { recoverySettings } from './settings.ts';

/** The last stage that is taken by hand. */
const LAST_BY_HAND: FailureStage = 'fixed';

/** `again`: it did not hold, and is gone over once more. */
export type Stepped = { readonly row: FailureRow; readonly isNew: boolean; readonly again: boolean };

/**
 * Takes the next step by hand, up to `fixed`; or opens again what was followed up, and what was closed in the last days for
 * which flags are shown (TOO_LATE after that), by going over it once more. A retry changes nothing. `at` is an ISO time.
 * Throws UNKNOWN, CONFLICT (the id is another edit's), WRONG_ORDER, WANTS_FIRST and FIX_FIRST.
 */
export async function takeStep(
  tx: Db,
  step: StageStep,
  { whose, by, at }: { readonly whose: Whose; readonly by: string; readonly at: string },
): Promise<Stepped> {
  const row = await lockFailure(tx, step.failure, whose);
  if (!row) throw new RelayError('UNKNOWN');
  const first = await readEdit(tx, step.id);
  if (first) {
    const isSame = first.failure === row.id && first.by === by && first.stage === step.stage;
    if (!isSame) throw new RelayError('CONFLICT');
    return { row, isNew: false, again: false };
  }
  const again = step.stage === 'gone-over' && rankOf(row.stage) > rankOf(LAST_BY_HAND);
  if (again) await requireLately(tx, row, at);
  else if (rankOf(step.stage) !== rankOf(row.stage) + 1 || rankOf(step.stage) > rankOf(LAST_BY_HAND))
    throw new RelayError('WRONG_ORDER');
  if (step.stage === 'gone-over' && row.wants === null) throw new RelayError('WANTS_FIRST');
  if (step.stage === 'fixed' && row.putRight === null) throw new RelayError('FIX_FIRST');
  const next = await setStage(tx, { failure: row.id, stage: step.stage, by, at, again, id: step.id });
  return { row: next, isNew: true, again };
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** What was closed long ago is another matter now, and gets a record of its own. */
async function requireLately(tx: Db, row: FailureRow, at: string): Promise<void> {
  if (row.stage !== 'closed') return;
  const { flagDays } = await recoverySettings(tx);
  const closed = Date.parse(row.closedAt ?? row.fixedAt ?? row.createdAt);
  if (Date.parse(at) > closed + flagDays * DAY_MS) throw new RelayError('TOO_LATE');
}

/** Is it put right, or further? */
export function isMended(stage: FailureStage): boolean {
  return rankOf(stage) >= rankOf('fixed');
}

/**
 * Writes a stage with its edit, in the caller's transaction and under its lock of the row; the order is the caller's to keep.
 * `again`: it did not hold. `id` is the edit's own, where a client made one.
 */
export async function setStage(
  tx: Db,
  step: {
    readonly failure: string;
    readonly stage: FailureStage;
    readonly by: string;
    readonly at: string;
    readonly again?: boolean;
    readonly id?: string;
  },
): Promise<FailureRow> {
  const { failure, stage, by, at, again = false, id = randomUUID() } = step;
  const row = await writeStage(tx, failure, { stage, at, again });
  const edit = { id, failure, by, at, stage, revision: row.revision, before: {}, after: {} };
  if (!(await insertEdit(tx, edit))) throw new RelayError('CONFLICT');
  return row;
}

function rankOf(stage: FailureStage): number {
  return FAILURE_STAGES.indexOf(stage);
}
