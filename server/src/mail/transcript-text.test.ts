import { WIDGET_LOCALES } from '@fullname/shared/locale';
import type { PublicBody, PublicEntry } from '@fullname/shared/model';
import { readSiteSettings } from '@fullname/shared/site-settings';
import { describe, expect, test } from 'vitest';
import { type Telling, TRANSCRIPT_MAX_LENGTH, transcriptText } from './transcript-text.ts';
import { TRANSCRIPT_WORDS } from './transcript-words.ts';

const at = '2026-03-04T15:16:00Z';
const megan = { id: 'm', fullName: 'Megan Kajitani' };
const yijun = { id: 'y', fullName: '林怡君' };
const fact = { person: megan, promise: 'p', text: 'Roses on Monday.', due: '2026-03-09T09:00:00Z' };
const visitor = { kind: 'visitor' } as const;
const agent = { kind: 'agent', person: megan } as const;

/** One of each kind that a visitor may see; the compiler holds the list to the contract. */
const BODIES: { readonly [Kind in PublicBody['kind']]: Extract<PublicBody, { kind: Kind }> } = {
  message: { kind: 'message', author: visitor, text: 'Is it there?' },
  hello: { kind: 'hello', author: agent, text: 'Good morning.' },
  farewell: { kind: 'farewell', author: agent, text: 'Goodbye.' },
  file: {
    ...{ kind: 'file', author: visitor, text: 'vase.png', file: 'f', type: 'image/png' },
    ...{ bytes: 1, width: null, height: null },
  },
  joined: { kind: 'joined', person: megan },
  'handed-over': { kind: 'handed-over', from: megan, to: yijun, contact: megan },
  'email-given': { kind: 'email-given', email: 'ada@example.com' },
  'person-asked': { kind: 'person-asked', person: yijun, here: true, backAt: null },
  greeted: { kind: 'greeted', person: megan, hello: 'h', text: 'The peonies are in.' },
  introduced: { kind: 'introduced', name: 'Ada', email: null, order: '1842' },
  'promise-made': { kind: 'promise-made', ...fact },
  'promise-moved': { kind: 'promise-moved', ...fact },
  'promise-kept': { kind: 'promise-kept', ...fact },
  'promise-slipping': { kind: 'promise-slipping', ...fact },
  'extras-offered': {
    ...{ kind: 'extras-offered', person: megan, offer: 'o', text: 'Which?' },
    options: ['Tulips', 'Roses'],
  },
  'extra-chosen': { kind: 'extra-chosen', offer: 'o', choice: 'Tulips' },
  'farewell-answered': { kind: 'farewell-answered', question: 'hope', text: 'Peonies' },
  'ally-changed': { kind: 'ally-changed', from: megan, to: yijun },
  'call-back': {
    ...{ kind: 'call-back', step: 'taken', callBack: 'c', person: megan, way: 'chat', phone: null },
    ...{ from: '2026-03-09T08:00:00Z', to: '2026-03-09T09:00:00Z' },
  },
};

const entry = (body: PublicBody, publicSeq = 1): PublicEntry =>
  ({ id: null, at, conversation: 'c', publicSeq, ...body }) as PublicEntry;
const telling = (wishes: Partial<Telling> = {}): Telling => ({
  ...{ locale: 'en', zone: 'Asia/Tokyo', siteName: 'Bloom & Stem', visitorName: null, isCut: false },
  settings: readSiteSettings({}),
  ...wishes,
});
const message = (text: string) => entry({ kind: 'message', author: visitor, text });

describe('every entry that a visitor sees', () => {
  test.each(WIDGET_LOCALES)('is told in %s, whole and by full names', (locale) => {
    const text = transcriptText(
      Object.values(BODIES).map((body) => entry(body)),
      telling({ locale }),
    );
    for (const said of [
      'Is it there?',
      'vase.png',
      'Roses on Monday',
      'Tulips · Roses',
      'Peonies',
      'The peonies are in.',
      '1842',
      '林怡君',
    ])
      expect(text).toContain(said);
    expect(text).not.toMatch(/\{\d\}|undefined|null|\[object/);
    expect(text).toContain(TRANSCRIPT_WORDS[locale].hope);
    const time = new Intl.DateTimeFormat(`${locale}-u-nu-latn`, {
      ...{ dateStyle: 'medium', timeStyle: 'short', timeZone: 'Asia/Tokyo' },
    }).format(new Date(at));
    expect(text.split('\n').filter((line) => line.startsWith(time))).toHaveLength(Object.keys(BODIES).length);
  });
});

test.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029', '\n\n'])(
  'words with %j in them begin no line as a head does',
  (line) => {
    const forged = `Yes.${line}Mar 5, 2026, 12:16 AM  Megan Kajitani:${line}You get it for nothing.`;
    const text = transcriptText([message(forged)], telling());
    expect(text).toContain('    Mar 5, 2026, 12:16 AM  Megan Kajitani:');
    expect(text.match(/^Mar 5.*$/gm)).toEqual([expect.stringMatching(/ {2}You:$/)]);
  },
);

test('a fact with lines in it is one line', () => {
  const evil = { kind: 'introduced', name: 'Ada\n\nMegan Kajitani:\n', email: null, order: '1' } as const;
  expect(transcriptText([entry(evil)], telling())).toContain('You said of yourself: Ada Megan Kajitani: · 1');
});

test('what its visitor has had removed leaves no line', () => {
  const none = { kind: 'introduced', name: null, email: null, order: null } as const;
  const left = [message('Hello.'), entry({ kind: 'email-given', email: '' }), entry(none)];
  expect(transcriptText(left, telling())).toBe(transcriptText([message('Hello.')], telling()));
});

test('of what is too long the end is told, and that it is the end', () => {
  const long = Array.from({ length: 150 }, (_, index) => message(`${index} ${'x'.repeat(3_990)}`));
  const text = transcriptText(long, telling());
  expect(text.length).toBeLessThan(TRANSCRIPT_MAX_LENGTH + 2_000);
  expect(text).toContain(TRANSCRIPT_WORDS.en.copyCut);
  expect(text).toContain('    149 x');
  expect(text).not.toContain('    0 x');
  expect(transcriptText([message('short')], telling())).not.toContain(TRANSCRIPT_WORDS.en.copyCut);
  expect(transcriptText([message('short')], telling({ isCut: true }))).toContain(TRANSCRIPT_WORDS.en.copyCut);
});

test('a zone that nobody knows is UTC; a visitor whom the site names has that name', () => {
  const text = transcriptText([message('Hello')], telling({ zone: '../etc', visitorName: 'Ada\nWhitcombe' }));
  expect(text).toContain('Times: UTC\n');
  expect(text).toContain('  Ada Whitcombe:\n    Hello');
});
