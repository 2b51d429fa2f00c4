import { LOCALES } from '@fullname/shared/locale';
import { describe, expect, it } from 'vitest';
import { MOMENT_STRINGS } from './moments.ts';
import { SITE_STRINGS } from './site.ts';

/** Every text by its path; functions are called with stand-ins. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return textsOf(value('〈1〉', '〈2〉'), path);
  return Object.entries(value ?? {}).flatMap(([name, inner]) =>
    textsOf(inner, path ? `${path}.${name}` : name),
  );
}

const TABLES = [
  ['a site’s setup', SITE_STRINGS],
  ['first and last moments', MOMENT_STRINGS],
] as const;
const cases = TABLES.flatMap(([of, table]) => LOCALES.map((locale) => ({ of, table, locale })));

describe.each(cases)('the words of $of in $locale', ({ table, locale }) => {
  const texts = textsOf(table[locale]);
  const english = new Map(textsOf(table.en));

  it('are as many as in English, none is empty, and none shouts', () => {
    expect(texts.map(([path]) => path).sort()).toEqual([...english.keys()].sort());
    expect(texts.filter(([, text]) => text.trim() === '' || /[!！]/.test(text))).toEqual([]);
  });

  it('keep every value that the English words name', () => {
    const values = (text: string) => [...new Set(text.match(/〈\d〉/g))].sort();
    for (const [path, text] of texts)
      expect([path, values(text)]).toEqual([path, values(english.get(path) ?? '')]);
  });

  it('are written as the language is', () => {
    if (locale === 'en') return;
    expect(texts.filter(([, text]) => /\p{Script=Han}[,:;?]/u.test(text))).toEqual([]);
    const mainland = /信息|連接|網絡|默認|登錄|鏈接|保存|搜索|用戶|軟件|回復/;
    if (locale === 'zh-Hant') expect(texts.filter(([, text]) => mainland.test(text))).toEqual([]);
  });
});
