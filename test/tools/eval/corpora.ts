/** Real turns of people and systems that serve, read from `../shared/data` beside the project, or from a file of one's own. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '@fullname/shared/locale';
import { Converter } from 'opencc-js/cn2t';
import { root } from '../../support/root.ts';
import { readZippedText } from './zip.ts';

/** `before` is what the customer wrote last, to judge by; null where nothing is known. */
export type Turn = { readonly text: string; readonly before: string | null };
export type Corpus = { readonly name: string; readonly lang: Locale; readonly turns: readonly Turn[] };

export const DATA = join(root, '../shared/data');

/** Agents of 24 companies on Twitter. */
export function customerCare(): Corpus | null {
  const file = join(DATA, 'customer-care-dev.json');
  if (!existsSync(file)) return null;
  const conversations = JSON.parse(readFileSync(file, 'utf8')) as CareConversation[];
  const turns = conversations.flatMap(careTurns).filter(({ text }) => text !== '');
  return { name: 'customer care', lang: 'en', turns: withoutRepeats(turns) };
}

/** The sides that answer in CrossWOZ: people who played an information desk. */
export function crossWoz(): Corpus | null {
  const file = join(DATA, 'crosswoz-val.json.zip');
  if (!existsSync(file)) return null;
  const dialogues = Object.values(JSON.parse(readZippedText(file)) as Record<string, CrossWozDialogue>);
  const turns = dialogues.flatMap(({ messages }) =>
    messages.flatMap(({ role, content }, index) =>
      role === 'sys' ? [{ text: content, before: messages[index - 1]?.content ?? null }] : [],
    ),
  );
  return { name: 'CrossWOZ', lang: 'zh-Hans', turns };
}

/** What a bank's customers ask (BANKING77), and what people said that it asks; null where the file is not there. */
export function bankingQuestions(
  part: 'train' | 'test',
): readonly { readonly text: string; readonly intent: string }[] | null {
  const file = join(DATA, `banking77-${part}.csv`);
  if (!existsSync(file)) return null;
  // Text that may be quoted, and behind the last comma its intent. The first row has the names of the columns.
  const rows = readFileSync(file, 'utf8').matchAll(/^(?:"((?:[^"]|"")*)"|(.*)),([\w?]+)\r?$/gm);
  return [...rows].slice(1).map(([, quoted, bare, intent = '']) => ({
    text: (quoted ?? bare ?? '').replaceAll('""', '"'),
    intent,
  }));
}

/** `s2t` turns characters alone, `s2twp` the words of Taiwan as well. */
export type Conversion = 's2t' | 's2twp';
const CONVERTERS: Readonly<Record<Conversion, (text: string) => string>> = {
  s2t: Converter({ from: 'cn', to: 't' }),
  s2twp: Converter({ from: 'cn', to: 'twp' }),
};

export function converted(text: string, conversion: Conversion): string {
  return CONVERTERS[conversion](text);
}

export function convertedCorpus(corpus: Corpus, conversion: Conversion): Corpus {
  const turns = corpus.turns.map(({ text, before }) => ({
    text: converted(text, conversion),
    before: before === null ? null : converted(before, conversion),
  }));
  return { name: `${corpus.name} in traditional characters (${conversion})`, lang: 'zh-Hant', turns };
}

/** One object a line: `{text, lang, role}`. What customers wrote is context, not read. Throws naming a line that is none. */
export function jsonLines(file: string): Corpus[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  const byLanguage = new Map<Locale, Turn[]>();
  let before: string | null = null;
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const { text, lang, role } = readLine(line, `${file}, line ${index + 1}`);
    if (CUSTOMERS.has(role)) before = text;
    else byLanguage.set(lang, [...(byLanguage.get(lang) ?? []), { text, before }]);
  }
  return [...byLanguage].map(([lang, turns]) => ({ name: file, lang, turns }));
}

const CUSTOMERS = new Set(['customer', 'client', 'visitor', 'user', 'usr']);

type CareConversation = {
  readonly agentURL: { readonly url_utterance: string };
  /** Who wrote is the name of the field: `agent`, or `client`, `client1` … for customers and bystanders. */
  readonly dialogContent: readonly (Readonly<Record<string, string>> & { readonly message: string })[];
};
type CrossWozDialogue = { readonly messages: readonly { readonly role: string; readonly content: string }[] };

function careTurns({ agentURL, dialogContent }: CareConversation): Turn[] {
  let before: string | null = null;
  const turns: Turn[] = [];
  for (const entry of dialogContent) {
    if ('agent' in entry) turns.push({ text: plain(entry.message), before });
    else before = plain(entry.message);
  }
  return [...turns, { text: plain(agentURL.url_utterance), before }];
}

/** Without the people it is addressed to and without what the platform escapes. */
function plain(tweet: string): string {
  return tweet
    .replace(/^(?:@\w+\s+)+/, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}

function withoutRepeats(turns: readonly Turn[]): Turn[] {
  const seen = new Set<string>();
  return turns.filter(({ text, before }) => {
    const key = `${text}\n${before}`;
    return !seen.has(key) && seen.add(key);
  });
}

function readLine(line: string, place: string): { text: string; lang: Locale; role: string } {
  const value: unknown = JSON.parse(line);
  const { text, lang, role } = (typeof value === 'object' && value ? value : {}) as Record<string, unknown>;
  const locale = localeOf(lang);
  if (typeof text !== 'string' || typeof role !== 'string' || !locale) {
    throw new Error(`${place}: needs {"text": …, "lang": "en" | "zh-Hans" | "zh-Hant", "role": …}`);
  }
  return { text, lang: locale, role };
}

function localeOf(lang: unknown): Locale | null {
  if (lang === 'en' || lang === 'zh-Hans' || lang === 'zh-Hant') return lang;
  if (lang === 'zh' || lang === 'zh-CN') return 'zh-Hans';
  return lang === 'zh-TW' || lang === 'zh-HK' ? 'zh-Hant' : null;
}
