import { LOCALES } from '@fullname/shared/locale';
import { expect, test } from 'vitest';
import * as hans from './speech-zh-hans.ts';
import * as hant from './speech-zh-hant.ts';
import { fill, en as strings } from './strings.ts';
import { errorText, en as words } from './words.ts';

const english: Record<string, string> = { ...strings, ...words };
const chinese = [
  { locale: 'zh-Hans', said: { ...hans.strings, ...hans.words } as Record<string, string> },
  { locale: 'zh-Hant', said: { ...hant.strings, ...hant.words } as Record<string, string> },
];
const places = (text: string): string[] => [...new Set(text.match(/\{\d\}/g) ?? [])].sort();

test('there are words for every locale', () => {
  expect(['en', ...chinese.map((one) => one.locale)]).toEqual([...LOCALES]);
});

test.each(chinese)('$locale says everything that English says, with the same places', ({ said }) => {
  expect(Object.keys(said).sort()).toEqual(Object.keys(english).sort());
  for (const [key, text] of Object.entries(said)) {
    expect(text.trim(), key).not.toBe('');
    expect(places(text), key).toEqual(places(english[key] ?? ''));
  }
});

test.each(chinese)('$locale is written with its own punctuation', ({ said }) => {
  for (const [key, text] of Object.entries(said)) expect(text, key).not.toMatch(/[,;?!:]|\.$/);
});

test('Taiwan reads its own words, not converted ones', () => {
  const said = Object.values({ ...hant.strings, ...hant.words }).join('');
  expect(said).not.toMatch(/信息|连接|連接|网络|網絡|在线(?!上)|发送|[们这会说为请写无]/);
});

test('names are put where the sentence has them', () => {
  expect(fill('{1} asks {0}', 'a', 'b').join('')).toBe('b asks a');
});

test('a code without words of its own still says what to do next', () => {
  expect(errorText(words, 'NOT_TAKEN')).toBe(words.INVALID_PAYLOAD);
  expect(errorText(words, 'BLOCKED')).toBe(words.BLOCKED);
});
