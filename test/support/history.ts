/**
 * The history checker: given what clients sent and were told, what their lists show and what the store holds, it names
 * every guarantee that was broken. The numbers in the log give the order, so one pass over each conversation is enough.
 */

/** One message as its sender saw it. Times from one clock, in milliseconds. */
export type Sent = {
  readonly conversation: string;
  readonly sender: string;
  readonly id: string;
  readonly text: string;
  readonly invokedAt: number;
  /** Null when no acknowledgement came: then it may or may not be stored, but not twice. */
  readonly ackedAt: number | null;
  /** The number the acknowledgement gave it, in the sender's own counter. */
  readonly number: number | null;
};

/** One row of the log, in the store. */
export type Stored = {
  readonly conversation: string;
  readonly seq: number;
  readonly publicSeq: number | null;
  /** `relay` for the facts that the relay recorded by itself. */
  readonly sender: string;
  readonly id: string;
  readonly text: string;
};

/** What one client's list shows of one conversation, from top to bottom. */
export type Shown = {
  readonly client: string;
  readonly conversation: string;
  /** Which counter the numbers are of. */
  readonly counter: 'seq' | 'publicSeq';
  readonly lines: readonly { readonly number: number; readonly id: string | null; readonly text: string }[];
};

export type History = {
  readonly sent: readonly Sent[];
  readonly stored: readonly Stored[];
  readonly shown: readonly Shown[];
};

export type Violation = {
  readonly kind: 'lost' | 'doubled' | 'reordered' | 'gap' | 'invented' | 'list';
  readonly what: string;
};

/** Every broken guarantee; an empty list is a clean history. */
export function checkHistory(history: History): Violation[] {
  const byConversation = groupBy(history.stored, (row) => row.conversation);
  return [
    ...checkOnce(history),
    ...checkInvented(history),
    ...[...byConversation.values()].flatMap(checkDense),
    ...checkOrder(history),
    ...history.shown.flatMap((shown) => checkList(shown, byConversation.get(shown.conversation) ?? [])),
  ];
}

/** Every acknowledged message is stored exactly once, under its number and with its words; any other at most once. */
function checkOnce({ sent, stored }: History): Violation[] {
  const rows = groupBy(stored, keyOf);
  return sent.flatMap((message): Violation[] => {
    const found = rows.get(keyOf(message)) ?? [];
    if (found.length > 1) return [{ kind: 'doubled', what: `${message.text} stored ${found.length} times` }];
    const row = found[0];
    if (!row)
      return message.ackedAt === null ? [] : [{ kind: 'lost', what: `${message.text} is not stored` }];
    if (row.text !== message.text) return [{ kind: 'invented', what: `${message.text} became ${row.text}` }];
    if (message.number !== null && message.number !== row.seq && message.number !== row.publicSeq) {
      return [{ kind: 'reordered', what: `${message.text} was acknowledged as ${message.number}` }];
    }
    return [];
  });
}

function checkInvented({ sent, stored }: History): Violation[] {
  const known = new Set(sent.map(keyOf));
  return stored
    .filter((row) => row.sender !== 'relay' && !known.has(keyOf(row)))
    .map((row) => ({ kind: 'invented', what: `${row.text} was never sent` }));
}

/** `seq` counts 1, 2, 3 …; so does `publicSeq` over the rows that have one. */
function checkDense(rows: readonly Stored[]): Violation[] {
  const ordered = rows.toSorted((a, b) => a.seq - b.seq);
  const seqs = ordered.map((row) => row.seq);
  const publicSeqs = ordered.flatMap((row) => (row.publicSeq === null ? [] : [row.publicSeq]));
  return [seqs, publicSeqs].flatMap((numbers, counter): Violation[] =>
    numbers.every((number, index) => number === index + 1)
      ? []
      : [{ kind: 'gap', what: `${counter === 0 ? 'seq' : 'publicSeq'} is not dense: ${numbers.join(' ')}` }],
  );
}

/** Whoever sent B after A was acknowledged, or as the same sender after A, finds A before B. */
function checkOrder({ sent, stored }: History): Violation[] {
  const seqOf = new Map(stored.map((row) => [keyOf(row), row.seq]));
  const conversations = groupBy(sent, (message) => message.conversation);
  return [...conversations.values()].flatMap((messages) => {
    const landed = messages.flatMap((message) => {
      const seq = seqOf.get(keyOf(message));
      return seq === undefined ? [] : [{ ...message, seq }];
    });
    return [...checkSenders(landed), ...checkRealTime(landed)];
  });
}

type Landed = Sent & { readonly seq: number };

function checkSenders(landed: readonly Landed[]): Violation[] {
  return [...groupBy(landed, (message) => message.sender).values()].flatMap((own) =>
    own
      .toSorted((a, b) => a.invokedAt - b.invokedAt)
      .flatMap((message, index, all): Violation[] => {
        const before = all[index - 1];
        return before && before.seq > message.seq
          ? [{ kind: 'reordered', what: `${message.text} overtook ${before.text} of the same sender` }]
          : [];
      }),
  );
}

function checkRealTime(landed: readonly Landed[]): Violation[] {
  const invoked = landed.toSorted((a, b) => a.invokedAt - b.invokedAt);
  const acked = landed
    .flatMap((message) => (message.ackedAt === null ? [] : [{ ...message, ackedAt: message.ackedAt }]))
    .toSorted((a, b) => a.ackedAt - b.ackedAt);
  let highest: Landed | undefined;
  let next = 0;
  return invoked.flatMap((message): Violation[] => {
    for (let done = acked[next]; done && done.ackedAt < message.invokedAt; done = acked[++next]) {
      if (!highest || done.seq > highest.seq) highest = done;
    }
    return highest && highest.seq > message.seq
      ? [{ kind: 'reordered', what: `${message.text} stands before ${highest.text}, acknowledged earlier` }]
      : [];
  });
}

/** A list shows the log as far as its owner may see it: every line, once, in order. */
function checkList(shown: Shown, rows: readonly Stored[]): Violation[] {
  const numbers = rows.flatMap((row) => {
    const number = row[shown.counter];
    return number === null ? [] : [{ number, id: row.id, text: row.text }];
  });
  const expected = numbers.toSorted((a, b) => a.number - b.number);
  const write = (lines: Shown['lines']) => lines.map((line) => `${line.number}:${line.text}`).join('|');
  if (write(expected) === write(shown.lines)) return [];
  return [
    { kind: 'list', what: `${shown.client} shows ${write(shown.lines)} instead of ${write(expected)}` },
  ];
}

function keyOf(message: { conversation: string; sender: string; id: string }): string {
  return `${message.conversation} ${message.sender} ${message.id}`;
}

/** `Map.groupBy`, which Node 20 does not have. */
function groupBy<Item>(items: readonly Item[], keyOfItem: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
