import type { StarterRule } from './rule.ts';

export const simplifiedChineseRules: readonly StarterRule[] = [];
