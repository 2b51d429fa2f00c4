/** Wires everything; listens only when started. The whole-system tests call it with port 0. */
import type { Server as HttpServer } from 'node:http';
import { FRAME_MAX_BYTES } from '@fullname/shared/limits';
import { Server } from 'socket.io';
import { fillStarterBook } from './bible/starter.ts';
import { ALONE, type Cluster } from './cluster/cluster.ts';
import { type Config, consoleOriginOf, originOf } from './config.ts';
import { openDemo } from './demo/open.ts';
import { tellAllies } from './desk/allies.ts';
import { type Announce, createAnnounce } from './desk/announce.ts';
import { missCallBack } from './desk/call-backs.ts';
import type { Floor } from './desk/conversations.ts';
import { createElsewhere, NOWHERE_ELSE } from './desk/elsewhere.ts';
import { createGroupCommit } from './desk/group-commit.ts';
import { warnOfHelp } from './desk/helping.ts';
import { createNews } from './desk/news.ts';
import { forgetPrepared } from './desk/preparing.ts';
import { createPresence } from './desk/presence.ts';
import { tellOfPromise, warnOfPromise } from './desk/promising.ts';
import { customersChanged } from './desk/records.ts';
import { createSearchIndex } from './desk/search-index.ts';
import { releaseAll } from './desk/transfers.ts';
import { tellWhoLeft } from './desk/visits.ts';
import { remind } from './desk/work.ts';
import { createDrain } from './drain.ts';
import { createLinks } from './files/links.ts';
import { forgetUnsent } from './files/uploads.ts';
import { createCounters } from './http/counters.ts';
import { createHttp, type Origins } from './http/create-http.ts';
import { createLimits, ENDLESS_STARTS } from './http/limits.ts';
import { BUILT_FOLDERS } from './http/pages.ts';
import { createHttpServer } from './http/server-options.ts';
import { createJobs } from './jobs/jobs.ts';
import type { Logger } from './log.ts';
import { createMail } from './mail/mail.ts';
import { createStops } from './mail/stops.ts';
import { createUnseen } from './mail/unseen.ts';
import { NO_METRICS } from './metrics/metrics.ts';
import { type MetricsPort, serveMetrics } from './metrics/serve.ts';
import { createDirectory } from './people/directory.ts';
import { onSessionEnded } from './people/sessions.ts';
import { createSender, newSecret } from './push/encrypt.ts';
import { workPushes } from './push/pushes.ts';
import { openBuiltFiles } from './site/built-files.ts';
import { serveAgents } from './sockets/agent.ts';
import { createCrowd } from './sockets/crowd.ts';
import { allowRequest, type Edge, JOIN_WITHIN_MS } from './sockets/gate.ts';
import { writeTogether } from './sockets/together.ts';
import { serveVisitors } from './sockets/visitor.ts';
import { figuresOf, watchSockets } from './sockets/watch.ts';
import type { Database } from './store/database.ts';
import { createFlush } from './store/flush.ts';
import { sharedSecret } from './store/settings.ts';
import { enqueueFit, fitDay } from './value/fit.ts';
import { welcomeLines } from './welcome.ts';

/**
 * Connections that the system may keep until the relay takes them; it allows no more than its own bound (`somaxconn`). When
 * everybody comes back at once, one that finds no place is tried again by TCP alone, each time twice as late: up to a minute and more.
 */
const WAITING_TO_BE_TAKEN = 16_384;
const PONG_WITHIN_MS = 10_000;

type Started = {
  readonly port: number;
  /** Only with METRICS_PORT. */
  readonly metricsPort?: number;
  readonly url: string;
  readonly welcome: string[];
};

export type App = {
  readonly http: HttpServer;
  /** Listens. `welcome` is what a person at the terminal reads. */
  start(): Promise<Started>;
  /** Works what is due now, for those who move the clock. */
  runDue(): Promise<void>;
  /** Not ready any more, clients told to come back, what is in flight finished, everything closed. */
  drain(): Promise<void>;
};

/** `now`, in milliseconds, is the clock of due times: the store's; tests move it. */
export async function createApp(
  config: Config,
  database: Database,
  log: Logger,
  now: () => number = database.now,
): Promise<App> {
  const { db, pool } = database;
  // What speaks to Redis, and what counts, take a while to read, at every start: only where they are used.
  const joining = config.redis && (await import('./cluster/join.ts'));
  const counting = config.metrics && (await import('./metrics/count.ts'));
  const metrics = counting ? counting.createMetrics() : NO_METRICS;
  let port = config.port;
  const origins = (): Origins => ({ public: originOf(config, port), console: consoleOriginOf(config, port) });

  const directory = await createDirectory(db);
  const http = createHttpServer();
  const { trustProxy: hops, rateLimits } = config;
  const crowd = createCrowd({ max: rateLimits ? config.socketsPerAddress : undefined, hops, log });
  // No connection-state recovery: it would skip the middleware, and with it the rights. Clients resume by number instead.
  const io = new Server(http, {
    path: '/socket',
    serveClient: false,
    maxHttpBufferSize: FRAME_MAX_BYTES,
    // An answer to a half-open link is lost silently; a heartbeat finds it.
    pingInterval: config.pingSeconds * 1000,
    pingTimeout: PONG_WITHIN_MS,
    connectTimeout: JOIN_WITHIN_MS,
    allowRequest: allowRequest(origins, crowd),
  });
  crowd.count(io);
  writeTogether(io.engine);
  const cluster: Cluster =
    config.redis && joining ? joining.joinCluster({ io, ...config.redis, log }) : ALONE;
  // Nothing lives in the root namespace, and nobody watches who idles there.
  io.use((socket) => socket.conn.close());
  const visitors = io.of('/visitor');
  const agents = io.of('/agent');
  const announce: Announce = createAnnounce({ visitors, agents }, directory.ref, metrics);
  const leave = createDrain({ http, io }, announce, config);
  // Its own PostgreSQL lets no second relay in.
  const elsewhere =
    config.databaseUrl === undefined
      ? NOWHERE_ELSE
      : createElsewhere({
          ...{ db, cluster, log },
          changed: () => news.peopleChanged(),
          heard: () => news.countAgain(),
          relayGone: () => {
            tellWhoLeft(floor).catch((error: unknown) =>
              log.warn({ err: error }, 'screens were not told which visitors have gone'),
            );
          },
        });
  const presence = createPresence(directory, { changed: () => news.peopleChanged(), elsewhere, now });
  const demo = await openDemo({ db, config, origins });
  const searchIndex = createSearchIndex(db, log);
  const news = createNews({
    onGrown: searchIndex.grown,
    onCounted: () => cluster.tell('counts'),
    db,
    announce,
    directory,
    presence,
    log,
    now,
  });
  const commit = createGroupCommit(pool, log, { metrics, writes: database.writes });
  const sidePool = database.openSidePool();
  const jobs = createJobs({ pool: sidePool, db, now, log, metrics });
  const mail = createMail({ config: config.mail, jobs, db, now, log });
  const stops = createStops(await sharedSecret(db, 'mail-secret'), () => origins().public);
  const sender = createSender(await sharedSecret(db, 'push-secret', newSecret));
  const services = { hosts: config.pushHosts, loopback: !config.production };
  workPushes(jobs, { db, sender, services, origin: () => origins().public, now, log });
  const unseen = createUnseen({
    ...{ db, stops, isMailOn: mail.isOn, origin: () => origins().public, now, log },
  });
  const links = createLinks(await sharedSecret(db, 'files-secret'), {
    origin: () => origins().public,
    now,
  });
  const floor: Floor = {
    db,
    commit,
    announce,
    directory,
    presence,
    log,
    metrics,
    news,
    mail,
    links,
    now,
    addresses: new Map(),
    flushed: createFlush(pool),
    rateLimits: config.rateLimits,
  };
  jobs.work('promise-warn', (job) => warnOfPromise(floor, job.data));
  jobs.work('promise-tell', (job) => tellOfPromise(floor, job.data));
  jobs.work('call-back-miss', (job) => missCallBack(floor, job.data));
  jobs.work('allies-told', (job) => tellAllies(floor, job.data));
  jobs.work('task-remind', (job) => remind(floor, job.data.task));
  jobs.work('request-warn', (job) => warnOfHelp(floor, job.data));

  jobs.work('file-forget', (job) => forgetUnsent(db, job.data.file, now));
  jobs.work('conversation-forget', (job) => forgetPrepared(db, job.data.conversation));
  jobs.work('value-fit', (job) => fitDay({ db, now }, job));

  // A connection of its own: what the relays tell each other must not wait behind somebody's password.
  const redis =
    config.redis &&
    (await import('./cluster/connect.ts')).connect({ ...config.redis, onError: () => undefined });
  const limits = createLimits(
    hops,
    createCounters(
      redis && {
        client: redis,
        secret: await sharedSecret(db, 'limits-secret'),
        carries: () => cluster.state() === 'ok',
      },
    ),
  );

  const forgetSessions = onSessionEnded((hashes) => hashes.forEach(announce.endSession));
  const forgetDirectory = directory.onChange(() => {
    news.peopleChanged();
    cluster.tell('directory');
  });
  cluster.onTold('counts', () => news.countAgain());
  // A failure is tried again: it is asked every few seconds anyway.
  const lookAgain = () => void directory.refresh().catch(() => undefined);
  cluster.onTold('directory', lookAgain);
  cluster.onMissed(lookAgain);
  const builtFiles = openBuiltFiles(db, BUILT_FOLDERS, log);
  const express = createHttp({
    config,
    origins,
    database,
    directory,
    floor,
    limits,
    stops,
    push: { key: sender.key, services },
    log,
    isDraining: leave.isDraining,
    redis: cluster.state,
    onPeopleChanged: () => news.peopleChanged(),
    onPersonEnded: announce.endPerson,
    onPersonSilent: (person) => releaseAll(floor, person),
    onBookChanged: announce.bookChanged,
    onCustomersChanged: (customers) => customersChanged(floor, customers),
    otherRelease: builtFiles.read,
    demo,
  });
  http.on('request', (request, response) => {
    if (!request.url?.startsWith('/socket/')) express(request, response);
  });

  const edge: Edge = { origins, hops, limits: rateLimits ? limits : ENDLESS_STARTS };
  serveVisitors(visitors, floor, edge);
  serveAgents(agents, floor, edge);
  const watch = watchSockets(floor, { visitors, agents }, cluster);

  metrics.watch({
    sockets: () => ({ visitor: figuresOf(visitors), agent: figuresOf(agents) }),
    commitQueue: commit.waiting,
    pools: { main: pool, side: sidePool },
    jobs: jobs.counts,
    isDraining: leave.isDraining,
    redis: config.redis ? () => ({ isUp: cluster.state() === 'ok', polls: watch.rounds() }) : null,
  });
  let metricsPort: MetricsPort | undefined;

  async function start(): Promise<Started> {
    if (config.production) await builtFiles.start();
    port = await listen(http, config);
    if (config.metrics) metricsPort = await serveMetrics(metrics, config.metrics);
    await demo.fill();
    searchIndex.start();
    await fillStarterBook(db);
    await directory.refresh();
    await elsewhere.start(presence.local);
    await news.refresh();
    await enqueueFit({ db, now });
    jobs.start();
    unseen.start();
    return {
      port,
      ...(metricsPort && { metricsPort: metricsPort.port }),
      url: origins().public,
      welcome: await welcomeLines({ db, config, origins: origins(), demo }),
    };
  }

  async function drain(): Promise<void> {
    elsewhere.leaving();
    await Promise.all([leave.sendAway(), jobs.stop(), unseen.stop()]);
    await commit.idle();
    await leave.close();
    await elsewhere.stop();
    watch.stop();
    news.stop();
    // Soon after the last words: the others ask the store for what was said within seconds before the goodbye.
    await cluster.close();
    redis?.disconnect();
    builtFiles.stop();
    await sidePool.end();
    forgetSessions();
    forgetDirectory();
    directory.close();
    await searchIndex.stop();
    // To the last: what a drain did is worth reading.
    await metricsPort?.close();
  }

  async function runDue(): Promise<void> {
    await unseen.look();
    await jobs.runDue();
  }

  return { http, start, runDue, drain };
}

function listen(http: HttpServer, config: Config): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen({ port: config.port, host: config.host, backlog: WAITING_TO_BE_TAKEN }, () => {
      http.off('error', reject);
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : config.port);
    });
  });
}
