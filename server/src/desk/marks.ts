/** An agent's own marks on a conversation: how far they have read, what they have begun to write, which moment it is. */
import type { Situation } from '@fullname/shared/situation';
import { RelayError } from '../relay-error.ts';
import { saveDraft, setSituation } from '../store/conversation-changes.ts';
import { advanceAgentDelivered, advanceAgentRead, advanceOwnRead } from '../store/cursors.ts';
import { addressFor, type Floor } from './conversations.ts';
import type { Me } from './desk.ts';

/** The visitor learns that somebody who may answer has read it; the back office looking in is none of theirs. */
export async function readByAgent(floor: Floor, me: Me, at: { id: string; seq: number }): Promise<void> {
  await advanceOwnRead(floor.db, me.id, at);
  const agentRead = me.role === 'back-office' ? null : await advanceAgentRead(floor.db, at);
  await floor.flushed();
  if (agentRead === null) return;
  floor.announce.readByAgent(await addressFor(floor, at.id), agentRead);
}

/** The visitor learns that it is on the screen of the person they talk with; on whose else it is is none of theirs. */
export async function deliveredToAgent(floor: Floor, me: Me, at: { id: string; seq: number }): Promise<void> {
  const agentDelivered = await advanceAgentDelivered(floor.db, { ...at, holder: me.id });
  if (agentDelivered === null) return;
  await floor.flushed();
  floor.announce.deliveredToAgent(await addressFor(floor, at.id), agentDelivered);
}

/** Kept on the relay, a draft a person and conversation: it follows the person, and never goes to another customer. */
export function keepDraft(floor: Floor, person: string, draft: { id: string; text: string }): Promise<void> {
  return saveDraft(floor.db, person, draft);
}

/** Set by hand, until somebody speaks; null lets it be worked out from the log again. */
export async function chooseSituation(
  floor: Floor,
  conversation: string,
  situation: Situation | null,
): Promise<void> {
  if (!(await setSituation(floor.db, conversation, situation))) throw new RelayError('UNKNOWN');
  floor.news.moved(conversation);
}
