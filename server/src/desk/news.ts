/**
 * News for everybody, coalesced: rows of lists, counts, who is here. Each message would otherwise cost an emit an agent.
 * A conversation that moved is told of soon and to everybody; one that only has new words once a second, to those whose
 * list shows it, many rows in one packet.
 */
import type { Counts } from '@fullname/shared/events';
import type { ConversationRow, Expectation, PersonCard } from '@fullname/shared/model';
import type { Logger } from '../log.ts';
import { countConversations, readConversations, readWaits } from '../store/conversations.ts';
import { rooms } from './announce.ts';
import type { Desk } from './desk.ts';
import { toRow } from './views.ts';

const MOVED_EVERY_MS = 150;
const WORDS_EVERY_MS = 1_000;
const PEOPLE_EVERY_MS = 500;
const WAITS_EVERY_MS = 60_000;

export type News = {
  /** It has a new state, holder, name or mark: it may belong into another list. */
  moved(conversation: string): void;
  /** It has new words; its place among the lists is the same. */
  hasWords(conversation: string): void;
  /** Somebody came, left, switched, or was renamed. */
  peopleChanged(): void;
  counts(me: string): Counts;
  open(): number;
  held(person: string): number;
  /** Those likely to answer, and what to expect, for a visitor who has nobody yet. */
  forVisitors(): { people: readonly PersonCard[]; expectation: Expectation };
  refresh(): Promise<void>;
  stop(): void;
};

type Parts = Pick<Desk, 'db' | 'announce' | 'directory' | 'presence' | 'log'> & {
  readonly sites: () => Iterable<string>;
  /** Told of every conversation with something new in its log. */
  readonly onGrown: (conversation: string) => void;
};

export function createNews(desk: Parts): News {
  const movedIds = new Set<string>();
  const wordIds = new Set<string>();
  let waiting = 0;
  let held = new Map<string, number>();
  let waits: readonly [number, number] | null = null;

  const moves = coalesce(MOVED_EVERY_MS, desk.log, async () => {
    const rows = await take(movedIds);
    if (rows.length > 0) desk.announce.rowsChanged(rooms.agents, rows);
    await recount();
  });

  const words = coalesce(WORDS_EVERY_MS, desk.log, async () => {
    const rows = await take(wordIds);
    const audience = new Map<string, ConversationRow[]>();
    const tell = (room: string, row: ConversationRow) =>
      audience.set(room, [...(audience.get(room) ?? []), row]);
    for (const row of rows) {
      tell(rooms.list(row.status === 'closed' ? 'closed' : 'all'), row);
      if (row.status === 'waiting') tell(rooms.list('waiting'), row);
      if (row.holder) tell(rooms.person(row.holder.id), row);
    }
    for (const [room, theirs] of audience) desk.announce.rowsChanged(room, theirs);
  });

  async function take(ids: Set<string>): Promise<ConversationRow[]> {
    const wanted = [...ids];
    ids.clear();
    if (wanted.length === 0) return [];
    return (await readConversations(desk.db, wanted)).map((record) => toRow(desk, record));
  }

  const people = coalesce(PEOPLE_EVERY_MS, desk.log, async () => {
    const now = forVisitors();
    for (const site of desk.sites()) desk.announce.peopleChangedForVisitors(site, now);
    desk.announce.peopleChangedForAgents(
      desk.directory
        .all()
        .filter((person) => person.active)
        .flatMap((person) => desk.presence.colleague(person.id, held.get(person.id) ?? 0) ?? []),
    );
    await Promise.resolve();
  });

  async function recount(): Promise<void> {
    const before = { waiting, held };
    ({ waiting, held } = await countConversations(desk.db));
    for (const person of desk.directory.all()) {
      const mine = held.get(person.id) ?? 0;
      if (waiting === before.waiting && mine === (before.held.get(person.id) ?? 0)) continue;
      desk.announce.countsChanged(person.id, { waiting, mine });
    }
  }

  function forVisitors(): { people: readonly PersonCard[]; expectation: Expectation } {
    const here = desk.presence
      .here()
      .sort((a, b) => (held.get(a) ?? 0) - (held.get(b) ?? 0) || a.localeCompare(b));
    const cards = here.slice(0, 3).map(desk.presence.card);
    if (cards.length > 0) return { people: cards, expectation: { kind: 'here', minutes: waits } };
    return { people: away(), expectation: { kind: 'nobody', backAt: firstBack() } };
  }

  /** Nobody is here: those who will read it, with when they are back, if they said so. */
  function away(): PersonCard[] {
    return desk.directory
      .all()
      .filter((person) => person.active && person.role !== 'back-office')
      .map((person) => desk.presence.card(person.id))
      .sort((a, b) => (a.backAt ?? '9').localeCompare(b.backAt ?? '9') || a.id.localeCompare(b.id))
      .slice(0, 3);
  }

  function firstBack(): string | null {
    return away()[0]?.backAt ?? null;
  }

  const timer = setInterval(() => {
    void readWaits(desk.db).then(
      (now) => {
        waits = now;
      },
      (error: unknown) => desk.log.warn({ err: error }, 'waits could not be read'),
    );
  }, WAITS_EVERY_MS);
  timer.unref();

  return {
    moved(conversation) {
      desk.onGrown(conversation);
      movedIds.add(conversation);
      moves.soon();
    },
    hasWords(conversation) {
      desk.onGrown(conversation);
      if (movedIds.has(conversation)) return;
      wordIds.add(conversation);
      words.soon();
    },
    peopleChanged: () => people.soon(),
    counts: (me) => ({ waiting, mine: held.get(me) ?? 0 }),
    open: () => [...held.values()].reduce((sum, n) => sum + n, 0),
    held: (person) => held.get(person) ?? 0,
    forVisitors,
    async refresh() {
      [{ waiting, held }, waits] = await Promise.all([countConversations(desk.db), readWaits(desk.db)]);
    },
    stop() {
      clearInterval(timer);
      moves.stop();
      words.stop();
      people.stop();
    },
  };
}

/** Runs the work at most once in `every` ms, never twice at once, and once more for what came while it ran. */
function coalesce(every: number, log: Logger, work: () => Promise<void>): { soon(): void; stop(): void } {
  let state: 'idle' | 'planned' | 'running' | 'again' | 'stopped' = 'idle';
  let timer: NodeJS.Timeout | undefined;

  function plan(): void {
    state = 'planned';
    timer = setTimeout(() => void run(), every);
  }

  async function run(): Promise<void> {
    state = 'running';
    try {
      await work();
    } catch (error) {
      log.warn({ err: error }, 'news could not be told; the next heads will');
    }
    if (isState('again')) plan();
    else if (isState('running')) state = 'idle';
  }

  // The compiler does not see that `soon` and `stop` change the state while `run` awaits.
  const isState = (wanted: typeof state) => state === wanted;

  return {
    soon() {
      if (state === 'idle') plan();
      else if (state === 'running') state = 'again';
    },
    stop() {
      state = 'stopped';
      clearTimeout(timer);
    },
  };
}
