import { expect, test } from 'vitest';
import type { Entry } from './model.ts';
import { LONG_WAIT_MS, situationOf } from './situation.ts';

const me = { id: 'me', fullName: 'Megan Kajitani' };
const other = { id: 'other', fullName: '林怡君' };
const at = '2026-05-01T10:00:00.000Z';
const now = Date.parse(at);
const head = { conversation: 'c', publicSeq: 1, id: null, at };

const says = (text: string): Entry => ({
  ...head,
  seq: 1,
  kind: 'message',
  author: { kind: 'visitor' },
  text,
});
const hello: Entry = { ...head, seq: 2, kind: 'hello', author: { kind: 'agent', person: me }, text: 'Hello' };
const handedToMe: Entry = { ...head, seq: 3, kind: 'handed-over', from: other, to: me, contact: other };
const note: Entry = {
  ...head,
  seq: 4,
  kind: 'note',
  author: { kind: 'agent', person: other },
  text: 'thanks',
};

const of = (entries: Entry[], rest: { closed?: boolean; now?: number } = {}) =>
  situationOf({ entries, me: 'me', closed: false, now, ...rest });

test('before my first words it is hello, or the hand-over to me', () => {
  expect(of([says('My parcel is late')])).toBe('hello');
  expect(of([says('My parcel is late'), handedToMe])).toBe('hand-over');
});

test.each([
  ['Thank you so much, bye', 'farewell'],
  ['謝謝您', 'farewell'],
  ['It is broken again', 'apology'],
  ['又没收到', 'apology'],
  ['Shall I give you my password?', 'security'],
  ['Could you send it on Sunday?', 'refusing'],
  ['Is it possible to deliver on Sunday?', 'refusing'],
  ['我想換藍色的', 'refusing'],
  ['能周日送吗', 'refusing'],
  ['How will you make it up to me?', 'compensation'],
  ['你们怎么赔偿我？', 'compensation'],
  ['要怎麼賠', 'compensation'],
  ['When will it arrive?', 'promise'],
  ['什麼時候會到？', 'promise'],
  ['还要多久', 'promise'],
  ['I have the blue one', 'understanding'],
])('after hello, “%s” is %s', (text, situation) => {
  expect(of([says('x'), hello, says(text)])).toBe(situation);
});

test('a long wait for an answer asks for words about the wait', () => {
  expect(of([says('x'), hello, says('I have the blue one')], { now: now + LONG_WAIT_MS + 1 })).toBe(
    'waiting',
  );
});

test('a closed conversation is followed up; notes are nobody’s words to a customer', () => {
  expect(of([says('x'), hello], { closed: true })).toBe('follow-up');
  expect(of([says('x'), hello, says('I have the blue one'), note])).toBe('understanding');
});
