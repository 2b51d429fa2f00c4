/** A conversation that begins with a file: made without a word, for the file to be uploaded into it. */
import type { PrepareRequest } from '@fullname/shared/events';
import type { PublicConversation } from '@fullname/shared/model';
import { enqueue } from '../jobs/jobs.ts';
import { linkVisitor } from '../people/customers.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { ensurePrepared, removePrepared } from '../store/prepared.ts';
import { ensureVisitor } from '../store/visitors.ts';
import { keepBefore } from './before.ts';
import { type Floor, mustRead, type Starter } from './conversations.ts';
import { toPublicConversation } from './views.ts';

/** Longer than an upload and its sending are kept. */
const UNUSED_MS = 2 * 60 * 60 * 1_000;

/** Nobody at the desk sees it before its first entry. A retry finds it, and so does one that words have begun in between. */
export async function prepareConversation(
  floor: Floor,
  starter: Omit<Starter, 'socket' | 'greeting'>,
  { conversation, locale, page, askFor, about }: PrepareRequest,
): Promise<{ visitor: string; id: string; conversation: PublicConversation }> {
  const { visitor, id } = await floor.db.transaction(async (tx) => {
    const visitor = await ensureVisitor(tx, { ...starter, locale });
    if (visitor.blocked) throw new RelayError('BLOCKED');
    if (starter.customer) {
      await linkVisitor(tx, { visitor: visitor.id, customer: starter.customer, by: null });
    }
    const id = await ensurePrepared(tx, {
      ...{ site: starter.site, visitor: visitor.id, clientId: conversation, locale },
      page: page ?? null,
    });
    await keepBefore(floor, tx, id, { ...(askFor && { askFor }), ...(about && { about }) });
    const at = new Date(floor.now() + UNUSED_MS);
    await enqueue(tx, { name: 'conversation-forget', data: { conversation: id }, at, key: id });
    return { visitor: visitor.id, id };
  });
  return { visitor, id, conversation: toPublicConversation(floor, await mustRead(floor, id)) };
}

/** A job: what was prepared two hours ago and never used is removed. */
export function forgetPrepared(db: Db, conversation: string): Promise<void> {
  return removePrepared(db, conversation);
}
