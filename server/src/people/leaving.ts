/**
 * Somebody leaves, or may no longer answer: everything that hangs on them goes to a named person, in the transaction that
 * takes their right away, and nothing is orphaned. The customers are told by jobs.
 */
import { randomUUID } from 'node:crypto';
import type { Leaving } from '@fullname/shared/recovery';
import { enqueue } from '../jobs/jobs.ts';
import { RelayError } from '../relay-error.ts';
import { countLeaving, type HandedOver, handOverRows, holdPerson, readAnother } from '../store/allies.ts';
import type { Db } from '../store/db.ts';
import { personById } from '../store/people.ts';

/** How many are told in one job. */
const TOLD_AT_ONCE = 100;
/**
 * What was under way when the right ended may have hung something more on them: every relay knows of it within 5 s and
 * takes nothing more. Then it is looked at once again.
 */
const AGAIN_AFTER_MS = 15_000;

/** What hangs on this person. UNKNOWN without one. */
export async function leavingOf(db: Db, person: string): Promise<Leaving> {
  if (!(await personById(db, person))) throw new RelayError('UNKNOWN');
  return countLeaving(db, person);
}

export type Leave = {
  readonly from: string;
  /** Who takes over: an active agent or owner, perhaps the owner who says so. */
  readonly successor: string | undefined;
  /** The owner who says so. */
  readonly by: string;
  /** Milliseconds. */
  readonly now: number;
};

/**
 * Hands everything over. The person is locked and can answer no more. SUCCESSOR when something hangs on them and nobody is
 * named; UNKNOWN when who is named may not answer, or is the same person. Answers whose work has changed.
 */
export async function leave(tx: Db, { from, successor, by, now }: Leave): Promise<readonly string[]> {
  if (successor === undefined) {
    const hangs = Object.values(await countLeaving(tx, from)).some((count) => count > 0);
    if (hangs) throw new RelayError('SUCCESSOR');
  }
  if (successor === from) throw new RelayError('UNKNOWN');
  if (successor !== undefined && !(await holdPerson(tx, successor))) throw new RelayError('UNKNOWN');
  // Without a successor nothing hangs on them now; what was under way goes to the owner who says so.
  const to = successor ?? by;
  if (to === from) return [];
  const id = randomUUID();
  const { handed, people } = await handOver(tx, { from, to, by });
  await tell(tx, { id, from, to, handed });
  const again = { handOver: id, from, to, customers: [], conversations: [] };
  await enqueue(tx, { name: 'allies-told', data: again, at: new Date(now + AGAIN_AFTER_MS) });
  return people;
}

/**
 * What came to somebody while they left goes the same way, while both are still what they were. Answers whose work has
 * changed.
 */
export async function leaveAgain(
  tx: Db,
  { id, from, to }: { readonly id: string; readonly from: string; readonly to: string },
): Promise<readonly string[]> {
  if (!(await holdPerson(tx, to)) || (await holdPerson(tx, from))) return [];
  const { handed, people } = await handOver(tx, { from, to, by: to });
  await tell(tx, { id, from, to, handed });
  return people;
}

async function handOver(
  tx: Db,
  { from, to, by }: { readonly from: string; readonly to: string; readonly by: string },
): Promise<{ readonly handed: HandedOver; readonly people: readonly string[] }> {
  const other = by === to ? ((await readAnother(tx, [from, to])) ?? to) : by;
  return { handed: await handOverRows(tx, { from, to, other }), people: [to, other] };
}

/** Each is told once for one hand-over, however often a job is tried. */
async function tell(
  tx: Db,
  told: {
    readonly id: string;
    readonly from: string;
    readonly to: string;
    readonly handed: HandedOver;
  },
): Promise<void> {
  const { id, from, to } = told;
  const { customers, conversations } = told.handed;
  for (const some of inParts(customers)) {
    const data = { handOver: id, from, to, customers: some, conversations: [] };
    await enqueue(tx, { name: 'allies-told', data });
  }
  for (const some of inParts(conversations)) {
    const data = { handOver: id, from, to, customers: [], conversations: some };
    await enqueue(tx, { name: 'allies-told', data });
  }
}

function inParts(ids: readonly string[]): string[][] {
  const parts = Math.ceil(ids.length / TOLD_AT_ONCE);
  return Array.from({ length: parts }, (_, part) =>
    ids.slice(part * TOLD_AT_ONCE, (part + 1) * TOLD_AT_ONCE),
  );
}
