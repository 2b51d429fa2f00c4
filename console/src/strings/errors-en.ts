/** What each refusal means to a person at the desk, and what to do next. */
import { ERROR_TEXTS, type ErrorCode } from '@fullname/shared/errors';

export const errors: Record<ErrorCode, string> = {
  ...ERROR_TEXTS,
  UNKNOWN_CONVERSATION: 'This conversation is not there any more. Choose another one.',
  TOO_MANY: 'That was a little fast. Wait a moment and try again.',
  UNAVAILABLE: 'The relay did not answer. Try again in a moment.',
};
