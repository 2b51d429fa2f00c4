import { failed, ok } from '@fullname/shared/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { tellDelivered } from './delivered.ts';
import { CONVERSATION, megan, row, scriptedRelay } from './testing/scripted-relay.ts';

let relay: ReturnType<typeof scriptedRelay>;
let delivered: ReturnType<typeof tellDelivered>;
const told = () => relay.requests('delivered:advance').map(({ seq }) => seq);

beforeEach(() => {
  vi.useFakeTimers();
  relay = scriptedRelay();
  relay.handlers['delivered:advance'] = () => ok({});
  delivered = tellDelivered(relay, megan.id);
});
afterEach(() => {
  delivered.stop();
  vi.useRealTimers();
});

test('what lies unread in my list is told once, with the newest number', async () => {
  delivered.note(row({ lastSeq: 3, read: 1 }));
  delivered.note(row({ lastSeq: 4, read: 1 }));
  await vi.advanceTimersByTimeAsync(1_000);
  delivered.note(row({ lastSeq: 4, read: 1 }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(relay.requests('delivered:advance')).toEqual([{ conversation: CONVERSATION, seq: 4 }]);
});

test("what is read meanwhile, waits, is closed or is another person's is not told", async () => {
  const other = { id: 'another', fullName: '林怡君' };
  delivered.note(row({ id: 'waits', status: 'waiting', holder: null, lastSeq: 3 }));
  delivered.note(row({ id: 'other', holder: other, lastSeq: 3 }));
  delivered.note(row({ id: 'closed', status: 'closed', lastSeq: 3 }));
  delivered.note(row({ lastSeq: 3, read: 1 }));
  delivered.note(row({ lastSeq: 3, read: 3 }));
  await vi.advanceTimersByTimeAsync(5_000);
  expect(told()).toEqual([]);
});

test('what could not be told is told with the next row, as after a welcome', async () => {
  relay.handlers['delivered:advance'] = () => failed('UNAVAILABLE');
  delivered.note(row({ lastSeq: 3 }));
  await vi.advanceTimersByTimeAsync(1_000);
  relay.handlers['delivered:advance'] = () => ok({});
  delivered.note(row({ lastSeq: 3 }));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(told()).toEqual([3, 3]);
});
