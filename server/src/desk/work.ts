/** What waits for each person: told when it changes, and reminded of when its time has come. */
import type { Work } from '@fullname/shared/recovery';
import type { Floor } from './conversations.ts';

export async function workOf(_floor: Pick<Floor, 'db' | 'now'>, _person: string): Promise<Work> {
  return { open: 0, due: 0, requests: 0, notes: 0, praise: 0 };
}

/** Tells these people what waits for them now. Call it after COMMIT. */
export async function tellWork(floor: Floor, people: readonly string[]): Promise<void> {
  for (const person of new Set(people)) floor.announce.workChanged(person, await workOf(floor, person));
}
