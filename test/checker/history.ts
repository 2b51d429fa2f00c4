/**
 * What happened, one event a line: what every client asked and was told, what reached it, what its lists showed, and what the
 * store holds at the end. Times are milliseconds of one clock. `who` is a person; a person may have several tabs, one after
 * another or at once, and each `view` is one drawing of one conversation in one of them. A visitor's conversation
 * may stand under the visitor's own id for it or under the relay's: `log` knows both.
 */
import { readFileSync, writeFileSync } from 'node:fs';

/** An entry as a list shows it, under the number of its reader's own counter. `id` is its sender's; null for facts. */
export type Line = { readonly number: number; readonly id: string | null; readonly text: string };

/** Visitors count by `publicSeq`, agents by `seq`. */
export type Role = 'visitor' | 'agent';

export type CallKind = 'message' | 'note' | 'act';

export type HistoryEvent =
  /** This person may be told things from now on: a visitor of their own conversations, an agent of all. */
  | { readonly type: 'right'; readonly at: number; readonly who: string; readonly role: Role }
  | { readonly type: 'right-ended'; readonly at: number; readonly who: string }
  /** Written by its sender, under an id that no retry changes. `text` is null where an act has none. */
  | {
      readonly type: 'invoke';
      readonly at: number;
      readonly who: string;
      readonly id: string;
      readonly kind: CallKind;
      readonly text: string | null;
    }
  /** The sender's machine has it on its disk: from now on not even a crash may lose it. */
  | { readonly type: 'kept'; readonly at: number; readonly who: string; readonly id: string }
  /** Acknowledged: from now on it has its tick. `number` in the sender's counter, where the answer has one. */
  | {
      readonly type: 'ok';
      readonly at: number;
      readonly who: string;
      readonly id: string;
      readonly number: number | null;
    }
  /** Refused for good, and shown as such. Whatever has neither `ok` nor `failed` is unknown. */
  | {
      readonly type: 'failed';
      readonly at: number;
      readonly who: string;
      readonly id: string;
      readonly code: string;
    }
  /** Reached one of the person's sockets as news. */
  | ({
      readonly type: 'heard';
      readonly at: number;
      readonly who: string;
      readonly conversation: string;
    } & Line)
  /** From the line at `from` on, the list now shows `lines`; before that it shows what it did. `pending`: written, and not in the log yet. */
  | {
      readonly type: 'list';
      readonly at: number;
      readonly who: string;
      readonly view: string;
      readonly conversation: string | null;
      readonly from: number;
      readonly lines: readonly Line[];
      readonly pending: readonly string[];
    }
  /** How far the other side has read, as this view shows it, in the counter of the side that reads it. */
  | {
      readonly type: 'read';
      readonly at: number;
      readonly who: string;
      readonly view: string;
      readonly conversation: string;
      readonly by: Role;
      readonly number: number;
    }
  /**
   * All is quiet, and this view has had the time to catch up: it must show the end of the log. With `goesOn` the talk is
   * resumed, in other views as well: then it must show what was acknowledged by now.
   */
  | {
      readonly type: 'rest';
      readonly at: number;
      readonly who: string;
      readonly view: string;
      readonly conversation: string;
      readonly goesOn?: true;
    }
  /** The final log of one conversation, read from the store itself. */
  | {
      readonly type: 'log';
      readonly conversation: string;
      readonly clientId: string;
      readonly visitor: string;
      /** How far each side has read at the end: the visitor by `publicSeq`, the agents too, as visitors see it. */
      readonly read: Readonly<Record<Role, number>>;
      readonly rows: readonly LogRow[];
    };

export type LogRow = {
  readonly seq: number;
  readonly publicSeq: number | null;
  /** The person who wrote it; null for what the relay recorded by itself. */
  readonly who: string | null;
  readonly id: string;
  readonly kind: string;
  readonly text: string;
};

export type History = readonly HistoryEvent[];

/** One event a line, as JSON. */
export function writeHistory(file: string, history: History): void {
  writeFileSync(file, history.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

export function readHistory(file: string): History {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as HistoryEvent);
}
