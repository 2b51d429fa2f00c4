/**
 * What the page says of its visitor, for whoever answers them: kept in memory, and told once there is a conversation. Who never writes
 * is never told of.
 */
import { AGO_MOST_MS, EVENTS_TOLD_MOST } from '@fullname/shared/limits';
import { type Attributes, relabelled, type ToldEvent } from '@fullname/shared/page-data';
import type { Chat } from './chat.ts';
import type { PageWish } from './frame-messages.ts';

type Told = Extract<PageWish, { type: 'update' | 'track' }>;
/** Its id comes with the first try: what makes ids comes with the conversation. */
type Happened = Pick<ToldEvent, 'name' | 'meta'> & { readonly since: number; id?: string };

export type PageData = { hear(wish: Told): void };

/** Calls that come together are told together. */
const TOGETHER_MS = 1_000;
const AGAIN_MS = 4_000;
const AGAIN_MOST_MS = 120_000;

export function createPageData(chat: Pick<Chat, 'state' | 'subscribe' | 'talk'>): PageData {
  let attributes: Attributes = {};
  let events: readonly Happened[] = [];
  /** To which conversation the attributes were told as they are. */
  let toldIn = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;

  const waits = (): boolean =>
    events.length > 0 || (Object.keys(attributes).length > 0 && toldIn !== chat.state().conversation?.id);

  const look = (): void => {
    const { conversation, line } = chat.state();
    if (timer === undefined && conversation && line === 'on' && waits())
      timer = setTimeout(
        () => void tell(),
        failures ? Math.min(AGAIN_MOST_MS, AGAIN_MS * 2 ** failures) : TOGETHER_MS,
      );
  };

  const tell = async (): Promise<void> => {
    const { conversation } = chat.state();
    const talk = chat.talk();
    const [said, happened] = [attributes, events];
    if (conversation && talk && waits()) {
      const answer = await talk.ask('page:tell', {
        conversation: conversation.id,
        ...(toldIn === conversation.id ? {} : { attributes: said }),
        events: happened.map((event) => {
          event.id ??= talk.newId();
          return { id: event.id, name: event.name, meta: event.meta, ago: agoOf(event.since) };
        }),
      });
      const again = !answer.ok && (talk.passes(answer.code) || answer.code === 'UNKNOWN_CONVERSATION');
      failures = again ? failures + 1 : 0;
      // What a relay refuses for good it refuses the next time too.
      if (!again) {
        events = events.filter((event) => !happened.includes(event));
        if (said === attributes) toldIn = conversation.id;
      }
    }
    timer = undefined;
    look();
  };

  chat.subscribe(look);
  return {
    hear(wish) {
      if (wish.type === 'track') {
        const { name, meta, since } = wish;
        const event: Happened = { name, meta: relabelled({}, meta), since };
        events = [...events, event].slice(-EVENTS_TOLD_MOST);
      } else {
        // Null: somebody else is at this browser now.
        if (!wish.attributes) events = [];
        attributes = wish.attributes ?? {};
        toldIn = '';
      }
      look();
    },
  };
}

/** A clock that was set in between is no reason to tell nothing. */
function agoOf(since: number): number {
  return Math.max(0, Math.min(AGO_MOST_MS, Date.now() - since));
}
