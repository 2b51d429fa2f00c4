import { z } from 'zod';

/**
 * A time as it comes in, by whatever door; ISO 8601 in UTC, and between years that every clock and store agree on: from 1970
 * to 9999. What is no time is refused by its form alone: made into a date it would throw.
 */
export const timeIn = z.iso
  .datetime({ offset: true })
  .overwrite((text) => (Number.isNaN(Date.parse(text)) ? text : new Date(text).toISOString()))
  .refine((text) => Date.parse(text) >= 0 && /^\d{4}-/.test(text));
