/** Owners guess what a customer is worth before they are shown it: whoever guessed first reads the figure with other eyes. */
import type { Money, ValueGuess } from '@fullname/shared/recovery';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { readSetting } from '../store/settings.ts';
import { insertGuess, readGuess } from '../store/value.ts';
import type { CompanyFigures } from './fitted.ts';

const GUESS_MAX = 1_000_000_000;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

/** One's own guess, and only beside it the figures. */
export async function guessOf(db: Db, person: string): Promise<ValueGuess> {
  const guess = await readGuess(db, person);
  if (!guess) return { guess: null, company: null };
  const figures = (await readSetting(db, 'value-company')) as CompanyFigures | undefined;
  if (!figures?.values) return { guess, company: null };
  return { guess, company: { ...figures.values, currency: figures.currency } };
}

/** The first guess stays: one that was made after the figure is none. INVALID_PAYLOAD for what is no amount. */
export async function guess(db: Db, person: string, { amount, currency }: Money): Promise<ValueGuess> {
  if (!(amount >= 0 && amount <= GUESS_MAX) || !CURRENCIES.has(currency))
    throw new RelayError('INVALID_PAYLOAD');
  await insertGuess(db, person, { amount, currency });
  return guessOf(db, person);
}
