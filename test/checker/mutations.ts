/** Ways in which a system can break its word, done to a history that was recorded. Each is a violation wherever it falls. */
import type { History, HistoryEvent, Line, LogRow } from './history.ts';

/** A number from 0 up to, and not with, `below`. */
export type Pick = (below: number) => number;
/** The history with one thing broken; null where it has no place for that. */
export type Mutation = (history: History, pick: Pick) => History | null;

type Of<Type extends HistoryEvent['type']> = Extract<HistoryEvent, { type: Type }>;

/** Repeatable choices: the same seed gives the same row of them. */
export function seededPick(seed: number): Pick {
  let state = seed >>> 0;
  return (below) => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

export const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'an acknowledged message dropped, the rest numbered densely': inLog((log, pick, { acked }) => {
    const gone = one(
      log.rows.filter((row) => acked.has(row.id)),
      pick,
    );
    return gone && log.rows.filter((row) => row !== gone);
  }),
  'the last acknowledged message dropped': inLog((log, _, { acked }) => {
    const last = log.rows.at(-1);
    return last && acked.has(last.id) ? log.rows.slice(0, -1) : null;
  }),
  'a message stored twice': inLog((log, pick, { sent }) => {
    const again = one(
      log.rows.filter((row) => sent.has(row.id)),
      pick,
    );
    return again && [...log.rows, again];
  }),
  'two messages of one sender swapped': inLog((log, pick, { sent }) => {
    const own = log.rows.filter((row) => row.who === log.visitor && sent.has(row.id));
    const at = pick(own.length - 1);
    const [a, b] = [own[at], own[at + 1]];
    return a && b && log.rows.map((row) => (row === a ? b : row === b ? a : row));
  }),
  'a message before one that was acknowledged when it was written': inLog((log, pick, { acked, invoked }) => {
    const pairs = log.rows.flatMap((b, index) =>
      log.rows
        .slice(0, index)
        .flatMap((a) =>
          (acked.get(a.id) ?? Infinity) < (invoked.get(b.id) ?? -1) && a.who !== b.who ? [[a, b]] : [],
        ),
    );
    const [a, b] = one(pairs, pick) ?? [];
    return a && b
      ? [
          ...log.rows.slice(0, log.rows.indexOf(a)),
          b,
          ...log.rows.slice(log.rows.indexOf(a)).filter((row) => row !== b),
        ]
      : null;
  }),
  'other words stored': inLog((log, pick, { sent }) => {
    const other = one(
      log.rows.filter((row) => sent.has(row.id)),
      pick,
    );
    return other && log.rows.map((row) => (row === other ? { ...row, text: `${row.text}!` } : row));
  }),
  'a message stored that nobody sent': inLog((log) => {
    const row = log.rows.find(({ who }) => who !== null);
    return row ? [...log.rows, { ...row, id: 'nobody’s', text: 'never sent' }] : null;
  }),
  'a message acknowledged and refused storage': (history, pick) => {
    const call = one(of(history, 'ok'), pick);
    return (
      call && [
        ...history,
        { ...call, id: 'not stored', type: 'invoke', kind: 'message', text: 'gone' },
        { ...call, id: 'not stored' },
      ]
    );
  },
  'words given up that were kept for sending': (history, pick) => {
    const kept = one(of(history, 'kept'), pick);
    if (!kept) return null;
    const id = 'given up';
    return [...history, { ...kept, type: 'invoke', id, kind: 'message', text: 'kept' }, { ...kept, id }];
  },
  'a refused message stored all the same': (history, pick) => {
    const stored = new Set(of(history, 'log').flatMap((log) => log.rows.map((row) => row.id)));
    const ok = one(
      of(history, 'ok').filter(({ id }) => stored.has(id)),
      pick,
    );
    return (
      ok &&
      history.map((event) =>
        event === ok ? { type: 'failed', at: ok.at, who: ok.who, id: ok.id, code: 'CLOSED' } : event,
      )
    );
  },
  'the wrong number acknowledged': (history, pick) => {
    const stored = new Set(of(history, 'log').flatMap((log) => log.rows.map((row) => row.id)));
    const ok = one(
      of(history, 'ok').filter((event) => event.number !== null && stored.has(event.id)),
      pick,
    );
    return ok && history.map((event) => (event === ok ? { ...ok, number: (ok.number ?? 0) + 1 } : event));
  },
  'a hole in seq': changedRow((rows) =>
    rows.map((row, index) => (index === rows.length - 1 ? { ...row, seq: row.seq + 1 } : row)),
  ),
  'a note with a public number': changedRow((rows) => {
    const note = rows.find((row) => row.publicSeq === null);
    return note ? rows.map((row) => (row === note ? { ...row, publicSeq: rows.length + 5 } : row)) : null;
  }),
  'one number twice': changedRow((rows) => {
    const last = rows.at(-1);
    return last && rows.length > 1
      ? rows.map((row) => (row === last ? { ...row, seq: row.seq - 1 } : row))
      : null;
  }),
  'a line left out of a list': (history, pick) => {
    // In the middle: a list that has not come so far yet is none that lost it.
    const lists = of(history, 'list').filter(
      (list) => list.lines.length > 0 && list.from > 0 && isFollowed(history, list),
    );
    const list = one(lists, pick);
    return list && history.map((event) => (event === list ? { ...list, lines: list.lines.slice(1) } : event));
  },
  'a line shown twice': inList((lines, pick) => {
    const at = pick(lines.length);
    return lines.flatMap((line, index) => (index === at ? [line, line] : [line]));
  }),
  'two lines of a list swapped': inList((lines, pick) => {
    const at = pick(lines.length - 1);
    const [a, b] = [lines[at], lines[at + 1]];
    return a && b ? lines.map((line) => (line === a ? b : line === b ? a : line)) : null;
  }),
  'other words shown': inList((lines, pick) => {
    const at = pick(lines.length);
    return lines.map((line, index) => (index === at ? { ...line, text: `${line.text}?` } : line));
  }),
  'the end of a list never shown': (history, pick) => {
    const rest = one(of(history, 'rest'), pick);
    const last = of(history, 'list')
      .filter((list) => list.view === rest?.view && list.lines.length > 0)
      .at(-1);
    return last
      ? history.map((event) => (event === last ? { ...last, lines: last.lines.slice(0, -1) } : event))
      : null;
  },
  'a ticked line taken off the screen': (history, pick) => {
    const list = one(
      of(history, 'list').filter((event) => event.lines.length > 0 && event.from > 0),
      pick,
    );
    return list && insertAfter(history, list, { ...list, from: list.from, lines: [] });
  },
  'unsent words taken off the screen': (history, pick) => {
    const lists = of(history, 'list');
    const isUnsent = (list: Of<'list'>) => {
      const shown = new Set(
        lists
          .filter(({ view }) => view === list.view)
          .flatMap(({ at, lines }) => (at > list.at ? [] : lines.map(({ id }) => id))),
      );
      return list.pending.some((id) => !shown.has(id));
    };
    const list = one(lists.filter(isUnsent), pick);
    return (
      list &&
      insertAfter(history, list, { ...list, from: list.from + list.lines.length, lines: [], pending: [] })
    );
  },
  'a message told to another visitor': (history, pick) => {
    const visitors = of(history, 'right')
      .filter(({ role }) => role === 'visitor')
      .map(({ who }) => who);
    const heard = one(
      of(history, 'heard').filter(({ who }) => visitors.includes(who)),
      pick,
    );
    const other =
      heard &&
      one(
        visitors.filter((who) => who !== heard.who),
        pick,
      );
    return other ? [...history, { ...heard, who: other }] : null;
  },
  'a note told to its visitor': (history, pick) => {
    const logs = of(history, 'log').filter((log) => log.rows.some((row) => row.kind === 'note'));
    const log = one(logs, pick);
    const note = log?.rows.find((row) => row.kind === 'note');
    if (!log || !note) return null;
    const { id, text } = note;
    return [
      ...history,
      { type: 'heard', at: 1, who: log.visitor, conversation: log.clientId, number: note.seq, id, text },
    ];
  },
  'another’s conversation shown': (history, pick) => {
    const logs = of(history, 'log');
    const list = one(
      of(history, 'list').filter(
        ({ who, lines }) => lines.length > 0 && logs.some(({ visitor }) => visitor === who),
      ),
      pick,
    );
    const other =
      list &&
      one(
        logs.filter(({ visitor }) => visitor !== list.who),
        pick,
      );
    return other
      ? [...history, { ...list, view: 'another', from: 0, who: other.visitor, pending: [] }]
      : null;
  },
  'news for somebody whose right had ended': (history, pick) => {
    const heard = one(of(history, 'heard'), pick);
    return heard && [...history, { type: 'right-ended', who: heard.who, at: heard.at - 5_001 }];
  },
  'a read cursor that goes back': (history, pick) => {
    const read = one(
      of(history, 'read').filter(({ number }) => number > 0),
      pick,
    );
    return read && insertAfter(history, read, { ...read, number: read.number - 1 });
  },
  'a read cursor that does not come to the store’s': (history, pick) => {
    const rested = new Set(of(history, 'rest').map(({ view }) => view));
    const read = one(
      of(history, 'read').filter(({ view }) => rested.has(view)),
      pick,
    );
    return (
      read &&
      history.map((event) =>
        event.type === 'log' && [event.conversation, event.clientId].includes(read.conversation)
          ? { ...event, read: { ...event.read, [read.by]: event.read[read.by] + 1 } }
          : event,
      )
    );
  },
  'one id in two conversations': (history, pick) => {
    const logs = of(history, 'log');
    const sent = new Set(of(history, 'invoke').map(({ id }) => id));
    const [from, to] = [one(logs, pick), one(logs, pick)];
    const row = from?.rows.find(({ id }) => sent.has(id));
    return row && to
      ? history.map((event) => (event === to ? { ...to, rows: numbered([...to.rows, row]) } : event))
      : null;
  },
};

/** Changes that break nothing: what is left is a clean history too. */
export const HARMLESS: Readonly<Record<string, Mutation>> = {
  'another clock': (history, pick) => {
    const by = pick(1_000_000);
    return history.map((event) => ('at' in event ? { ...event, at: event.at + by } : event));
  },
  'news that did not arrive': (history, pick) =>
    history.filter((event) => event.type !== 'heard' || pick(3) > 0),
  'an acknowledgement that did not arrive': (history, pick) => {
    const ok = one(of(history, 'ok'), pick);
    return history.filter((event) => event !== ok);
  },
  'written, never kept and never sent': (history, pick) => {
    const call = one(of(history, 'invoke'), pick);
    return call && [...history, { ...call, id: 'unsent', text: 'typed just before the end' }];
  },
  'a list nobody looked at': (history, pick) => {
    const view = one(of(history, 'list'), pick)?.view;
    return history.filter((event) => !('view' in event) || event.view !== view);
  },
  'an end of a right after which nothing came': (history) => {
    const who = of(history, 'right').at(-1)?.who ?? '';
    const last = Math.max(0, ...history.flatMap((event) => ('at' in event ? [event.at] : [])));
    return [...history, { type: 'right-ended', who, at: last }];
  },
};

type Known = {
  /** Ids that were written, with their times; and those acknowledged. */
  readonly sent: ReadonlySet<string>;
  readonly invoked: ReadonlyMap<string, number>;
  readonly acked: ReadonlyMap<string, number>;
};

/**
 * Breaks one conversation's log, and makes everything else fit: numbers dense, and nothing that its lists, news or
 * acknowledged numbers could tell. So it is the log alone that gives the fault away.
 */
function inLog(
  change: (log: Of<'log'>, pick: Pick, known: Known) => readonly LogRow[] | null | undefined,
): Mutation {
  return (history, pick) => {
    const log = one(
      of(history, 'log').filter(({ rows }) => rows.length > 2),
      pick,
    );
    if (!log) return null;
    const calls = of(history, 'invoke').filter(({ kind }) => kind !== 'act');
    const invoked = new Map(calls.map(({ id, at }) => [id, at]));
    const acked = new Map(
      of(history, 'ok')
        .filter(({ id }) => invoked.has(id))
        .map(({ id, at }) => [id, at]),
    );
    const rows = change(log, pick, { sent: new Set(invoked.keys()), invoked, acked });
    if (!rows) return null;
    const mine = new Set(log.rows.map(({ id }) => id));
    return history.flatMap((event): HistoryEvent[] => {
      if (event === log) return [{ ...log, rows: numbered(rows) }];
      if (event.type === 'ok' && mine.has(event.id)) return [{ ...event, number: null }];
      const isOfIt =
        'conversation' in event &&
        event.type !== 'log' &&
        [log.conversation, log.clientId, null].includes(event.conversation);
      return isOfIt ? [] : [event];
    });
  };
}

/** Breaks the numbers of one log and leaves the rest. */
function changedRow(change: (rows: readonly LogRow[]) => readonly LogRow[] | null): Mutation {
  return (history, pick) => {
    const log = one(
      of(history, 'log').filter(({ rows }) => rows.length > 2),
      pick,
    );
    const rows = log && change(log.rows);
    return rows ? history.map((event) => (event === log ? { ...log, rows } : event)) : null;
  };
}

function inList(change: (lines: readonly Line[], pick: Pick) => readonly Line[] | null): Mutation {
  return (history, pick) => {
    const list = one(
      of(history, 'list').filter(({ lines }) => lines.length > 1),
      pick,
    );
    const lines = list && change(list.lines, pick);
    return lines ? history.map((event) => (event === list ? { ...list, lines } : event)) : null;
  };
}

function numbered(rows: readonly LogRow[]): LogRow[] {
  let publicSeq = 0;
  return rows.map((row, index) => ({
    ...row,
    seq: index + 1,
    publicSeq: row.publicSeq === null ? null : ++publicSeq,
  }));
}

/** Whether the same list goes on after this. */
function isFollowed(history: History, list: Of<'list'>): boolean {
  const later = history.slice(history.indexOf(list) + 1);
  return later.some((event) => event.type === 'list' && event.view === list.view && event.lines.length > 0);
}

function insertAfter(history: History, place: HistoryEvent, event: HistoryEvent): History {
  const at = history.indexOf(place) + 1;
  return [...history.slice(0, at), event, ...history.slice(at)];
}

function of<Type extends HistoryEvent['type']>(history: History, type: Type): Of<Type>[] {
  return history.filter((event): event is Of<Type> => event.type === type);
}

function one<Item>(items: readonly Item[], pick: Pick): Item | null {
  return items[pick(items.length)] ?? null;
}
