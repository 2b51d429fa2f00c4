import type { StarterRule } from './rule.ts';

export const englishRules: readonly StarterRule[] = [];
