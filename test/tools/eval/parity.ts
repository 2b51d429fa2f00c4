/** Are simplified and traditional the same to the rules? The same text in both, and the same findings at the places that correspond. */
import { compileRules, read } from '@fullname/shared/reader/read';
import type { Reading } from '@fullname/shared/reader/reading';
import type { Rule } from '@fullname/shared/reader/rule';
import { type Conversion, type Corpus, converted } from './corpora.ts';
import { findingsIn, stateOf } from './findings.ts';

export type Parity = {
  readonly findings: number;
  readonly same: number;
  readonly differences: readonly string[];
};

/** Reads the same rules on both texts. `corpus` is in simplified characters, whatever language it is read in. */
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

/** The same for what is found by code: refusals with their alternatives, secrets, promises. */
export function guardParityOf(corpus: Corpus, conversion: Conversion): Parity {
  const nothing = compileRules([]);
  const state = stateOf('zh-Hans');
  const differences: string[] = [];
  let findings = 0;
  for (const { text } of corpus.turns) {
    const twin = converted(text, conversion);
    const place = (at: number) => converted(text.slice(0, at), conversion).length;
    const ours = guardSpots(read(nothing, text, state), place);
    const theirs = guardSpots(read(nothing, twin, state), (at) => at);
    const all = new Set([...ours, ...theirs]);
    findings += all.size;
    for (const spot of all) {
      if (ours.has(spot) && theirs.has(spot)) continue;
      differences.push(`only ${ours.has(spot) ? 'simplified' : 'traditional'}: ${spot} in ${text}`);
    }
  }
  return { findings, same: findings - differences.length, differences };
}

function guardSpots({ refusal, secrets, promises }: Reading, place: (at: number) => number): Set<string> {
  const spot = (what: string, { from, to }: { from: number; to: number }) =>
    `${what} ${place(from)}–${place(to)}`;
  return new Set([
    ...(refusal
      ? [spot('refusal', refusal), ...refusal.alternatives.map((one) => spot('alternative', one))]
      : []),
    ...secrets.map((one) => spot(`secret ${one.kind} ${one.what}`, one)),
    ...promises.map((one) => spot('promise', one)),
  ]);
}
