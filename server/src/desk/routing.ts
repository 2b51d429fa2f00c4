/**
 * Who is offered a waiting conversation first: whom the visitor asked for, then the customer's ally, then the last person, then the least loaded who is here;
 * else nobody. An offer is a courtesy, not a lock: anybody may take it.
 */

import { setOffer } from '../store/conversation-changes.ts';
import type { ConversationRecord } from '../store/conversations.ts';
import type { Desk } from './desk.ts';
import type { News } from './news.ts';

type Parts = Pick<Desk, 'db' | 'presence'>;

export type Candidates = {
  /** By name, by the visitor. */
  readonly asked: string | null;
  readonly ally: string | null;
  readonly last: string | null;
  /** Who is here now, with how many conversations each holds. */
  readonly here: readonly { readonly person: string; readonly open: number }[];
};

export function firstOffer({ asked, ally, last, here }: Candidates): string | null {
  const isHere = (person: string | null) => person !== null && here.some((one) => one.person === person);
  if (isHere(asked)) return asked;
  if (isHere(ally)) return ally;
  if (isHere(last)) return last;
  const [least] = [...here].sort((a, b) => a.open - b.open || a.person.localeCompare(b.person));
  return least?.person ?? null;
}

export async function offer(parts: Parts, news: News, waiting: ConversationRecord): Promise<void> {
  const person = firstOffer({
    asked: waiting.askedFor,
    ally: waiting.ally,
    last: waiting.lastAgent ?? waiting.contact,
    here: parts.presence.here().map((one) => ({ person: one, open: news.held(one) })),
  });
  if (person !== waiting.offeredTo)
    await setOffer(parts.db, waiting.id, { from: waiting.offeredTo, to: person });
  news.moved(waiting.id);
}
