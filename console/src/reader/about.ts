/** What the reader is told of a conversation: copied to its thread whenever something of it changes. */
import type { Member } from '@fullname/shared/api';
import type { ConversationDetail } from '@fullname/shared/model';
import { computed, type ReadonlySignal } from '@preact/signals';
import type { Book } from '../book.ts';
import type { Thread } from '../thread.ts';
import type { About } from './protocol.ts';
import { heardIn, isBy, isWords } from './words-said.ts';

export type Purpose = About['conversation']['purpose'];

type AboutParts = {
  readonly thread: Thread;
  readonly book: Book;
  readonly person: Member;
  readonly purpose: Purpose;
};

type Head = Pick<ConversationDetail, 'name' | 'email' | 'status' | 'locale'>;

/** A page view or a read mark is no news to the reader. */
export function aboutOf(parts: AboutParts): ReadonlySignal<About> {
  const head = sameUnless((): Head => {
    const { name, email, status, locale } = parts.thread.detail.value;
    return { name, email, status, locale };
  });
  return computed(() => read(parts, head.value));
}

/** A computed value that keeps its identity while it says the same. */
export function sameUnless<Value>(compute: () => Value): ReadonlySignal<Value> {
  let last: Value | undefined;
  return computed(() => {
    const next = compute();
    if (last === undefined || JSON.stringify(next) !== JSON.stringify(last)) last = next;
    return last;
  });
}

function read({ thread, book, person, purpose }: AboutParts, head: Head): About {
  const { name, email, status, locale } = head;
  const { entries } = thread.log.value;
  const pane = thread.pane.value;
  const contacts = book.read(locale)?.settings.contacts ?? [];
  const own = [pane.customer?.email, pane.claims.email, email].filter((one) => one != null);
  return {
    conversation: {
      entries,
      pane,
      detail: { name, email, status },
      before: thread.before.value,
      me: person.id,
      purpose,
    },
    state: {
      locale,
      agent: { fullName: person.fullName, given: person.given, family: person.family },
      customerName: pane.customer?.name ?? pane.claims.name,
      said: entries.flatMap((entry) => (isWords(entry) && isBy(entry, person.id) ? [entry.text] : [])),
      heard: heardIn(entries),
      ownContacts: [...contacts, ...own],
    },
  };
}
