import { ERROR_TEXTS } from '@fullname/shared/errors';
import { LOCALES } from '@fullname/shared/locale';
import { describe, expect, it } from 'vitest';
import { STRINGS } from './index.ts';

/** Every text of a language by its path; functions are called with stand-ins. */
function textsOf(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return textsOf(value('〈1〉', '〈2〉', '〈3〉'), path);
  return Object.entries(value ?? {}).flatMap(([name, inner]) =>
    textsOf(inner, path ? `${path}.${name}` : name),
  );
}

const english = new Map(textsOf(STRINGS.en));
/** Empty on purpose: nothing stands after the name. */
const MAY_BE_EMPTY = /\.after$/;

describe.each(LOCALES)('the words in %s', (locale) => {
  const texts = new Map(textsOf(STRINGS[locale]));

  it('are as many as in English, and none is empty', () => {
    expect([...texts.keys()].sort()).toEqual([...english.keys()].sort());
    expect([...texts].filter(([path, text]) => text.trim() === '' && !MAY_BE_EMPTY.test(path))).toEqual([]);
  });

  it('keep every value that the English words name', () => {
    const values = (text: string) => [...new Set(text.match(/〈\d〉/g))].sort();
    for (const [path, text] of texts)
      expect([path, values(text)]).toEqual([path, values(english.get(path) ?? '')]);
  });

  it('have a text for every refusal', () => {
    expect(Object.keys(STRINGS[locale].errors).sort()).toEqual(Object.keys(ERROR_TEXTS).sort());
  });

  it('stay calm: no exclamation marks', () => {
    expect([...texts].filter(([, text]) => /[!！]/.test(text))).toEqual([]);
  });
});

describe.each(['zh-Hans', 'zh-Hant'] as const)('Chinese as it is written: %s', (locale) => {
  it('has its own punctuation', () => {
    const halfWidth = textsOf(STRINGS[locale]).filter(([, text]) => /\p{Script=Han}[,:;?]/u.test(text));
    expect(halfWidth).toEqual([]);
  });

  it('speaks to customers with 您', () => {
    const { before } = STRINGS[locale].accept.speaking('林怡君');
    expect(before).toContain('您');
  });
});

describe('繁體中文', () => {
  it('uses the words of Taiwan', () => {
    const mainland = /信息|連接|網絡|默認|登錄|鏈接|保存|搜索|用戶|軟件|回復/;
    expect(textsOf(STRINGS['zh-Hant']).filter(([, text]) => mainland.test(text))).toEqual([]);
  });
});
