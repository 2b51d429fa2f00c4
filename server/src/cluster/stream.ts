/**
 * One Redis stream, in which each relay writes and which each reads to the end. Every entry says who wrote it and which of
 * theirs it is: so a second copy is left out, and what is missing (never written, flushed, trimmed, lost in a failover) is
 * noticed at the next entry of the same relay, which is a beat at the latest.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './connect.ts';

/** What Redis answers: an id, and names and values in turns. */
export type RawEntry = [id: string, fields: string[]];

export type Listeners = {
  /** An entry of this relay or another, once, in the order of its writer: its first field's name, and all after that. */
  readonly heard: (by: string, name: string, rest: readonly string[]) => void;
  /** Entries of that relay will never come. */
  readonly missed: (by: string) => void;
};

export type Stream = {
  /** Returns at once; what cannot be written now is dropped, and its number with it. */
  write(fields: readonly string[]): void;
  /** What came since the last call, for Socket.IO's adapter; null when nothing came for a while. Never rejects, never spins. */
  read(): Promise<RawEntry[] | null>;
  /** Nothing of this relay is known any more; what it writes next is its first. */
  forget(by: string): void;
  close(): void;
};

type Ends = { readonly writer: Client; readonly reader: Client; readonly me: string };

const NAME = 'fullname:relays';
/** About how many entries Redis keeps: some seconds at full load. Who is slower misses some, notices, and asks the store. */
const KEPT = 10_000;
const READ_AT_ONCE = 200;
/** Shorter than the timeout of a command. */
const BLOCK_MS = 1_000;
const AFTER_FAILURE_MS = 100;
/** A Redis that stands still takes no more of our memory than this. */
const WAITING_MAX = 5_000;
const WAITING_MAX_LENGTH = 16_000_000;

export function openStream({ writer, reader, me }: Ends, listeners: Listeners): Stream {
  /** Of each relay, this one too, the last number that was read. */
  const numbers = new Map<string, number>();
  /** Where the reader is; null until it has asked where the end is. */
  let position: string | null = null;
  let written = 0;
  let waiting = 0;
  let waitingLength = 0;
  let closed = false;

  function write(fields: readonly string[]): void {
    written += 1;
    if (closed || writer.status !== 'ready') return;
    if (waiting >= WAITING_MAX || waitingLength >= WAITING_MAX_LENGTH) return;
    const number = written;
    const length = fields.reduce((sum, field) => sum + field.length, 0);
    waiting += 1;
    waitingLength += length;
    const settled = () => {
      waiting -= 1;
      waitingLength -= length;
    };
    writer.xadd(NAME, 'MAXLEN', '~', KEPT, '*', 'by', me, 'n', number, ...fields).then((id) => {
      settled();
      stayBehind(id, number);
    }, settled);
  }

  /** Ids are times of Redis. After a failover or with its clock set back they may be behind where we read: nothing would be heard. */
  function stayBehind(id: string | null, number: number): void {
    if (id === null || position === null || isAfter(id, position)) return;
    const isRead = number <= (numbers.get(me) ?? 0);
    if (!isRead) position = before(id);
  }

  async function read(): Promise<RawEntry[] | null> {
    // A promise that never settles ends the adapter's loop, which knows no end of its own while Redis is away.
    if (closed) return new Promise(() => undefined);
    try {
      if (reader.status !== 'ready') throw new Error('Redis is not connected');
      position ??= await end(reader);
      const from = ['COUNT', READ_AT_ONCE, 'BLOCK', BLOCK_MS, 'STREAMS', NAME, position];
      const answer = (await reader.call('XREAD', from)) as [string, RawEntry[]][] | null;
      return take(answer?.[0]?.[1] ?? []);
    } catch {
      await wait(AFTER_FAILURE_MS);
      return null;
    }
  }

  function take(entries: readonly RawEntry[]): RawEntry[] | null {
    position = entries.at(-1)?.[0] ?? position;
    const fresh = entries.filter(([, fields]) => isFresh(fields));
    return fresh.length > 0 ? fresh : null;
  }

  /** Heard once; a hole before it is told of first. */
  function isFresh(raw: readonly string[]): boolean {
    const [, by, , count, name, ...rest] = raw;
    const number = Number(count);
    if (by === undefined || name === undefined || !(number > 0)) return false;
    const last = numbers.get(by);
    if (last !== undefined && number <= last) return false;
    numbers.set(by, number);
    if (last !== undefined && number > last + 1) listeners.missed(by);
    listeners.heard(by, name, rest);
    return true;
  }

  return {
    write,
    read,
    forget: (by) => {
      numbers.delete(by);
    },
    close: () => {
      closed = true;
    },
  };
}

/** The last entry there is; a relay that starts hears what comes after it. */
async function end(reader: Client): Promise<string> {
  const [last] = (await reader.call('XREVRANGE', [NAME, '+', '-', 'COUNT', 1])) as RawEntry[];
  return last?.[0] ?? '0-0';
}

/** Ids are `milliseconds-number`. */
function isAfter(id: string, other: string): boolean {
  const [time = 0, count = 0] = id.split('-').map(Number);
  const [otherTime = 0, otherCount = 0] = other.split('-').map(Number);
  return time > otherTime || (time === otherTime && count > otherCount);
}

function before(id: string): string {
  const [time = 0, count = 0] = id.split('-').map(Number);
  return count > 0 ? `${time}-${count - 1}` : `${Math.max(0, time - 1)}-18446744073709551615`;
}
