/** Goodwill: what a person gives without asking, and what a colleague is asked about. */
import type { GoodwillDecision, GoodwillDraft, GoodwillUse, Purse } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import {
  decideRow,
  type GoodwillRow,
  holdsTaskOf,
  insertGoodwill,
  isColleague,
  lockGoodwill,
  lockPurse,
  type Month,
  readAsked,
  readBudget,
  readGoodwill,
  readUses,
  sumGiven,
} from '../store/goodwill.ts';
import { iso } from '../store/log.ts';
import { hasUnasked, lockFailure, type Names, type Whose } from '../store/recovery.ts';
import { endTasksOf } from '../store/tasks.ts';
import { roundMoney } from './money.ts';
import { recoverySettings } from './settings.ts';
import { openTask } from './tasks.ts';

const USES_MAX = 200;
const ASKED_MAX = 100;
const HOUR_MS = 3_600_000;

/** One's own purse at this moment (ms): what may be given in a month of UTC, what was, and what colleagues ask of oneself. */
export async function purseOf(
  db: Db,
  { person, now }: { readonly person: string; readonly now: number },
  names: Names,
): Promise<Purse> {
  const settings = await recoverySettings(db);
  const { currency } = settings;
  const month = monthOf(now);
  const budget = (await readBudget(db, person)) ?? settings.budget;
  const used = roundMoney(await sumGiven(db, { by: person, currency, month }), currency);
  const uses = await readUses(db, { by: person, month, limit: USES_MAX });
  const asked = await readAsked(db, person, ASKED_MAX);
  return {
    budget: { amount: budget, currency },
    used,
    uses: uses.map((row) => toGoodwillUse(row, names)),
    asked: asked.map((row) => toGoodwillUse(row, names)),
  };
}

/** Where goodwill is given: a conversation, locked, with whose it is. `now` in milliseconds. */
export type Giving = Whose & { readonly by: string; readonly now: number };

/**
 * Gives within what is left of one's budget, or asks the named colleague. A retry finds the first use as it is now;
 * another's id or other content is a CONFLICT. INVALID_PAYLOAD for a currency that is not the company's, or more decimals than
 * it has; WANTS_FIRST where the customer was not asked yet; OVER_BUDGET above the budget without a colleague; UNKNOWN for
 * a failure of somebody else, or a colleague who cannot be asked.
 */
export async function giveGoodwill(tx: Db, draft: GoodwillDraft, giving: Giving): Promise<GoodwillRow> {
  const { by, now } = giving;
  const settings = await recoverySettings(tx);
  const budget = (await lockPurse(tx, by)) ?? settings.budget;
  const first = await readGoodwill(tx, draft.id);
  if (first) return retried(first, draft, by);
  const { amount, currency } = draft.amount;
  const isWhole = roundMoney(amount, currency) === amount;
  if (currency !== settings.currency || !isWhole) throw new RelayError('INVALID_PAYLOAD');
  await requireWants(tx, draft.failure, giving);
  const used = await sumGiven(tx, { by, currency, month: monthOf(now) });
  const isWithin = roundMoney(used + amount, currency) <= budget;
  const colleague = isWithin ? null : await mustAsk(tx, draft.colleague, by);
  await insertGoodwill(tx, {
    id: draft.id,
    at: new Date(now).toISOString(),
    by,
    customer: giving.customer,
    conversation: draft.conversation,
    failure: draft.failure ?? null,
    amount,
    currency,
    what: draft.what,
    state: isWithin ? 'given' : 'asked',
    colleague,
  });
  if (colleague !== null) await openAnswer(tx, { draft, giving, colleague });
  return mustReadGoodwill(tx, draft.id);
}

function retried(first: GoodwillRow, draft: GoodwillDraft, by: string): GoodwillRow {
  const same =
    first.by === by &&
    first.conversation === draft.conversation &&
    first.failure === (draft.failure ?? null) &&
    first.amount === draft.amount.amount &&
    first.currency === draft.amount.currency &&
    first.what === draft.what;
  if (!same) throw new RelayError('CONFLICT');
  return first;
}

/**
 * No offer before the question: not for this failure, nor, where none is named, while any of theirs waits for it (WANTS_FIRST).
 * UNKNOWN for a failure of somebody else.
 */
export async function requireWants(tx: Db, failure: string | undefined, whose: Whose): Promise<void> {
  if (failure === undefined) {
    if (await hasUnasked(tx, whose)) throw new RelayError('WANTS_FIRST');
    return;
  }
  const row = await lockFailure(tx, failure, whose);
  if (!row) throw new RelayError('UNKNOWN');
  if (row.wants === null) throw new RelayError('WANTS_FIRST');
}

async function mustAsk(tx: Db, colleague: string | undefined, by: string): Promise<string> {
  if (colleague === undefined) throw new RelayError('OVER_BUDGET');
  if (colleague === by || !(await isColleague(tx, colleague))) throw new RelayError('UNKNOWN');
  return colleague;
}

async function openAnswer(
  tx: Db,
  asked: { readonly draft: GoodwillDraft; readonly giving: Giving; readonly colleague: string },
): Promise<void> {
  const { draft, giving, colleague } = asked;
  await openTask(tx, {
    key: `goodwill:${draft.id}`,
    kind: 'goodwill',
    owner: colleague,
    due: new Date(giving.now + HOUR_MS).toISOString(),
    what: draft.what,
    customer: giving.customer,
    conversation: draft.conversation,
    goodwill: draft.id,
    ...(draft.failure !== undefined && { failure: draft.failure }),
  });
}

/** Who answers, and when (ms). */
export type Answering = { readonly by: string; readonly isOwner: boolean; readonly now: number };

/**
 * What a colleague was asked, as far as this person may answer it: by their name, by the task that was handed over to them, or
 * as an owner where the colleague is not with us any more. Nobody answers themselves. UNKNOWN otherwise.
 */
export async function askedOf(db: Db, id: string, { by, isOwner }: Answering): Promise<GoodwillRow> {
  const row = await readGoodwill(db, id);
  if (!row || row.colleague === null || row.by === by) throw new RelayError('UNKNOWN');
  const may =
    row.colleague === by ||
    (row.state === 'asked' && (await holdsTaskOf(db, id, by))) ||
    (row.state === 'asked' && isOwner && !(await isColleague(db, row.colleague)));
  if (!may) throw new RelayError('UNKNOWN');
  return row;
}

/** What a decision changed. `told`: those whose work is another now; none for a retry. */
export type Decided = { readonly row: GoodwillRow; readonly told: readonly string[] };

/**
 * The colleague's word: it is theirs alone, and uses nobody's budget. The same decision again changes nothing; another one is
 * ENDED. UNKNOWN as in `askedOf`.
 */
export async function decideGoodwill(
  tx: Db,
  { id, decision }: { readonly id: string; readonly decision: GoodwillDecision },
  answering: Answering,
): Promise<Decided> {
  // The lock first: who may answer, and whether somebody has, is looked at under it.
  await lockGoodwill(tx, id);
  const row = await askedOf(tx, id, answering);
  const state = decision.grant ? 'given' : 'declined';
  const instead = decision.grant ? null : decision.instead;
  if (row.state !== 'asked') {
    if (row.state !== state || row.instead !== instead) throw new RelayError('ENDED');
    return { row, told: [] };
  }
  const at = new Date(answering.now).toISOString();
  await decideRow(tx, id, { state, colleague: answering.by, instead, decidedAt: at });
  const end = { state: 'done', at, by: answering.by, why: instead } as const;
  const owners = await endTasksOf(tx, { goodwill: id }, end);
  return { row: await mustReadGoodwill(tx, id), told: [row.by, answering.by, ...owners] };
}

/** Who asks, of a use that waits for a colleague's word; locked. Null where it does not. */
export async function waitingAsker(tx: Db, id: string): Promise<string | null> {
  const row = await lockGoodwill(tx, id);
  return row?.state === 'asked' ? row.by : null;
}

/** Its task was waived by an owner: that is a no, and the reason stands for another way. */
export function declineWaived(
  tx: Db,
  id: string,
  { by, why, at }: { readonly by: string; readonly why: string; readonly at: string },
): Promise<void> {
  return decideRow(tx, id, { state: 'declined', colleague: by, instead: why, decidedAt: at });
}

async function mustReadGoodwill(tx: Db, id: string): Promise<GoodwillRow> {
  const row = await readGoodwill(tx, id);
  if (!row) throw new Error('a use of goodwill that was just written must be there');
  return row;
}

/** The calendar month of this moment (ms), in UTC: from its first moment to the next one's. */
function monthOf(now: number): Month {
  const at = new Date(now);
  const [year, month] = [at.getUTCFullYear(), at.getUTCMonth()];
  return {
    from: new Date(Date.UTC(year, month, 1)).toISOString(),
    to: new Date(Date.UTC(year, month + 1, 1)).toISOString(),
  };
}

/** The row as both ends speak of it. */
export function toGoodwillUse(row: GoodwillRow, names: Names): GoodwillUse {
  const { customer, customerName, amount, currency, ...facts } = row;
  return {
    ...facts,
    at: iso(row.at),
    by: names(row.by),
    amount: { amount, currency },
    customer: customer === null ? null : { id: customer, name: customerName ?? '' },
    colleague: row.colleague === null ? null : names(row.colleague),
  };
}
