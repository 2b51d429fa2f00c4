/** Gauges: read at the moment when somebody asks for the metrics, and at no other. */
import { Counter, Gauge, type Registry } from 'prom-client';

export type Sources = {
  /** Sockets of this relay by namespace, and the bytes that wait to be read by them. */
  readonly sockets: () => Readonly<Record<'visitor' | 'agent', SocketFigures>>;
  readonly commitQueue: () => number;
  readonly pools: Readonly<Record<string, PoolFigures>>;
  readonly jobs: () => Promise<readonly JobFigures[]>;
  readonly isDraining: () => boolean;
  /** Null without REDIS_URL. */
  readonly redis: (() => RedisFigures) | null;
};

type SocketFigures = { readonly open: number; readonly queuedBytes: number };
type PoolFigures = { readonly totalCount: number; readonly idleCount: number; readonly waitingCount: number };
type JobFigures = { readonly queue: string; readonly due: number; readonly later: number };
type RedisFigures = {
  readonly isUp: boolean;
  /** Rounds in which heads were polled because Redis could not wake anybody. */
  readonly polls: number;
};

/** The store may be what is in trouble: the other metrics must come all the same. */
const JOBS_WITHIN_MS = 2_000;

export function watchSources(registry: Registry, sources: Sources): void {
  const registers = [registry];
  const gauge = (
    name: string,
    help: string,
    read: (gauge: Gauge) => void | Promise<void>,
    labels: string[],
  ) =>
    new Gauge({
      ...{ name, help, registers, labelNames: labels },
      collect() {
        this.reset();
        return read(this);
      },
    });

  gauge(
    'fullname_sockets',
    'Open sockets of this relay.',
    (one) => {
      for (const [end, { open }] of Object.entries(sources.sockets())) one.set({ end }, open);
    },
    ['end'],
  );
  gauge(
    'fullname_socket_queue_bytes',
    'Bytes that wait to be read by sockets.',
    (one) => {
      for (const [end, { queuedBytes }] of Object.entries(sources.sockets())) one.set({ end }, queuedBytes);
    },
    ['end'],
  );
  gauge(
    'fullname_commit_queue_rows',
    'Messages that wait for the next commit.',
    (one) => one.set(sources.commitQueue()),
    [],
  );
  gauge(
    'fullname_pool_connections',
    'Connections to PostgreSQL.',
    (one) => {
      for (const [pool, { totalCount, idleCount }] of Object.entries(sources.pools)) {
        one.set({ pool, state: 'busy' }, totalCount - idleCount);
        one.set({ pool, state: 'idle' }, idleCount);
      }
    },
    ['pool', 'state'],
  );
  gauge(
    'fullname_pool_waiting',
    'Questions that wait for a connection to PostgreSQL.',
    (one) => {
      for (const [pool, { waitingCount }] of Object.entries(sources.pools)) one.set({ pool }, waitingCount);
    },
    ['pool'],
  );
  gauge(
    'fullname_jobs',
    'Jobs that wait, of all relays: due now, or later. Absent while the store does not answer.',
    async (one) => {
      for (const { queue, due, later } of await inTime(sources.jobs())) {
        one.set({ queue, when: 'due' }, due);
        one.set({ queue, when: 'later' }, later);
      }
    },
    ['queue', 'when'],
  );
  gauge(
    'fullname_draining',
    '1 while the relay was told to stop and finishes its work.',
    (one) => one.set(sources.isDraining() ? 1 : 0),
    [],
  );
  const { redis } = sources;
  if (redis === null) return;
  gauge('fullname_redis_up', '1 while Redis answers.', (one) => one.set(redis().isUp ? 1 : 0), []);
  new Counter({
    name: 'fullname_redis_poll_rounds_total',
    help: 'Rounds in which heads were polled because Redis could wake nobody.',
    registers,
    collect() {
      this.reset();
      this.inc(redis().polls);
    },
  });
}

async function inTime(asked: Promise<readonly JobFigures[]>): Promise<readonly JobFigures[]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<readonly JobFigures[]>((resolve) => {
    timer = setTimeout(resolve, JOBS_WITHIN_MS, []);
  });
  try {
    return await Promise.race([asked.catch(() => []), tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
