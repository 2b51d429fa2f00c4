/**
 * A hello that the visitor has pressed on the page, as that person's first words in the chat until it is answered. Its words come from the
 * relay: the page says only which it was. The relay is told on every line, so that it stands in the log before the answer.
 */
import type { Hello, PublicEntry } from '@fullname/shared/model';
import type { Chat } from './chat.ts';
import type { PageWish } from './frame-messages.ts';
import type { ChatState } from './state.ts';
import type { App } from './ui/App.tsx';

type Pressed = Extract<PageWish, { type: 'hello' }>;

/** As long as the relay lets its answer be kept. */
const FRESH_MS = 15_000;

/** One at a time: another one takes its place. */
let drop = (): void => undefined;

export async function showHello(
  { chat, app }: { readonly chat: Chat; readonly app: App | null },
  { hello, person }: Pressed,
): Promise<void> {
  const [said, talk] = await Promise.all([wordsOf(hello, person), chat.begin(), whenKnown(chat)]);
  if (!said || isUnderWay(chat.state())) return;
  drop();
  const { state, logout } = chat;
  const before = state();
  const entry = entryOf(said, hello, before);
  let line: ChatState['line'] = 'idle';
  const isAnswered = ({ entries }: ChatState): boolean => entries.at(-1) !== before.entries.at(-1);
  const leave = chat.subscribe(() => {
    if (isAnswered(state())) drop();
    else tell();
  });
  const tell = (): void => {
    const now = state().line;
    if (now === 'on' && line !== 'on') void talk.ask('hello:show', { hello, person });
    line = now;
  };
  drop = () => {
    drop = () => undefined;
    leave();
    Object.assign(chat, { state, logout });
  };
  chat.state = () => {
    const now = state();
    return isAnswered(now) ? now : { ...now, entries: [...now.entries, entry] };
  };
  chat.logout = () => {
    drop();
    return logout();
  };
  tell();
  app?.follow(chat.state());
}

/** Once it is known whether there is a conversation, and where, all of it that will be drawn. */
export async function whenKnown(chat: Chat): Promise<void> {
  while (!isKnown(chat.state())) {
    await new Promise<void>((resolve) => {
      const leave = chat.subscribe(() => {
        if (!isKnown(chat.state())) return;
        leave();
        resolve();
      });
    });
    // What is said of a conversation comes in several steps, one right after the other.
    await Promise.resolve();
  }
}

export function isUnderWay({ conversation, items, draft }: ChatState): boolean {
  const isOpen = !!conversation && conversation.status !== 'closed';
  return isOpen || items.length > 0 || draft !== '';
}

function isKnown({ step, expected, loading, conversation, entries }: ChatState): boolean {
  return (
    step !== null &&
    !expected &&
    !loading &&
    (conversation?.publicSeq ?? 0) <= (entries.at(-1)?.publicSeq ?? 0)
  );
}

async function wordsOf(hello: string, person: string): Promise<Hello | null> {
  const site = location.pathname.split('/').pop();
  const address = `/w/hello/${site}/${hello}.js?person=${person}&${Math.floor(Date.now() / FRESH_MS)}`;
  const { default: said } = (await import(/* @vite-ignore */ address)) as { default: Hello | null };
  return said;
}

function entryOf({ person, text }: Hello, hello: string, { conversation, entries }: ChatState): PublicEntry {
  return {
    ...{ kind: 'greeted', person, hello, text },
    // As the relay's own will have it: what is drawn stays the same element.
    ...{ id: null, at: new Date().toISOString() },
    ...{ conversation: conversation?.id ?? '', publicSeq: (entries.at(-1)?.publicSeq ?? 0) + 1 },
  };
}
