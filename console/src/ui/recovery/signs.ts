/** What the words of a conversation and of a record say by themselves: read here, decided by the agent. */
import type { Entry } from '@fullname/shared/model';
import { failureSigns, looksUnsolved, type Sign } from '@fullname/shared/recovery/signs';
import { vagueness } from '@fullname/shared/recovery/vague';
import { words } from '../../strings/index.ts';
import { isQuotable } from './Quotes.tsx';

/** Before so many characters nobody is asked for more. */
const BEGUN = 8;

/** What a colleague who was not there would still ask; null where the words say it, or have only begun. */
export function nudgeOf(
  what: string,
  known: { readonly quotes: readonly string[]; readonly at: string | null },
): string | null {
  if (what.trim().length < BEGUN) return null;
  const t = words().recovery.form;
  const missing = vagueness(what, known).map((specific) => t.missing[specific]);
  // Full-width marks bring their own space.
  const space = missing[0]?.endsWith('？') ? '' : ' ';
  return missing.length > 0 ? t.nudge(missing.join(space)) : null;
}

/** The customer's last message that tells of trouble. */
export function complaintIn(entries: readonly Entry[]): number | null {
  const telling = entries.filter((entry) => isQuotable(entry) && signOf(entry));
  return telling.at(-1)?.seq ?? null;
}

/** Whether words or acts look as if something went wrong. */
export function hasSigns(entries: readonly Entry[]): boolean {
  return entries.some((entry) => signOf(entry));
}

/** Where in these entries a failure was last put right; -1 where that was in another conversation. */
export function fixedIn(entries: readonly Entry[], failure: string | null): number {
  return entries
    .map((entry) => entry.kind === 'failure-stepped' && entry.failure === failure && entry.stage === 'fixed')
    .lastIndexOf(true);
}

/** The customer's last words behind that place that say that it did not hold. */
export function unsolvedSince(entries: readonly Entry[], fixed: number) {
  return entries
    .slice(fixed + 1)
    .filter(isQuotable)
    .filter((entry) => looksUnsolved(entry.text))
    .at(-1);
}

/** An entry never changes: it is read once. */
const read = new WeakMap<Entry, Sign | null>();

function signOf(entry: Entry): Sign | null {
  const known = read.get(entry);
  if (known !== undefined) return known;
  const sign = failureSigns([entry])[0] ?? null;
  read.set(entry, sign);
  return sign;
}
