/**
 * What the relay counts of itself, for Prometheus. Labels come from closed sets alone (events, codes, queues, kinds of
 * sockets): never an id, an address or a word, whoever asks and whatever they send.
 */
import type { ErrorCode } from '@fullname/shared/errors';
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { type Sources, watchSources } from './sources.ts';

/** Which namespace somebody came through. */
export type End = 'visitor' | 'agent';

/** Why a client asked for entries after a number it has: see `fetchKind`. */
export type FetchKind = 'catch-up' | 'gap' | 'tail' | 'nothing';

/** Those who count call these; each is a few additions in memory. */
export type Metrics = {
  /** An event was answered, `ms` after it was read from the wire. */
  answered(by: { readonly end: End; readonly event: string }, ms: number, refusal: ErrorCode | null): void;
  connected(end: End): void;
  /** A batch of rows was committed, or failed, in `ms`. */
  committed(rows: number, ms: number): void;
  /** An entry with words is stored and is being told. */
  stored(by: 'visitor' | 'agent' | 'system', kind: string): void;
  /** A message came again under an id that is stored: it was not stored twice. */
  retryFound(): void;
  fetched(end: End, kind: FetchKind): void;
  /** A message waited so long on its sender's device before it was sent this time. */
  waited(ms: number): void;
  /** A reader stopped reading and was cut off. */
  cut(end: End): void;
  jobFailed(queue: string, isLast: boolean): void;
  /** What is read when somebody asks, and not counted. */
  watch(sources: Sources): void;
  /** All of it, in Prometheus' text format. */
  text(): Promise<string>;
  readonly contentType: string;
};

const nothing = (): void => undefined;

/** For a relay whose metrics nobody reads. */
export const NO_METRICS: Metrics = {
  answered: nothing,
  connected: nothing,
  committed: nothing,
  stored: nothing,
  retryFound: nothing,
  fetched: nothing,
  waited: nothing,
  cut: nothing,
  jobFailed: nothing,
  watch: nothing,
  text: () => Promise.resolve(''),
  contentType: 'text/plain',
};

const ACK_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
const BATCH_ROWS = [1, 2, 5, 10, 20, 50, 100, 200];
const WAITED_SECONDS = [0.25, 1, 5, 15, 60, 300, 3_600, 86_400];
/** A device's clock can be anything; what it says counts for no longer than this. */
const WAITED_MAX_MS = 30 * 86_400_000;

/** A registry of its own, so that two relays in one process count apart. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  const acks = new Histogram({
    ...{ name: 'fullname_ack_seconds', registers, labelNames: ['end', 'event'], buckets: ACK_SECONDS },
    help: 'From reading an event to answering it; a write is answered after COMMIT.',
  });
  const refusals = new Counter({
    ...{ name: 'fullname_refusals_total', registers, labelNames: ['end', 'code'] },
    help: 'Events answered with an error code.',
  });
  const connections = new Counter({
    ...{ name: 'fullname_connections_total', registers, labelNames: ['end'] },
    help: 'Sockets let in.',
  });
  const commits = new Histogram({
    ...{ name: 'fullname_commit_seconds', registers, buckets: ACK_SECONDS },
    help: 'One batch of messages, from the statement to its COMMIT or its failure.',
  });
  const batches = new Histogram({
    ...{ name: 'fullname_batch_rows', registers, buckets: BATCH_ROWS },
    help: 'Messages that shared one commit.',
  });
  const stored = new Counter({
    ...{ name: 'fullname_messages_stored_total', registers, labelNames: ['by', 'kind'] },
    help: 'Messages, notes and farewells stored, each counted once, by the relay that stored it.',
  });
  const retries = new Counter({
    ...{ name: 'fullname_retries_found_total', registers },
    help: 'Messages that came again under an id that was stored before, and were not stored twice.',
  });
  const fetches = new Counter({
    ...{ name: 'fullname_fetches_total', registers, labelNames: ['end', 'kind'] },
    help: 'Questions for what came after a number: catch-up after an absence; gap, where a later entry had come live; tail, where only heads told of it.',
  });
  const waited = new Histogram({
    ...{ name: 'fullname_outbox_wait_seconds', registers, buckets: WAITED_SECONDS },
    help: 'How long a message had waited on its sender’s device when it was sent, by that device’s clock.',
  });
  const cut = new Counter({
    ...{ name: 'fullname_stalled_readers_cut_total', registers, labelNames: ['end'] },
    help: 'Sockets closed because their reader had stopped reading.',
  });
  const jobFailures = new Counter({
    ...{ name: 'fullname_job_failures_total', registers, labelNames: ['queue', 'last'] },
    help: 'Tries of a job that failed; last="true" is one that nobody tries again.',
  });

  return {
    answered({ end, event }, ms, refusal) {
      acks.observe({ end, event }, ms / 1000);
      if (refusal) refusals.inc({ end, code: refusal });
    },
    connected: (end) => connections.inc({ end }),
    committed(rows, ms) {
      batches.observe(rows);
      commits.observe(ms / 1000);
    },
    stored: (by, kind) => stored.inc({ by, kind }),
    retryFound: () => retries.inc(),
    fetched: (end, kind) => fetches.inc({ end, kind }),
    waited: (ms) => waited.observe(Math.min(Math.max(ms, 0), WAITED_MAX_MS) / 1000),
    cut: (end) => cut.inc({ end }),
    jobFailed: (queue, isLast) => jobFailures.inc({ queue, last: String(isLast) }),
    watch: (sources) => watchSources(registry, sources),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}

/** A live entry is told within this; an older one that a connected client had to ask for was missed. */
const LIVE_WITHIN_MS = 1_000;

/**
 * Why a client asked, from what it got. Entries older than its socket are the catch-up after an absence. Entries stored
 * while it was connected should have come live: if the newest is fresh, it did come and showed the gap before it;
 * if not, only heads can have told.
 */
export function fetchKind(
  entries: readonly { readonly at: string }[],
  socket: { readonly since: number; readonly now: number },
): FetchKind {
  const newest = entries[entries.length - 1];
  if (!newest) return 'nothing';
  const at = Date.parse(newest.at);
  if (at <= socket.since) return 'catch-up';
  return socket.now - at < LIVE_WITHIN_MS ? 'gap' : 'tail';
}
