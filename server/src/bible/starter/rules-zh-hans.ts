import type { StarterRule } from './rule.ts';
import { house } from './rules-zh-hans-house.ts';
import { person } from './rules-zh-hans-person.ts';
import { plain } from './rules-zh-hans-plain.ts';
import { warmth } from './rules-zh-hans-warmth.ts';

export const simplifiedChineseRules: readonly StarterRule[] = [...house, ...person, ...warmth, ...plain];
