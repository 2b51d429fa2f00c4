/**
 * The simulated network: lines between a page and a relay. Each direction keeps its order and takes its time; a line can break
 * at any moment, and then the two ends learn of it at different times, or carry only one way until they do.
 */
import type { Owner, Scheduler } from './scheduler.ts';

type Way = 'up' | 'down';

export type Line = {
  readonly page: Owner;
  readonly relay: Owner;
  isOpen(end: Way): boolean;
  /** Delivers to the other end, unless the line is gone by then. */
  send(way: Way, deliver: () => void): void;
  /** One end closes: the other one learns of it behind everything that is on its way. */
  close(from: 'page' | 'relay'): void;
  /** The line breaks. `silently`: nobody is told; each end finds out when its heartbeat stays away. */
  cut(silently: boolean): void;
  /** Nothing gets through this way any more, until somebody notices. */
  deafen(way: Way): void;
};

type LineOptions = {
  readonly page: Owner;
  readonly relay: Owner;
  /** The end has lost the line. Called once, in a step of its own, unless the end has closed it itself. */
  readonly onPageLost: () => void;
  readonly onRelayLost: () => void;
};

type NetworkFaults = {
  /** Milliseconds one way, at most. */
  readonly latency: number;
};

export type Network = {
  setFaults(faults: NetworkFaults): void;
  open(options: LineOptions): Line;
  /** Those that are open at either end. */
  lines(): readonly Line[];
  /** A machine is gone without a word, or with its connections reset. */
  cutAll(owner: Owner, silently: boolean): void;
};

/** Until a heartbeat is missed: pings every 25 seconds, with 20 of patience. */
const HEARTBEAT_MS = [20_000, 45_000] as const;

export function createNetwork(scheduler: Scheduler): Network {
  let faults: NetworkFaults = { latency: 30 };
  let lines: Line[] = [];

  function open({ page, relay, onPageLost, onRelayLost }: LineOptions): Line {
    /** What arrives later than this is lost. */
    const until = { up: Number.POSITIVE_INFINITY, down: Number.POSITIVE_INFINITY };
    const last = { up: 0, down: 0 };
    /** By the end that receives. */
    const isOpen = { up: true, down: true };
    const owners = { up: relay, down: page };

    const lose = (way: Way, delay: number): void => {
      const at = Math.max(scheduler.now() + delay, last[way]);
      until[way] = Math.min(until[way], at);
      scheduler.after(at - scheduler.now(), owners[way], () => {
        if (!isOpen[way]) return;
        isOpen[way] = false;
        if (way === 'up') onRelayLost();
        else onPageLost();
      });
    };
    const line: Line = {
      ...{ page, relay },
      isOpen: (way) => isOpen[way],
      send(way, deliver) {
        const at = Math.max(last[way], scheduler.now() + scheduler.between(1, faults.latency));
        last[way] = at;
        scheduler.after(at - scheduler.now(), owners[way], () => {
          if (isOpen[way] && scheduler.now() <= until[way]) deliver();
        });
      },
      close(from) {
        isOpen[from === 'page' ? 'down' : 'up'] = false;
        lose(from === 'page' ? 'up' : 'down', scheduler.between(1, faults.latency));
        forget();
      },
      cut(silently) {
        for (const way of ['up', 'down'] as const) {
          // Some of what is on its way still gets through.
          until[way] = scheduler.now() + scheduler.between(0, faults.latency);
          last[way] = until[way];
          lose(way, silently ? scheduler.between(...HEARTBEAT_MS) : scheduler.between(1, faults.latency * 2));
        }
        forget();
      },
      deafen(way) {
        until[way] = scheduler.now();
        for (const both of ['up', 'down'] as const) {
          const kept = until[both];
          lose(both, scheduler.between(...HEARTBEAT_MS));
          if (both === way) until[both] = kept;
        }
        forget();
      },
    };
    const forget = (): void => {
      lines = lines.filter((one) => one !== line);
    };
    lines.push(line);
    return line;
  }

  return {
    open,
    lines: () => lines,
    setFaults(next) {
      faults = next;
    },
    cutAll(owner, silently) {
      for (const line of lines) if (line.page === owner || line.relay === owner) line.cut(silently);
    },
  };
}
