/** The arithmetic of docs/scaling.md, done again from the assumptions that it states. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startRelay } from '../support/relay.ts';
import { root } from '../support/root.ts';

const text = readFileSync(join(root, 'docs/scaling.md'), 'utf8');

const ASSUMED = {
  'one open chat in ten is a conversation that moves': 1 / 10,
  'somebody writes every 20 s': 1 / 20,
  "the day's mean is 0.4 of its peak": 0.4,
  'a message with its indexes is 1 KB on disk': 1_000,
  '0.5 KB on each wire': 500,
  'a relay with 20,000 sockets': 20_000,
} as const;

test('every row follows from what is assumed', () => {
  for (const assumption of Object.keys(ASSUMED)) expect(text).toContain(assumption);
  const rows = text.split('\n').filter((line) => /^\| [\d,]{4,} \|/.test(line));
  expect(rows).toHaveLength(5);
  for (const row of rows) {
    const [chats = 0, messages = 0, relays = 0, daily = 0, disk = 0, wire = 0, reads] = row
      .split('|')
      .slice(1, 8)
      .map(amount);
    expect(messages).toBeCloseTo(chats / 10 / 20, 0);
    expect(relays).toBe(Math.ceil(chats / ASSUMED['a relay with 20,000 sockets']));
    const [exactDaily, exactWire] = [messages * 86_400 * 0.4, messages * 500 * 3 * 8];
    expect(daily / exactDaily, row).toBeCloseTo(1, 1);
    expect(disk / (exactDaily * 1_000), row).toBeCloseTo(1, 1);
    expect(wire / exactWire, row).toBeCloseTo(1, 1);
    // One relay has no Redis to read from.
    expect(reads).toBe(relays === 1 ? undefined : messages * relays);
  }
});

test('a relay takes no more connections than it says', async () => {
  const [, said = ''] = /connections\*: (\d+) a relay/.exec(text) ?? [];
  const { database } = await startRelay();
  const side = database.openSidePool();
  const { max: main } = database.pool.options;
  expect(main + side.options.max).toBe(Number(said));
  await side.end();
});

/** `0.17 million`, `1.7 TB`, `6 Mbit/s`; undefined where there is none. */
function amount(cell: string): number | undefined {
  const [, number, unit = ''] = /^([\d,.]+) ?(.*)$/.exec(cell.trim()) ?? [];
  if (number === undefined) return undefined;
  return Number(number.replaceAll(',', '')) * (UNITS[unit] ?? Number.NaN);
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  million: 1e6,
  'thousand million': 1e9,
  GB: 1e9,
  TB: 1e12,
  'Mbit/s': 1e6,
};
