/**
 * The words of the first drawing, in English; every other language comes as a chunk with all its words. `{0}`, `{1}` stand for names,
 * times and numbers. What is said only once there is a conversation is in words.ts, which comes later.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { OwnWords } from './own-words.ts';
import type { Words } from './words.ts';

export const en = {
  title: 'Talk to a person',
  close: 'Close the chat',
  more: 'More',
  intro: 'A person reads what you write, and answers with their full name.',
  or: '{0} or {1}',
  /** Between names, and between sentences. */
  comma: ', ',
  gap: ' ',
  likely: 'Likely to answer you',
  here: 'here now',
  away: 'not here now',
  backAt: 'back at {0}',
  backOn: 'back {0}',
  within: 'Usually an answer within {0}–{1} minutes.',
  under: 'Usually an answer in under {0} min.',
  soon: 'Somebody is here and answers as soon as they can.',
  nobody: 'Nobody is here just now.',
  nobodyUntil: 'Nobody is here just now; we are back at {0}.',
  nobodyUntilDay: 'Nobody is here just now; we are back {0}.',
  allTheSame: 'Write all the same: a person reads it and answers.',
  ask: 'Ask for somebody by name',
  write: 'Write a message…',
  writeTo: 'Write to {0}…',
  message: 'Message',
  send: 'Send',
  lost: 'No connection just now. Write on: it is sent when the line is back.',
};

export type Strings = { readonly [Key in keyof typeof en]: string };
/** `words` is null where they come with the chunk that needs them. */
export type Speech = { readonly strings: Strings; readonly words: Words | null };

/** `own` is what the owner of the page says in place of it. */
export async function loadSpeech(locale: WidgetLocale, own?: OwnWords): Promise<Speech> {
  const speech = (await CHUNKS[locale]?.()) ?? { strings: en, words: null };
  const mine = own?.[locale];
  return mine ? (await import('./own-words.ts')).reword(speech, mine) : speech;
}

const CHUNKS: { readonly [Locale in WidgetLocale]?: () => Promise<Speech> } = {
  'zh-Hans': () => import('./speech-zh-hans.ts'),
  'zh-Hant': () => import('./speech-zh-hant.ts'),
  es: () => import('./speech-es.ts'),
  fr: () => import('./speech-fr.ts'),
  de: () => import('./speech-de.ts'),
  ja: () => import('./speech-ja.ts'),
  ar: () => import('./speech-ar.ts'),
};

/** A text with its places filled: by strings, or by elements where names are drawn. */
export function fill<Part>(text: string, ...parts: Part[]): (string | Part)[] {
  return text.split(/\{(\d)\}/).map((piece, index) => (index % 2 ? (parts[Number(piece)] ?? '') : piece));
}

export function say(text: string, ...parts: (string | number)[]): string {
  return fill(text, ...parts).join('');
}
