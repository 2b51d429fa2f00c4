import type { StarterRule } from './rule.ts';

export const traditionalChineseRules: readonly StarterRule[] = [];
