/** What the console is drawn from, around a scripted relay: all real but the wire, the disk and the book. */
import type { Role } from '@fullname/shared/model';
import type { Shelf } from '../book.ts';
import type { Desk } from '../context.ts';
import { openInbox } from '../inbox.ts';
import { memoryStore } from '../outbox-store.ts';
import { openReader } from '../reader/reader.ts';
import { openWork } from '../work.ts';
import { bookOf, shelfOf } from './reading.ts';
import { megan, meganHerself, type ScriptedRelay } from './scripted-relay.ts';

type DeskFor = { readonly role?: Role; readonly shelf?: Partial<Shelf> };

/** The desk of Megan Kajitani, with a book that holds what the test says. */
export async function openDesk(
  relay: ScriptedRelay,
  { role = 'agent', shelf = {} }: DeskFor = {},
): Promise<Desk> {
  const inbox = await openInbox({
    connection: relay,
    store: memoryStore(),
    me: megan.id,
    onOtherPerson: () => undefined,
  });
  const held = shelfOf(shelf);
  return {
    inbox,
    book: bookOf(held),
    reader: openReader(() => held.rules),
    work: openWork(relay),
    person: { ...meganHerself, role },
    demo: false,
  };
}
