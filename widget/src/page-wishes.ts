/** What a page may ask of the open chat through its API; loaded with the first such wish. */
import { pickWidgetLocale } from '@fullname/shared/locale';
import type { Chat } from './chat.ts';
import type { PageWish, ToEmbed } from './frame-messages.ts';
import { setTheme } from './page.ts';
import type { ChatState } from './state.ts';
import type { App } from './ui/App.tsx';

type Frame = { readonly chat: Chat; readonly app: App | null; tell(message: ToEmbed): void };

export async function grant(wish: PageWish, { chat, app, tell }: Frame): Promise<void> {
  if (wish.type === 'prefill') chat.write([chat.state().draft, wish.message].filter(Boolean).join('\n'));
  else if (wish.type === 'theme') setTheme(wish.dark ? 'dark' : 'light');
  else if (wish.type === 'locale') await app?.speak(pickWidgetLocale([wish.locale]));
  else if (wish.type === 'watch') watch(chat, tell);
  else tell({ type: 'cannot', what: wish.type });
}

const watched = new WeakSet<Chat>();

/** Says what happens, without anybody's words: the host page's scripts do not read along. */
function watch(chat: Chat, tell: (message: ToEmbed) => void): void {
  if (watched.has(chat)) return;
  watched.add(chat);
  let before: ChatState | null = null;
  const look = (): void => {
    const now = chat.state();
    for (const [event, detail] of happened(before, now)) tell({ type: 'event', event, detail });
    before = now;
  };
  chat.subscribe(look);
  look();
}

type Happening = readonly [event: string, detail: unknown];

function* happened(before: ChatState | null, now: ChatState): Generator<Happening> {
  const availability = availabilityOf(now);
  if (availability !== availabilityOf(before)) yield ['availability', availability];
  if (now.identityRefused !== !!before?.identityRefused)
    yield ['identity', now.identityRefused ? 'refused' : null];
  if (now.problem && now.problem !== before?.problem) yield ['error', { code: now.problem }];
  const { conversation } = now;
  if (!conversation) return;
  const was = before?.conversation?.id === conversation.id ? before.conversation : null;
  // Who comes back finds what was said before: none of it happens now.
  if (!was && now.returned !== null) return;
  if (!was) yield ['conversationStarted', { id: conversation.id }];
  const { holder } = conversation;
  if (holder && holder.id !== was?.holder?.id) yield ['agentJoined', { name: holder.fullName }];
  const last = was ? (before?.entries.at(-1)?.publicSeq ?? 0) : 0;
  for (const entry of now.entries) {
    if (entry.kind !== 'message' || entry.publicSeq <= last) continue;
    const { author } = entry;
    yield [
      'message',
      { from: author.kind, name: author.kind === 'agent' ? author.person.fullName : null, at: entry.at },
    ];
  }
  if (conversation.status === 'closed' && was && was.status !== 'closed')
    yield ['conversationEnded', { id: conversation.id }];
}

function availabilityOf(state: ChatState | null): 'here' | 'away' | null {
  if (!state?.expectation) return null;
  return state.expectation.kind === 'here' ? 'here' : 'away';
}
