/** The harness itself is tried: bugs are planted in the real product, and a short provoked talk must show each of them. */
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { beforeAll, expect, test } from 'vitest';
import { loadEnds, plant } from '../ends/load.ts';
import { call } from '../support/console-api.ts';
import { type Databases, openDatabases } from '../support/databases.ts';
import { eventually } from '../support/eventually.ts';
import { makeFolder, removeFolder } from '../support/folders.ts';
import { root } from '../support/root.ts';
import { openWorld, soon, type World } from '../tools/faults/world.ts';
import { BUGS, type Bug, STORES_THAT_FAIL } from './bugs.ts';
import { checkHistory, describeViolation, type Violation } from './check.ts';

let databases: Databases;
beforeAll(async () => {
  databases = await openDatabases();
});

/** Starting a relay takes a while, and waiting for backoffs does; more at once only make each other late. */
const AT_ONCE = 3;
const LIMIT_MS = 180_000;
/** By then a short talk has come to rest, or never will. */
const REST_MS = 15_000;
let running = 0;

test.concurrent.each([
  { name: 'a store that answers', sql: STORES_THAT_FAIL.none },
  { name: 'a store that fails now and then', sql: STORES_THAT_FAIL.sometimes },
  { name: 'somebody who has to go', revokes: true as const },
])(
  'without a bug, on $name, the provoked talk is clean',
  async (harmless) => {
    const violations = await provoke({ shows: [], ...harmless });
    expect(violations.map(describeViolation)).toEqual([]);
  },
  LIMIT_MS,
);

test.concurrent.each(BUGS)(
  '$name: found',
  async (bug) => {
    const kinds = new Set((await provoke(bug)).map(({ kind }) => kind));
    expect(bug.shows.filter((kind) => kinds.has(kind))).not.toEqual([]);
  },
  LIMIT_MS,
);

/** One of a few at once. */
async function provoke(bug: Bug): Promise<readonly Violation[]> {
  await eventually('there is room', () => running < AT_ONCE, LIMIT_MS);
  running += 1;
  return provokeAlone(bug).finally(() => {
    running -= 1;
  });
}

/** A short talk with lost news, broken lines, dead pages and one kill; gives what the checker finds. */
async function provokeAlone(bug: Bug): Promise<readonly Violation[]> {
  const undos: (() => unknown)[] = [];
  const atEnd = (undo: () => unknown) => void undos.push(undo);
  try {
    const url = await databases.make();
    if (bug.sql) await runSql(url, bug.sql);
    let lost = 0.15;
    const world = await openWorld(
      { atEnd, progress: () => undefined, flag: () => undefined },
      {
        ...{ store: { url }, visitors: 4, agents: 2, paceMs: 250, reloads: false },
        ...(bug.relay && { home: plantedHome(bug.relay, atEnd) }),
        ...(bug.end && { ends: await loadEnds(bug.end) }),
        loses: (name) => name === 'message:sent' && Math.random() < lost,
      },
    );
    const lose = (share: number) => {
      lost = share;
    };
    await harm(world, { bug, lose }).catch((error: unknown) => {
      // A product with a bug in it may never come to rest; what it did until then is enough.
      if (!bug.relay && !bug.end) throw error;
    });
    return checkHistory(await world.history());
  } finally {
    for (const undo of undos.reverse()) await undo();
  }
}

/** Lost news, broken lines, dead pages, one kill; then quiet, and everybody catches up. */
async function harm(
  world: World,
  { bug, lose }: { readonly bug: Bug; readonly lose: (share: number) => void },
): Promise<void> {
  if (bug.revokes) await signOut(world);
  world.talk();
  await world.moved(20);
  for (const one of world.talkers) one.cut();
  await world.connected();
  await killWhileAllSpeak(world);
  await world.moved(10);
  lose(0);
  await world.quieten(REST_MS);
  // What is said just as their lines are back must be there without being asked for.
  for (const one of world.visitors) one.cut();
  await world.connected();
  await agentsSpeak(world, 'just now');
  for (const one of world.visitors) one.rest();
  // And when the last words are lost on the way, asking finds them.
  lose(1);
  await agentsSpeak(world, 'last of all');
  lose(0);
  await world.settle(REST_MS);
}

/** Each agent into the conversation before them; waits until visitors have it, for as long as a line takes. */
async function agentsSpeak(world: World, words: string): Promise<void> {
  const answers = () => world.visitors.reduce((sum, one) => sum + one.answers(), 0);
  const before = answers();
  const spoken = world.agents.filter((agent) => agent.say('reply', `${agent.name} says ${words}`)).length;
  await world.quieten(REST_MS);
  await soon(() => answers() >= before + spoken, 1_500);
}

/** Killed as soon as somebody has a tick; two pages die with words in their storage, while there is no relay. */
async function killWhileAllSpeak(world: World): Promise<void> {
  const [relay] = world.relays;
  world.allSpeak('at the kill');
  const before = world.acked();
  await soon(() => world.acked() > before, 2_000);
  await relay.kill();
  world.allSpeak('while nobody hears');
  // Until storage has them; then the page dies.
  await wait(50);
  for (const visitor of world.visitors.slice(0, 2)) visitor.reload();
  await relay.start();
  await world.connected();
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
