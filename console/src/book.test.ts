import { failed, ok, type Result } from '@fullname/shared/errors';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openBook } from './book.ts';
import { phrase, rule, shelfOf } from './testing/reading.ts';

let answers: (() => Result<unknown>)[] = [];
const asked = vi.fn();

/** The relay’s book: each request takes the next answer, and the last stays. */
beforeEach(() => {
  asked.mockClear();
  vi.stubGlobal('fetch', async (path: string) => {
    asked(path);
    const answer = (answers.length > 1 ? answers.shift() : answers[0])?.();
    return new Response(JSON.stringify(answer));
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const edition =
  (revision: number, change = {}) =>
  () =>
    ok(shelfOf({ revision, ...change }));

describe('the book', () => {
  it('is read once for all who ask at the same time, and once more for those who ask meanwhile', async () => {
    answers = [edition(1), edition(2)];
    const told = signal(0);
    const book = openBook(told);
    book.read('en');
    told.value += 1;
    told.value += 1;
    await book.reload();
    expect(asked).toHaveBeenCalledTimes(2);
    expect(book.read('en')?.revision).toBe(2);
    book.stop();
  });

  it('is read again after a passing trouble: nobody works with yesterday’s rules', async () => {
    vi.useFakeTimers();
    answers = [edition(1), () => failed('UNAVAILABLE'), edition(2, { rules: [rule('as I said')] })];
    const told = signal(0);
    const book = openBook(told);
    book.read('en');
    await vi.waitFor(() => expect(book.read('en')?.revision).toBe(1));
    told.value += 1;
    await vi.waitFor(() => expect(book.read('en')?.problem).toBe('UNAVAILABLE'));
    expect(book.read('en')?.revision).toBe(1);
    await vi.waitFor(() => expect(book.read('en')?.rules).toHaveLength(1));
    book.stop();
  });

  it('offers what fits the moment: brief first in a hurry, no delight, knowing words where they are true', async () => {
    const tags = ['plain', 'brief', 'delight', 'returning', 'acknowledge'];
    const phrases = tags.map((tag) => phrase(`${tag} words`, { id: tag, tags: [tag] }));
    answers = [edition(1, { phrases })];
    const book = openBook(signal(0));
    book.read('en');
    await vi.waitFor(() => expect(book.published('en')).toHaveLength(5));
    const offered = (...conditions: ('hurry' | 'returning' | 'open-failure')[]) =>
      book.forMoment('en', { situation: 'hello', values: {}, conditions }).map(({ id }) => id);
    expect(offered()).toEqual(['plain', 'brief', 'delight']);
    expect(offered('hurry')).toEqual(['brief', 'plain']);
    expect(offered('hurry', 'returning')).toEqual(['brief', 'plain', 'returning']);
    expect(offered('hurry', 'open-failure')).toEqual(['brief', 'plain', 'acknowledge']);
    book.stop();
  });
});
