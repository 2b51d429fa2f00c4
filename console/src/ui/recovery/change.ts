import type { ErrorCode } from '@fullname/shared/errors';
import type { Failure } from '@fullname/shared/model';
import type { FailureChange } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { newId } from '../../ids.ts';
import type { Thread } from '../../thread.ts';
import { changesBetween, type FieldChange } from './record-words.ts';

export type Changing = {
  readonly busy: boolean;
  readonly problem: ErrorCode | null;
  /** What somebody else has changed since the writer began; the next save goes over it, knowingly. */
  readonly theirs: readonly FieldChange[];
  /** The record as it was when the writer began. */
  readonly base: Failure;
  save(fields: FailureChange['fields'], then?: () => Promise<ErrorCode | null>): Promise<boolean>;
};

/**
 * Changes a record from the revision that its writer has seen. Where somebody wrote in between, their words are fetched
 * and shown, the writer's stay in the fields, and the next save knows of both.
 */
export function useChange(thread: Thread, failure: Failure): Changing {
  const [base, setBase] = useState(failure);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const theirs = changesBetween(base, failure);

  async function save(
    fields: FailureChange['fields'],
    then?: () => Promise<ErrorCode | null>,
  ): Promise<boolean> {
    if (busy) return false;
    setBusy(true);
    const refused = (await change(fields)) ?? (then ? await then() : null);
    if (refused === 'CHANGED') await readAgain(thread, failure.id);
    setProblem(refused);
    setBusy(false);
    return refused === null;
  }

  async function change(fields: FailureChange['fields']): Promise<ErrorCode | null> {
    if (Object.keys(fields).length === 0) return null;
    // As it is on the screen: what others changed is shown beside the fields.
    const { revision } = failure;
    const refused = await thread.changeFailure({ id: newId(), failure: failure.id, revision, fields });
    if (!refused) setBase(recordOf(thread, failure));
    return refused;
  }

  return { busy, problem: problem === 'CHANGED' && theirs.length > 0 ? null : problem, theirs, base, save };
}

/** The newest copy of a record: the pane's or an answer's. */
export function recordOf(thread: Thread, failure: Failure): Failure {
  const answered = thread.recorded.value.get(failure.id);
  return answered && answered.revision > failure.revision ? answered : failure;
}

async function readAgain(thread: Thread, failure: string): Promise<void> {
  await thread.readPane();
  const answer = await api.failure(failure);
  if (answer.ok) thread.keepRecord(answer.value.failure);
}
