import type { StarterRule } from './rule.ts';
import { apologyRules } from './rules-en-apology.ts';
import { attentionRules } from './rules-en-attention.ts';
import { blameRules } from './rules-en-blame.ts';
import { excuseRules } from './rules-en-excuses.ts';
import { feelingRules } from './rules-en-feeling.ts';
import { houseRules } from './rules-en-house.ts';
import { othersRules } from './rules-en-others.ts';
import { plainRules } from './rules-en-plain.ts';
import { promiseRules } from './rules-en-promise.ts';

export const englishRules: readonly StarterRule[] = [
  ...houseRules,
  ...excuseRules,
  ...othersRules,
  ...blameRules,
  ...feelingRules,
  ...apologyRules,
  ...promiseRules,
  ...attentionRules,
  ...plainRules,
];
