/**
 * The history checker: it names every guarantee that a history breaks. The numbers of the log give the order, so no search
 * is needed: everything is one pass, or one sort a conversation.
 */
import type { CallKind, History, HistoryEvent, Line, LogRow, Role } from './history.ts';

export type ViolationKind =
  /** Acknowledged and not in the log; or in a sender's storage and given up without a word. */
  | 'lost'
  | 'doubled'
  /** Against the order of one sender, of real time, or of the acknowledged number. */
  | 'reordered'
  /** A hole in the counters, or in what a list shows. */
  | 'gap'
  /** Never sent, sent with other words, or refused and stored all the same. */
  | 'invented'
  /** A list that shows something else than the log, or not its end. */
  | 'list'
  /** It was on a screen, and then it was not. */
  | 'vanished'
  /** Told to somebody who may not know it. */
  | 'leaked'
  /** A read cursor that went back, or that does not come to what the store has. */
  | 'cursor';

export type Violation = {
  readonly kind: ViolationKind;
  readonly who: string;
  readonly what: string;
  /** The least of the history that shows it. */
  readonly excerpt: readonly unknown[];
};

/** Nothing reaches somebody whose right ended longer ago than this. */
const RIGHT_ENDS_WITHIN_MS = 5_000;

/** Every broken guarantee; an empty list is a clean history. */
export function checkHistory(history: History): Violation[] {
  const facts = gather(history);
  return [
    ...checkCalls(facts),
    ...checkRows(facts),
    ...facts.logs.flatMap((log) => [...checkDense(log), ...checkOrder(facts, log)]),
    ...checkHeard(facts, history),
    ...checkViews(facts, history),
    ...checkCursors(facts, history),
  ];
}

/** One line a violation, with its excerpt below it. */
export function describeViolation({ kind, who, what, excerpt }: Violation): string {
  return [`${kind}: ${who}: ${what}`, ...excerpt.map((one) => `    ${JSON.stringify(one)}`)].join('\n');
}

// ---- What the checks ask for ----

type Log = Extract<HistoryEvent, { type: 'log' }>;
type Call = {
  readonly who: string;
  readonly id: string;
  readonly kind: CallKind;
  readonly text: string | null;
  readonly at: number;
  keptAt: number | null;
  ok: Extract<HistoryEvent, { type: 'ok' }> | null;
  failed: Extract<HistoryEvent, { type: 'failed' }> | null;
};
type Found = { readonly log: Log; readonly row: LogRow };
type Facts = {
  /** By person and id. */
  readonly calls: ReadonlyMap<string, Call>;
  readonly rows: ReadonlyMap<string, readonly Found[]>;
  readonly logs: readonly Log[];
  /** By either of a conversation's ids. */
  readonly logOf: ReadonlyMap<string, Log>;
  readonly rowOf: ReadonlyMap<Log, ReadonlyMap<string, LogRow>>;
  /** Each log's rows by the number of either counter. */
  readonly rowAt: ReadonlyMap<Log, Readonly<Record<Role, ReadonlyMap<number, LogRow>>>>;
  readonly roles: ReadonlyMap<string, Role>;
  readonly ended: ReadonlyMap<string, number>;
};

function gather(history: History): Facts {
  const calls = new Map<string, Call>();
  const rows = new Map<string, Found[]>();
  const logs: Log[] = [];
  const logOf = new Map<string, Log>();
  const rowAt = new Map<Log, Record<Role, Map<number, LogRow>>>();
  const rowOf = new Map<Log, Map<string, LogRow>>();
  const roles = new Map<string, Role>();
  const ended = new Map<string, number>();
  const order = history.filter((event) => event.type !== 'log') as Exclude<HistoryEvent, Log>[];
  for (const event of order) {
    if (event.type === 'right') roles.set(event.who, event.role);
    else if (event.type === 'right-ended') ended.set(event.who, event.at);
    else if (event.type === 'invoke') {
      const { who, id, kind, text, at } = event;
      if (!calls.has(keyOf(event)))
        calls.set(keyOf(event), { who, id, kind, text, at, keptAt: null, ok: null, failed: null });
    } else if (event.type === 'ok' || event.type === 'failed' || event.type === 'kept') {
      const call = calls.get(keyOf(event));
      if (!call) continue;
      if (event.type === 'ok') call.ok ??= event;
      else if (event.type === 'failed') call.failed ??= event;
      else call.keptAt ??= event.at;
    }
  }
  for (const event of history) {
    if (event.type !== 'log') continue;
    logs.push(event);
    logOf.set(event.conversation, event).set(event.clientId, event);
    const at = { agent: new Map<number, LogRow>(), visitor: new Map<number, LogRow>() };
    rowAt.set(event, at);
    rowOf.set(event, new Map(event.rows.map((row) => [row.id, row])));
    for (const row of event.rows) {
      at.agent.set(row.seq, row);
      if (row.publicSeq !== null) at.visitor.set(row.publicSeq, row);
      if (row.who !== null) append(rows, keyOf({ who: row.who, id: row.id }), { log: event, row });
    }
  }
  return { calls, rows, logs, logOf, rowOf, rowAt, roles, ended };
}

// ---- The log against what was sent ----

/** Every acknowledged message is stored exactly once, under its number and with its words; any other at most once. */
function checkCalls({ calls, rows, roles, ended }: Facts): Violation[] {
  return [...calls.values()].flatMap((call): Violation[] => {
    const found = rows.get(keyOf(call)) ?? [];
    const say = (kind: ViolationKind, what: string): Violation[] => [
      {
        kind,
        who: call.who,
        what: `${nameOf(call)} ${what}`,
        excerpt: [call, ...found.map(({ row }) => row)],
      },
    ];
    if (found.length > 1) return say('doubled', `is stored ${found.length} times`);
    const [stored] = found;
    if (!stored) {
      // An act that finds its work done is acknowledged without an entry.
      if (call.kind === 'act') return [];
      if (call.ok) return say('lost', 'is acknowledged and not stored');
      if (call.keptAt !== null && !call.failed && !ended.has(call.who))
        return say('lost', 'was kept for sending and is given up');
      return [];
    }
    const { row } = stored;
    if (call.text !== null && row.text !== call.text) return say('invented', `became ${row.text}`);
    if (call.failed && !call.ok) return say('invented', `was refused (${call.failed.code}) and is stored`);
    const number = roles.get(call.who) === 'visitor' ? row.publicSeq : row.seq;
    if (call.ok && call.ok.number !== null && call.ok.number !== number) {
      return say('reordered', `was acknowledged as ${call.ok.number} and is ${number}`);
    }
    return [];
  });
}

/** What stands in the log was sent. */
function checkRows({ calls, logs }: Facts): Violation[] {
  return logs.flatMap((log) =>
    log.rows.flatMap((row): Violation[] =>
      row.who === null || calls.has(keyOf({ who: row.who, id: row.id }))
        ? []
        : [{ kind: 'invented', who: row.who, what: `${row.text} was never sent`, excerpt: [row] }],
    ),
  );
}

/** `seq` counts 1, 2, 3 …; so does `publicSeq` over the rows that have one. */
function checkDense(log: Log): Violation[] {
  const rows = log.rows.toSorted((a, b) => a.seq - b.seq);
  const publics = rows.filter((row) => row.publicSeq !== null);
  const hole = (all: readonly LogRow[], counter: 'seq' | 'publicSeq'): Violation[] => {
    const at = all.findIndex((row, index) => row[counter] !== index + 1);
    if (at < 0) return [];
    const what = `${counter} is ${all[at]?.[counter]} where ${at + 1} belongs`;
    return [{ kind: 'gap', who: log.conversation, what, excerpt: all.slice(Math.max(0, at - 1), at + 1) }];
  };
  return [...hole(rows, 'seq'), ...hole(publics, 'publicSeq')];
}

type Landed = { readonly call: Call; readonly seq: number };

/** Whoever sent B after A was acknowledged, or as the same sender after A, finds A before B. */
function checkOrder({ calls }: Facts, log: Log): Violation[] {
  const landed = log.rows.flatMap((row): Landed[] => {
    const call = row.who === null ? undefined : calls.get(keyOf({ who: row.who, id: row.id }));
    return call ? [{ call, seq: row.seq }] : [];
  });
  const invoked = landed.toSorted((a, b) => a.call.at - b.call.at);
  return [...checkSenders(invoked), ...checkRealTime(invoked)];
}

/** In the order of writing, each sender's own. */
function checkSenders(invoked: readonly Landed[]): Violation[] {
  const last = new Map<string, Landed>();
  return invoked.flatMap((one): Violation[] => {
    // An act goes its own way: it does not wait behind unsent words.
    if (one.call.kind === 'act') return [];
    const before = last.get(one.call.who);
    last.set(one.call.who, one);
    return before && before.seq > one.seq ? [overtook(one, before, 'the same sender wrote it first')] : [];
  });
}

function checkRealTime(invoked: readonly Landed[]): Violation[] {
  const okAt = (one: Landed) => one.call.ok?.at ?? Number.POSITIVE_INFINITY;
  const acked = invoked.filter((one) => one.call.ok).toSorted((a, b) => okAt(a) - okAt(b));
  let highest: Landed | undefined;
  let next = 0;
  return invoked.flatMap((one): Violation[] => {
    for (let done = acked[next]; done && okAt(done) < one.call.at; done = acked[++next]) {
      if (!highest || done.seq > highest.seq) highest = done;
    }
    return highest && highest.seq > one.seq
      ? [overtook(one, highest, 'it was acknowledged before this was written')]
      : [];
  });
}

function overtook(later: Landed, earlier: Landed, why: string): Violation {
  const what = `${nameOf(later.call)} stands before ${nameOf(earlier.call)}, though ${why}`;
  return { kind: 'reordered', who: later.call.who, what, excerpt: [earlier, later] };
}

// ---- What reached people ----

/** Only whoever may know an entry is told of it, and what they are told is what the log has. */
function checkHeard(facts: Facts, history: History): Violation[] {
  return history.flatMap((event): Violation[] => {
    if (event.type !== 'heard') return [];
    const { who, text } = event;
    const log = facts.logOf.get(event.conversation);
    const row = log && event.id !== null ? facts.rowOf.get(log)?.get(event.id) : undefined;
    const say = (kind: ViolationKind, what: string): Violation[] => [
      { kind, who, what: `${text || event.id} ${what}`, excerpt: [event, ...(row ? [row] : [])] },
    ];
    const role = facts.roles.get(who);
    const end = facts.ended.get(who);
    if (role === undefined) return say('leaked', 'reached somebody without any right');
    if (end !== undefined && event.at > end + RIGHT_ENDS_WITHIN_MS) {
      return say('leaked', `arrived ${Math.round(event.at - end)} ms after the right had ended`);
    }
    if (!log) return say('invented', 'is of a conversation that is not stored');
    if (role === 'visitor' && log.visitor !== who) return say('leaked', `is of ${log.visitor}`);
    if (role === 'visitor' && row && row.publicSeq === null) return say('leaked', 'is not for visitors');
    const stored = facts.rowAt.get(log)?.[role].get(event.number);
    return stored && isSame(event, stored) ? [] : say('invented', `is not what stands at ${event.number}`);
  });
}

// ---- What lists showed ----

type View = {
  readonly who: string;
  readonly role: Role;
  conversation: string | null;
  lines: readonly Line[];
  shown: Set<string>;
  pending: readonly string[];
};

/** Each list, replayed: at every moment a run of the log without a hole, from which nothing ever goes away. */
function checkViews(facts: Facts, history: History): Violation[] {
  const views = new Map<string, View>();
  const ends = lastRests(history);
  return history.flatMap((event): Violation[] => {
    if (event.type === 'list') return drawn(facts, views, event);
    if (event.type === 'rest') {
      const until = ends.get(event.view) === event ? Number.POSITIVE_INFINITY : event.at;
      return rested(facts, views.get(event.view), { event, until });
    }
    return [];
  });
}

/** The last moment at which each view was at rest, of those after which nobody was to speak again. */
function lastRests(history: History): ReadonlyMap<string, HistoryEvent> {
  return new Map(
    history.flatMap((event) =>
      event.type === 'rest' && !event.goesOn ? [[event.view, event] as const] : [],
    ),
  );
}

function drawn(
  facts: Facts,
  views: Map<string, View>,
  event: Extract<HistoryEvent, { type: 'list' }>,
): Violation[] {
  const before = views.get(event.view);
  const role = facts.roles.get(event.who) ?? 'visitor';
  // Another conversation in the same place is another list.
  const isSameList = before && (before.conversation === null || before.conversation === event.conversation);
  const old = isSameList ? before.lines : [];
  const view: View = {
    ...{ who: event.who, role, conversation: event.conversation, pending: event.pending },
    lines:
      event.from >= old.length ? [...old, ...event.lines] : [...old.slice(0, event.from), ...event.lines],
    shown: isSameList ? before.shown : new Set(),
  };
  views.set(event.view, view);
  for (const line of event.lines) if (line.id !== null) view.shown.add(line.id);
  return [
    ...checkRun(view, event),
    ...checkLines(facts, event, role),
    ...(isSameList ? checkGone(facts, before, view, event) : []),
  ];
}

function checkRun(view: View, event: Extract<HistoryEvent, { type: 'list' }>): Violation[] {
  const joint = Math.max(1, Math.min(event.from, view.lines.length));
  for (let at = joint; at < view.lines.length; at += 1) {
    const [before, line] = [view.lines[at - 1], view.lines[at]];
    if (!before || !line || line.number === before.number + 1) continue;
    const what = `shows ${line.number} right after ${before.number}`;
    return [
      { kind: line.number > before.number ? 'gap' : 'list', who: view.who, what, excerpt: [before, line] },
    ];
  }
  return [];
}

function checkLines(
  { logOf, rowAt }: Facts,
  event: Extract<HistoryEvent, { type: 'list' }>,
  role: Role,
): Violation[] {
  const { who, conversation } = event;
  if (event.lines.length === 0) return [];
  const log = logOf.get(conversation ?? '');
  const say = (kind: ViolationKind, what: string, excerpt: readonly unknown[]): Violation[] => [
    { kind, who, what, excerpt },
  ];
  if (!log) return say('invented', 'shows a conversation that is not stored', [event.lines[0]]);
  if (role === 'visitor' && log.visitor !== who)
    return say('leaked', `shows words of ${log.visitor}`, [event.lines[0]]);
  const rows = rowAt.get(log)?.[role];
  const wrong = event.lines.find((line) => {
    const row = rows?.get(line.number);
    return !row || !isSame(line, row);
  });
  if (!wrong) return [];
  const row = rows?.get(wrong.number);
  return say('list', `shows ${wrong.text || wrong.id} as ${wrong.number}, which the log does not`, [
    wrong,
    ...(row ? [row] : []),
  ]);
}

/** What was on the screen, as a line or as written and unsent, is still there; only a refusal takes words away. */
function checkGone(
  { calls }: Facts,
  before: View,
  view: View,
  event: Extract<HistoryEvent, { type: 'list' }>,
): Violation[] {
  const now = new Set(event.lines.map((line) => line.number));
  const lines = before.lines.slice(event.from).filter((line) => !now.has(line.number));
  const words = before.pending.filter((id) => {
    const call = calls.get(keyOf({ who: view.who, id }));
    return !view.pending.includes(id) && !view.shown.has(id) && call && !call.failed;
  });
  const say = (what: string, excerpt: readonly unknown[]): Violation => ({
    ...{ kind: 'vanished', who: view.who, what },
    excerpt: [...excerpt, { at: event.at, view: event.view }],
  });
  return [
    ...lines.slice(0, 1).map((line) => say(`${line.text || line.id} was on the screen and is not`, [line])),
    ...words.map((id) => {
      const call = calls.get(keyOf({ who: view.who, id }));
      return say(`${call ? nameOf(call) : id} was on the screen as unsent and is nowhere now`, [call]);
    }),
  ];
}

/** It shows all that was acknowledged by then; in the end, all there is. */
function rested(
  { calls, logOf, rowAt }: Facts,
  view: View | undefined,
  { event, until }: { readonly event: Extract<HistoryEvent, { type: 'rest' }>; readonly until: number },
): Violation[] {
  const log = logOf.get(event.conversation);
  const rows = log && view && rowAt.get(log)?.[view.role];
  if (!rows || !view) {
    return [{ kind: 'list', who: event.who, what: 'shows nothing at the end', excerpt: [event] }];
  }
  const wasThere = (row: LogRow) =>
    row.who !== null &&
    (calls.get(keyOf({ who: row.who, id: row.id }))?.ok?.at ?? Number.POSITIVE_INFINITY) < until;
  let last = 0;
  for (const [number, row] of rows)
    if (number > last && (until === Number.POSITIVE_INFINITY || wasThere(row))) last = number;
  const shown = view.lines[view.lines.length - 1]?.number ?? 0;
  if (shown >= last && view.pending.length === 0) return [];
  const what =
    shown >= last
      ? `still waits for ${view.pending.length} of its own`
      : `ends at ${shown}, the log at ${last}`;
  return [{ kind: 'list', who: event.who, what, excerpt: [event, rows.get(last)] }];
}

// ---- Read cursors ----

/** Never back, and in the end what the store has. */
function checkCursors({ logOf }: Facts, history: History): Violation[] {
  const last = new Map<string, Extract<HistoryEvent, { type: 'read' }>>();
  const ends = lastRests(history);
  return history.flatMap((event): Violation[] => {
    if (event.type === 'read') {
      const key = `${event.view} ${event.conversation} ${event.by}`;
      const before = last.get(key);
      last.set(key, event);
      return before && before.number > event.number
        ? [
            {
              kind: 'cursor',
              who: event.who,
              what: `how far the ${event.by} has read went back`,
              excerpt: [before, event],
            },
          ]
        : [];
    }
    if (event.type !== 'rest' || ends.get(event.view) !== event) return [];
    const log = logOf.get(event.conversation);
    return (['visitor', 'agent'] as const).flatMap((by): Violation[] => {
      const shown = last.get(`${event.view} ${event.conversation} ${by}`);
      if (!log || !shown || shown.number === log.read[by]) return [];
      const what = `shows that the ${by} has read to ${shown.number}; it is ${log.read[by]}`;
      return [{ kind: 'cursor', who: event.who, what, excerpt: [shown] }];
    });
  });
}

// ---- Small things ----

function isSame(line: Pick<Line, 'id' | 'text'>, row: LogRow): boolean {
  return line.text === row.text && (line.id === null || line.id === row.id);
}

function nameOf(call: Pick<Call, 'text' | 'id'>): string {
  return call.text ?? call.id;
}

function keyOf({ who, id }: { readonly who: string; readonly id: string }): string {
  return `${who} ${id}`;
}

function append<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const all = map.get(key);
  if (all) all.push(value);
  else map.set(key, [value]);
}
