/**
 * How a thing to do ends, and who is told. The end, its entries in the log, its e-mail or message and what it does to the
 * failure are one transaction: where a mail is refused, the task stays open.
 */
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import type { Task, TaskDraft, TaskEnd, TaskPage } from '@fullname/shared/recovery';
import { derivedId } from '../derived-id.ts';
import { oneLine } from '../people/names.ts';
import {
  type Consequence,
  draftOf,
  followThrough,
  isFollowUp,
  NOBODY,
  roundOf,
} from '../recovery/follow-ups.ts';
import { toTask } from '../recovery/tasks.ts';
import { endAsked, lockAsker, mustNotDodge } from '../recovery/waived.ts';
import { RelayError } from '../relay-error.ts';
import { lockConversation } from '../store/conversation-changes.ts';
import type { Db } from '../store/db.ts';
import { lockFollowed, readAlly } from '../store/follow-ups.ts';
import { append, findEntry, type NewEntry, type StoredEntry } from '../store/log.ts';
import { readMail } from '../store/mails.ts';
import { holdStanding } from '../store/merges.ts';
import type { FailureRow } from '../store/recovery.ts';
import {
  endTask as endRow,
  type LockedTask,
  listTasks,
  lockTask,
  markSeen,
  readTask,
  type TaskQuery,
  type TaskRow,
} from '../store/tasks.ts';
import { addressFor, type Floor, mustRead, settle } from './conversations.ts';
import type { Me } from './desk.ts';
import { customersChanged, tellPane } from './records.ts';
import { fact } from './transfers.ts';
import { toPublicConversation } from './views.ts';
import { tellWork } from './work.ts';

const PAGE = 40;

type TaskListRequest = {
  readonly whose: 'mine' | 'all';
  readonly state: 'open' | 'ended';
  readonly after: TaskQuery['after'];
};

/** A page, and where the next one begins. The back office sees its own alone (FORBIDDEN). */
export async function tasksFor(
  floor: Floor,
  me: Me,
  { whose, state, after }: TaskListRequest,
): Promise<{ readonly tasks: TaskPage['tasks']; readonly next: TaskQuery['after'] }> {
  if (whose === 'all' && me.role === 'back-office') throw new RelayError('FORBIDDEN');
  const owner = whose === 'mine' ? me.id : null;
  const rows = await listTasks(floor.db, { owner, state, after, limit: PAGE });
  const last = rows.at(-1);
  return {
    tasks: rows.map(({ sortKey: _, ...row }) => toTask(row, floor.directory.ref)),
    next: rows.length === PAGE && last ? { key: last.sortKey, id: last.id } : null,
  };
}

export async function draftFor(floor: Floor, me: Me, id: string): Promise<TaskDraft> {
  return draftOf(floor, await mustSee(floor, me, id));
}

/** This person's browser has shown it. UNKNOWN for anybody else's. */
export async function sawTask(floor: Floor, me: Me, id: string): Promise<void> {
  const at = new Date(floor.now()).toISOString();
  if (!(await markSeen(floor.db, { id, owner: me.id, at }))) throw new RelayError('UNKNOWN');
}

/**
 * Ends a task. A retry of the same end changes nothing; another end is ENDED. Throws UNKNOWN, FORBIDDEN, NOT_ALLY,
 * WRONG_ORDER, TOO_LATE, EXTRA_FIRST, and what a mail (MAIL_*) or a message (NOT_TAKEN, NOT_YOURS, CLOSED) is refused with.
 */
export async function endTask(floor: Floor, me: Me, id: string, end: TaskEnd): Promise<Task> {
  const seen = await mustSee(floor, me, id);
  mustFit(seen, end, floor.now());
  const told = await floor.db.transaction((tx) => endLocked(floor, tx, { me, seen, end }));
  await tellEnded(floor, seen, told);
  return toTask(await mustSee(floor, me, id), floor.directory.ref);
}

/** Everybody's for those who speak with customers; one's own for the back office. */
async function mustSee(floor: Floor, me: Me, id: string): Promise<TaskRow> {
  const task = await readTask(floor.db, id);
  if (!task || (me.role === 'back-office' && task.owner !== me.id)) throw new RelayError('UNKNOWN');
  return task;
}

/** Each kind has its own way to end; what waits for a word or a promise ends with that. */
function mustFit(task: TaskRow, end: TaskEnd, now: number): void {
  if (end.end === 'waived') return;
  const { kind } = task;
  if (kind === 'promise' || kind === 'request' || kind === 'goodwill' || kind === 'call-back')
    throw new RelayError('WRONG_ORDER');
  const isFit =
    kind === 'internal'
      ? 'flag' in end
      : kind === 'wrap-up'
        ? 'wrapUp' in end
        : !('flag' in end || 'wrapUp' in end) && (kind === 'immediate') === 'works' in end;
  if (!isFit) throw new RelayError('INVALID_PAYLOAD');
  if ('flag' in end && task.state === 'open' && Date.parse(end.flag.until) <= now)
    throw new RelayError('TOO_LATE');
  if ('wrapUp' in end && isSent(end) && !end.message) throw new RelayError('EMPTY');
}

type WrapUpEnd = Extract<TaskEnd, { wrapUp: unknown }>;

/** Kinds whose words go out by the relay. */
function isSent({ wrapUp }: WrapUpEnd): boolean {
  return wrapUp === 'e-mail' || wrapUp === 'personal-message';
}

type Ending = { readonly me: Me; readonly seen: TaskRow; readonly end: TaskEnd };
type Told = { readonly entries: readonly StoredEntry[]; readonly people: readonly string[] };

/**
 * Locked in the order of everybody who records something: the visitor and the conversation, the customer, the failure, what
 * was asked of a colleague, the task.
 */
async function endLocked(floor: Floor, tx: Db, { me, seen, end }: Ending): Promise<Told> {
  if (seen.conversation !== null) await lockConversation(tx, seen.conversation);
  if (seen.customer !== null) await holdStanding(tx, [seen.customer]);
  const failure = seen.failure === null ? undefined : await lockFollowed(tx, seen.failure);
  const asker = await lockAsker(tx, seen);
  const task = await lockTask(tx, seen.id);
  if (!task) throw new RelayError('UNKNOWN');
  if (task.state !== 'open') {
    if (await isSameEnd(tx, { task, failure, end, by: me.id })) return { entries: [], people: [task.owner] };
    throw new RelayError('ENDED');
  }
  await mustMay(tx, me, { task, failure, end });
  if (end.end === 'waived') mustNotDodge(task, asker, me.id);
  const at = new Date(floor.now()).toISOString();
  const mail = await postLetter(floor, tx, { me, task, end });
  const wrapUp = 'wrapUp' in end ? end.wrapUp : null;
  await endRow(tx, task.id, { state: end.end, at, by: me.id, why: saidIn(end), wrapUp, mail });
  if (end.end === 'waived' && asker !== null) await endAsked(tx, seen, { by: me.id, why: end.why, at });
  const follows =
    failure && isFollowUp(task.kind)
      ? await followThrough(tx, { task, failure, end, by: me.id, at })
      : { steps: [], waived: [] };
  const entries = await append(tx, entriesOf(me, { task, end, follows }));
  return {
    entries: entries.flatMap((answer) => {
      const settled = settle(answer);
      return settled.outcome === 'stored' ? [settled.entry] : [];
    }),
    people: [task.owner, ...(asker === null ? [] : [asker]), ...follows.waived],
  };
}

function saidIn(end: TaskEnd): string | null {
  if (end.end === 'waived') return end.why;
  return ('said' in end && end.said) || null;
}

type Held = { readonly task: LockedTask; readonly failure: FailureRow | undefined; readonly end: TaskEnd };

/** Whether a task that has ended did so by this very end: its person's browser did not hear the answer, and asks again. */
async function isSameEnd(
  tx: Db,
  { task, failure, end, by }: Held & { readonly by: string },
): Promise<boolean> {
  if (task.state !== end.end || task.endedBy !== by || task.why !== saidIn(end)) return false;
  if (end.end === 'waived') return true;
  if ('flag' in end) {
    const { lines, checks, until } = end.flag;
    const asked = JSON.stringify([lines, checks, Date.parse(until)]);
    const there = [
      failure?.flagLines ?? [],
      failure?.checks.map(({ text }) => text) ?? [],
      Date.parse(failure?.flagUntil ?? ''),
    ];
    return asked === JSON.stringify(there);
  }
  if ('wrapUp' in end) {
    if (task.wrapUp !== end.wrapUp) return false;
    if (end.wrapUp === 'e-mail') return task.mail === end.message?.id && (await isSameMail(tx, end.message));
    if (end.wrapUp !== 'personal-message' || !end.message || task.conversation === null) return true;
    const key = { conversation: task.conversation, sender: by, clientId: end.message.id };
    return (await findEntry(tx, key))?.body === end.message.text;
  }
  return task.kind !== 'immediate' || end.works !== (await wasNo(tx, { task, failure, by }));
}

/** A no has left its step in the log. A failure without a conversation is opened again by nothing else. */
async function wasNo(
  tx: Db,
  { task, failure, by }: Pick<Held, 'task' | 'failure'> & { readonly by: string },
): Promise<boolean> {
  const { conversation } = task;
  if (conversation === null) return failure !== undefined && failure.reopened !== roundOf(task);
  const key = { conversation, sender: by, clientId: derivedId(task.id, 'gone-over') };
  return (await findEntry(tx, key)) !== null;
}

async function isSameMail(tx: Db, message: WrapUpEnd['message']): Promise<boolean> {
  const mail = message && (await readMail(tx, message.id));
  return (
    mail !== undefined && mail.subject === oneLine(message?.subject ?? '') && mail.body === message?.text
  );
}

/**
 * A follow-up is done by whose it is or by the ally, and by an owner only where the ally may not answer any more; that it did not
 * hold is the customer's own word, and is taken from whoever hears it. Owners may waive whatever is open, others what is theirs.
 */
async function mustMay(tx: Db, me: Me, { task, failure, end }: Held): Promise<void> {
  // Whoever was somebody's ally and is in the back office now speaks with customers no more.
  const speaks = end.end === 'done' && isFollowUp(task.kind);
  if (speaks && me.role === 'back-office') throw new RelayError('FORBIDDEN');
  if (task.owner === me.id) return;
  if (task.kind === 'immediate' && 'works' in end && end.works === false) return;
  if (end.end === 'waived' && me.role === 'owner') return;
  if (end.end === 'waived' || !failure || !isFollowUp(task.kind)) throw new RelayError('FORBIDDEN');
  const ally = await readAlly(tx, failure);
  if (ally === null ? me.role !== 'owner' : ally !== me.id) throw new RelayError('NOT_ALLY');
}

/** The e-mail of a wrap-up, in the ally's name: written with the task's end, or neither. */
async function postLetter(
  floor: Floor,
  tx: Db,
  { me, task, end }: { readonly me: Me; readonly task: LockedTask; readonly end: TaskEnd },
): Promise<string | null> {
  if (!('wrapUp' in end) || end.wrapUp !== 'e-mail' || !end.message) return null;
  const { id, subject = '', text } = end.message;
  const customer = task.customer ?? NOBODY;
  const may = await floor.mail.mayMail(tx, customer);
  if (!may.may) throw new RelayError(may.why);
  if (await readMail(tx, id)) throw new RelayError('CONFLICT');
  await floor.mail.postMail(tx, { id, customer, by: me.id, to: may.to, subject, body: text });
  return id;
}

/** What the conversation's log says of it. A failure that came from elsewhere has no conversation. */
function entriesOf(
  me: Me,
  { task, end, follows }: { readonly task: LockedTask; readonly end: TaskEnd; readonly follows: Consequence },
): NewEntry[] {
  const { conversation } = task;
  const words = 'wrapUp' in end && end.wrapUp === 'personal-message' ? end.message : undefined;
  if (conversation === null) {
    if (words) throw new RelayError('UNKNOWN');
    return [];
  }
  const change = (id: string) => ({ conversation, id });
  const message: NewEntry[] = words
    ? [{ ...fact(me, change(words.id), 'message', null), body: words.text, afterClose: true }]
    : [];
  const wrapUp = 'wrapUp' in end ? { wrapUp: end.wrapUp } : {};
  const done = fact(me, change(task.id), 'followed-up', { task: task.kind, ...wrapUp });
  const steps = follows.steps.map(({ stage, again }) =>
    fact(me, change(derivedId(task.id, stage)), 'failure-stepped', {
      failure: task.failure ?? '',
      stage,
      again: again ? 'yes' : 'no',
    }),
  );
  const isDone = end.end === 'done' && isFollowUp(task.kind);
  return [...message, ...(isDone ? [{ ...done, body: wordsOf(end) }] : []), ...steps];
}

function wordsOf(end: TaskEnd): string {
  if ('flag' in end) return end.flag.lines.join('\n').slice(0, MESSAGE_MAX_LENGTH);
  if ('wrapUp' in end) return end.wrapUp === 'personal-message' ? '' : (end.message?.text ?? '');
  return saidIn(end) ?? '';
}

/** After COMMIT, and after a retry as well: the first time may have ended before anybody was told. */
async function tellEnded(floor: Floor, task: TaskRow, { entries, people }: Told): Promise<void> {
  const { conversation, customer } = task;
  if (conversation !== null) {
    const record = await mustRead(floor, conversation);
    const address = await addressFor(floor, conversation);
    for (const entry of entries) floor.announce.entry(entry, address, toPublicConversation(floor, record));
    await tellPane(floor, conversation);
    floor.news.moved(conversation);
  }
  if (customer !== null) await customersChanged(floor, [customer]);
  await tellWork(floor, people);
}
