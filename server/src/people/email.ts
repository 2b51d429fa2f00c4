import { EMAIL_MAX_LENGTH } from '@fullname/shared/limits';
import { RelayError } from '../relay-error.ts';
import { isEmailTaken } from '../store/people.ts';

const EMAIL =
  /^[^\s@\p{Cc}\p{Cs}<>()[\]",;:\\]+@[^\s@\p{Cc}\p{Cs}<>()[\]",;:\\]+\.[^\s@\p{Cc}\p{Cs}<>()[\]",;:\\.]+$/u;

/** Whether a text can be an address. Only a letter sent there can tell more. */
export function isEmail(text: string): boolean {
  return text.length <= EMAIL_MAX_LENGTH && EMAIL.test(text);
}

/** The address without the spaces around it. Throws BAD_EMAIL. */
export function readEmail(text: string): string {
  const email = text.trim();
  if (!isEmail(email)) throw new RelayError('BAD_EMAIL');
  return email;
}

/** What a write throws when the address is somebody's already becomes EMAIL_TAKEN. */
export async function orEmailTaken<Value>(write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (error) {
    throw isEmailTaken(error) ? new RelayError('EMAIL_TAKEN') : error;
  }
}
