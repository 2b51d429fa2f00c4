/** The counting itself; read only by a relay whose metrics somebody reads. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Metrics } from './metrics.ts';
import { watchSources } from './sources.ts';

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
