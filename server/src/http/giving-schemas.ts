/** What the bodies of goodwill and of the recovery's settings must look like; strict, as the others. */
import { isId } from '@fullname/shared/ids';
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import type { GoodwillDecision, GoodwillDraft, Hearsay, RecoverySettings } from '@fullname/shared/recovery';
import { z } from 'zod';
import { takeIn } from '../take-in.ts';
import { wordsIn } from '../words-in.ts';

const id = z.string().refine(isId);
const words = wordsIn(MESSAGE_MAX_LENGTH);
const currency = z.string().regex(/^[A-Z]{3}$/);

export const goodwillDraft = z.strictObject({
  id,
  conversation: id,
  failure: id.exactOptional(),
  amount: z.strictObject({ amount: z.number().positive().max(1e6), currency }),
  what: words,
  colleague: id.exactOptional(),
}) satisfies z.ZodType<GoodwillDraft>;

/** A no comes with another way. */
const instead = z
  .string('NEEDS_ANOTHER_WAY')
  .max(MESSAGE_MAX_LENGTH, 'TOO_LONG')
  .overwrite(takeIn)
  .refine((text) => text.trim() !== '', 'NEEDS_ANOTHER_WAY');
export const goodwillDecision = z.discriminatedUnion('grant', [
  z.strictObject({ grant: z.literal(true) }),
  z.strictObject({ grant: z.literal(false), instead }),
]) satisfies z.ZodType<GoodwillDecision>;

const hours = z
  .number()
  .min(1)
  .max(24 * 30);
const hearsay = z
  .strictObject({
    people: z.number().min(0).max(1e6),
    share: z.number().min(0).max(1),
    worth: z.number().min(0).max(1e6),
  })
  .nullable() satisfies z.ZodType<Hearsay | null>;
export const settingsChange = z.strictObject({
  currency: currency.exactOptional(),
  budget: z.number().min(0).max(1e6).exactOptional(),
  immediateHours: hours.exactOptional(),
  wrapUpHours: hours.exactOptional(),
  flagDays: z.int().min(1).max(3_650).exactOptional(),
  giveInPercent: z.number().min(0).max(100).exactOptional(),
  effort: id.nullable().exactOptional(),
  horizonYears: z.int().min(1).max(30).exactOptional(),
  discount: z.number().min(0).max(0.5).exactOptional(),
  reach: hearsay.exactOptional(),
  warned: hearsay.exactOptional(),
}) satisfies z.ZodType<Partial<RecoverySettings>>;
