/** A visitor's comings and goings: cursor, page and what it says, presence. Volatile, but for the cursor, the last page and its words. */
import type { Page } from '@fullname/shared/events';
import type { Attributes, ToldEvent } from '@fullname/shared/page-data';
import { setLocale, setPage } from '../store/conversation-changes.ts';
import { advanceVisitorDelivered, advanceVisitorRead } from '../store/cursors.ts';
import { addPageData } from '../store/page-data.ts';
import { visitorsOf } from '../store/presence.ts';
import type { Floor } from './conversations.ts';
import type { Owned } from './heads.ts';

type Visit = {
  readonly socket: string;
  readonly own: ReadonlyMap<string, string>;
  readonly page?: Page | null;
};

/** The page they came with is kept as one they went to. Nobody waits for that, and what was not kept is kept with the next page. */
export function visitorCame(floor: Floor, visitor: string, visit: Visit): void {
  const { socket, own, page } = visit;
  floor.presence.visitorCame(visitor, socket);
  for (const conversation of own.values()) floor.announce.pageViewed(conversation, page ?? null, true);
  if (page && own.size > 0) {
    setPage(floor.db, visitor, page).catch((error: unknown) =>
      floor.log.debug({ err: error }, 'the page that a visitor came with was not kept'),
    );
  }
}

/** Whoever chose another language goes on in it: mails are written in it, and the console suggests phrases of it. */
export function visitorSpeaks(floor: Floor, owned: readonly Owned[], locale: string): void {
  const ids = owned
    .filter((one) => one.conversation.status !== 'closed' && one.locale !== locale)
    .map(({ id }) => id);
  if (ids.length === 0) return;
  setLocale(floor.db, ids, locale).then(
    () => {
      for (const id of ids) floor.news.moved(id);
    },
    (error: unknown) => floor.log.debug({ err: error }, 'the language that a visitor chose was not kept'),
  );
}

/** Whoever has another tab at another relay is still here. */
export async function visitorLeft(floor: Floor, visitor: string, visit: Visit): Promise<void> {
  floor.presence.visitorLeft(visitor, visit.socket);
  if (await floor.presence.visitorHere(visitor)) return;
  for (const conversation of visit.own.values()) floor.announce.pageViewed(conversation, null, false);
}

/** Another relay has ended without a word: the screens here learn which of their visitors have not come back elsewhere. */
export async function tellWhoLeft(floor: Floor): Promise<void> {
  const opened = await visitorsOf(floor.db, floor.announce.openedHere());
  await Promise.all(
    opened.map(async ({ conversation, visitor }) => {
      if (!(await floor.presence.visitorHere(visitor))) floor.announce.visitorGone(conversation);
    }),
  );
}

/** Kept with the latest conversation, so that an agent who opens it later knows where it began to matter. */
export async function viewPage(
  floor: Floor,
  visitor: string,
  { own, page }: { readonly own: ReadonlyMap<string, string>; readonly page: Page },
): Promise<void> {
  await setPage(floor.db, visitor, page);
  for (const conversation of own.values()) floor.announce.pageViewed(conversation, page, true);
}

/** Kept with the visitor and with nobody else: it proves nothing, so it finds no customer and opens no past. */
export async function pageTold(
  floor: Floor,
  visitor: string,
  { own, attributes = {}, events = [] }: Told & { readonly own: ReadonlyMap<string, string> },
): Promise<void> {
  const told = await addPageData(floor.db, visitor, {
    attributes,
    events: events.map(({ ago, ...event }) => ({ ...event, at: new Date(floor.now() - ago).toISOString() })),
  });
  for (const conversation of own.values())
    if (await floor.announce.mayBeOpen(conversation)) floor.announce.pageTold(conversation, told);
}

type Told = { readonly attributes?: Attributes; readonly events?: readonly ToldEvent[] };

export async function readByVisitor(floor: Floor, conversation: string, publicSeq: number): Promise<void> {
  const visitorRead = await advanceVisitorRead(floor.db, conversation, publicSeq);
  await floor.flushed();
  floor.announce.readByVisitor(conversation, visitorRead);
}

/** It is in the visitor's browser, behind a closed panel or another window. */
export async function deliveredToVisitor(
  floor: Floor,
  conversation: string,
  publicSeq: number,
): Promise<void> {
  const visitorDelivered = await advanceVisitorDelivered(floor.db, conversation, publicSeq);
  await floor.flushed();
  floor.announce.deliveredToVisitor(conversation, visitorDelivered);
}
