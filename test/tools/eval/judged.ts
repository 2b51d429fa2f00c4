/** What people have judged: one line for a rule and a sentence, kept as a hash, since the sentences are not ours to keep. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locale } from '@fullname/shared/locale';
import { root } from '../../support/root.ts';

export const JUDGED_FILE = join(root, 'test/tools/eval/judged.jsonl');

/** `true`: a good service person would agree that this sentence should be said otherwise, for this rule's reason. */
export type Judgement = {
  readonly rule: string;
  readonly lang: Locale;
  readonly hash: string;
  readonly verdict: boolean;
};
export type Verdicts = (rule: string, lang: Locale, hash: string) => boolean | null;

/** Throws naming a line that is no judgement, and one that contradicts an earlier one. */
export function readVerdicts(): Verdicts {
  const verdicts = new Map<string, boolean>();
  for (const [index, line] of readFileSync(JUDGED_FILE, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const { rule, lang, hash, verdict } = JSON.parse(line) as Partial<Judgement>;
    const key = `${rule} ${lang} ${hash}`;
    const isKnown = verdicts.has(key) && verdicts.get(key) !== verdict;
    if (!rule || !lang || !hash || typeof verdict !== 'boolean' || isKnown) {
      throw new Error(
        `judged.jsonl, line ${index + 1}: ${isKnown ? 'contradicts an earlier line' : 'is no judgement'}`,
      );
    }
    verdicts.set(key, verdict);
  }
  return (rule, lang, hash) => verdicts.get(`${rule} ${lang} ${hash}`) ?? null;
}

/**
 * Alike for sentences that differ only in case, width, white space and links. It does not use the reader's own folding, so that
 * judgements outlive changes of the reader.
 */
export function hashOf(sentence: string): string {
  const normalised = sentence
    .normalize('NFKC')
    .toLowerCase()
    .replace(/https?:\/\/\S+/g, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
  return createHash('sha256').update(normalised).digest('hex');
}
