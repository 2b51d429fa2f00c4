/** The pattern language of rules. */

export type PatternProblem = {
  readonly at: number;
  readonly code: 'empty' | 'unclosed' | 'stray' | 'too-long' | 'too-wide' | 'no-words';
};

/** What is wrong with a pattern; null when it can be read. */
export function patternProblem(_pattern: string): PatternProblem | null {
  return null;
}
