/** The reader over the shoulder: the same in the composer and on the relay. */
import type { DraftState, Reading, RuleFinding } from './reading.ts';
import type { Example, Rule, RuleBody } from './rule.ts';

export type CompiledRules = { readonly rules: readonly Rule[] };

/** Rules of any languages, made ready once; reading is then a matter of microseconds. Patterns that cannot be read are left out. */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  return { rules };
}

/** Everything there is to say about a draft. */
export function read(_compiled: CompiledRules, _draft: string, _state: DraftState): Reading {
  return { findings: [], refusal: null, secrets: [], promises: [], missing: [] };
}

/** The rules of the book alone. */
export function readRules(
  _compiled: CompiledRules,
  _draft: string,
  _state: DraftState,
): readonly RuleFinding[] {
  return [];
}

export type Tried = {
  readonly example: Example;
  readonly must: 'fire' | 'stay silent';
  readonly fired: boolean;
};

/** Tries a rule on its own examples, each as a draft of its own, under the conditions it names. */
export function tryExamples(_body: RuleBody): readonly Tried[] {
  return [];
}
