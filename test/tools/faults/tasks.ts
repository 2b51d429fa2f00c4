/**
 * Things to do fall due, promises are warned of and told of, and wrap-ups go out by e-mail while two relays on one store are killed with -9, again and again.
 * A mail server in this process counts. At the end nothing may be lost and nothing may have come twice: neither a reminder
 * nor a word of a promise, nor a mail; a mail whose answer was cut off says that it may have arrived. `--cycles N`, `--tasks N` (of each, a cycle).
 * One file, as one story: a stage, a load, kills, a count; nothing of it serves anything else.
 */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { SessionInfo } from '@fullname/shared/api';
import type { Result } from '@fullname/shared/errors';
import type { Task, TaskEnd } from '@fullname/shared/recovery';
import type * as configuration from '../../../server/src/config.ts';
import type * as logging from '../../../server/src/log.ts';
import type * as embedded from '../../../server/src/postgres/embedded.ts';
import type * as todo from '../../../server/src/recovery/tasks.ts';
import type * as databases from '../../../server/src/store/database.ts';
import { loadEnds } from '../../ends/load.ts';
import { DEAF, lineTo } from '../../ends/plain.ts';
import { call, request } from '../../support/console-api.ts';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured, type Stage } from '../../support/figures.ts';
import { FROM, openMailServer } from '../../support/mail-server.ts';
import { loadServer } from '../../support/root.ts';
import {
  freePort,
  furnish,
  makeDataFolder,
  removeDataFolder,
  type SpawnedRelay,
  spawnRelay,
} from '../../support/spawn-relay.ts';
import { type Promises, seatPromises } from './promises.ts';
import type { Scenario } from './scenario.ts';

const AGENTS = 3;
const JOBS = "'task-remind', 'mail-send', 'promise-warn', 'promise-tell', 'request-warn'";
/** Tasks of a cycle fall due within this time. */
const DUE_WITHIN_MS = 3_000;

type Place = { readonly dataDir: string; readonly port: number };
type Store = Awaited<ReturnType<typeof databases.openDatabase>>;
type Person = { readonly id: string; readonly cookie: string };
type World = {
  readonly store: Store;
  readonly openTask: typeof todo.openTask;
  readonly places: readonly Place[];
  readonly relays: SpawnedRelay[];
  readonly start: (place: Place) => Promise<SpawnedRelay>;
  readonly people: readonly Person[];
  /** How often a browser has heard that a task is due, and how often the mail server took a mail, by id. */
  readonly heard: Map<string, number>;
  readonly taken: Map<string, number>;
  readonly site: string;
  readonly promises: Promises;
};

export const tasks: Scenario = {
  name: 'tasks',
  what: 'one of two relays is killed with -9 while reminders, promises and e-mails fall due',
  cycles: 10,
  flags: ['tasks'],
  run: faultTasks,
};

async function faultTasks(stage: Stage, cycles: number): Promise<readonly Measured[]> {
  const count = stage.number('tasks', 100);
  const world = await setUp(stage);
  const tasks: string[] = [];
  const letters: Letter[] = [];
  for (let cycle = 1; cycle <= cycles; cycle += 1) {
    const fresh = await openTasks(world, count);
    tasks.push(...fresh.due);
    letters.push(...fresh.letters);
    await world.promises.make(Math.ceil(count / 5));
    const posting = postAll(world, fresh.letters);
    // The moment of the kill must not keep step with anything: a random wait, not a condition.
    await wait(Math.random() * DUE_WITHIN_MS);
    await killOne(world);
    await posting;
    const now = await countNow(world);
    stage.progress(
      `cycle ${cycle} of ${cycles}: ${now.reminded} of ${tasks.length} reminded, ${letters.filter(({ mail }) => world.taken.has(mail)).length} of ${letters.length} mails arrived`,
    );
  }
  stage.progress('waiting until every job is done, those of killed relays as well');
  await settle(stage, world);
  const figures = await toFigures(world, { tasks, letters, kills: cycles });
  return [...figures, ...(await world.promises.figures(world.taken))];
}

async function setUp(stage: Stage): Promise<World> {
  stage.progress('starting PostgreSQL, a mail server and two relays');
  const url = await startPostgres(stage);
  const taken = new Map<string, number>();
  const smtp = await startMailServer(stage, taken);
  const env = {
    ...{ DATABASE_URL: url, SMTP_URL: smtp, MAIL_FROM: FROM },
    ...{ DEMO: 'off', LOG_LEVEL: 'silent' },
  };
  const start = (place: Place) => spawnRelay({ ...place, env });
  const places = [await aPlace(stage), await aPlace(stage)];
  const relays: SpawnedRelay[] = [];
  stage.atEnd(() => Promise.all(relays.map((relay) => relay.stop())));
  // A relay that starts on an empty desk prints the only link that is good: the first is set up before there is another.
  let desk: Awaited<ReturnType<typeof furnish>> | undefined;
  for (const place of places) {
    const relay = await start(place);
    relays.push(relay);
    desk ??= await furnish(relay, AGENTS);
  }
  if (!desk) throw new Error('there are two relays');
  const { cookies, site } = desk;
  const heard = new Map<string, number>();
  const people = await Promise.all(cookies.map((cookie) => sitDown(stage, { cookie, relays, heard })));
  const { openTask } = await loadServer<typeof todo>('recovery/tasks.js');
  const store = await openStore(url);
  stage.atEnd(store.close);
  const promises = await seatPromises({
    ...{ store, site, origin: relays[0]?.origin ?? '', people: people.map(({ id }) => id) },
    aCustomer: () => aCustomer({ store, site }),
  });
  return { store, openTask, places, relays, start, people, heard, taken, site, promises };
}

async function startPostgres(stage: Stage): Promise<string> {
  const { startEmbeddedPostgres } = await loadServer<typeof embedded>('postgres/embedded.js');
  const { createLogger } = await loadServer<typeof logging>('log.js');
  const folder = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(folder));
  const postgres = await startEmbeddedPostgres(
    folder,
    createLogger({ production: false, logLevel: 'error' }),
  );
  stage.atEnd(() => postgres.stop());
  const { user, host, database } = postgres.connection;
  return `postgresql://${user}@localhost/${database}?host=${encodeURIComponent(host)}`;
}

/** It takes its time, now and then, so that a kill can fall before, within and after a mail. */
async function startMailServer(stage: Stage, taken: Map<string, number>): Promise<string> {
  const server = await openMailServer({
    onMail: async (raw) => {
      const id = /^Message-ID: <([^@]+)@/im.exec(raw)?.[1] ?? '';
      taken.set(id, (taken.get(id) ?? 0) + 1);
      await wait(Math.random() * 60);
    },
  });
  stage.atEnd(() => server.close());
  return server.url;
}

async function aPlace(stage: Stage): Promise<Place> {
  const dataDir = await makeDataFolder();
  stage.atEnd(() => removeDataFolder(dataDir));
  return { dataDir, port: await freePort() };
}

/** One person with a window at each relay, as there is no bus between them. */
async function sitDown(
  stage: Stage,
  at: {
    readonly cookie: string;
    readonly relays: readonly SpawnedRelay[];
    readonly heard: Map<string, number>;
  },
): Promise<Person> {
  const { cookie, heard } = at;
  const ends = await loadEnds();
  const origin = at.relays[0]?.origin ?? '';
  const { person } = await call<SessionInfo>({ origin, cookie }, 'GET /api/session');
  for (const relay of at.relays) {
    const ear = {
      ...DEAF,
      heard: (event: string, news: unknown) => {
        if (event !== 'task:due') return;
        const { id } = news as Task;
        heard.set(id, (heard.get(id) ?? 0) + 1);
      },
    };
    const desk = await ends.openAgent({
      ...{ cookie, person: person.id, disk: ends.newDisk(), ear },
      line: lineTo(relay.origin),
    });
    stage.atEnd(() => desk.end());
    await eventually('the window is open', () => desk.state().on);
  }
  return { id: person.id, cookie };
}

async function openStore(url: string): Promise<Store> {
  const { readConfig } = await loadServer<typeof configuration>('config.js');
  const { createLogger } = await loadServer<typeof logging>('log.js');
  const { openDatabase } = await loadServer<typeof databases>('store/database.js');
  const config = readConfig({ DATABASE_URL: url, LOG_LEVEL: 'error' });
  return openDatabase(config, createLogger(config));
}

type Letter = { readonly task: string; readonly mail: string; readonly by: Person };

/** As many tasks that fall due, and as many wrap-ups for customers with a proven address. */
async function openTasks(world: World, count: number): Promise<{ due: string[]; letters: Letter[] }> {
  const { people } = world;
  const due: string[] = [];
  const letters: Letter[] = [];
  for (let n = 0; n < count; n += 1) {
    const by = people[n % people.length];
    if (!by) throw new Error('somebody sits there');
    const moment = new Date(Date.now() + Math.random() * DUE_WITHIN_MS).toISOString();
    const effort = { kind: 'effort', owner: by.id, what: `call number ${n}`, due: moment } as const;
    due.push(await openOne(world, effort));
    const customer = await aCustomer(world);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const wrapUp = { kind: 'wrap-up', owner: by.id, what: `the lamp ${n}`, due: later, customer } as const;
    letters.push({ task: await openOne(world, wrapUp), mail: randomUUID(), by });
  }
  return { due, letters };
}

async function openOne(
  { store, openTask }: World,
  task: Omit<Parameters<typeof todo.openTask>[1], 'key'>,
): Promise<string> {
  const key = randomUUID();
  await store.db.transaction((tx) => openTask(tx, { ...task, key }));
  const { rows } = await store.pool.query<{ id: string }>('select id from tasks where key = $1', [key]);
  return rows[0]?.id ?? '';
}

async function aCustomer({ store, site }: Pick<World, 'store' | 'site'>): Promise<string> {
  const id = randomUUID();
  await store.pool.query('insert into customers (id, name, email) values ($1, $2, $3)', [
    ...[id, 'Anna Lindqvist', `anna-${id}@example.com`],
  ]);
  await store.pool.query(
    'insert into identities (site_id, subject, customer_id) select id, $2, $3 from sites where key = $1',
    [site, id, id],
  );
  return id;
}

/** As a browser does: the same end again and again, at whichever relay is there, until one has answered. */
async function postAll(world: World, letters: readonly Letter[]): Promise<void> {
  for (const letter of letters) {
    const message = {
      id: letter.mail,
      subject: 'How it is now',
      text: 'Is it really working?\n\nMegan Alpha',
    };
    const end: TaskEnd = { end: 'done', wrapUp: 'e-mail', message };
    await eventually(
      `the end of ${letter.task} is acknowledged`,
      async () => {
        const { origin } = world.relays[Math.random() < 0.5 ? 0 : 1] ?? { origin: '' };
        const asked: Promise<Result<Task> | null> = request<Task>(
          { origin, cookie: letter.by.cookie },
          `POST /api/tasks/${letter.task}/end`,
          end,
        ).catch(() => null);
        const answer = await asked;
        if (answer && !answer.ok && answer.code !== 'UNAVAILABLE' && answer.code !== 'TOO_MANY')
          throw new Error(`refused: ${answer.code}`);
        return answer?.ok;
      },
      60_000,
    );
  }
}

async function killOne({ relays, start }: World): Promise<void> {
  const index = Math.random() < 0.5 ? 0 : 1;
  const relay = relays[index];
  if (!relay) throw new Error('there are two relays');
  await relay.kill();
  relays[index] = await start(relay);
}

async function countNow({ store }: World): Promise<{ reminded: number }> {
  const { rows } = await store.pool.query<{ reminded: number }>(
    "select count(*)::int as reminded from tasks where kind = 'effort' and reminded_at is not null",
  );
  return rows[0] ?? { reminded: 0 };
}

/**
 * What a killed relay had begun waits for the end of its lease, and then a while more: the relays' clocks cannot be moved,
 * so these jobs are. Only when nothing else is under way, so that no lease of a living relay is cut short.
 */
async function settle(stage: Stage, { store }: World): Promise<void> {
  const left = async (which: string) => {
    const { rows } = await store.pool.query<{ n: number }>(
      `select count(*)::int as n from jobs.job where name = any(array[${JOBS}]) and ${which}`,
    );
    return rows[0]?.n ?? 0;
  };
  const due = `state in ('created', 'retry') and start_after <= now()`;
  await eventually('nothing that is due waits', async () => (await left(due)) === 0, 120_000);
  const promised = `name <> 'task-remind' and state in ('created', 'retry')`;
  await eventually('every promise has come due', async () => (await left(promised)) === 0, 120_000);
  const stuck = `state = 'active' and started_on < now() - interval '10 seconds'`;
  await eventually(
    'whoever lives has finished',
    async () => (await left(`state = 'active' and not (${stuck})`)) === 0,
    60_000,
  );
  stage.progress(`${await left(stuck)} jobs are held by relays that were killed`);
  await store.pool.query(
    `update jobs.job set started_on = started_on - interval '1 hour' where name = any(array[${JOBS}]) and ${stuck}`,
  );
  await eventually(
    'those are done too',
    async () => {
      await store.pool.query(
        `update jobs.job set start_after = now() - interval '1 second' where name = any(array[${JOBS}]) and state = 'retry'`,
      );
      return (
        (await left(`(state in ('active', 'retry') or (state = 'created' and start_after <= now()))`)) === 0
      );
    },
    120_000,
  );
}

type Run = { readonly tasks: readonly string[]; readonly letters: readonly Letter[]; readonly kills: number };

async function toFigures({ store, heard, taken }: World, run: Run): Promise<readonly Measured[]> {
  const tasks = await store.pool.query<{
    id: string;
    reminded: boolean;
    state: string;
    mail_id: string | null;
  }>('select id, reminded_at is not null as reminded, state, mail_id from tasks');
  const byTask = new Map(tasks.rows.map((row) => [row.id, row]));
  const mails = await store.pool.query<{ id: string; state: string; trouble: string | null }>(
    'select id, state, trouble from mails',
  );
  const byMail = new Map(mails.rows.map((row) => [row.id, row]));
  const arrived = ({ mail }: Letter) => taken.get(mail) ?? 0;
  const unknown = ({ mail }: Letter) =>
    byMail.get(mail)?.state === 'failed' && /may have arrived/.test(byMail.get(mail)?.trouble ?? '');
  const count = <Item>(items: readonly Item[], holds: (item: Item) => boolean) => items.filter(holds).length;
  const none = (name: string, value: number) => atMost(name, [value, ''], { must: 0 });
  return [
    none(
      'tasks due and not reminded',
      count(run.tasks, (id) => byTask.get(id)?.reminded !== true),
    ),
    none(
      'reminders heard twice',
      count(run.tasks, (id) => (heard.get(id) ?? 0) > 1),
    ),
    none(
      'mails lost',
      count(run.letters, (letter) => arrived(letter) === 0 && !unknown(letter)),
    ),
    none(
      'mails arrived twice',
      count(run.letters, (letter) => arrived(letter) > 1),
    ),
    none(
      'mails that arrived and are neither sent nor said to be unknown',
      count(
        run.letters,
        (letter) => arrived(letter) > 0 && byMail.get(letter.mail)?.state !== 'sent' && !unknown(letter),
      ),
    ),
    none(
      'ends acknowledged and not stored',
      count(run.letters, ({ task, mail }) => byTask.get(task)?.mail_id !== mail),
    ),
    atMost('tasks reminded', [count(run.tasks, (id) => byTask.get(id)?.reminded === true), '']),
    atMost('of these heard by a window that was open', [count(run.tasks, (id) => heard.get(id) === 1), '']),
    atMost('mails arrived', [count(run.letters, (letter) => arrived(letter) === 1), '']),
    atMost('mails that say they may have arrived', [count(run.letters, unknown), '']),
    atMost('kills', [run.kills, '']),
  ];
}
