/** One conversation with its log and with what was done in it, numbered as the relay numbers it. */
import type { conversations, desks, entries, preferences } from '../store/schema.ts';
import { iso, type Stage } from './compose.ts';
import { pages } from './content/shop.ts';
import type { Deed } from './deeds.ts';
import { Scribe, type Whose } from './scribe.ts';
import type { Line, PersonKey, Talk } from './script.ts';

export type TalkRows = {
  readonly conversation: typeof conversations.$inferInsert;
  readonly entries: (typeof entries.$inferInsert)[];
  readonly preferences: (typeof preferences.$inferInsert)[];
  readonly desks: (typeof desks.$inferInsert)[];
  /** To be done when the rows are stored. */
  readonly deeds: readonly Deed[];
};

/** `begun` in milliseconds. */
type Had = Whose & { readonly talk: Talk; readonly begun: number };

export function composeTalk(stage: Stage, had: Had): TalkRows {
  const scribe = new Scribe(stage, had);
  for (const line of timed(stage, had)) {
    scribe.reach(line.at);
    write(scribe, line);
  }
  scribe.reach(stage.now);
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
    case 'help':
      scribe.asks(line.by, line.of, { help: line.help, at });
      break;
    case 'goodwill':
      scribe.wouldGive(line.by, line.of, { given: line.given, at });
      break;
    case 'offer':
      scribe.offers(line.by, line.offer, at);
      break;
  }
}

const WORDS = ['message', 'hello', 'farewell'];

function finish(stage: Stage, had: Had, scribe: Scribe): TalkRows {
  const { talk, begun } = had;
  const { id, entries, preferences, deeds, publicSeq, holder, contact } = scribe;
  const status = talk.status ?? 'closed';
  const words = entries.filter((entry) => WORDS.includes(entry.kind));
  const lastWords = words.at(-1);
  const lastByAgent = words.findLast((entry) => entry.senderKind === 'agent');
  const lastAt = entries.at(-1)?.at ?? iso(begun);
  const person = (key: PersonKey | null) => key && stage.people[key];
  return {
    ...{ entries, preferences, deeds },
    conversation: {
      id,
      site: stage.site,
      visitor: had.visitor,
      clientId: stage.dice.id(),
      status,
      holder: person(holder),
      offeredTo: status === 'waiting' ? person(had.customer?.ally ?? null) : null,
      contact: person(contact),
      lastSeq: entries.length,
      lastPublicSeq: publicSeq,
      lastAgentSeq: lastByAgent?.seq ?? 0,
      lastAgent: lastByAgent?.sender ?? null,
      helloBy: status === 'open' ? (lastByAgent?.sender ?? null) : null,
      visitorRead: publicSeq,
      agentRead: status === 'waiting' ? 0 : publicSeq,
      waitingSince: status === 'closed' ? null : waitsSince(words),
      closedAt: status === 'closed' ? (words.at(-1)?.at ?? lastAt) : null,
      locale: had.locale,
      pageUrl: `${stage.shop}${pages[talk.page].path}`,
      pageTitle: pages[talk.page].title,
      preview: [...(lastWords?.body ?? '')].slice(0, 140).join(''),
      previewBy: lastWords?.senderKind ?? 'system',
      version: entries.length,
      createdAt: iso(begun),
      lastAt,
    },
    desks: composeDesks(stage, { id, status, holder, lastSeq: entries.length }),
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
