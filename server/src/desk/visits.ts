/** A visitor's comings and goings: cursor, page, presence. Volatile, but for the cursor and the last page. */
import type { Page } from '@fullname/shared/events';
import { advanceVisitorRead, setPage } from '../store/conversations.ts';
import { visitorsOf } from '../store/presence.ts';
import type { Floor } from './conversations.ts';

type Visit = {
  readonly socket: string;
  readonly own: ReadonlyMap<string, string>;
  readonly page?: Page | null;
};

export function visitorCame(floor: Floor, visitor: string, visit: Visit): void {
  floor.presence.visitorCame(visitor, visit.socket);
  for (const conversation of visit.own.values())
    floor.announce.pageViewed(conversation, visit.page ?? null, true);
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

export async function readByVisitor(floor: Floor, conversation: string, publicSeq: number): Promise<void> {
  const visitorRead = await advanceVisitorRead(floor.db, conversation, publicSeq);
  await floor.flushed();
  floor.announce.readByVisitor(conversation, visitorRead);
}
