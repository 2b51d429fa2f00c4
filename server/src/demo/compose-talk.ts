/** One conversation with its log and with what was recorded in it, numbered as the relay numbers it. */
import type { conversations, desks, entries, failures, preferences, promises } from '../store/schema.ts';
import { iso, type Stage } from './compose.ts';
import { pages } from './content/shop.ts';
import type { FailureNote, Line, PersonKey, PromiseNote, Talk } from './script.ts';

export type TalkRows = {
  readonly conversation: typeof conversations.$inferInsert;
  readonly entries: (typeof entries.$inferInsert)[];
  readonly failures: (typeof failures.$inferInsert)[];
  readonly preferences: (typeof preferences.$inferInsert)[];
  readonly promises: (typeof promises.$inferInsert)[];
  readonly desks: (typeof desks.$inferInsert)[];
};

type Had = {
  readonly talk: Talk;
  /** In milliseconds. */
  readonly begun: number;
  readonly visitor: string;
  readonly locale: string;
  readonly customer: { readonly id: string; readonly name: string; readonly ally: PersonKey | null } | null;
};

export function composeTalk(stage: Stage, had: Had): TalkRows {
  const scribe = new Scribe(stage, had);
  for (const line of timed(stage, had)) write(scribe, line);
  return finish(stage, had, scribe);
}

type Timed = Exclude<Line, { kind: 'pause' }> & { readonly at: number };

/** Each line some seconds after the one before; a conversation that goes on now never reaches into the future. */
function timed({ dice, now }: Stage, { talk, begun }: Had): Timed[] {
  let at = begun;
  const lines = talk.log.flatMap((line): Timed[] => {
    if (line.kind === 'pause') {
      at += line.minutes * 60_000;
      return [];
    }
    const written = { ...line, at };
    at += dice.between(18, 75) * 1000 + dice.between(0, 999);
    return [written];
  });
  const last = lines.at(-1)?.at ?? begun;
  const latest = now - 40_000;
  const pace = last > latest ? (latest - begun) / (last - begun) : 1;
  return lines.map((line) => ({ ...line, at: begun + (line.at - begun) * pace }));
}

function write(scribe: Scribe, line: Timed): void {
  const { at } = line;
  switch (line.kind) {
    case 'visitor':
      scribe.byVisitor({ at, kind: 'message', body: line.text });
      break;
    case 'email':
      scribe.byVisitor({ at, kind: 'email-given', body: line.email });
      break;
    case 'joins':
      scribe.takes(line.by, at);
      break;
    case 'hello':
      scribe.byAgent(line.by, { at, kind: 'hello', body: line.text });
      break;
    case 'says':
      scribe.byAgent(line.by, { at, kind: 'message', body: line.text });
      break;
    case 'bye':
      scribe.byAgent(line.by, { at, kind: 'farewell', body: line.text });
      break;
    case 'note':
      scribe.byAgent(line.by, { at, kind: 'note', body: line.text });
      break;
    case 'hands-over':
      scribe.handsOver(line.by, line.to, at);
      break;
    case 'links':
      scribe.links(line.by, at);
      break;
    case 'failure':
      scribe.logs(line.by, line.failure, at);
      break;
    case 'preference':
      scribe.learns(line.by, line, at);
      break;
    case 'promise':
      scribe.promises(line.by, line.promise, at);
      break;
  }
}

type Written = {
  readonly at: number;
  readonly kind: string;
  readonly body?: string;
  readonly data?: Record<string, string>;
};

const DAY = 86_400_000;
const WORDS = ['message', 'hello', 'farewell'];
const INTERNAL = ['note', 'linked', 'failure-logged', 'preference-noted', 'promise-made'];

/** Writes the log and what hangs on it, keeping count of both numbers and of who holds the conversation. */
class Scribe {
  readonly id: string;
  readonly rows: Omit<TalkRows, 'conversation' | 'desks'> = {
    entries: [],
    failures: [],
    preferences: [],
    promises: [],
  };
  readonly #stage: Stage;
  readonly #had: Had;
  publicSeq = 0;
  holder: PersonKey | null = null;
  contact: PersonKey | null = null;

  constructor(stage: Stage, had: Had) {
    this.id = stage.dice.id();
    this.#stage = stage;
    this.#had = had;
  }

  byVisitor(written: Written): void {
    this.#append({ kind: 'visitor', id: this.#had.visitor }, written);
  }

  byAgent(by: PersonKey, written: Written): void {
    this.#append({ kind: 'agent', id: this.#person(by) }, written);
  }

  takes(by: PersonKey, at: number): void {
    this.holder = by;
    this.contact ??= by;
    this.byAgent(by, { at, kind: 'joined', data: { person: this.#person(by) } });
  }

  handsOver(from: PersonKey, to: PersonKey, at: number): void {
    this.holder = to;
    const people = { from, to, contact: this.#ally(from) };
    const data = Object.fromEntries(Object.entries(people).map(([part, key]) => [part, this.#person(key)]));
    this.byAgent(from, { at, kind: 'handed-over', data });
  }

  links(by: PersonKey, at: number): void {
    const { id, name } = this.#customer();
    this.byAgent(by, { at, kind: 'linked', data: { customer: id, name } });
  }

  logs(by: PersonKey, failure: FailureNote, at: number): void {
    const { owedInDays, onShift, ...facts } = failure;
    const id = this.#stage.dice.id();
    this.rows.failures.push({
      ...facts,
      id,
      customer: this.#customer().id,
      conversation: this.id,
      at: iso(at),
      owedBy: owedInDays === undefined ? null : iso(dueAt(this.#stage, owedInDays)),
      ally: this.#person(this.#ally(by)),
      onShift: onShift.map((key) => this.#person(key)),
      by: this.#person(by),
      createdAt: iso(at),
    });
    this.byAgent(by, { at, kind: 'failure-logged', body: failure.what, data: { failure: id } });
  }

  learns(by: PersonKey, { text, quote }: { text: string; quote: string | null }, at: number): void {
    const id = this.#stage.dice.id();
    const source = quote === null ? 'noticed' : 'stated';
    const customer = this.#customer().id;
    this.rows.preferences.push({ id, customer, text, source, quote, by: this.#person(by), at: iso(at) });
    this.byAgent(by, { at, kind: 'preference-noted', body: text });
  }

  promises(by: PersonKey, { text, dueInDays, keptDaysAgo }: PromiseNote, at: number): void {
    const due = iso(dueAt(this.#stage, dueInDays));
    const kept = keptDaysAgo === undefined ? null : Math.max(at, this.#stage.now - keptDaysAgo * DAY);
    this.rows.promises.push({
      id: this.#stage.dice.id(),
      customer: this.#customer().id,
      conversation: this.id,
      text,
      due,
      by: this.#person(by),
      keptAt: kept === null ? null : iso(kept),
      createdAt: iso(at),
    });
    this.byAgent(by, { at, kind: 'promise-made', body: text, data: { due } });
  }

  #append(sender: { kind: 'visitor' | 'agent'; id: string }, written: Written): void {
    const isInternal = INTERNAL.includes(written.kind);
    if (!isInternal) this.publicSeq += 1;
    this.rows.entries.push({
      conversation: this.id,
      seq: this.rows.entries.length + 1,
      publicSeq: isInternal ? null : this.publicSeq,
      kind: written.kind,
      senderKind: sender.kind,
      sender: sender.id,
      clientId: this.#stage.dice.id(),
      body: written.body ?? '',
      data: written.data ?? null,
      at: iso(written.at),
    });
  }

  #person(key: PersonKey): string {
    return this.#stage.people[key];
  }

  /** The customer's own, or the first person of this conversation. */
  #ally(otherwise: PersonKey): PersonKey {
    return this.#had.customer?.ally ?? this.contact ?? otherwise;
  }

  #customer(): NonNullable<Had['customer']> {
    if (this.#had.customer) return this.#had.customer;
    throw new Error('strangers of the demo have no record: nothing can be noted about them');
  }
}

/** Five in the afternoon of that day: what was promised by a day was promised by its evening. */
function dueAt({ now }: Stage, days: number): number {
  const day = new Date(now);
  day.setDate(day.getDate() + days);
  day.setHours(17, 0, 0, 0);
  return day.getTime();
}

function finish(stage: Stage, had: Had, scribe: Scribe): TalkRows {
  const { talk, begun } = had;
  const { id, rows, publicSeq, holder, contact } = scribe;
  const status = talk.status ?? 'closed';
  const words = rows.entries.filter((entry) => WORDS.includes(entry.kind));
  const lastWords = words.at(-1);
  const lastByAgent = words.findLast((entry) => entry.senderKind === 'agent');
  const lastAt = rows.entries.at(-1)?.at ?? iso(begun);
  const person = (key: PersonKey | null) => key && stage.people[key];
  return {
    ...rows,
    conversation: {
      id,
      site: stage.site,
      visitor: had.visitor,
      clientId: stage.dice.id(),
      status,
      holder: person(holder),
      offeredTo: status === 'waiting' ? person(had.customer?.ally ?? null) : null,
      contact: person(contact),
      lastSeq: rows.entries.length,
      lastPublicSeq: publicSeq,
      lastAgentSeq: lastByAgent?.seq ?? 0,
      lastAgent: lastByAgent?.sender ?? null,
      helloBy: status === 'open' ? (lastByAgent?.sender ?? null) : null,
      visitorRead: publicSeq,
      agentRead: status === 'waiting' ? 0 : publicSeq,
      waitingSince: status === 'closed' ? null : waitsSince(words),
      closedAt: status === 'closed' ? lastAt : null,
      locale: had.locale,
      pageUrl: `${stage.shop}${pages[talk.page].path}`,
      pageTitle: pages[talk.page].title,
      preview: [...(lastWords?.body ?? '')].slice(0, 140).join(''),
      previewBy: lastWords?.senderKind ?? 'system',
      version: rows.entries.length,
      createdAt: iso(begun),
      lastAt,
    },
    desks: composeDesks(stage, { id, status, holder, lastSeq: rows.entries.length }),
  };
}

/** Since the first of the visitor's words that nobody has answered; null when an agent had the last word. */
function waitsSince(words: TalkRows['entries']): string | null {
  const answered = words.findLastIndex((entry) => entry.senderKind === 'agent');
  return words[answered + 1]?.at ?? null;
}

type Seen = {
  readonly id: string;
  readonly status: string;
  readonly holder: PersonKey | null;
  readonly lastSeq: number;
};

/** Everybody has read what is over; of what goes on, its holder has read all but the last words. */
function composeDesks(stage: Stage, { id, status, holder, lastSeq }: Seen): TalkRows['desks'] {
  if (status === 'waiting') return [];
  return Object.entries(stage.people).map(([key, person]) => ({
    person,
    conversation: id,
    read: status === 'open' && key === holder ? lastSeq - 1 : lastSeq,
  }));
}
