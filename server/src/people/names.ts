import { fullNameOf, nameProblem } from '@fullname/shared/full-name';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import { repairText } from '@fullname/shared/text';
import { RelayError } from '../relay-error.ts';

/** Given, family and full name as they are stored. Throws FULL_NAME: a visitor speaks with a person by full name. */
export function readName(parts: { readonly given: string; readonly family: string }): {
  given: string;
  family: string;
  fullName: string;
} {
  const name = { given: oneLine(parts.given), family: oneLine(parts.family) };
  if (nameProblem(name) !== null) throw new RelayError('FULL_NAME');
  return { ...name, fullName: fullNameOf(name) };
}

/** A role in words, or null where there is none. */
export function readTitle(title: string | null | undefined): string | null {
  return oneLine(title ?? '').slice(0, NAME_MAX_LENGTH) || null;
}

/** A text that can be stored and stands in one line. */
export function oneLine(text: string): string {
  return repairText(text)
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}
