/** A visitor sees what is remembered of them, and has it removed: it goes from every screen of an agent at once. */
import type { Remembered } from '@fullname/shared/events';
import { derivedId } from '../derived-id.ts';
import { type Browser, forgetNoted } from '../people/preferences.ts';
import { findPlanned, forget, forgetNumber, type Proven, readRemembered } from '../people/remembered.ts';
import { RelayError } from '../relay-error.ts';
import { cancelCallBack } from './call-backs.ts';
import { type Floor, mustRead } from './conversations.ts';
import { othersChanged } from './extras.ts';
import { tellRecorded } from './records.ts';
import { pageOf } from './views.ts';

export type Seer = { readonly browser: Browser; readonly proven: Proven };

export function rememberedOf(floor: Floor, seer: Seer): Promise<readonly Remembered[]> {
  return readRemembered(floor.db, { ...seer, now: floor.now() }, floor.directory.ref);
}

/** Nobody learns from it whether there was anything of that id. */
export async function removeRemembered(floor: Floor, { browser }: Seer, id: string): Promise<void> {
  if (await tookBack(floor, browser, id)) return;
  const { whose, talks } = await floor.db.transaction(async (tx) => {
    const whose = await forgetNoted(tx, browser, { id, at: new Date(floor.now()).toISOString() });
    return { whose, talks: whose ? [] : await forget(tx, browser, id) };
  });
  if (whose) await othersChanged(floor, whose);
  await tellForgotten(floor, talks);
}

/** Whether it was a call-back that is still to come: nobody owes it any more, and its number is gone as well. */
async function tookBack(floor: Floor, browser: Browser, id: string): Promise<boolean> {
  const planned = await findPlanned(floor.db, { browser, now: floor.now() }, id);
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
    if (!(await floor.announce.mayBeOpen(conversation))) continue;
    const record = await mustRead(floor, conversation);
    const { claimedEmail: email, device } = record;
    floor.announce.visitorChanged(conversation, { email, device, page: pageOf(record) });
  }
}
