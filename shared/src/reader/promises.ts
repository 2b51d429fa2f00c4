import type { PromiseFinding } from './reading.ts';

export function promisesIn(_draft: string): readonly PromiseFinding[] {
  return [];
}
