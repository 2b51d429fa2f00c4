/** The starter rules read on a corpus. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Locale } from '@fullname/shared/locale';
import { compileRules, EXAMPLE_PEOPLE, readRules } from '@fullname/shared/reader/read';
import type { DraftState } from '@fullname/shared/reader/reading';
import type { Rule } from '@fullname/shared/reader/rule';
import { root } from '../../support/root.ts';
import type { Corpus, Turn } from './corpora.ts';
import { hashOf } from './judged.ts';

export type Finding = {
  readonly rule: Rule;
  readonly lang: Locale;
  readonly turn: Turn;
  readonly sentence: string;
  readonly hash: string;
  readonly from: number;
  readonly to: number;
};

type Starter = typeof import('../../../server/dist/bible/starter.js');
type Shape = typeof import('../../../server/dist/bible/starter/rule.js');

/** The rules that a new relay begins with, by language. */
export async function starterRules(): Promise<Readonly<Record<Locale, readonly Rule[]>>> {
  const from = <Module>(file: string) =>
    import(pathToFileURL(join(root, 'server/dist/bible', file)).href) as Promise<Module>;
  const { STARTER_RULES } = await from<Starter>('starter.js');
  const { bodyOf } = await from<Shape>('starter/rule.js');
  const rules = (locale: Locale) =>
    STARTER_RULES[locale].map(
      (rule): Rule => ({ ...bodyOf(rule, locale), id: rule.key, key: rule.key, quietSince: null, by: null }),
    );
  return { en: rules('en'), 'zh-Hans': rules('zh-Hans'), 'zh-Hant': rules('zh-Hant') };
}

/** What a conversation is taken for when nothing is known of it. */
export function stateOf(locale: Locale): DraftState {
  return { locale, ...EXAMPLE_PEOPLE[locale], conditions: [], said: [], heard: [], ownContacts: [] };
}

/** True for rules that the data can say nothing of: they speak of the names of the people in the conversation. */
export function isNamed(rule: Rule): boolean {
  return rule.finds.every((pattern) => pattern.includes('{'));
}

/**
 * Findings in the order of the corpus. The data tells nothing of open failures, hurry and the like, so each rule is read as if
 * every condition that it needs were there, and none that silences it.
 */
export function findingsIn(rules: readonly Rule[], corpus: Corpus): Finding[] {
  const compiled = compileRules(rules.map(unconditional));
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const state = stateOf(corpus.lang);
  return corpus.turns.flatMap((turn) =>
    readRules(compiled, turn.text, state).flatMap(({ rule, from, to, replace }) => {
      const original = byId.get(rule.id);
      const sentence = turn.text.slice(replace.from, replace.to);
      return original
        ? [{ rule: original, lang: corpus.lang, turn, sentence, hash: hashOf(sentence), from, to }]
        : [];
    }),
  );
}

function unconditional(rule: Rule): Rule {
  return { ...rule, when: [], unless: [], situations: [], replaces: 'sentence' };
}
