/** After the goodbye: two open questions, answered by whoever wants to. An answer is an entry of the log, and wakes up nothing. */
import type { FarewellQuestion, PublicEntry } from '@fullname/shared/model';
import { RelayError } from '../relay-error.ts';
import { insertAnswer, lastFarewell } from '../store/farewells.ts';
import { findEntry, type NewEntry } from '../store/log.ts';
import { addressFor, type Floor, forVisitor } from './conversations.ts';
import type { Caller } from './desk.ts';
import { recorded } from './records.ts';

type Answer = { readonly id: string; readonly question: FarewellQuestion; readonly text: string };

/**
 * One answer a question and farewell: the first one stays. A retry gets it again; another one is a CONFLICT. UNKNOWN while
 * nobody has said goodbye.
 */
export async function answerFarewell(
  floor: Floor,
  caller: Caller & { readonly conversation: string },
  answer: Answer,
): Promise<PublicEntry> {
  const { conversation, visitor } = caller;
  const key = { conversation, sender: visitor, clientId: answer.id };
  await recorded(floor, conversation, async (tx, record) => {
    if (record.visitor !== visitor) throw new RelayError('UNKNOWN_CONVERSATION');
    if (record.status === 'spam') throw new RelayError('BLOCKED');
    const first = await findEntry(tx, key);
    if (first) return { value: null, entry: sameOrThrow(first, answer) };
    const farewell = record.status === 'closed' ? await lastFarewell(tx, conversation) : null;
    if (farewell === null) throw new RelayError('UNKNOWN');
    const at = new Date(floor.now()).toISOString();
    const { id: clientId, question } = answer;
    if (!(await insertAnswer(tx, { conversation, farewell, question, clientId, at })))
      throw new RelayError('CONFLICT');
    return { value: null, entry: answerRow(key, answer) };
  });
  const entry = await findEntry(floor.db, key);
  if (!entry) throw new Error('an answer that was just written must be there');
  return forVisitor(floor, entry, await addressFor(floor, conversation));
}

function sameOrThrow(
  first: { readonly kind: string; readonly body: string; readonly data: NewEntry['data'] },
  { question, text }: Answer,
): null {
  const isSame = first.kind === KIND && first.body === text && first.data?.question === question;
  if (!isSame) throw new RelayError('CONFLICT');
  return null;
}

function answerRow(
  key: Pick<NewEntry, 'conversation' | 'sender' | 'clientId'>,
  { question, text }: Answer,
): NewEntry {
  return {
    ...{ ...key, senderKind: 'visitor', kind: KIND, body: text, data: { question } },
    ...{ isPublic: true, seen: null },
  };
}

const KIND = 'farewell-answered';
