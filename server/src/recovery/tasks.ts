/** Things to do: each has an owner and a due time, and ends done or waived with a reason. */
import type { Task } from '@fullname/shared/recovery';
import { enqueue, enqueueAll } from '../jobs/jobs.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import { isoOrNull, type Names } from '../store/recovery.ts';
import {
  insertTask,
  insertTasks,
  moveTasksOf,
  type NewTask,
  type TaskCause,
  type TaskRow,
} from '../store/tasks.ts';

/**
 * Opens a task in the caller's transaction, with the job that reminds its owner when it is due. The same `key` opens it once;
 * then the answer is false. Call `tellWork` for the owner after COMMIT.
 */
export async function openTask(tx: Db, task: NewTask): Promise<boolean> {
  const id = await insertTask(tx, task);
  if (id === null) return false;
  await remindAt(tx, id, task.due);
  return true;
}

/** The same for many at once: of a file that is thousands. */
export async function openTasks(tx: Db, tasks: readonly NewTask[]): Promise<void> {
  const opened = await insertTasks(tx, tasks);
  await enqueueAll(
    tx,
    'task-remind',
    opened.map(({ id, due }) => reminder(id, due)),
  );
}

/**
 * Moves the open tasks of a cause to another time, in the caller's transaction: their people are reminded then, and not at
 * the old time. Answers whose they are; call `tellWork` for them after COMMIT.
 */
export async function moveDue(tx: Db, cause: TaskCause, due: string): Promise<string[]> {
  const moved = await moveTasksOf(tx, cause, due);
  for (const { id } of moved) await remindAt(tx, id, due);
  return moved.map(({ owner }) => owner);
}

function remindAt(tx: Db, task: string, due: string): Promise<void> {
  return enqueue(tx, { name: 'task-remind', ...reminder(task, due) });
}

/** A job for each time that a task was due at: the earlier ones find by the row that it is not theirs any more. */
function reminder(task: string, due: string) {
  return { data: { task }, at: new Date(due), key: `${task} ${iso(due)}` };
}

/** The row as both ends speak of it. */
export function toTask(row: TaskRow, names: Names): Task {
  const { customer, customerName, seenAt, ...facts } = row;
  return {
    ...facts,
    owner: names(row.owner),
    due: iso(row.due),
    customer: customer === null ? null : { id: customer, name: customerName ?? '' },
    remindedAt: isoOrNull(row.remindedAt),
    seen: seenAt !== null,
    endedAt: isoOrNull(row.endedAt),
    endedBy: row.endedBy === null ? null : names(row.endedBy),
  };
}
