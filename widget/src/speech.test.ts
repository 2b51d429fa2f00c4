import { LOCALES, WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import { expect, test } from 'vitest';
import { loadMore } from './more-words.ts';
import { withOwnWords } from './own-words.ts';
import { fill, loadSpeech, say, en as strings } from './strings.ts';
import { makeKit } from './ui/recovery.ts';
import { makeRemembered } from './ui/remembered.ts';
import { errorText, sayCount, tooLong, en as words } from './words.ts';

type Table = Readonly<Record<string, string>>;
/** Everything that is said in a language, of all chunks. */
type Said = { readonly locale: WidgetLocale; readonly first: Table; readonly said: Table };

const [english, ...others] = await Promise.all(
  WIDGET_LOCALES.map(async (locale): Promise<Said> => {
    const speech = await loadSpeech(locale);
    return {
      locale,
      first: { ...speech.strings, ...(speech.words ?? words) },
      said: {
        ...(await makeKit(locale)).said,
        ...(await makeRemembered(locale)).said,
        ...(await loadMore(locale)),
      },
    };
  }),
);
const chinese = others.filter(({ locale }) => (LOCALES as readonly string[]).includes(locale));
const textsOf = ({ first, said }: Said): [string, string][] => [
  ...Object.entries(first),
  ...Object.entries(said).map(([key, text]): [string, string] => [`said ${key}`, text]),
];
const placesOf = (text: string | undefined): string[] => [...new Set(text?.match(/\{\d\}/g) ?? [])].sort();
const inEnglish = new Map(textsOf(english as Said));

test.each(others)('$locale says everything that English says, with the same places', (one) => {
  expect(one.first.send).not.toBe(strings.send);
  expect(
    textsOf(one)
      .map(([key]) => key)
      .sort(),
  ).toEqual([...inEnglish.keys()].sort());
  for (const [key, text] of textsOf(one)) {
    if (key !== 'gap') expect(text.trim(), key).not.toBe('');
    expect(placesOf(text), key).toEqual(placesOf(inEnglish.get(key)));
  }
});

test.each(chinese)(
  '$locale leaves room after a name or a time: it may end in Latin letters or digits',
  (one) => {
    // A date ends in a character.
    const texts = textsOf(one).filter(([key]) => key !== 'said keptToldSince');
    for (const [key, text] of texts) expect(text, key).not.toMatch(/\}\p{Script=Han}/u);
  },
);

test.each(others)('$locale needs about as much room as English', (one) => {
  // A Chinese or Japanese character says as much as two or three letters.
  const most = /^(zh|ja)/.test(one.locale) ? 1.4 : 1.8;
  for (const [key, text] of textsOf(one)) {
    expect(text.length, `${key}: ${text}`).toBeLessThanOrEqual(12 + most * (inEnglish.get(key)?.length ?? 0));
  }
});

test.each([english as Said, ...others])(
  '$locale: no exclamation mark, no ticket, and no two dots for three',
  (one) => {
    for (const [key, text] of textsOf(one)) expect(text, key).not.toMatch(/[!！]|\.\.\.|ticket/i);
  },
);

test('fr: no line begins with a colon or a question mark', () => {
  const french = others.filter(({ locale }) => locale === 'fr').flatMap(textsOf);
  expect(french.length).toBeGreaterThan(0);
  for (const [key, text] of french) expect(text, key).not.toMatch(/ [:;?!»]|« /);
});

test.each([english as Said, ...others])(
  '$locale has a noun for every number of characters',
  ({ locale, first }) => {
    const text = first.TOO_LONG ?? '';
    const rules = new Intl.PluralRules(locale);
    const needed = new Set(Array.from({ length: 4_000 }, (_, index) => rules.select(index + 1)));
    const forms = [...(/\{(\w+:[^}]*)\}/.exec(text)?.[1] ?? '').matchAll(/(\w+):/g)].map(([, form]) => form);
    if (forms.length > 0) expect(forms.sort()).toEqual([...needed].sort());
    for (const count of [1, 2, 3, 11, 100, 4_000]) {
      expect(sayCount(text, count, locale)).toContain(String(count));
      expect(sayCount(text, count, locale)).not.toMatch(/[{}|]/);
    }
  },
);

test('a number has the noun that it takes', () => {
  expect(tooLong('x'.repeat(4_001), { words, locale: 'en' })).toContain('by 1 character,');
  expect(tooLong('x'.repeat(4_002), { words, locale: 'en' })).toContain('by 2 characters,');
  expect(tooLong('x'.repeat(4_000), { words, locale: 'en' })).toBeNull();
});

test.each(chinese)('$locale is written with its own punctuation, and says 您', (one) => {
  for (const [key, text] of textsOf(one)) expect(text, key).not.toMatch(/[,;?!]|\.$|你/);
});

test('Taiwan reads its own words, not converted ones', () => {
  const said = chinese
    .filter(({ locale }) => locale === 'zh-Hant')
    .flatMap(textsOf)
    .map(([, text]) => text);
  expect(said.length).toBe(inEnglish.size);
  expect(said.join('')).not.toMatch(/信息|连接|連接|网络|網絡|在线(?!上)|发送|[们这会说为请写无]/);
});

test('Arabic keeps every name, time and number in isolation', () => {
  const arabic = others.filter(({ locale }) => locale === 'ar').flatMap(textsOf);
  const places = arabic.flatMap(([, text]) => text.match(/.?\{\d\}.?/gu) ?? []);
  expect(places.length).toBeGreaterThan(30);
  for (const place of places) expect(place).toMatch(/^\u2068\{\d\}\u2069$/);
});

test('names are put where the sentence has them', () => {
  expect(fill('{1} asks {0}', 'a', 'b').join('')).toBe('b asks a');
});

test('a code without words of its own still says what to do next', () => {
  expect(errorText(words, 'NOT_TAKEN')).toBe(words.INVALID_PAYLOAD);
  expect(errorText(words, 'BLOCKED')).toBe(words.BLOCKED);
});

test('the owner’s own words stand in place of ours, where they fit', () => {
  const own = {
    title: 'Ask a florist',
    backAt: 'here again',
    send: ' ',
    or: '{1} or {0}',
    constructor: 'x',
    nothing: 'y',
  };
  expect(withOwnWords(strings, own)).toEqual({ ...strings, title: 'Ask a florist', or: '{1} or {0}' });
});

test('the owner’s words are for one language, and for what comes later too', async () => {
  const own = { en: { intro: 'We are florists.', retry: 'Once more' }, de: { send: 'Ab damit' } };
  const inEnglish = await loadSpeech('en', own);
  expect([inEnglish.strings.intro, inEnglish.words?.retry, inEnglish.words?.edit]).toEqual([
    ...['We are florists.', 'Once more', words.edit],
  ]);
  expect((await loadSpeech('en', { en: { intro: 'We are florists.' } })).words).toBeNull();
  const inGerman = await loadSpeech('de', own);
  expect([inGerman.strings.send, inGerman.words?.edit]).toEqual(['Ab damit', 'Bearbeiten']);
  expect(say(inGerman.strings.writeTo, '林怡君')).toBe('An 林怡君…');
});
