/**
 * What went wrong, recorded from its conversation: the relay fills in what the agent need not type: load, and who was on
 * shift. Whoever has this customer before them is told at once.
 */
import type { Failure } from '@fullname/shared/model';
import type { FailureChange, FailureDraft, StageStep } from '@fullname/shared/recovery';
import { conversationsOf } from '../people/merges.ts';
import { editFailure, logFailure, markCheck, toFailure } from '../recovery/failures.ts';
import { endRound, openFollowUps } from '../recovery/follow-ups.ts';
import { takeStep } from '../recovery/stages.ts';
import { endUnlogged, openEffort } from '../recovery/upkeep.ts';
import { type ConversationRecord, countOpen } from '../store/conversations.ts';
import type { Db } from '../store/db.ts';
import type { NewEntry } from '../store/log.ts';
import type { FailureRow } from '../store/recovery.ts';
import type { Floor } from './conversations.ts';
import type { Me } from './desk.ts';
import { recorded, tellPane } from './records.ts';
import { fact } from './transfers.ts';
import { allyOf } from './views.ts';
import { tellWork } from './work.ts';

/** A failure and whose work has changed by it. */
type Done = { readonly row: FailureRow; readonly entry: NewEntry | null; readonly tell: readonly string[] };

export function recordFailure(floor: Floor, me: Me, draft: FailureDraft): Promise<Failure> {
  return written(floor, draft.conversation, async (tx, record) => {
    const now = floor.now();
    const { row, what } = await logFailure(tx, draft, {
      customer: record.customer,
      by: me.id,
      ally: allyOf(record) ?? me.id,
      load: floor.presence.load(await countOpen(tx)),
      onShift: floor.presence.here(),
      now,
    });
    const reminded = await endUnlogged(tx, { conversation: record.id, by: me.id, now });
    const entry = { ...fact(me, draft, 'failure-logged', { failure: row.id }), body: what };
    return { row, entry, tell: [...reminded, ...(await openEffort(tx, row, now))] };
  });
}

export function changeFailure(floor: Floor, me: Me, change: FailureChange): Promise<Failure> {
  return written(floor, change.conversation, async (tx, whose) => {
    const now = floor.now();
    const row = await editFailure(tx, change, { whose, by: me.id, now });
    return { row, entry: null, tell: await openEffort(tx, row, now) };
  });
}

export function stepFailure(floor: Floor, me: Me, step: StageStep): Promise<Failure> {
  return written(floor, step.conversation, async (tx, whose) => {
    const now = floor.now();
    const at = new Date(now).toISOString();
    const { row, isNew, again } = await takeStep(tx, step, { whose, by: me.id, at });
    if (!isNew) return { row, entry: null, tell: [] };
    const data = { failure: row.id, stage: row.stage, again: again ? 'yes' : 'no' };
    const mended = row.stage === 'fixed' ? await openFollowUps(tx, { failure: row, now }) : [];
    const tell = again ? await endRound(tx, row.id, at) : mended;
    return { row, entry: fact(me, step, 'failure-stepped', data), tell };
  });
}

export async function checkFailure(
  floor: Floor,
  me: Me,
  check: {
    readonly conversation: string;
    readonly failure: string;
    readonly check: string;
    readonly done: boolean;
  },
): Promise<void> {
  const customer = await recorded(floor, check.conversation, async (tx, whose) => {
    await markCheck(tx, check, { whose, by: me.id });
    return { value: whose.customer, entry: null };
  });
  await tellOthers(floor, customer, check.conversation);
}

async function written(
  floor: Floor,
  conversation: string,
  work: (tx: Db, record: ConversationRecord) => Promise<Done>,
): Promise<Failure> {
  const { row, tell } = await recorded(floor, conversation, async (tx, record) => {
    const { entry, ...value } = await work(tx, record);
    return { value, entry };
  });
  await tellOthers(floor, row.customer, conversation);
  await tellWork(floor, tell);
  return toFailure(row, floor.directory.ref);
}

/** The same customer may sit before a colleague, in another conversation. */
async function tellOthers(floor: Floor, customer: string | null, but: string): Promise<void> {
  if (customer === null) return;
  for (const conversation of await conversationsOf(floor.db, [customer])) {
    if (conversation === but) continue;
    await tellPane(floor, conversation);
    floor.news.moved(conversation);
  }
}
