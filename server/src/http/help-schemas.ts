/** What the bodies of help between colleagues, notes to a person, stories and praise must look like; strict, as the others. */
import type { BuildAct, BuildDraft, BuildWishDraft } from '@fullname/shared/building';
import { isId } from '@fullname/shared/ids';
import { BUILD_MAX_LENGTH, MESSAGE_MAX_LENGTH, NAME_MAX_LENGTH } from '@fullname/shared/limits';
import {
  type CoachingDraft,
  MAY_TELL,
  type PraiseDraft,
  RATINGS,
  type RequestAct,
  type RequestDraft,
  STORY_KINDS,
  type StoryDraft,
} from '@fullname/shared/recovery';
import { z } from 'zod';
import { timeIn as time } from '../time-in.ts';
import { wordsIn } from '../words-in.ts';

const id = z.string().refine(isId);
const words = wordsIn(MESSAGE_MAX_LENGTH);
const money = z.strictObject({
  amount: z.number().min(0).max(1e9),
  currency: z.string().regex(/^[A-Z]{3}$/),
});

export const requestDraft = z.strictObject({
  id,
  conversation: id,
  what: words,
  provider: id,
  wishedBy: time.exactOptional(),
  failure: id.exactOptional(),
}) satisfies z.ZodType<RequestDraft>;

export const requestAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.literal('promise'), due: time }),
  z.strictObject({ act: z.literal('answer'), text: words }),
  z.strictObject({
    act: z.literal('decline'),
    instead: words.exactOptional(),
    reason: z.enum(['safety', 'security', 'privacy', 'health', 'ethics']).nullable().exactOptional(),
    text: words,
  }),
  z.strictObject({ act: z.literal('withdraw') }),
  z.strictObject({ act: z.literal('rate'), rating: z.enum(RATINGS) }),
]) satisfies z.ZodType<RequestAct>;

export const coachingDraft = z.strictObject({
  id,
  conversation: id,
  to: id,
  text: words,
}) satisfies z.ZodType<CoachingDraft>;

export const storyDraft = z.strictObject({
  id,
  kind: z.enum(STORY_KINDS),
  what: words,
  why: words,
  cost: money.nullable(),
  mayTell: z.enum(MAY_TELL),
  about: id.exactOptional(),
  conversation: id.exactOptional(),
}) satisfies z.ZodType<StoryDraft>;

export const praiseDraft = z.strictObject({
  id,
  to: id,
  text: words,
  conversation: id.exactOptional(),
}) satisfies z.ZodType<PraiseDraft>;

export const buildWishDraft = z.strictObject({
  id,
  conversation: id,
  words,
  credit: wordsIn(NAME_MAX_LENGTH).exactOptional(),
}) satisfies z.ZodType<BuildWishDraft>;

export const buildDraft = z.strictObject({
  id,
  what: wordsIn(BUILD_MAX_LENGTH),
  wish: buildWishDraft,
}) satisfies z.ZodType<BuildDraft>;

export const buildAct = z.discriminatedUnion('act', [
  z.strictObject({ act: z.enum(['build', 'here']) }),
  z.strictObject({ act: z.literal('not-now'), why: words }),
  z.strictObject({ act: z.literal('tell'), text: words }),
]) satisfies z.ZodType<BuildAct>;
