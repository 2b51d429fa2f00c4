/** The last numbers: losing the *last* message leaves no gap to see, so heads say what there should be. */
import type { AgentHead } from '@fullname/shared/events';
import type { PublicConversation } from '@fullname/shared/model';
import { conversationsOfVisitor, conversationsOfVisitors } from '../store/conversations.ts';
import { readHeads } from '../store/cursors.ts';
import { type Floor, remember } from './conversations.ts';
import { toPublicConversation } from './views.ts';

/** How many of a visitor's conversations come with the welcome and the heads. */
const CONVERSATIONS_MAX = 20;

/** `id` is the relay's own; visitors know their own, in `conversation`. */
export type Owned = {
  readonly id: string;
  readonly locale: string;
  readonly conversation: PublicConversation;
};

/** A visitor's own conversations, the latest first. */
export async function headsOfVisitor(floor: Floor, visitor: string): Promise<Owned[]> {
  const records = await conversationsOfVisitor(floor.db, { visitor, limit: CONVERSATIONS_MAX });
  return records.map((record) => {
    remember(floor, record);
    return { id: record.id, locale: record.locale, conversation: toPublicConversation(floor, record) };
  });
}

/** The same for many visitors in one query, told to each who is connected here: ten thousand open chats cost fifty queries and not ten thousand. */
export async function tellVisitors(floor: Floor, visitors: readonly string[]): Promise<void> {
  const heads = new Map<string, PublicConversation[]>();
  for (const record of await conversationsOfVisitors(floor.db, visitors, CONVERSATIONS_MAX)) {
    const own = heads.get(record.visitor) ?? [];
    own.push(toPublicConversation(floor, record));
    heads.set(record.visitor, own);
  }
  for (const [visitor, own] of heads) floor.announce.visitorHeadsHere(visitor, own);
}

export function headsFor(floor: Floor, conversations: readonly string[]): Promise<AgentHead[]> {
  return readHeads(floor.db, conversations);
}
