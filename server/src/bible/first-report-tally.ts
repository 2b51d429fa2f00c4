/** Counts what the rules find in many texts, in the memory of a few hundred rules however many texts there are. */
import type { FirstReport } from '@fullname/shared/book';
import { fold } from '@fullname/shared/reader/fold';
import type { RuleFinding } from '@fullname/shared/reader/reading';
import { levelOf, type Rule } from '@fullname/shared/reader/rule';
import { sentencesOf } from '@fullname/shared/reader/sentences';
import { createMasker, type Masker } from './mask.ts';

export type Tally = {
  add(read: Read): void;
  sentences(): number;
  result(): Pick<FirstReport, 'read' | 'phrases'>;
};

type Read = {
  /** Null for an imported sentence. */
  readonly conversation: string | null;
  readonly text: string;
  readonly findings: readonly RuleFinding[];
  /** The customer's names, which no answer may hold. */
  readonly customer: readonly (string | null)[];
};

const PHRASES_MAX = 20;
const SENTENCES_MAX = 3;
const SENTENCE_MAX = 300;
const WORDS_MAX = 120;
/** Different words of one rule that are counted apart, to name its most frequent ones. */
const VARIANTS_MAX = 200;

type Sum = {
  readonly rule: Rule;
  count: number;
  readonly variants: Map<string, { readonly words: string; count: number }>;
  readonly sentences: Set<string>;
};

/** `colleagues` hides everybody's name: the report is about words. */
export function createTally(colleagues: Masker): Tally {
  const sums = new Map<string, Sum>();
  let conversations = 0;
  let last: string | null = null;
  let sentences = 0;

  return {
    add({ conversation, text, findings, customer }) {
      // The texts of one conversation come one after the other.
      if (conversation !== null && conversation !== last) conversations += 1;
      last = conversation;
      const folded = fold(text);
      const cut = sentencesOf(folded.text).map(({ from, to }) => ({
        from: folded.from[from] ?? 0,
        to: folded.to[to - 1] ?? 0,
      }));
      sentences += cut.length;
      if (findings.length === 0) return;
      const names = createMasker(customer.filter((name) => name !== null));
      const mask = (words: string, max: number) =>
        names.mask(colleagues.mask(words, Number.POSITIVE_INFINITY), max);
      for (const { rule, from, to } of findings) {
        const sum = sums.get(rule.id) ?? { rule, count: 0, variants: new Map(), sentences: new Set() };
        sums.set(rule.id, sum);
        sum.count += 1;
        const place = cut.find((one) => from < one.to && to > one.from) ?? { from, to };
        countWords(sum, text.slice(from, to), (words) => mask(words, WORDS_MAX));
        if (sum.sentences.size < SENTENCES_MAX)
          sum.sentences.add(mask(text.slice(place.from, place.to), SENTENCE_MAX));
      }
    },
    sentences: () => sentences,
    result: () => ({ read: { conversations, sentences }, phrases: mostFrequent([...sums.values()]) }),
  };
}

function countWords({ variants }: Sum, words: string, mask: (words: string) => string): void {
  const key = words.toLowerCase().replace(/\s+/g, ' ');
  const variant = variants.get(key);
  if (variant) variant.count += 1;
  else if (variants.size < VARIANTS_MAX) variants.set(key, { words: mask(words), count: 1 });
}

function mostFrequent(sums: readonly Sum[]): FirstReport['phrases'] {
  return [...sums]
    .sort((a, b) => b.count - a.count)
    .slice(0, PHRASES_MAX)
    .map(({ rule, count, variants, sentences }) => ({
      rule: rule.id,
      title: rule.title,
      level: levelOf(rule),
      words: [...variants.values()].sort((a, b) => b.count - a.count)[0]?.words ?? '',
      count,
      sentences: [...sentences],
    }));
}
