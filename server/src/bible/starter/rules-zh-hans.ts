import type { StarterRule } from './rule.ts';
import { apology } from './rules-zh-hans-apology.ts';
import { attention } from './rules-zh-hans-attention.ts';
import { blame } from './rules-zh-hans-blame.ts';
import { feeling } from './rules-zh-hans-feeling.ts';
import { house } from './rules-zh-hans-house.ts';
import { plain } from './rules-zh-hans-plain.ts';
import { promise } from './rules-zh-hans-promise.ts';
import { reasons } from './rules-zh-hans-reasons.ts';

export const simplifiedChineseRules: readonly StarterRule[] = [
  ...house,
  ...reasons,
  ...blame,
  ...attention,
  ...feeling,
  ...apology,
  ...promise,
  ...plain,
];
