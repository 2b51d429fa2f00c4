import type { StarterRule } from './rule.ts';
import { house } from './rules-zh-hant-house.ts';
import { person } from './rules-zh-hant-person.ts';
import { plain } from './rules-zh-hant-plain.ts';
import { warmth } from './rules-zh-hant-warmth.ts';

export const traditionalChineseRules: readonly StarterRule[] = [...house, ...person, ...warmth, ...plain];
