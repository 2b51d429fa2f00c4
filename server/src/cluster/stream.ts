/**
 * One Redis stream, in which each relay writes and which each reads to the end. Every entry says who wrote it and which of
 * theirs it is: so a second copy is left out, and what is missing (never written, flushed, trimmed, lost in a failover) is
 * noticed at the next entry of the same relay, which is a beat at the latest.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Client } from './connect.ts';

/** What Redis answers: an id, and names and values in turns. */
type RawEntry = [id: string, fields: string[]];

/** `said`: a line for Socket.IO's adapters; `told` and `sign` are words of the relays among themselves. */
type Kind = 'said' | 'told' | 'sign';

export type Listeners = {
  /** What this relay or another wrote, once, in the order of its writer. */
  readonly heard: (by: string, kind: string, value: string) => void;
  /** Entries of that relay will never come. */
  readonly missed: (by: string) => void;
};

export type Stream = {
  /** Returns at once; what cannot be written now is dropped, and its number with it. A line holds no line break. */
  write(kind: Kind, value: string): void;
  /** The lines that others said since the last call; null when nothing came for a while. Never rejects, never spins. */
  read(): Promise<string[] | null>;
  /** Nothing of this relay is known any more; what it writes next is its first. */
  forget(by: string): void;
  close(): void;
};

type Ends = { readonly writer: Client; readonly reader: Client; readonly me: string };

const NAME = 'fullname:relays';
/** About how many entries Redis keeps: some seconds at full load. Who is slower misses some, notices, and asks the store. */
const KEPT = 4_000;
const READ_AT_ONCE = 100;
/** What is written in one turn of the event loop is one entry, but no longer one than this: a batch of messages is told of at once. */
const ENTRY_MAX_BYTES = 64_000;
/** Shorter than the timeout of a command. */
const BLOCK_MS = 1_000;
const AFTER_FAILURE_MS = 100;
/** A Redis that stands still takes no more of our memory than this. */
const WAITING_MAX = 5_000;
const WAITING_MAX_BYTES = 16_000_000;

export function openStream({ writer, reader, me }: Ends, listeners: Listeners): Stream {
  /** Of each relay, this one too, the last number that was read. */
  const numbers = new Map<string, number>();
  /** Where the reader is; null until it has asked where the end is. */
  let position: string | null = null;
  let written = 0;
  let waiting = 0;
  let waitingBytes = 0;
  let closed = false;
  /** What this turn of the event loop has to write. */
  let turn: Part[] = [];
  let turnBytes = 0;
  let soon: NodeJS.Immediate | undefined;

  function write(kind: Kind, value: string): void {
    if (turn.length === 0) soon = setImmediate(flush);
    turn.push([kind, value]);
    turnBytes += Buffer.byteLength(value);
    if (turnBytes >= ENTRY_MAX_BYTES) flush();
  }

  function flush(): void {
    clearImmediate(soon);
    const fields = inFields(turn);
    const bytes = turnBytes;
    turn = [];
    turnBytes = 0;
    if (fields.length > 0) send(fields, bytes);
  }

  function send(fields: readonly string[], bytes: number): void {
    written += 1;
    if (closed || writer.status !== 'ready') return;
    if (waiting >= WAITING_MAX || waitingBytes >= WAITING_MAX_BYTES) return;
    const number = written;
    waiting += 1;
    waitingBytes += bytes;
    const settled = () => {
      waiting -= 1;
      waitingBytes -= bytes;
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

  async function read(): Promise<string[] | null> {
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

  function take(entries: readonly RawEntry[]): string[] | null {
    position = entries.at(-1)?.[0] ?? position;
    const lines = entries.flatMap(([, fields]) => linesOf(fields));
    return lines.length > 0 ? lines : null;
  }

  /** Each entry is heard once; a hole before it is told of first. What this relay said itself is not read again. */
  function linesOf([, by, , count, ...fields]: readonly string[]): string[] {
    const number = Number(count);
    if (by === undefined || !(number > 0)) return [];
    const last = numbers.get(by);
    if (last !== undefined && number <= last) return [];
    numbers.set(by, number);
    if (last !== undefined && number > last + 1) listeners.missed(by);
    const lines: string[] = [];
    for (let at = 0; at + 1 < fields.length; at += 2) {
      const [kind = '', value = ''] = [fields[at], fields[at + 1]];
      listeners.heard(by, kind, value);
      if (kind === 'said' && by !== me) lines.push(...value.split('\n'));
    }
    return lines;
  }

  return {
    write,
    read,
    forget: (by) => {
      numbers.delete(by);
    },
    close: () => {
      flush();
      closed = true;
    },
  };
}

type Part = readonly [kind: Kind, value: string];

/** Names and values in turns; lines that follow each other are one value. */
function inFields(parts: readonly Part[]): string[] {
  const fields: string[] = [];
  let lines: string[] = [];
  const endLines = () => {
    if (lines.length > 0) fields.push('said', lines.join('\n'));
    lines = [];
  };
  for (const [kind, value] of parts) {
    if (kind === 'said') lines.push(value);
    else {
      endLines();
      fields.push(kind, value);
    }
  }
  endLines();
  return fields;
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
