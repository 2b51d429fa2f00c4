/** An import of past sentences: one a line, or one JSON object a line. */
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { type Locale, localeOf } from '@fullname/shared/locale';

export type Sentences = {
  readonly sentences: readonly { readonly text: string; readonly locale: Locale }[];
  /** Line numbers, from 1, that cannot be read. */
  readonly bad: readonly number[];
};

/** Plain lines are of `locale`; JSON lines are `{"text": …, "lang": …}`, and without a language they are too. */
export function parseSentences(text: string, locale: Locale): Sentences {
  const sentences: { text: string; locale: Locale }[] = [];
  const bad: number[] = [];
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = raw.trim();
    if (line === '') return;
    const one = line.startsWith('{') ? fromJson(line, locale) : { text: line, locale };
    if (one && one.text.length <= MESSAGE_MAX_LENGTH) sentences.push(one);
    else bad.push(index + 1);
  });
  return { sentences, bad };
}

function fromJson(line: string, locale: Locale): Sentences['sentences'][number] | null {
  try {
    const { text, lang }: { text?: unknown; lang?: unknown } = JSON.parse(line);
    if (typeof text !== 'string' || text.trim() === '') return null;
    const spoken = lang === undefined ? locale : typeof lang === 'string' ? localeOf(lang) : null;
    return spoken ? { text: text.trim(), locale: spoken } : null;
  } catch {
    return null;
  }
}
