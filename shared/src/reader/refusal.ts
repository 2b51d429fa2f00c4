import type { DraftState, Refusal } from './reading.ts';

export function refusalIn(_draft: string, _state: DraftState): Refusal | null {
  return null;
}
