/**
 * Other relays' news without Redis: what changed in the store since all was heard is told to those who are connected here,
 * a few questions a round however many they are. Clients fetch what a head shows them to lack, and know the rest by its
 * number; so a round too many does no harm, and one that fails is done again from the same moment.
 */
import type { Missed } from '../cluster/cluster.ts';
import {
  type Changed,
  changedConversations,
  changedOfVisitors,
  liveConversations,
  type Mark,
  readMark,
} from '../store/changed.ts';
import type { Floor } from './conversations.ts';
import { headsFor, tellVisitors } from './heads.ts';
import { tellPane } from './records.ts';
import { tellWork } from './work.ts';

/** An agent's socket: what it is looking at. */
type Screen = {
  readonly socket: string;
  readonly person: string;
  readonly opened: ReadonlySet<string>;
};

/** Who is connected to this relay. */
export type Here = {
  visitors(): readonly string[];
  screens(): readonly Screen[];
};

export type CatchUp = {
  /** Where the store is now, in quiet times: a round later begins well before what was missed. */
  keepMark(): Promise<void>;
  /** Asks the store, once more if it is being asked. */
  missed(missed: Missed): void;
  /** All is well again: after the round that is under way, what stands in no conversation's row is told once. */
  healed(): void;
  /** How often the store was asked so far. */
  rounds(): number;
  /** After the question that is under way, none. */
  stop(): void;
};

/** What was told before this much was surely heard: a commit may lie a while before its announcement. */
const MARGIN_MS = 5_000;
const MARKS_KEPT = 20;
const VISITORS_A_QUESTION = 2_000;
const VISITORS_TOLD_AT_ONCE = 200;
const AFTER_FAILURE_MS = 1_000;
/** Put aside, a conversation is in no list and by no index: those that left the lists are looked for more seldom. */
const GONE_EVERY_ROUNDS = 4;
/** What is over is found by its visitor alone, row by row, and seldom changes. */
const OVER_EVERY_ROUNDS = 4;

export function createCatchUp(floor: Floor, here: Here): CatchUp {
  let marks: { readonly at: number; readonly mark: Mark }[] = [];
  let live: ReadonlySet<string> = new Set();
  /** What the running trouble has told of already, by stamp. */
  let told: ReadonlyMap<string, string> = new Map();
  let from: Mark | null = null;
  /** The same for what is over. */
  let fromOver: Mark | null = null;
  let state: 'idle' | 'running' | 'again' = 'idle';
  let rounds = 0;
  let isOver = false;
  let isStopped = false;

  async function keepMark(): Promise<void> {
    if (state !== 'idle') return;
    const mark = await readMark(floor.db);
    // Not before the question: a slow store answers with a later moment, and what was missed may lie before it.
    marks = [...marks.slice(-MARKS_KEPT), { at: performance.now(), mark }];
    if (marks.length % 5 === 1 && here.screens().length > 0)
      live = new Set(await liveConversations(floor.db));
  }

  function missed({ since }: Missed): void {
    if (isStopped) return;
    isOver = false;
    from ??= marks.findLast(({ at }) => at <= since - MARGIN_MS)?.mark ?? marks[0]?.mark ?? null;
    if (state === 'idle') void run();
    else state = 'again';
  }

  async function run(): Promise<void> {
    do {
      state = 'running';
      try {
        await round();
      } catch (error) {
        if (isStopped) break;
        floor.log.warn({ err: error }, 'the store could not be asked for what was missed; it is asked again');
        await new Promise((resolve) => setTimeout(resolve, AFTER_FAILURE_MS).unref());
        state = 'again';
      }
    } while (isAgain());
    state = 'idle';
    if (isOver && !isStopped) await end();
  }

  /** The round that was asked for with the healing is done. */
  async function end(): Promise<void> {
    isOver = false;
    from = null;
    fromOver = null;
    told = new Map();
    await tellTheRest().catch((error: unknown) =>
      floor.log.warn({ err: error }, 'not all that was missed could be told'),
    );
  }

  // The compiler does not see that `missed` changes the state while `run` awaits.
  const isAgain = () => state === ('again' as typeof state) && !isStopped;

  async function round(): Promise<void> {
    rounds += 1;
    const mark = await readMark(floor.db);
    const visitors = here.visitors();
    const screens = here.screens();
    // No mark was kept yet, so nobody knows what changed: all that is on a screen is told.
    const opened = screens.flatMap((screen) => [...screen.opened]);
    if (from === null) await tellVisitorsHere(visitors);
    if (from === null) await tellScreens(screens, new Set(opened));
    const since = from ?? mark;
    const asksWhatIsOver = fromOver === null || isOver || rounds % OVER_EVERY_ROUNDS === 0;
    const over = asksWhatIsOver ? await overSince(fromOver ?? since, visitors) : [];
    const all = [...(await changedSince(since, screens)), ...over];
    const news = all.filter((one) => told.get(one.id) !== one.stamp);
    const known = new Set(visitors);
    await tellVisitorsHere([...new Set(news.map((one) => one.visitor))].filter((one) => known.has(one)));
    await tellScreens(screens, new Set(news.map((one) => one.id)));
    const gone = screens.length > 0 && rounds % GONE_EVERY_ROUNDS === 0 ? await goneFromLists() : [];
    floor.news.changedElsewhere([...news.map((one) => one.id), ...gone]);
    const stamps = all.map((one) => [one.id, one.stamp] as const);
    // In the rounds between, what is over is told of no second time.
    told = new Map(asksWhatIsOver ? stamps : [...told, ...stamps]);
    from = mark;
    if (asksWhatIsOver) fromOver = mark;
  }

  function changedSince(since: Mark, screens: readonly Screen[]): Promise<Changed[]> {
    const opened = [...new Set(screens.flatMap((screen) => [...screen.opened]))];
    return changedConversations(floor.db, since, opened);
  }

  async function overSince(since: Mark, visitors: readonly string[]): Promise<Changed[]> {
    const found: Changed[] = [];
    for (const some of slices(visitors, VISITORS_A_QUESTION))
      found.push(...(await changedOfVisitors(floor.db, since, some)));
    return found;
  }

  async function tellVisitorsHere(visitors: readonly string[]): Promise<void> {
    for (const some of slices(visitors, VISITORS_TOLD_AT_ONCE)) await tellVisitors(floor, some);
  }

  async function tellScreens(screens: readonly Screen[], news: ReadonlySet<string>): Promise<void> {
    const wanted = new Set(screens.flatMap((one) => [...one.opened].filter((id) => news.has(id))));
    const heads = new Map((await headsFor(floor, [...wanted])).map((head) => [head.conversation, head]));
    for (const { socket, person, opened } of screens) {
      const theirs = [...opened].flatMap((id) => heads.get(id) ?? []);
      if (theirs.length > 0)
        floor.announce.agentHeads(socket, { heads: theirs, counts: floor.news.counts(person) });
    }
  }

  async function goneFromLists(): Promise<string[]> {
    const now = new Set(await liveConversations(floor.db));
    const gone = [...live].filter((id) => !now.has(id));
    live = now;
    return gone;
  }

  async function tellTheRest(): Promise<void> {
    await floor.directory.refresh();
    const screens = here.screens();
    floor.news.changedElsewhere(screens.length > 0 ? await goneFromLists() : []);
    await tellWork(
      floor,
      screens.map((screen) => screen.person),
    );
    for (const id of new Set(screens.flatMap((screen) => [...screen.opened]))) await tellPane(floor, id);
  }

  return {
    keepMark,
    missed,
    healed() {
      isOver = true;
    },
    rounds: () => rounds,
    stop() {
      isStopped = true;
    },
  };
}

function slices<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
