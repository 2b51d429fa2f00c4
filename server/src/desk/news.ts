/**
 * News for everybody, coalesced: rows of lists, counts, who is here. Each message would otherwise cost an emit an agent.
 * A conversation that moved is told of soon and to everybody; one that only has new words once a second, to those whose
 * list shows it, many rows in one packet.
 */
import type { Counts } from '@fullname/shared/events';
import type { ConversationRow, Expectation, PersonCard } from '@fullname/shared/model';
import type { Logger } from '../log.ts';
import { countConversations, readConversations } from '../store/conversations.ts';
import { readWaits } from '../store/waits.ts';
import { rooms } from './announce.ts';
import type { Desk } from './desk.ts';
import { createForecast, isDoomed } from './forecast.ts';
import { toRow } from './views.ts';

const MOVED_EVERY_MS = 150;
const WORDS_EVERY_MS = 1_000;
const PEOPLE_EVERY_MS = 500;
const AFTER_FAILURE_MS = 2_000;
/** Faces before the first word: more would be a team, and nobody talks with a team. */
const PEOPLE_SHOWN = 3;
const WAITS_EVERY_MS = 300_000;
const ELSEWHERE_EVERY_MS = 300;
const PLACES_KEPT = 20_000;
const COUNT_AGAIN_EVERY_MS = 1_000;
const FULL_EVERY_MS = 3_000;

export type News = {
  /** It has a new state, holder, name or mark: it may belong into another list. */
  moved(conversation: string): void;
  /** It has new words; its place among the lists is the same. */
  hasWords(conversation: string): void;
  /** Somebody came, left, switched, or was renamed. */
  peopleChanged(): void;
  counts(me: string): Counts;
  held(person: string): number;
  /** Something about them is new, and whoever changed it could not tell us: told to those who are connected here. */
  changedElsewhere(conversations: readonly string[]): void;
  /** Another relay has counted, and has told everybody whom it concerns: this one reads what to say when it is asked. */
  countAgain(): void;
  /** Those likely to answer, the visitor's ally first, and what to expect. */
  forVisitors(ally: string | null): { people: readonly PersonCard[]; expectation: Expectation };
  refresh(): Promise<void>;
  stop(): void;
};

type Parts = Pick<Desk, 'db' | 'announce' | 'directory' | 'presence' | 'log'> & {
  /** Told of every conversation with something new in its log. */
  readonly onGrown: (conversation: string) => void;
  /** The counts are other ones now. */
  readonly onCounted: () => void;
  /** Milliseconds; the clock of due times. */
  readonly now: () => number;
};

export function createNews(desk: Parts): News {
  const movedIds = new Set<string>();
  const wordIds = new Set<string>();
  const elsewhereIds = new Set<string>();
  /** Where those of elsewhere stood when they were told of last: in the same place, only the list that shows them is told. */
  const placed = new Map<string, string>();
  let waiting = 0;
  let held = new Map<string, number>();
  /** What was told last: what was only read since must still be told. */
  let told = { waiting, held };
  let forecast = createForecast([]);
  /** As everybody is told, or is about to be: who comes in between hears the same, and then of the change. */
  let full = false;

  const moves = coalesce(MOVED_EVERY_MS, desk.log, async () => {
    const rows = await take(movedIds);
    if (rows.length > 0) desk.announce.rowsChanged(rooms.agents, rows);
    await recount();
  });

  const words = coalesce(WORDS_EVERY_MS, desk.log, async () => {
    for (const [room, theirs] of byAudience(await take(wordIds))) desk.announce.rowsChanged(room, theirs);
  });

  const elsewhere = coalesce(ELSEWHERE_EVERY_MS, desk.log, async () => {
    if (elsewhereIds.size === 0) return;
    const rows = await take(elsewhereIds);
    const moved = rows.filter((row) => placed.get(row.id) !== placeOf(row));
    if (moved.length > 0) desk.announce.rowsChangedHere(rooms.agents, moved);
    const stayed = rows.filter((row) => placed.get(row.id) === placeOf(row));
    for (const [room, theirs] of byAudience(stayed)) desk.announce.rowsChangedHere(room, theirs);
    if (placed.size > PLACES_KEPT) placed.clear();
    for (const row of rows) placed.set(row.id, placeOf(row));
    if (moved.length > 0) await recount();
  });

  /** Those whose list shows it. */
  function byAudience(rows: readonly ConversationRow[]): ReadonlyMap<string, ConversationRow[]> {
    const audience = new Map<string, ConversationRow[]>();
    const tell = (room: string, row: ConversationRow) =>
      audience.set(room, [...(audience.get(room) ?? []), row]);
    for (const row of rows) {
      tell(rooms.list(row.status === 'closed' ? 'closed' : 'all'), row);
      if (row.status === 'waiting') tell(rooms.list('waiting'), row);
      if (row.holder) tell(rooms.person(row.holder.id), row);
    }
    return audience;
  }

  async function take(ids: Set<string>): Promise<ConversationRow[]> {
    const wanted = [...ids];
    ids.clear();
    if (wanted.length === 0) return [];
    try {
      return (await readConversations(desk.db, wanted)).map((record) => toRow(desk, record));
    } catch (error) {
      // No head speaks of rows: what cannot be told now must be told later.
      for (const id of wanted) ids.add(id);
      throw error;
    }
  }

  const people = coalesce(PEOPLE_EVERY_MS, desk.log, async () => {
    for (const ally of [null, ...desk.directory.all().map((person) => person.id)]) {
      desk.announce.peopleChangedForVisitors(ally, forVisitors(ally));
    }
    desk.announce.peopleChangedForAgents(
      desk.directory
        .all()
        .filter((person) => person.active)
        .flatMap((person) => desk.presence.colleague(person.id, held.get(person.id) ?? 0) ?? []),
    );
    await Promise.resolve();
  });

  /** Told less often than it may change: visitors are many, and the last place is taken and given back all day. */
  const fullness = coalesce(FULL_EVERY_MS, desk.log, async () => {
    const before = full;
    full = isFull();
    if (full !== before) people.soon();
    await Promise.resolve();
  });

  function isFull(): boolean {
    const places = desk.presence.here().map((person) => ({
      ...{ held: held.get(person) ?? 0, most: desk.directory.get(person)?.capacity ?? 0 },
    }));
    return isDoomed(places, forecast(desk.now()));
  }

  async function recount(): Promise<void> {
    const before = told;
    ({ waiting, held } = await countConversations(desk.db));
    fullness.soon();
    told = { waiting, held };
    let isNew = false;
    for (const person of desk.directory.all()) {
      const mine = held.get(person.id) ?? 0;
      if (waiting === before.waiting && mine === (before.held.get(person.id) ?? 0)) continue;
      desk.announce.countsChanged(person.id, { waiting, mine });
      isNew = true;
    }
    if (isNew) desk.onCounted();
  }

  const counts = coalesce(COUNT_AGAIN_EVERY_MS, desk.log, async () => {
    ({ waiting, held } = await countConversations(desk.db));
    fullness.soon();
  });

  function forVisitors(ally: string | null): { people: readonly PersonCard[]; expectation: Expectation } {
    const here = desk.presence
      .here()
      .sort((a, b) => (held.get(a) ?? 0) - (held.get(b) ?? 0) || a.localeCompare(b))
      .map(desk.presence.card);
    const known = ally !== null && desk.directory.get(ally)?.active ? [desk.presence.card(ally)] : [];
    const others = (here.length > 0 ? here : away()).filter((person) => person.id !== ally);
    const people = [...known, ...others].slice(0, PEOPLE_SHOWN);
    if (here.length > 0) {
      const minutes = forecast(desk.now());
      return { people, expectation: { kind: 'here', minutes, ...(full && { full: true }) } };
    }
    return { people, expectation: { kind: 'nobody', backAt: firstBack() } };
  }

  /** Nobody is here: those who will read it, with when they are back, if they said so. */
  function away(): PersonCard[] {
    return desk.directory
      .all()
      .filter((person) => person.active && person.role !== 'back-office')
      .map((person) => desk.presence.card(person.id))
      .sort((a, b) => (a.backAt ?? '9').localeCompare(b.backAt ?? '9') || a.id.localeCompare(b.id))
      .slice(0, PEOPLE_SHOWN);
  }

  function firstBack(): string | null {
    return away()[0]?.backAt ?? null;
  }

  const timer = setInterval(() => {
    void readWaits(desk.db).then(
      (waits) => {
        forecast = createForecast(waits);
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
    changedElsewhere(conversations) {
      for (const id of conversations) elsewhereIds.add(id);
      if (conversations.length > 0) elsewhere.soon();
    },
    peopleChanged() {
      people.soon();
      fullness.soon();
    },
    counts: (me) => ({ waiting, mine: held.get(me) ?? 0 }),
    held: (person) => held.get(person) ?? 0,
    countAgain: counts.soon,
    forVisitors,
    async refresh() {
      const [counted, waits] = await Promise.all([countConversations(desk.db), readWaits(desk.db)]);
      ({ waiting, held } = counted);
      told = { waiting, held };
      forecast = createForecast(waits);
      fullness.soon();
    },
    stop() {
      clearInterval(timer);
      moves.stop();
      words.stop();
      elsewhere.stop();
      people.stop();
      counts.stop();
      fullness.stop();
    },
  };
}

/** All that decides in which lists a row stands, and how it looks there beside its words. */
function placeOf(row: ConversationRow): string {
  const { status, holder, offeredTo, name, known, pleaseKnow, waitingSince } = row;
  return JSON.stringify([status, holder?.id, offeredTo?.id, name, known, pleaseKnow, waitingSince]);
}

/** Runs the work at most once in `every` ms, never twice at once, and once more for what came while it ran, or failed. */
function coalesce(every: number, log: Logger, work: () => Promise<void>): { soon(): void; stop(): void } {
  let state: 'idle' | 'planned' | 'running' | 'again' | 'stopped' = 'idle';
  let timer: NodeJS.Timeout | undefined;

  function plan(after: number): void {
    state = 'planned';
    timer = setTimeout(() => void run(), after);
  }

  async function run(): Promise<void> {
    state = 'running';
    try {
      await work();
    } catch (error) {
      log.warn({ err: error }, 'news could not be told; it is tried again');
      if (!isState('stopped')) plan(AFTER_FAILURE_MS);
      return;
    }
    if (isState('again')) plan(every);
    else if (isState('running')) state = 'idle';
  }

  // The compiler does not see that `soon` and `stop` change the state while `run` awaits.
  const isState = (wanted: typeof state) => state === wanted;

  return {
    soon() {
      if (state === 'idle') plan(every);
      else if (state === 'running') state = 'again';
    },
    stop() {
      state = 'stopped';
      clearTimeout(timer);
    },
  };
}
