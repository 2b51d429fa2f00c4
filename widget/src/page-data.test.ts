import { failed, ok } from '@fullname/shared/errors';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createPageData } from './page-data.ts';
import { BLANK, type ChatState } from './state.ts';
import type { Talk } from './talk.ts';

type Asked = {
  conversation: string;
  attributes?: object;
  events: { id: string; name: string; ago: number }[];
};

let state: ChatState;
let asked: Asked[];
let answers: unknown[];
let listener: () => void;
let made = 0;

const chat = {
  state: () => state,
  subscribe: (next: () => void) => {
    listener = next;
    return () => undefined;
  },
  talk: () =>
    ({
      newId: () => `id ${made++}`,
      passes: (code: string) => code === 'UNAVAILABLE' || code === 'TOO_MANY',
      ask: async (_: string, request: Asked) => {
        asked.push(request);
        return answers.shift() ?? ok({});
      },
    }) as unknown as Talk,
};

const become = (patch: Partial<ChatState>): void => {
  state = { ...state, ...patch };
  listener();
};
const inTalk = (id: string): Partial<ChatState> => ({
  line: 'on',
  conversation: { id } as NonNullable<ChatState['conversation']>,
});
const track = (name: string) => ({ type: 'track', name, meta: {}, since: Date.now() }) as const;
const names = () => asked.flatMap(({ events }) => events.map(({ name }) => name));

beforeEach(() => {
  vi.useFakeTimers();
  [state, asked, answers] = [BLANK, [], []];
});
afterEach(() => vi.useRealTimers());

test('nothing is told before there is a conversation; then all of it, once', async () => {
  const data = createPageData(chat);
  data.hear({ type: 'update', attributes: { plan: 'gold' } });
  data.hear(track('basket-left'));
  become({ line: 'on' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  become(inTalk('c1'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked).toMatchObject([
    { conversation: 'c1', attributes: { plan: 'gold' }, events: [{ name: 'basket-left', ago: 61_000 }] },
  ]);
  become({});
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(1);
});

test('calls that come together are told together, and only what is new', async () => {
  const data = createPageData(chat);
  become(inTalk('c1'));
  data.hear({ type: 'update', attributes: { plan: 'gold' } });
  data.hear(track('one'));
  await vi.advanceTimersByTimeAsync(1_000);
  data.hear(track('two'));
  data.hear(track('three'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.map(({ events }) => events.map(({ name }) => name))).toEqual([['one'], ['two', 'three']]);
  expect(asked[1]).not.toHaveProperty('attributes');
});

test('without a line it waits; what did not arrive goes again under the same id; a refusal is taken', async () => {
  const data = createPageData(chat);
  become({ ...inTalk('c1'), line: 'lost' });
  data.hear(track('one'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toEqual([]);
  answers = [failed('TOO_MANY'), ok({}), failed('INVALID_PAYLOAD')];
  become({ line: 'on' });
  await vi.advanceTimersByTimeAsync(60_000);
  expect(names()).toEqual(['one', 'one']);
  expect(asked[0]?.events[0]?.id).toBe(asked[1]?.events[0]?.id);
  data.hear(track('two'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(names()).toEqual(['one', 'one', 'two']);
});

test('another conversation is told the labels anew; somebody else is told of nothing', async () => {
  const data = createPageData(chat);
  become(inTalk('c1'));
  data.hear({ type: 'update', attributes: { plan: 'gold' } });
  await vi.advanceTimersByTimeAsync(1_000);
  become(inTalk('c2'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked.map(({ conversation, attributes }) => [conversation, attributes])).toEqual([
    ['c1', { plan: 'gold' }],
    ['c2', { plan: 'gold' }],
  ]);
  become({ line: 'lost' });
  data.hear(track('left'));
  data.hear({ type: 'update', attributes: null });
  become(inTalk('c3'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(2);
});

test('a loop keeps the latest', async () => {
  const data = createPageData(chat);
  for (let count = 0; count < 50; count++) data.hear(track(`turn ${count}`));
  become(inTalk('c1'));
  await vi.advanceTimersByTimeAsync(1_000);
  expect(asked[0]?.events).toHaveLength(20);
  expect(names().at(-1)).toBe('turn 49');
});
