/** The e-mail of somebody whose promise may take longer, before its time has passed. */
import type { Locale } from '@fullname/shared/locale';

/** A letter quotes what was promised, and is no place for four thousand characters of it. */
const QUOTED_MAX = 600;

export function slippingLetter(
  promise: { readonly text: string; readonly due: string },
  {
    locale,
    name,
    keeper,
  }: { readonly locale: Locale; readonly name: string | null; readonly keeper: string },
): { readonly subject: string; readonly body: string } {
  const words = WORDS[locale];
  const text =
    promise.text.length > QUOTED_MAX ? `${promise.text.slice(0, QUOTED_MAX).trimEnd()}…` : promise.text;
  const paragraphs = [words.greeting(name), ...words.says(text, momentOf(promise.due, locale)), keeper];
  return { subject: words.subject, body: paragraphs.join('\n\n') };
}

/** Nobody has told the relay in which time zone a customer lives. */
function momentOf(due: string, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(new Date(due))} (UTC)`;
}

type Words = {
  readonly subject: string;
  readonly greeting: (name: string | null) => string;
  readonly says: (text: string, by: string) => string[];
};

const WORDS: Record<Locale, Words> = {
  en: {
    subject: 'What I promised you may take longer',
    greeting: (name) => (name === null ? 'Hello,' : `Dear ${name},`),
    says: (text, by) => [
      `I promised you this by ${by}:\n${text}`,
      'It is not done yet, and it may take longer than I said. I am sorry. I want you to hear it from me before that time has passed.',
      'I am still on it, and I will write to you as soon as it is done.',
    ],
  },
  'zh-Hans': {
    subject: '我答应您的事可能会晚一些',
    greeting: (name) => (name === null ? '您好：' : `${name}，您好：`),
    says: (text, by) => [
      `我答应过您，在 ${by} 之前做到：\n${text}`,
      '这件事还没有办好，可能会比我说的时间晚。很抱歉。我想在时间到之前亲自告诉您。',
      '我还在办，一办好就写信给您。',
    ],
  },
  'zh-Hant': {
    subject: '我答應您的事可能會晚一些',
    greeting: (name) => (name === null ? '您好：' : `${name}，您好：`),
    says: (text, by) => [
      `我答應過您，在 ${by} 之前做到：\n${text}`,
      '這件事還沒有辦好，可能會比我說的時間晚。很抱歉。我想在時間到之前親自告訴您。',
      '我還在辦，一辦好就寫信給您。',
    ],
  },
};
