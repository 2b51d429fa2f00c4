/**
 * Whether this relay can store now: by what became of its own writes, since a store can answer a probe and take no message
 * (a full disk), and by the room that is left for the relay's own PostgreSQL.
 */
import { statfs } from 'node:fs/promises';
import type { Logger } from '../log.ts';
import { RelayError } from '../relay-error.ts';

export type Writes = {
  /** Throws UNAVAILABLE while the disk is too full to be written to. */
  require(): void;
  /** What became of rows that had to be stored: they are, or the store did not take them. */
  note(outcome: 'stored' | 'failed', rows: number): void;
  failing(): boolean;
};

/** After this without another try, nobody knows; a balancer shall let somebody try. */
const FAILURE_LASTS_MS = 10_000;
const TELL_EVERY_MS = 5_000;

export function createWrites(log: Logger, isFull: () => boolean = () => false): Writes {
  let failedAt = Number.NEGATIVE_INFINITY;
  let toldAt = Number.NEGATIVE_INFINITY;
  let refused = 0;

  function stored(): void {
    if (refused > 0) log.warn({ rows: refused }, 'the store takes messages again');
    refused = 0;
    failedAt = Number.NEGATIVE_INFINITY;
    toldAt = Number.NEGATIVE_INFINITY;
  }

  /** Senders try again and again: a line for each time would fill the disk with lines. */
  function failed(rows: number): void {
    failedAt = performance.now();
    refused += rows;
    if (failedAt - toldAt < TELL_EVERY_MS) return;
    toldAt = failedAt;
    log.error({ rows: refused }, 'the store does not take messages; senders will try again');
  }

  return {
    require() {
      if (isFull()) throw new RelayError('UNAVAILABLE');
    },
    note: (outcome, rows) => (outcome === 'stored' ? stored() : failed(rows)),
    failing: () => isFull() || performance.now() - failedAt < FAILURE_LASTS_MS,
  };
}

/** Less than four of PostgreSQL's segments. When it cannot begin the next one it ends at once, and nobody could read either. */
const ROOM_MIN_BYTES = 64 * 1024 * 1024;
const LOOK_EVERY_MS = 1_000;

export type DiskWatch = {
  isFull(): boolean;
  /** Begins to look; a start that is under way is not refused. */
  start(): void;
  stop(): void;
};

export function createDiskWatch(folder: string, log: Logger): DiskWatch {
  let full = false;
  let timer: NodeJS.Timeout | undefined;

  async function look(): Promise<void> {
    const room = await statfs(folder).catch(() => null);
    // Some file systems tell nothing of their room; then PostgreSQL finds out.
    const isFull = room !== null && room.blocks > 0 && room.bavail * room.bsize < ROOM_MIN_BYTES;
    if (isFull && !full)
      log.error('the disk of DATA_DIR is nearly full: make room; until then messages wait');
    if (!isFull && full) log.warn('there is room on the disk again');
    full = isFull;
  }

  return {
    isFull: () => full,
    start() {
      timer ??= setInterval(() => void look(), LOOK_EVERY_MS).unref();
    },
    stop: () => clearInterval(timer),
  };
}
