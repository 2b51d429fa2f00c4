/** How long things took, read from a history: each message from its writing to its tick, and to the other side's screen. */
import type { History } from '../../checker/history.ts';
import { atMost, type Measured, percentile } from '../../support/figures.ts';

/** A part of the run, by the clock of the history (`performance.now`). */
export type Span = { readonly from: number; readonly to: number };

type Message = { readonly who: string; readonly id: string; readonly at: number };

/** From the writing of each message in these spans to its tick. What never got one took for ever. */
export function ackTimes(history: History, spans: readonly Span[]): number[] {
  const ticks = new Map<string, number>();
  for (const event of history) if (event.type === 'ok') ticks.set(event.id, event.at);
  return written(history, spans).map(({ id, at }) => (ticks.get(id) ?? Number.POSITIVE_INFINITY) - at);
}

type Way = {
  /** Where there are several, those between two people of the same relay are left out. */
  readonly relays?: number;
  /** What the names of those begin with who write, and of those on whose screens it is looked for. */
  readonly from?: string;
  readonly to?: string;
};

/** From the writing of each message in these spans, an agent's where nothing else is said, to the moment when the other side's screen shows it. */
export function deliveryTimes(
  history: History,
  spans: readonly Span[],
  { relays = 1, from = 'agent', to = 'visitor' }: Way = {},
): number[] {
  const shown = firstShown(history, to);
  return written(history, spans)
    .filter(({ who }) => who.startsWith(from))
    .flatMap(({ who, id, at }) => {
      const seen = shown.get(id);
      const crosses = relays === 1 || (seen && homeOf(seen.who, relays) !== homeOf(who, relays));
      // A note has no number of the visitor's and is never shown; what nobody watches is not shown either.
      return seen && crosses ? [seen.at - at] : [];
    });
}

/** p50, p99 and how many; `must` is for the p99. */
export function timeFigures(name: string, times: readonly number[], must?: number): Measured[] {
  return [
    atMost(`${name}, p50`, [percentile(times, 0.5), 'ms']),
    atMost(`${name}, p99`, [percentile(times, 0.99), 'ms'], must === undefined ? {} : { must }),
    atMost(`${name}, measured`, [times.length, '']),
  ];
}

/** Words that were shown as failed to the one who wrote them. */
export function shownAsFailed(history: History): Measured {
  const failed = history.filter((event) => event.type === 'failed');
  for (const event of failed.slice(0, 5)) console.error(`  ${event.who} was shown a failure: ${event.code}`);
  return atMost('messages shown as failed', [failed.length, ''], { must: 0 });
}

function written(history: History, spans: readonly Span[]): Message[] {
  return history.flatMap((event) =>
    event.type === 'invoke' &&
    event.kind === 'message' &&
    spans.some(({ from, to }) => event.at >= from && event.at < to)
      ? [event]
      : [],
  );
}

/** When each id first stood on the screen of somebody whose name begins so. */
function firstShown(history: History, role: string): Map<string, { at: number; who: string }> {
  const shown = new Map<string, { at: number; who: string }>();
  for (const event of history) {
    if (event.type !== 'list' || !event.who.startsWith(role)) continue;
    for (const { id } of event.lines) {
      if (id !== null && !shown.has(id)) shown.set(id, { at: event.at, who: event.who });
    }
  }
  return shown;
}

/** A world spreads its people over the relays by their number. */
function homeOf(who: string, relays: number): number {
  return Number(/\d+/.exec(who)?.[0] ?? 0) % relays;
}
