import type { StarterRule } from './rule.ts';
import { apology } from './rules-zh-hant-apology.ts';
import { attention } from './rules-zh-hant-attention.ts';
import { blame } from './rules-zh-hant-blame.ts';
import { feeling } from './rules-zh-hant-feeling.ts';
import { house } from './rules-zh-hant-house.ts';
import { plain } from './rules-zh-hant-plain.ts';
import { promise } from './rules-zh-hant-promise.ts';
import { reasons } from './rules-zh-hant-reasons.ts';

export const traditionalChineseRules: readonly StarterRule[] = [
  ...house,
  ...reasons,
  ...blame,
  ...attention,
  ...feeling,
  ...apology,
  ...promise,
  ...plain,
];
