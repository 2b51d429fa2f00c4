/** What waits for each person: told when it changes, and reminded of when its time has come. */
import type { Work } from '@fullname/shared/recovery';
import { toTask } from '../recovery/tasks.ts';
import { countWork, markReminded, readTask } from '../store/tasks.ts';
import type { Floor } from './conversations.ts';

export function workOf(floor: Pick<Floor, 'db' | 'now'>, person: string): Promise<Work> {
  return countWork(floor.db, person, new Date(floor.now()).toISOString());
}

/** Tells these people what waits for them now. Call it after COMMIT. */
export async function tellWork(floor: Floor, people: readonly string[]): Promise<void> {
  for (const person of new Set(people)) floor.announce.workChanged(person, await workOf(floor, person));
}

/**
 * The time of a task has come: its person is told, once. Whoever notes it in the row tells them; a relay that is killed in
 * between leaves it in the list, not seen. A task that has ended, or has another time now, is left alone.
 */
export async function remind(floor: Floor, id: string): Promise<void> {
  if (!(await markReminded(floor.db, id, new Date(floor.now()).toISOString()))) return;
  const task = await readTask(floor.db, id);
  if (!task) return;
  floor.announce.taskDue(task.owner, toTask(task, floor.directory.ref));
  await tellWork(floor, [task.owner]);
}
