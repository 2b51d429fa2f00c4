/** Are simplified and traditional the same to the rules? The same text in both, and the same findings at the places that correspond. */
import type { Rule } from '@fullname/shared/reader/rule';
import { type Conversion, type Corpus, converted } from './corpora.ts';
import { findingsIn } from './findings.ts';

export type Parity = {
  readonly findings: number;
  readonly same: number;
  readonly differences: readonly string[];
};

/** Reads the same rules on both texts; `rules` are of the corpus’s own language. */
export function parityOf(rules: readonly Rule[], corpus: Corpus, conversion: Conversion): Parity {
  const twin = {
    ...corpus,
    turns: corpus.turns.map((turn) => ({ ...turn, text: converted(turn.text, conversion) })),
  };
  const ours = spotsOf(rules, corpus, (text, to) => converted(text.slice(0, to), conversion).length);
  const theirs = spotsOf(rules, twin, (_text, at) => at);
  const missing = [...ours]
    .filter(([spot]) => !theirs.has(spot))
    .map(([spot, text]) => `only simplified: ${spot} ${text}`);
  const added = [...theirs]
    .filter(([spot]) => !ours.has(spot))
    .map(([spot, text]) => `only traditional: ${spot} ${text}`);
  const findings = new Set([...ours.keys(), ...theirs.keys()]).size;
  return { findings, same: findings - missing.length - added.length, differences: [...missing, ...added] };
}

/** Each finding by turn, rule and place, the place as it is in the converted text. */
function spotsOf(
  rules: readonly Rule[],
  corpus: Corpus,
  place: (text: string, at: number) => number,
): Map<string, string> {
  const indexes = new Map(corpus.turns.map((turn, index) => [turn, index]));
  return new Map(
    findingsIn(rules, corpus).map(({ rule, turn, from, to }) => [
      `turn ${indexes.get(turn)} ${rule.key} ${place(turn.text, from)}–${place(turn.text, to)}`,
      JSON.stringify(turn.text.slice(from, to)),
    ]),
  );
}
