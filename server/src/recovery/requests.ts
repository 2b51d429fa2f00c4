/**
 * Help between colleagues: a person, a promised time, an answer. The same rules as towards customers: the answer is yes or
 * another way, and a promise has a clock. The customer sees none of it.
 */
import type { InternalRequest, PromiseOutcome, RequestAct, RequestDraft } from '@fullname/shared/recovery';
import { enqueue } from '../jobs/jobs.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import { isoOrNull, type Names } from '../store/recovery.ts';
import {
  changeRequest,
  insertRequest,
  isActivePerson,
  isFailureOf,
  lockRequest,
  type RequestChange,
  type RequestRow,
  readRequest,
} from '../store/requests-internal.ts';
import { endTasksOf } from '../store/tasks.ts';
import { leadOf, outcomeOf as promiseOutcome } from './promises.ts';
import { moveDue, openTask } from './tasks.ts';

const MINUTE = 60_000;
/** By when an answer is expected where nobody said. */
const USUAL_MS = 4 * 60 * MINUTE;

export type Asking = {
  readonly asker: string;
  readonly customer: string | null;
  /** Milliseconds. */
  readonly now: number;
};

/**
 * Asks a named person, and gives them a task. The asker's retry gets the first request; other words or another person under its id
 * are a CONFLICT. UNKNOWN: nobody active, oneself, or a failure that is not this customer's. TOO_LATE: wished by a time that has passed.
 */
export async function askForHelp(
  tx: Db,
  draft: RequestDraft,
  { asker, customer, now }: Asking,
): Promise<RequestRow> {
  const { id, conversation, what, provider } = draft;
  const first = await readRequest(tx, id);
  if (first) return retried(first, draft, asker);
  if (provider === asker || !(await isActivePerson(tx, provider))) throw new RelayError('UNKNOWN');
  if (draft.wishedBy !== undefined && Date.parse(draft.wishedBy) <= now) throw new RelayError('TOO_LATE');
  if (draft.failure !== undefined && !(await isFailureOf(tx, draft.failure, { conversation, customer }))) {
    throw new RelayError('UNKNOWN');
  }
  const asked = { id, conversation, customer, what, asker, provider, at: new Date(now).toISOString() };
  const { wishedBy = null, failure } = draft;
  const isNew = await insertRequest(tx, { ...asked, wishedBy, failure: failure ?? null });
  if (!isNew) throw new RelayError('CONFLICT');
  await openTask(tx, {
    ...{ key: `request:${id}`, kind: 'request', owner: provider, what, customer, conversation, request: id },
    due: wishedBy ?? new Date(now + USUAL_MS).toISOString(),
    ...(failure !== undefined && { failure }),
  });
  return mustRead(await readRequest(tx, id));
}

function retried(first: RequestRow, draft: RequestDraft, asker: string): RequestRow {
  const same =
    first.asker === asker &&
    first.conversation === draft.conversation &&
    first.what === draft.what &&
    first.provider === draft.provider &&
    isoOrNull(first.wishedBy) === (draft.wishedBy ?? null) &&
    first.failure === (draft.failure ?? null);
  if (!same) throw new RelayError('CONFLICT');
  return first;
}

/** What an act did: `said` is for the log, null where there is nothing to say or it was said before. */
export type Acted = {
  readonly request: RequestRow;
  readonly said: { readonly state: 'promised' | 'answered' | 'declined'; readonly words: string } | null;
};

/**
 * One act on a request; a retry changes nothing. The provider promises, answers and declines, the asker withdraws and rates:
 * FORBIDDEN for others. ENDED when it ended in another way in between. TOO_LATE: the promised time has passed, the new one or
 * the one before, for a promise that slipped is not promised again but answered. NEEDS_ANOTHER_WAY: a no with neither another
 * way nor one of the five reasons. WRONG_ORDER: rated before it was answered.
 */
export async function actOnRequest(
  tx: Db,
  id: string,
  { act, me, now }: { readonly act: RequestAct; readonly me: string; readonly now: number },
): Promise<Acted> {
  const row = await lockRequest(tx, id);
  if (!row) throw new RelayError('UNKNOWN');
  const isProviders = act.act === 'promise' || act.act === 'answer' || act.act === 'decline';
  if (me !== (isProviders ? row.provider : row.asker)) throw new RelayError('FORBIDDEN');
  const change = changeOf(row, act, now);
  if (change === null) return { request: row, said: null };
  await changeRequest(tx, id, change);
  await followTask(tx, row, { change, me });
  return { request: mustRead(await readRequest(tx, id)), said: saidOf(row, act) };
}

/** Who asks, of a request that is open; locked. Null where it has ended. */
export async function openAsker(tx: Db, id: string): Promise<string | null> {
  const row = await lockRequest(tx, id);
  return row && isOpen(row) ? row.asker : null;
}

/** Its task was waived by an owner: nobody waits for an answer any more. The reason is the answer. */
export function withdrawWaived(
  tx: Db,
  id: string,
  { why, at }: { readonly why: string; readonly at: string },
): Promise<void> {
  return changeRequest(tx, id, { state: 'withdrawn', answer: why, endedAt: at });
}

function isOpen({ state }: RequestRow): boolean {
  return state === 'asked' || state === 'promised';
}

/** What an act changes; null for one that was done before. */
function changeOf(row: RequestRow, act: RequestAct, now: number): RequestChange | null {
  const open = isOpen(row);
  const at = new Date(now).toISOString();
  switch (act.act) {
    case 'promise': {
      if (row.state === 'promised' && isoOrNull(row.due) === act.due) return null;
      if (!open) throw new RelayError('ENDED');
      const hasSlipped = row.due !== null && Date.parse(row.due) <= now;
      if (hasSlipped || Date.parse(act.due) <= now) throw new RelayError('TOO_LATE');
      return { state: 'promised', due: act.due, promisedAt: row.promisedAt ?? at };
    }
    case 'answer': {
      if (row.state === 'answered' && row.answer === act.text) return null;
      if (!open) throw new RelayError('ENDED');
      return { state: 'answered', answer: act.text, endedAt: at };
    }
    case 'decline': {
      const { text, instead = null, reason = null } = act;
      const words = { answer: text, instead, reason };
      if (instead === null && reason === null) throw new RelayError('NEEDS_ANOTHER_WAY');
      if (row.state === 'declined' && isSame(row, words)) return null;
      if (!open) throw new RelayError('ENDED');
      return { state: 'declined', ...words, endedAt: at };
    }
    case 'withdraw': {
      if (row.state === 'withdrawn') return null;
      if (!open) throw new RelayError('ENDED');
      return { state: 'withdrawn', endedAt: at };
    }
    case 'rate': {
      if (open) throw new RelayError('WRONG_ORDER');
      if (row.state === 'withdrawn') throw new RelayError('ENDED');
      return row.rating === act.rating ? null : { rating: act.rating };
    }
  }
}

function isSame(row: RequestRow, words: Pick<RequestRow, 'answer' | 'instead' | 'reason'>): boolean {
  return row.answer === words.answer && row.instead === words.instead && row.reason === words.reason;
}

/** The provider's task has the time of their promise, and ends with the request. */
async function followTask(
  tx: Db,
  row: RequestRow,
  { change, me }: { readonly change: RequestChange; readonly me: string },
): Promise<void> {
  if (change.state === 'promised' && change.due) {
    await moveDue(tx, { request: row.id }, change.due);
    await warnOf(tx, row.id, { due: change.due, from: change.promisedAt ?? change.due });
  } else if (change.endedAt) {
    const isWithdrawn = change.state === 'withdrawn';
    const ending = isWithdrawn ? { state: 'waived' as const, why: WITHDRAWN } : { state: 'done' as const };
    await endTasksOf(tx, { request: row.id }, { ...ending, at: change.endedAt, by: me });
  }
}

const WITHDRAWN = 'It is not needed any more.';

/** What warns the provider before their time has passed. That of an earlier time finds that it is not its any more. */
function warnOf(tx: Db, id: string, { due, from }: { due: string; from: string }): Promise<void> {
  const at = new Date(Date.parse(due) - leadOf(Date.parse(due) - Date.parse(from)));
  return enqueue(tx, { name: 'request-warn', data: { request: id, due }, at, key: `${id} ${due}` });
}

function saidOf(row: RequestRow, act: RequestAct): Acted['said'] {
  switch (act.act) {
    case 'promise':
      return { state: 'promised', words: row.what };
    case 'answer':
      return { state: 'answered', words: act.text };
    case 'decline':
      return { state: 'declined', words: act.text };
    default:
      return null;
  }
}

function mustRead(row: RequestRow | undefined): RequestRow {
  if (!row) throw new Error('a request that was just written must be there');
  return row;
}

/** At what time, in milliseconds, and who looks at it; nobody in particular for a pane. Only the asker sees how they rated. */
type RequestView = { readonly now: number; readonly viewer?: string };

/** The row as both ends speak of it. */
export function toRequest(row: RequestRow, names: Names, { viewer, now }: RequestView): InternalRequest {
  const { customer, customerName, promisedAt: _, ...facts } = row;
  return {
    ...facts,
    at: iso(row.at),
    customer: customer === null ? null : { id: customer, name: customerName ?? '' },
    asker: names(row.asker),
    provider: names(row.provider),
    wishedBy: isoOrNull(row.wishedBy),
    due: isoOrNull(row.due),
    endedAt: isoOrNull(row.endedAt),
    outcome: outcomeOf(row, now),
    rating: viewer === row.asker ? row.rating : null,
  };
}

/** How the provider's promise was kept, as those to customers; null without one, and where nobody waited for it any more. */
function outcomeOf(row: RequestRow, now: number): PromiseOutcome | null {
  const { state, due, promisedAt, endedAt } = row;
  if (due === null || promisedAt === null || state === 'withdrawn') return null;
  const promise = { due, firstDue: null, createdAt: promisedAt, keptAt: endedAt, toldAt: null };
  return promiseOutcome(promise, now);
}
