/** When a promise is due, as its own words say it; the end of the next working day where they say nothing. */
import type { Locale } from '@fullname/shared/locale';
import type { PromiseFinding } from '@fullname/shared/reader/reading';

const CLOSING_HOUR = 17;

/** An ISO moment in the future. Words for times are read only when somebody promises something. */
export async function dueFor(promise: PromiseFinding, locale: Locale, now = new Date()): Promise<string> {
  const { dueOf } = await import('../due.ts');
  return (await dueOf(promise.when, { now, locale })) ?? nextClosing(now);
}

function nextClosing(now: Date): string {
  const next = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, CLOSING_HOUR);
  while (next.getDay() === 0 || next.getDay() === 6) next.setDate(next.getDate() + 1);
  return next.toISOString();
}
