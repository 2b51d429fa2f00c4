import type { DraftState, Manner } from './reading.ts';

export function missingManners(_draft: string, _state: DraftState): readonly Manner[] {
  return [];
}
