/** Tells what has come to this console and was not read yet: the visitor sees "delivered". */
import type { ConversationRow } from '@fullname/shared/model';
import type { Connection } from './connection.ts';

/** Whoever has the conversation open has read it by then, and says only that. */
const AFTER_MS = 1_000;

export type Delivered = {
  /** A row as this console knows it now. */
  note(row: ConversationRow): void;
  stop(): void;
};

/** Only the person who holds a conversation answers for it: in others' lists it is delivered to nobody yet. */
export function tellDelivered(connection: Pick<Connection, 'ask'>, me: string): Delivered {
  const told = new Map<string, number>();
  const waiting = new Map<string, ConversationRow>();
  let timer: ReturnType<typeof setTimeout> | undefined;

  const tell = async (row: ConversationRow): Promise<void> => {
    const { id: conversation, lastSeq: seq } = row;
    const before = told.get(conversation) ?? 0;
    told.set(conversation, Math.max(before, seq));
    const { ok } = await connection.ask('delivered:advance', { conversation, seq });
    // The row comes again with the next welcome.
    if (!ok && told.get(conversation) === seq) told.set(conversation, before);
  };

  return {
    note(row) {
      waiting.delete(row.id);
      if (row.holder?.id !== me || row.status !== 'open') return;
      if (row.lastSeq <= Math.max(row.read, told.get(row.id) ?? 0)) return;
      waiting.set(row.id, row);
      timer ??= setTimeout(() => {
        timer = undefined;
        const rows = [...waiting.values()];
        waiting.clear();
        for (const one of rows) void tell(one);
      }, AFTER_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
