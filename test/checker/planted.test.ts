/** The harness itself is tried: bugs are planted in the real product, and a short provoked talk must show each of them. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { loadEnds, plant } from '../ends/load.ts';
import type { Ends } from '../ends/types.ts';
import { call } from '../support/console-api.ts';
import { type Databases, openDatabases } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { root } from '../support/root.ts';
import { freePort, furnish, makeDataFolder, removeDataFolder, spawnRelay } from '../support/spawn-relay.ts';
import { openWorld, soon, type World, type WorldOptions } from '../tools/faults/world.ts';
import { AT_THE_KILL, BUGS, type Bug, STORES_THAT_FAIL } from './bugs.ts';
import { checkHistory, describeViolation, type Violation } from './check.ts';

let databases: Databases;
beforeAll(async () => {
  databases = await openDatabases();
});

/** Starting a relay takes a while, and waiting for backoffs does; more at once only make each other late. */
const AT_ONCE = 3;
const LIMIT_MS = 180_000;
/** What is lost, and where a kill or a cut falls, is up to chance: now and then it falls where a bug does no harm. */
const TALKS_MAX = 3;
/** By then a short talk has come to rest, or never will. */
const REST_MS = 15_000;
/** The same with a bug in it: what did not come until then is not there. */
const BUGGY_REST_MS = 8_000;
/** Where a bug keeps every tick away, the kill comes all the same. */
const KILL_WITHIN_MS = 4_000;
/** Less than storing takes, about as long, and more. */
const CUT_AFTER_MS = [2, 4, 8, 16] as const;
/** Of those who may never come to rest, all at one relay. */
const SHARED_REST_MS = 6_000;
const AGENTS = 2;
const VISITORS = 4;
/** How many have the same bug in their chat. */
const VISITORS_A_BUG = 3;
/** Each has a desk of its own: the tabs of one person in this process would talk to each other, whichever relay they are at. */
const free = Array.from({ length: AT_ONCE }, (_, slot) => slot);

test.concurrent.each([
  { name: 'a store that answers', sql: STORES_THAT_FAIL.none },
  {
    name: 'a store that fails now and then, and somebody who has to go',
    sql: STORES_THAT_FAIL.sometimes,
    revokes: true as const,
  },
])(
  'without a bug, with $name, the provoked talk is clean',
  async (harmless) => {
    const violations = await provoke({ ...harmless, kills: true });
    expect(violations.map(describeViolation)).toEqual([]);
  },
  LIMIT_MS,
);

test.concurrent.each(BUGS.filter(({ relay }) => relay))(
  '$name: found',
  async (bug) => {
    let found: readonly Violation[] = [];
    for (let talk = 0; talk < TALKS_MAX && found.length === 0; talk += 1)
      found = shownBy(bug, await provoke({ ...bug, buggy: true }));
    expect(found, bug.name).not.toEqual([]);
  },
  LIMIT_MS,
);

test.concurrent(
  'bugs of the ends: each is found, and only with those who have it',
  async () => {
    let hidden: readonly Bug[] = BUGS.filter(({ end }) => end);
    for (let talk = 0; talk < TALKS_MAX && hidden.length > 0; talk += 1) hidden = await hiddenAfter(hidden);
    expect(hidden.map(({ name }) => name)).toEqual([]);
  },
  LIMIT_MS,
);

/**
 * Those of these bugs that one talk does not show. Each has people of its own at one relay, which has none: what they break is
 * theirs alone, and fails the test where it is found with anybody else.
 */
async function hiddenAfter(bugs: readonly Bug[]): Promise<readonly Bug[]> {
  const ofChat = bugs.filter(({ end }) => end?.some(({ file }) => file.startsWith('widget/')));
  const ofDesk = bugs.filter(({ end }) => end?.some(({ file }) => file.startsWith('console/')));
  const whole = await loadEnds();
  const chats: Ends[] = [];
  for (const { end } of ofChat) chats.push(await loadEnds(end));
  const seats: Ends[] = [];
  for (const { end } of ofDesk) seats.push(await loadEnds(end));
  const violations = await provoke({
    ...{ buggy: true, kills: true, restMs: SHARED_REST_MS },
    visitors: Math.max(VISITORS, ofChat.length * VISITORS_A_BUG),
    ends: ({ role, index }) =>
      (role === 'visitor' ? chats[Math.floor(index / VISITORS_A_BUG)] : seats[index]) ?? whole,
  });
  const found = (who: (name: string) => boolean) => violations.filter((one) => who(one.who));
  expect(found((who) => numberOf('agent', who) >= ofDesk.length).map(describeViolation)).toEqual([]);
  return [
    ...ofChat.filter((bug, index) => {
      const isTheirs = (who: string) => Math.floor(numberOf('visitor', who) / VISITORS_A_BUG) === index;
      return shownBy(bug, found(isTheirs)).length === 0;
    }),
    ...ofDesk.filter(
      (bug, index) =>
        shownBy(
          bug,
          found((who) => numberOf('agent', who) === index),
        ).length === 0,
    ),
  ];
}

function shownBy({ shows, says = /./ }: Bug, violations: readonly Violation[]): readonly Violation[] {
  return violations.filter(({ kind, what }) => shows.includes(kind) && says.test(what));
}

/** NaN of everybody else. */
function numberOf(role: 'visitor' | 'agent', who: string): number {
  return who.startsWith(`${role} `) ? Number(who.slice(role.length + 1)) : Number.NaN;
}

type Provoked = Pick<Bug, 'relay' | 'sql' | 'revokes' | 'kills' | 'until'> & {
  /** A product with a bug in it may never come to rest; what it did until then is enough. */
  readonly buggy?: true;
  readonly restMs?: number;
  readonly visitors?: number;
  readonly ends?: WorldOptions['ends'];
};

/** One of a few at once. */
async function provoke(provoked: Provoked): Promise<readonly Violation[]> {
  const slot = await eventually('there is room', () => free.pop(), LIMIT_MS);
  return provokeAlone(provoked, slot).finally(() => free.push(slot));
}

/** A short talk with lost news and broken lines, and where it is asked for a kill; gives what the checker finds. */
async function provokeAlone(provoked: Provoked, slot: number): Promise<readonly Violation[]> {
  const undos: (() => unknown)[] = [];
  const atEnd = (undo: () => unknown) => void undos.push(undo);
  try {
    const url = await databases.make(
      await databases.template(`manned_${slot}`, (empty) => manDesk(empty, slot)),
    );
    if (provoked.sql) await runSql(url, provoked.sql);
    let lost = 0.15;
    const world = await openWorld(
      { atEnd, progress: () => undefined, flag: () => undefined },
      {
        ...{ store: { url }, visitors: provoked.visitors ?? VISITORS, paceMs: 250, reloads: false },
        ...{ agents: AGENTS, desk: desks.get(slot) },
        ...(provoked.relay && { home: plantedHome(provoked.relay, atEnd) }),
        ...(provoked.ends && { ends: provoked.ends }),
        loses: (name) => name === 'message:sent' && Math.random() < lost,
      },
    );
    const lose = (share: number) => {
      lost = share;
    };
    await harm(world, provoked, lose).catch((error: unknown) => {
      if (!provoked.buggy) throw error;
    });
    return checkHistory(await world.history());
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
}

/** The owner, the site and the agents of every talk: their passwords take longer than a talk. */
const desks = new Map<number, Awaited<ReturnType<typeof furnish>>>();
async function manDesk(url: string, slot: number): Promise<void> {
  const dataDir = await makeDataFolder();
  const env = { DEMO: 'off', LOG_LEVEL: 'silent', DATABASE_URL: url };
  const relay = await spawnRelay({ dataDir, port: await freePort(), env });
  desks.set(slot, await furnish(relay, AGENTS).finally(() => relay.stop()));
  await removeDataFolder(dataDir);
}

/** Lost news, broken lines, dead pages, one kill; then quiet, and everybody catches up. */
async function harm(world: World, provoked: Provoked, lose: (share: number) => void): Promise<void> {
  const { buggy, ends, revokes, kills, until, restMs = buggy ? BUGGY_REST_MS : REST_MS } = provoked;
  // Of several bugs at one relay, one that never rests must not hide the others.
  const patiently = (step: Promise<void>) => (ends ? step.catch(() => undefined) : step);
  if (revokes) await signOut(world);
  world.talk();
  await patiently(world.moved(20, restMs));
  await soon(() => world.agents.some((agent) => agent.say('note', `${agent.name} notes at the cut`)), restMs);
  await soon(() => world.agents.every((agent) => agent.unsent() === 0), restMs);
  // What was told of the notes has come to its readers by the time that later words have their ticks.
  if (until === 'talk') return patiently(world.moved(2 * VISITORS, restMs));
  for (const one of world.talkers) one.cut();
  await patiently(world.connected(restMs));
  if (kills) await killWhileAllSpeak(world);
  if (until === 'kill') return;
  if (kills) await raiseFromTheDead(world);
  await patiently(world.moved(10, restMs));
  if (until === 'cuts') return cutWhileAllSpeak(world, restMs);
  await patiently(world.quieten(restMs));
  // What is lost on the way is missing when the next words come.
  lose(1);
  await sayAndAnswer(world, 'unheard', restMs);
  lose(0);
  await sayAndAnswer(world, 'heard', restMs);
  // What is said just as their lines are back must be there without being asked for.
  for (const one of world.visitors) one.cut();
  await patiently(world.connected(restMs));
  await agentsSpeak(world, 'just now');
  for (const one of world.visitors) one.rest();
  // And when the last words are lost on the way, asking finds them.
  lose(1);
  await world.answerAll('last of all');
  await patiently(world.quieten(restMs));
  lose(0);
  await patiently(buggy ? inTime(world.settle(restMs), restMs) : world.settle(restMs));
}

/** Where a bug keeps a list from its end, each wait for it takes its whole time, one after another. */
async function inTime(work: Promise<void>, within: number): Promise<void> {
  const over = new AbortController();
  const end = wait(within, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work, end]).finally(() => over.abort());
}

/** The visitors first, so that the answers come after what they said. */
async function sayAndAnswer(world: World, words: string, restMs: number): Promise<void> {
  world.allSpeak(words);
  await soon(() => world.unsent() === 0, restMs);
  // First where they are: to open it anew would fetch what was lost.
  for (const agent of world.agents) agent.say('reply', `${agent.name} says ${words}, where they are`);
  await soon(() => world.unsent() === 0, restMs);
  await world.answerAll(words);
  await soon(() => world.unsent() === 0, restMs);
}

/** Each agent into the conversation before them; waits until visitors have it, for as long as a line takes. */
async function agentsSpeak(world: World, words: string): Promise<void> {
  const answers = () => world.visitors.reduce((sum, one) => sum + one.answers(), 0);
  const before = answers();
  const spoken = world.agents.filter((agent) => agent.say('reply', `${agent.name} says ${words}`)).length;
  await soon(() => world.agents.every((agent) => agent.unsent() === 0), REST_MS);
  await soon(() => answers() >= before + spoken, 1_500);
}

/** Killed as soon as somebody has a tick at just these words; pages die with words in their storage, while there is no relay. */
async function killWhileAllSpeak(world: World): Promise<void> {
  const [relay] = world.relays;
  world.allSpeak(AT_THE_KILL);
  // What somebody wrote earlier goes first.
  const ticks = world.visitors.map((one) => ({ one, after: one.acked() + one.unsent() }));
  await soon(() => ticks.some(({ one, after }) => one.acked() >= after), KILL_WITHIN_MS);
  await relay.kill();
  world.allSpeak('while nobody hears');
  // Until storage has them; then the page dies.
  await wait(50);
  // Two of three, so that of each bug there are pages of both kinds.
  for (const [index, visitor] of world.visitors.entries()) if (index % VISITORS_A_BUG < 2) visitor.reload();
}

async function raiseFromTheDead(world: World): Promise<void> {
  await world.relays[0].start();
  await world.connected();
}

/** Some of the words have come to the relay then, and their ticks not yet back. */
async function cutWhileAllSpeak(world: World, restMs: number): Promise<void> {
  for (const delay of CUT_AFTER_MS) {
    await soon(() => world.unsent() === 0, restMs);
    world.allSpeak(`${delay} ms before a cut`);
    await wait(delay);
    for (const one of world.visitors) one.cut();
    await world.connected(restMs);
  }
  await soon(() => world.unsent() === 0, restMs);
}

/** One agent signs out, and the others go on talking for longer than a right may outlive its end. */
async function signOut(world: World): Promise<void> {
  const gone = world.agents[1];
  if (!gone) throw new Error('There are two agents.');
  const [{ origin }] = world.relays;
  await call({ origin, cookie: gone.cookie }, 'DELETE /api/session');
  world.revoked(gone);
  world.talk();
  await wait(6_500);
}

async function runSql(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(sql).finally(() => client.end());
}

/** The project as it is, but for the built relay, which is a copy with the bug in it. */
function plantedHome(snippets: NonNullable<Bug['relay']>, atEnd: (undo: () => unknown) => void): string {
  const home = makeFolder('planted');
  atEnd(() => removeFolder(home));
  for (const name of ['package.json', 'node_modules', 'shared', 'widget', 'console'])
    symlinkSync(join(root, name), join(home, name));
  mkdirSync(join(home, 'server'));
  for (const name of ['package.json', 'src'])
    symlinkSync(join(root, 'server', name), join(home, 'server', name));
  const dist = join(home, 'server/dist');
  cpSync(join(root, 'server/dist'), dist, {
    recursive: true,
    filter: (from) => !/\.(map|d\.ts|tsbuildinfo)$/.test(from),
  });
  for (const snippet of snippets) {
    const file = join(dist, snippet.file);
    const code = plant(readFileSync(file, 'utf8'), snippet);
    rmSync(file);
    writeFileSync(file, code);
  }
  return home;
}
