/**
 * Whether texts that ask the same thing come into one group, without being told how many things are asked: BANKING77's test part, whose
 * 77 intents were sorted by people, beside the published figures of the same plain method on the same texts.
 */
import { groupAlike } from '@fullname/shared/alike';
import { atLeast, type Measured, type Stage } from '../../support/figures.ts';
import { bankingQuestions, DATA } from './corpora.ts';

export const ALIKE_FLAGS = [] as const;

export async function evaluateAlike(stage: Stage): Promise<readonly Measured[]> {
  const questions = bankingQuestions('test');
  if (!questions) {
    stage.progress(`skipped: nothing at ${DATA}`);
    return [];
  }
  const begun = performance.now();
  const groups = groupAlike(questions.map(({ text }) => text));
  const took = performance.now() - begun;
  stage.progress(`${questions.length} texts, ${groups.length} groups, ${Math.round(took)} ms`);
  const found = groups.flatMap(({ members }, group) => members.map((member) => [member, group] as const));
  const groupOf = new Map(found);
  const agreement = agreementOf(questions.map(({ intent }, at) => [`${groupOf.get(at)}`, intent]));
  return [
    atLeast('adjusted Rand index; published .314', [agreement.rand, ''], { must: 0.3 }),
    atLeast('pair F1; published .322', [agreement.pairs, ''], { must: 0.31 }),
    atLeast('normalised mutual information; published .698', [agreement.information, ''], { must: 0.69 }),
  ];
}

/** Hubert and Arabie's adjusted Rand index, the F1 of pairs, and mutual information over the mean of both entropies. */
export function agreementOf(sorted: readonly (readonly [group: string, intent: string])[]): {
  readonly rand: number;
  readonly pairs: number;
  readonly information: number;
} {
  const all = sorted.length;
  const both = countsOf(sorted.map((pair) => JSON.stringify(pair)));
  const groups = countsOf(sorted.map(([group]) => group));
  const intents = countsOf(sorted.map(([, intent]) => intent));
  const [same, found, meant] = [pairsIn(both), pairsIn(groups), pairsIn(intents)];
  const byChance = (found * meant) / pairsOf(all);
  const [of, and] = [entropyOf(groups, all), entropyOf(intents, all)];
  return {
    rand: (same - byChance) / ((found + meant) / 2 - byChance),
    pairs: (2 * same) / (found + meant),
    information: (2 * (of + and - entropyOf(both, all))) / (of + and),
  };
}

function countsOf(names: readonly string[]): number[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts.values()];
}

function pairsIn(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + pairsOf(count), 0);
}

function pairsOf(count: number): number {
  return (count * (count - 1)) / 2;
}

function entropyOf(counts: readonly number[], all: number): number {
  return -counts.reduce((sum, count) => sum + (count / all) * Math.log(count / all), 0);
}
