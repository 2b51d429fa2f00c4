/** Text files as they come: spreadsheets write Chinese in the old encodings of their country. */
import type { Locale } from '@fullname/shared/locale';

const OLDER: Record<Locale, readonly string[]> = {
  en: ['windows-1252'],
  'zh-Hans': ['gb18030'],
  'zh-Hant': ['big5', 'gb18030'],
};

/** The words of a text file; null where it is none. */
export async function readTextFile(file: Blob, locale: Locale): Promise<string | null> {
  try {
    return decode(new Uint8Array(await file.arrayBuffer()), locale);
  } catch {
    return null;
  }
}

export function decode(bytes: Uint8Array, locale: Locale): string | null {
  const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? ['utf-16le'] : [];
  for (const encoding of [...marked, 'utf-8', ...OLDER[locale]]) {
    try {
      const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
      // A picture or a spreadsheet is no text in any encoding.
      return text.includes('\0') ? null : text;
    } catch {
      // Not this one.
    }
  }
  return null;
}
