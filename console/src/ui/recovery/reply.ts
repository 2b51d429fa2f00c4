/** Words for the customer: put into the reply, in the customer's language, never sent by themselves. */

import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import type { Situation } from '@fullname/shared/situation';
import { valuesFor } from '../../book.ts';
import type { Desk } from '../../context.ts';
import { STRINGS } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { askToWrite, showThread } from '../../view.ts';

/** Adds a sentence to the reply and puts the caret behind it. */
export function intoReply(thread: Thread, text: string): void {
  const before = thread.draft.reply.value;
  thread.draft.write('reply', before.trim() ? `${before.trimEnd()}\n${text}` : text);
  showThread();
  askToWrite('reply');
}

export function saying(thread: Thread) {
  return STRINGS[thread.detail.value.locale].recovery.say;
}

/** The company's own words for a moment, with names filled in; ours where the book has none that is ready to be said. */
export function fromBook(
  desk: Desk,
  thread: Thread,
  moment: { situation: Situation; otherwise: string },
): string {
  const values = valuesFor(thread, desk.person.fullName);
  const ready = desk.book
    .forMoment(thread.detail.value.locale, { situation: moment.situation, values, conditions: [] })
    .map((phrase) => fillPhrase(phrase.text, values))
    .find((text) => openSlots(text).length === 0);
  return ready ?? moment.otherwise;
}
