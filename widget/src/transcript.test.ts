import type { PublicEntry } from '@fullname/shared/model';
import { expect, test } from 'vitest';
import { makeClock } from './clock.ts';
import { en as more } from './more-words.ts';
import { BLANK } from './state.ts';
import { transcriptOf } from './transcript.ts';
import { makeKit } from './ui/recovery.ts';
import { en as words } from './words.ts';

const MEGAN = { id: 'p1', fullName: 'Megan Kajitani' };
const LIN = { id: 'p2', fullName: '林怡君' };
const head = (publicSeq: number) => ({
  id: null,
  at: '2026-03-03T10:00:00.000Z',
  conversation: 'c',
  publicSeq,
});

const entries: PublicEntry[] = [
  { ...head(1), kind: 'message', author: { kind: 'visitor' }, text: 'Where is\nmy parcel?' },
  { ...head(2), kind: 'joined', person: MEGAN },
  { ...head(3), kind: 'hello', author: { kind: 'agent', person: MEGAN }, text: 'I am looking.' },
  { ...head(4), kind: 'handed-over', from: MEGAN, to: LIN, contact: MEGAN },
  { ...head(5), kind: 'email-given', email: 'anna@example.org' },
  {
    ...head(6),
    ...{ kind: 'file', author: { kind: 'visitor' }, text: 'rose.png', file: 'f1', type: 'image/png' },
    ...{ bytes: 1_234, width: 8, height: 6 },
  },
  { ...head(7), kind: 'farewell', author: { kind: 'agent', person: LIN }, text: 'Goodbye.' },
  // Removed by its visitor since.
  { ...head(8), kind: 'email-given', email: '' },
  { ...head(9), kind: 'introduced', name: null, email: null, order: null },
];

test('the transcript has every line with its full name and time', () => {
  const clock = makeClock('en');
  const text = transcriptOf(
    { ...BLANK, entries, visitor: { name: 'Anna Lindqvist', emailKnown: false, identityRefused: false } },
    { words, clock, kit: null, more: null },
  );
  const at = clock.full('2026-03-03T10:00:00.000Z');
  expect(at).toMatch(/2026/);
  expect(text.split('\n\n')).toEqual([
    'Conversation',
    `${at}  Anna Lindqvist:\nWhere is\nmy parcel?`,
    `${at}  You are now speaking with Megan Kajitani`,
    `${at}  Megan Kajitani:\nI am looking.`,
    `${at}  Megan Kajitani has asked 林怡君 to help you. Megan Kajitani stays your contact.`,
    `${at}  We can also answer you at anna@example.org.`,
    `${at}  Anna Lindqvist:\nrose.png`,
    `${at}  林怡君:\nGoodbye.\n`,
  ]);
});

test('somebody whose name is not known is “You”', () => {
  expect(
    transcriptOf(
      { ...BLANK, entries: entries.slice(0, 1) },
      { words, clock: makeClock('en'), kit: null, more: null },
    ),
  ).toContain('You:\n');
});

test('promises, extras and a new ally are in it by name, with the date and not the day’s name', async () => {
  const clock = makeClock('en');
  const due = '2026-03-03T16:00:00.000Z';
  const promise = { person: MEGAN, promise: 'p', text: 'a call about the vase', due };
  const offer = { person: MEGAN, offer: 'o', text: 'Which one?', options: ['Tulips', 'Free delivery'] };
  const promised: PublicEntry[] = [
    { ...head(1), kind: 'promise-made', ...promise },
    { ...head(2), kind: 'extras-offered', ...offer },
    { ...head(3), kind: 'extra-chosen', offer: 'o', choice: 'Tulips' },
    { ...head(4), kind: 'ally-changed', from: MEGAN, to: LIN },
  ];
  const telling = { words, clock, kit: await makeKit('en'), more: null };
  const at = clock.full('2026-03-03T10:00:00.000Z');
  expect(
    transcriptOf({ ...BLANK, entries: promised }, telling)
      .trim()
      .split('\n\n')
      .slice(1),
  ).toEqual([
    `${at}  Megan Kajitani promised: a call about the vase, by ${clock.full(due)}.`,
    `${at}  Megan Kajitani offers: Which one? (Tulips · Free delivery)`,
    `${at}  You:\nTulips`,
    `${at}  林怡君 is your person here from now on. Megan Kajitani has handed over by name.`,
  ]);
});

test('an answer after the goodbye is in it below its question', () => {
  const clock = makeClock('en');
  const answered: PublicEntry = { ...head(1), kind: 'farewell-answered', question: 'hope', text: 'Peonies.' };
  const telling = { words, clock, kit: null, more };
  expect(transcriptOf({ ...BLANK, entries: [answered] }, telling)).toContain(
    'You:\nWhat do you hope for next time?\nPeonies.',
  );
});

test('who is back today is back at a time, and otherwise on a day', () => {
  const clock = makeClock('en');
  const today = new Date();
  today.setHours(14, 0, 0, 0);
  expect(clock.back(today.toISOString())).toEqual({ today: true, text: '14:00' });
  const later = new Date(today.getFullYear(), today.getMonth(), today.getDate() + 2, 9, 30);
  const { today: isToday, text } = clock.back(later.toISOString());
  expect(isToday).toBe(false);
  expect(text).toMatch(/day.*09:30/);
});

test('days are called by name while they are near', () => {
  const clock = makeClock('en');
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 23, 59);
  expect(clock.day(now.toISOString(), words)).toBe('Today');
  expect(clock.day(yesterday.toISOString(), words)).toBe('Yesterday');
});
