/**
 * What the relay counts of itself, for Prometheus. Labels come from closed sets alone (events, codes, queues, kinds of
 * sockets): never an id, an address or a word, whoever asks and whatever they send.
 */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Sources } from './sources.ts';

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
