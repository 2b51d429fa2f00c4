import { setSwitch } from '../store/presence.ts';
import { offerToAsked } from './asking.ts';
import type { Floor } from './conversations.ts';

/** Here or away: the agent's own word. Visitors are told when somebody who is away is back, if the person said so. */
export async function setHere(
  floor: Floor,
  person: string,
  now: { here: boolean; backAt: string | null },
): Promise<void> {
  await setSwitch(floor.db, person, { here: now.here, backAt: now.here ? null : now.backAt });
  await floor.directory.refresh();
  floor.news.peopleChanged();
  await offerToAsked(floor, person);
}
