import type { Desk } from '../../context.ts';
import type { Thread } from '../../thread.ts';

export type Capabilities = {
  readonly take: boolean;
  readonly reply: boolean;
  readonly handOver: boolean;
  readonly close: boolean;
  readonly reopen: boolean;
  readonly putAside: boolean;
  /** Records about the customer: failures, preferences, promises, links. */
  readonly record: boolean;
};

/** What this person may do with a conversation now. The relay decides; this spares the asking. */
export function capabilities(desk: Pick<Desk, 'person'>, thread: Thread): Capabilities {
  const { status, holder } = thread.detail.value;
  const answers = desk.person.role !== 'back-office';
  const isMine = holder?.id === desk.person.id;
  return {
    take: answers && status === 'waiting' && !isMine,
    reply: answers && (status === 'waiting' || (status === 'open' && isMine)),
    handOver: answers && status === 'open' && isMine,
    close: answers && status === 'open' && isMine,
    reopen: answers && status === 'closed',
    putAside: answers,
    record: answers,
  };
}
