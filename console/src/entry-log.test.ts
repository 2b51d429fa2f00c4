import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasGap, prepend, receive, receiveAll, reopen, startLog } from './entry-log.ts';
import { message } from './testing/scripted-relay.ts';

const upTo = (last: number) =>
  Array.from({ length: last }, (_, index) => message(index + 1, `line ${index + 1}`));
const numbers = (log: { entries: readonly { seq: number }[] }) => log.entries.map((entry) => entry.seq);

describe('the log of a conversation', () => {
  it('holds an early entry back until the gap before it is filled', () => {
    const early = receive(startLog(upTo(2), false), message(4, 'fourth'));
    expect(numbers(early)).toEqual([1, 2]);
    expect(hasGap(early)).toBe(true);
    const filled = receiveAll(early, [message(3, 'third')]);
    expect(numbers(filled)).toEqual([1, 2, 3, 4]);
    expect(hasGap(filled)).toBe(false);
  });

  it('draws a number once, however often it comes', () => {
    const log = receiveAll(startLog(upTo(3), false), [message(3, 'again'), message(2, 'again')]);
    expect(numbers(log)).toEqual([1, 2, 3]);
    expect(log.entries[2]).toMatchObject({ text: 'line 3' });
  });

  it('is whole and in order whatever the order in which entries come', () => {
    const shuffled = fc.shuffledSubarray(upTo(12), { minLength: 12 });
    fc.assert(
      fc.property(shuffled, (entries) => {
        const log = entries.reduce(receive, startLog([], false));
        expect(numbers(log)).toEqual(upTo(12).map((entry) => entry.seq));
      }),
    );
  });

  it('never shows a hole on the way', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(upTo(12)), (entries) => {
        let log = startLog([], false);
        for (const entry of entries) {
          log = receive(log, entry);
          expect(numbers(log)).toEqual(Array.from({ length: log.last }, (_, index) => index + 1));
        }
      }),
    );
  });

  it('joins the last page where it touches, and begins anew where it does not', () => {
    const joined = reopen(startLog(upTo(3), false), upTo(5).slice(2), true);
    expect(numbers(joined)).toEqual([1, 2, 3, 4, 5]);
    const apart = reopen(startLog(upTo(3), false), upTo(90).slice(60), true);
    expect(numbers(apart)[0]).toBe(61);
    expect(apart).toMatchObject({ last: 90, more: true });
  });

  it('puts older entries in front without doubling any', () => {
    const log = prepend(startLog(upTo(8).slice(4), true), upTo(5), false);
    expect(numbers(log)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(log.more).toBe(false);
  });
});
