/** At the end of a conversation: did something go wrong of which nobody made a record? */
import { remindUnlogged } from '../recovery/upkeep.ts';
import type { Db } from '../store/db.ts';
import { readLog, type StoredEntry } from '../store/log.ts';
import type { Floor } from './conversations.ts';
import { toEntry } from './wire.ts';

/** The last words of a long conversation are enough to see what became of it. */
const READ_MAX = 300;
/** In letters: whoever sends page after page of full stops must not hold everybody up at the goodbye. */
const LETTERS_MAX = 12_000;

/** Reads what was said since the conversation was closed before. In the closing's transaction; answers whom to tell. */
export async function lookForUnlogged(
  tx: Db,
  floor: Pick<Floor, 'directory' | 'now'>,
  { farewell, customer }: { readonly farewell: StoredEntry; readonly customer: string | null },
): Promise<string[]> {
  const { conversation, seq } = farewell;
  const log = await readLog(tx, conversation, { before: seq, limit: READ_MAX });
  const since = lastOf(log.slice(log.findLastIndex(({ kind }) => kind === 'farewell') + 1));
  return remindUnlogged(
    tx,
    {
      ...{ conversation, customer, closedSeq: seq, by: farewell.sender },
      entries: since.map((entry) => toEntry(entry, floor.directory.ref)),
    },
    floor.now(),
  );
}

/** What colleagues wrote to each other is not read, and does not count. */
function lastOf(log: readonly StoredEntry[]): readonly StoredEntry[] {
  let left = LETTERS_MAX;
  const first = log.findLastIndex(({ publicSeq, body }) => {
    if (publicSeq !== null) left -= body.length;
    return left < 0;
  });
  return log.slice(first + 1);
}
