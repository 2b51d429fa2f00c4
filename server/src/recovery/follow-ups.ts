/** The three follow-ups of a failure that was put right: who does them, what follows from how each ends, what to begin with. */
import { randomUUID } from 'node:crypto';
import { nearestLocale, pickWidgetLocale } from '@fullname/shared/locale';
import type { FailureStage } from '@fullname/shared/model';
import type { TaskDraft, TaskEnd, TaskKind } from '@fullname/shared/recovery';
import type { Mail } from '../mail/mail.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import {
  hasFollowUps,
  readAlly,
  readForDraft,
  readStandIn,
  waiveFollowUps,
  writeFlag,
} from '../store/follow-ups.ts';
import { holdStanding } from '../store/merges.ts';
import { readReach } from '../store/preferences.ts';
import { type FailureRow, readFailure } from '../store/recovery.ts';
import type { LockedTask, TaskRow } from '../store/tasks.ts';
import { flagLines, question, suggestedChecks, wrapUpTexts } from './drafts.ts';
import { recoverySettings } from './settings.ts';
import { setStage } from './stages.ts';
import { openTasks } from './tasks.ts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Colleagues are to know before the customer comes back. */
const INTERNAL_HOURS = 4;

const FOLLOW_UPS = ['immediate', 'internal', 'wrap-up'] as const;
export type FollowUp = (typeof FOLLOW_UPS)[number];

export function isFollowUp(kind: TaskKind): kind is FollowUp {
  return (FOLLOW_UPS as readonly TaskKind[]).includes(kind);
}

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
  await openFor(tx, [{ failure, owner }], now);
  return [owner];
}

type Mended = Pick<FailureRow, 'id' | 'what' | 'customer' | 'conversation' | 'reopened'>;

/** The same for failures that come mended from elsewhere, each with its customer's ally; the caller holds the customers. */
export async function openFor(
  tx: Db,
  mended: readonly { readonly failure: Mended; readonly owner: string }[],
  now: number,
): Promise<void> {
  if (mended.length === 0) return;
  const { immediateHours, wrapUpHours } = await recoverySettings(tx);
  const hours = { immediate: immediateHours, internal: INTERNAL_HOURS, 'wrap-up': wrapUpHours };
  const tasks = mended.flatMap(({ failure, owner }) =>
    FOLLOW_UPS.map((kind) => ({
      key: `${kind}:${failure.id}:${failure.reopened}`,
      ...{ kind, owner, what: failure.what, failure: failure.id },
      due: new Date(now + hours[kind] * HOUR_MS).toISOString(),
      customer: failure.customer,
      conversation: failure.conversation,
    })),
  );
  await openTasks(tx, tasks);
}

/** The ally; without one who may answer, the failure's author, or else the owner with the fewest things to do. */
async function followerOf(tx: Db, failure: FailureRow): Promise<string> {
  const owner = (await readAlly(tx, failure)) ?? (await readStandIn(tx, failure.by));
  if (owner === null) throw new Error('there is always an active owner');
  return owner;
}

/** How often the failure had been opened again when this follow-up was made. */
export function roundOf(task: Pick<LockedTask, 'key'>): number {
  return Number(task.key.split(':').at(-1));
}

export type Ended = {
  readonly task: LockedTask;
  /** The row before; its lock is held. */
  readonly failure: FailureRow;
  readonly end: TaskEnd;
  readonly by: string;
  /** ISO. */
  readonly at: string;
};
export type Consequence = {
  /** The failure's steps, in their order. */
  readonly steps: readonly { readonly stage: FailureStage; readonly again: boolean }[];
  /** Whose other tasks have ended with it. */
  readonly waived: readonly string[];
};

/**
 * What a follow-up's end does to its failure; the task's own row has ended already. The customer's no opens the failure
 * again; a yes (or a waiver) leads on, and with the last of the three it is closed: EXTRA_FIRST when nobody has said what
 * was added or why nothing was.
 */
export async function followThrough(tx: Db, ended: Ended): Promise<Consequence> {
  const { task, failure, end, at } = ended;
  if ('flag' in end) await writeFlag(tx, failure.id, flagOf(end.flag, failure));
  if (task.kind === 'immediate' && 'works' in end && end.works === false) return reopen(tx, ended);
  const steps: FailureStage[] = [];
  if (task.kind === 'immediate' && failure.stage === 'fixed') steps.push('followed-up');
  const stage = steps[0] ?? failure.stage;
  if (stage === 'followed-up' && !(await hasFollowUps(tx, failure.id))) {
    // What came from another system may have gaps, and no conversation here in which they could be filled.
    const isSaid = failure.extra !== null || failure.noExtra !== null || failure.conversation === null;
    if (!isSaid) throw new RelayError('EXTRA_FIRST');
    steps.push('closed');
  }
  for (const step of steps) await setStage(tx, { failure: failure.id, stage: step, by: ended.by, at });
  return { steps: steps.map((step) => ({ stage: step, again: false })), waived: [] };
}

const DID_NOT_HOLD = 'It did not hold.';

/** What is left of the round ends, as the failure was opened again. Answers whose it was. */
export function endRound(tx: Db, failure: string, at: string): Promise<string[]> {
  return waiveFollowUps(tx, failure, { at, why: DID_NOT_HOLD });
}

/** The task's own row has ended before. */
async function reopen(tx: Db, { failure, by, at }: Ended): Promise<Consequence> {
  const waived = await endRound(tx, failure.id, at);
  await setStage(tx, { failure: failure.id, stage: 'gone-over', by, at, again: true });
  return { steps: [{ stage: 'gone-over', again: true }], waived };
}

type Flag = Extract<TaskEnd, { flag: unknown }>['flag'];

/** A check that was there before keeps its id, and who has done it. */
function flagOf(flag: Flag, failure: FailureRow): Parameters<typeof writeFlag>[2] {
  const checks = flag.checks.map(
    (text) => failure.checks.find((check) => check.text === text) ?? { id: randomUUID(), text, doneBy: null },
  );
  return { lines: flag.lines, checks, until: flag.until };
}

/** What its person may begin with. Tasks that are no follow-ups have nothing to begin with but where a mail would go. */
export async function draftOf(
  { db, mail, now }: { readonly db: Db; readonly mail: Mail; readonly now: () => number },
  task: TaskRow,
): Promise<TaskDraft> {
  const may = await mail.mayMail(db, task.customer ?? NOBODY);
  const empty: TaskDraft = {
    ...{ lines: [], checks: [], until: null, texts: {} },
    mail: may.may ? { to: may.to } : { why: may.why as Extract<TaskDraft['mail'], { why: unknown }>['why'] },
    reach: await readReach(db, task),
  };
  const failure = task.failure === null ? undefined : await readFailure(db, task.failure);
  const row = await readForDraft(db, task.id);
  if (!failure || !row) return empty;
  const locale = nearestLocale(pickWidgetLocale([row.locale, row.spoken]));
  const facts = { ...row, locale, failure };
  if (task.kind === 'immediate') return { ...empty, texts: { 'personal-message': question(facts) } };
  if (task.kind === 'wrap-up') return { ...empty, texts: wrapUpTexts(facts) };
  if (task.kind !== 'internal') return empty;
  const { flagDays } = await recoverySettings(db);
  const until = new Date(now() + flagDays * DAY_MS).toISOString();
  return { ...empty, lines: flagLines(facts), checks: suggestedChecks(facts), until };
}

/** Whether mail is set up at all is said of nobody as well. */
export const NOBODY = '00000000-0000-0000-0000-000000000000';
