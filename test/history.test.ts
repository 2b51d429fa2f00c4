import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkHistory, type History, type Sent, type Stored } from './support/history.ts';

/** Two people talk in one conversation; every message is acknowledged, and both lists show the log. */
function aCleanHistory(count: number): History {
  const stored: Stored[] = Array.from({ length: count }, (_, index) => ({
    conversation: 'c',
    seq: index + 1,
    publicSeq: index + 1,
    sender: index % 2 === 0 ? 'visitor' : 'agent',
    id: `m${index}`,
    text: `words ${index}`,
  }));
  const sent: Sent[] = stored.map((row, index) => ({
    ...{ conversation: row.conversation, sender: row.sender, id: row.id, text: row.text },
    ...{ invokedAt: index * 10, ackedAt: index * 10 + 5, number: row.seq },
  }));
  return {
    sent,
    stored,
    shown: [{ client: 'agent', conversation: 'c', counter: 'seq', lines: linesOf(stored) }],
  };
}

function linesOf(stored: readonly Stored[]) {
  return stored.map(({ seq, id, text }) => ({ number: seq, id, text }));
}

/** Ways in which a system can break its word. Each changes the store and what is shown alike, or one of the two. */
const faults: Record<string, (history: History, at: number) => History> = {
  'a message dropped from the store': (history, at) => {
    const stored = history.stored.filter((_, index) => index !== at);
    return { ...history, stored, shown: [] };
  },
  'the last message dropped from the store': (history) => ({
    ...history,
    stored: history.stored.slice(0, -1),
    shown: [],
  }),
  'a message stored twice': (history, at) => {
    const copy = history.stored
      .filter((_, index) => index === at)
      .map((row) => ({ ...row, seq: 100, publicSeq: 100 }));
    return { ...history, stored: [...history.stored, ...copy] };
  },
  'two messages swapped, densely numbered': (history, at) => {
    const stored = swap(history.stored, at).map((row, index) => ({
      ...row,
      seq: index + 1,
      publicSeq: index + 1,
    }));
    return { ...history, stored, shown: [] };
  },
  'words changed': (history, at) => ({
    ...history,
    stored: history.stored.map((row, index) => (index === at ? { ...row, text: 'other words' } : row)),
    shown: [],
  }),
  'a message nobody sent': (history) => ({
    ...history,
    stored: [
      ...history.stored,
      { ...aCleanHistory(1).stored[0], seq: history.stored.length + 1 } as Stored,
    ].map((row, index, all) =>
      index === all.length - 1 ? { ...row, id: 'x', text: 'never sent', publicSeq: all.length } : row,
    ),
    shown: [],
  }),
  'a line missing from a list': (history, at) => ({
    ...history,
    shown: history.shown.map((one) => ({ ...one, lines: one.lines.filter((_, index) => index !== at) })),
  }),
  'the last line missing from a list': (history) => ({
    ...history,
    shown: history.shown.map((one) => ({ ...one, lines: one.lines.slice(0, -1) })),
  }),
  'a line shown twice': (history, at) => ({
    ...history,
    shown: history.shown.map((one) => ({
      ...one,
      lines: one.lines.flatMap((line, index) => (index === at ? [line, line] : [line])),
    })),
  }),
  'two lines swapped in a list': (history, at) => ({
    ...history,
    shown: history.shown.map((one) => ({ ...one, lines: swap(one.lines, at) })),
  }),
};

function swap<Item>(items: readonly Item[], at: number): Item[] {
  const first = at === items.length - 1 ? at - 1 : at;
  const rest = [...items];
  rest.splice(first, 2, ...items.slice(first, first + 2).toReversed());
  return rest;
}

describe('the history checker', () => {
  test('finds nothing in a clean history', () => {
    expect(checkHistory(aCleanHistory(20))).toEqual([]);
  });

  test('lets an unacknowledged message be stored once or not at all', () => {
    const clean = aCleanHistory(4);
    const sent = clean.sent.map((one, index) =>
      index === 3 ? { ...one, ackedAt: null, number: null } : one,
    );
    expect(checkHistory({ ...clean, sent })).toEqual([]);
    const stored = clean.stored.slice(0, 3);
    const shown = clean.shown.map((one) => ({ ...one, lines: one.lines.slice(0, 3) }));
    expect(checkHistory({ sent, stored, shown })).toEqual([]);
  });

  test.each(Object.keys(faults))('catches %s, wherever it happens', (name) => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 40 }), fc.nat(), (count, position) => {
        const broken = faults[name]?.(aCleanHistory(count), position % count);
        expect(broken && checkHistory(broken)).not.toEqual([]);
      }),
    );
  });
});
