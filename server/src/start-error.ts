/**
 * The relay cannot start or go on, for a reason its operator can mend. The message is one sentence: what is
 * wrong, and the remedy. It is printed without a stack.
 */
export class StartError extends Error {
  override readonly name = 'StartError';
}
