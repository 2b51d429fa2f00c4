import type { ErrorCode } from '@fullname/shared/errors';
import { words } from '../../strings/index.ts';

/** Why something about the book was not done; some codes mean more precise things here than at the desk. */
export function bookProblem(code: ErrorCode): string {
  const t = words();
  return code === 'CONFLICT' || code === 'TOO_LONG' ? t.book.problems[code] : t.errors[code];
}

/** Whether a request is larger than the relay reads. */
export function isTooLarge(request: unknown, bytes: number): boolean {
  return new TextEncoder().encode(JSON.stringify(request)).length > bytes;
}
