import { z } from 'zod';
import { takeIn } from './take-in.ts';

/** Words that somebody wrote, as they come in, by whatever door: so many at most, and not nothing. */
export const wordsIn = (max: number) =>
  z
    .string()
    // Nothing is searched for cards that is refused anyway.
    .max(max, { error: 'TOO_LONG', abort: true })
    .overwrite(takeIn)
    .refine((text) => text.trim() !== '', 'EMPTY');
