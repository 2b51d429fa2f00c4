/** A visitor sees what is remembered of them, and has it removed: it goes from every screen of an agent at once. */
import type { Remembered } from '@fullname/shared/events';
import { derivedId } from '../derived-id.ts';
import { forgetNoted } from '../people/preferences.ts';
import { findPlanned, forget, forgetNumber, readRemembered, type Seer } from '../people/remembered.ts';
import { RelayError } from '../relay-error.ts';
import { readRenewed } from '../store/log.ts';
import { cancelCallBack } from './call-backs.ts';
import { type Floor, mustRead } from './conversations.ts';
import { othersChanged } from './extras.ts';
import { tellRecorded } from './records.ts';
import { pageOf } from './views.ts';

export function rememberedOf(floor: Floor, seer: Seer): Promise<readonly Remembered[]> {
  return readRemembered(floor.db, { seer, now: floor.now() }, floor.directory.ref);
}

/** Nobody learns from it whether there was anything of that id. */
export async function removeRemembered(floor: Floor, seer: Seer, id: string): Promise<void> {
  if (await tookBack(floor, seer, id)) return;
  const { noted, talks } = await floor.db.transaction(async (tx) => {
    const noted = await forgetNoted(tx, seer, { id, at: new Date(floor.now()).toISOString() });
    return { noted, talks: noted ? [] : await forget(tx, seer, id) };
  });
  if (noted) await othersChanged(floor, noted);
  if (noted?.conversation) await tellLeft(floor, noted.conversation);
  await tellForgotten(floor, talks);
}

/** Whether it was a call-back that is still to come: nobody owes it any more, and its number is gone as well. */
async function tookBack(floor: Floor, seer: Seer, id: string): Promise<boolean> {
  const planned = await findPlanned(floor.db, { seer, now: floor.now() }, id);
  if (!planned) return false;
  const { visitor, site, conversation } = planned;
  try {
    const request = { id: derivedId('call-back-taken-back', id), callBack: id };
    await cancelCallBack(floor, { visitor, site, conversation }, request);
  } catch (error) {
    // Taken back on another page, or kept, a moment ago.
    if (!(error instanceof RelayError) || error.code !== 'UNKNOWN') throw error;
  }
  await tellForgotten(floor, await floor.db.transaction((tx) => forgetNumber(tx, planned)));
  return true;
}

async function tellForgotten(floor: Floor, talks: readonly string[]): Promise<void> {
  for (const conversation of talks) {
    await tellRecorded(floor, conversation, null);
    await tellLeft(floor, conversation);
  }
}

/** Whoever has it open has lines of the log on the screen that are other ones now. */
async function tellLeft(floor: Floor, conversation: string): Promise<void> {
  if (!(await floor.announce.mayBeOpen(conversation))) return;
  const record = await mustRead(floor, conversation);
  const { claimedEmail: email, device } = record;
  const entries = await readRenewed(floor.db, conversation);
  floor.announce.visitorChanged(conversation, { email, device, page: pageOf(record), entries });
}
