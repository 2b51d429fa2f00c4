import type { ErrorCode } from '@fullname/shared/errors';
import type { Desk } from '../../context.ts';
import type { Thread } from '../../thread.ts';

/** Why this person cannot speak to the customer now, as the relay would say it; null where they can. */
export function maySpeak({ person }: Pick<Desk, 'person'>, thread: Thread): ErrorCode | null {
  const { status, holder } = thread.detail.value;
  if (status === 'closed' || status === 'spam') return 'CLOSED';
  if (!holder) return 'NOT_TAKEN';
  return holder.id === person.id ? null : 'NOT_YOURS';
}
