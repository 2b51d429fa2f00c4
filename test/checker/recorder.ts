/** Writes a history down as it happens. */
import type { History, HistoryEvent, Line, Role } from './history.ts';

type Dated = Exclude<HistoryEvent, { type: 'log' }>;
/** An event without its time, which the recorder gives it. */
export type Undated = Dated extends infer Event ? (Event extends Dated ? Omit<Event, 'at'> : never) : never;

export type Recorder = {
  add(event: Undated): void;
  events(): History;
};

export function createRecorder(): Recorder {
  const events: HistoryEvent[] = [];
  return {
    add: (event) => events.push({ ...event, at: performance.now() } as HistoryEvent),
    events: () => events,
  };
}

/** One drawing of a conversation, now. Entries that stayed are the same objects as before. */
type Drawing<Entry> = {
  readonly view: string;
  readonly conversation: string | null;
  readonly entries: readonly Entry[];
  readonly pending: readonly string[];
  /** How far the other side has read; left out where it is not known. */
  readonly read?: number;
};

export type Screen<Entry> = {
  /** Records what changed since the last time. */
  draw(now: Drawing<Entry>): void;
};

export function createScreen<Entry>(
  recorder: Recorder,
  {
    who,
    readBy,
    toLine,
  }: { readonly who: string; readonly readBy: Role; readonly toLine: (entry: Entry) => Line },
): Screen<Entry> {
  let last: Drawing<Entry> | null = null;
  const readList = (now: Drawing<Entry>, before: Drawing<Entry> | null) => {
    const { view, conversation } = now;
    const from = commonLength(before?.entries ?? [], now.entries);
    const isSame = before && from === before.entries.length && from === now.entries.length;
    if (isSame && before.conversation === conversation && areSame(before.pending, now.pending)) return;
    const lines = now.entries.slice(from).map(toLine);
    recorder.add({ type: 'list', who, view, conversation, from, lines, pending: now.pending });
  };
  return {
    draw(now) {
      const isSameList = last?.view === now.view && [null, now.conversation].includes(last.conversation);
      const before = isSameList ? last : null;
      readList(now, before);
      const { view, conversation, read } = now;
      if (conversation !== null && read !== undefined && read !== before?.read)
        recorder.add({ type: 'read', who, view, conversation, by: readBy, number: read });
      last = now;
    },
  };
}

/** How many entries at the beginning are still the same. Where both ends of the old ones are, all of them are. */
function commonLength<Entry>(old: readonly Entry[], now: readonly Entry[]): number {
  const end = old.length - 1;
  if (end >= 0 && old[0] === now[0] && old[end] === now[end]) return old.length;
  let length = 0;
  while (length < old.length && length < now.length && old[length] === now[length]) length += 1;
  return length;
}

function areSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}
