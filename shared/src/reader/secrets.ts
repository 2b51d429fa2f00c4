import type { DraftState, SecretFinding } from './reading.ts';

export function secretsIn(_draft: string, _state: DraftState): readonly SecretFinding[] {
  return [];
}
