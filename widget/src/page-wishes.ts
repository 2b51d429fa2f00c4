/** What a page may ask of the open chat through its API; loaded with the first such wish. */
import { pickWidgetLocale } from '@fullname/shared/locale';
import type { Chat } from './chat.ts';
import type { PageWish, ToEmbed } from './frame-messages.ts';
import { setTheme } from './page.ts';
import { createPageData, type PageData } from './page-data.ts';
import { setMuted } from './settings.ts';
import type { ChatState } from './state.ts';
import type { App } from './ui/App.tsx';

type Frame = { readonly chat: Chat; readonly app: App | null; tell(message: ToEmbed): void };

export async function grant(wish: PageWish, { chat, app, tell }: Frame): Promise<void> {
  if (wish.type === 'prefill') chat.write([chat.state().draft, wish.message].filter(Boolean).join('\n'));
  else if (wish.type === 'theme') setTheme(wish.dark ? 'dark' : 'light');
  else if (wish.type === 'locale') await app?.speak(pickWidgetLocale([wish.locale]));
  else if (wish.type === 'mute') setMuted(wish.on);
  else if (wish.type === 'ask-for' && app) {
    const { askFor } = await import('./ui/asking.tsx');
    const { speech, locale, clock } = app.state;
    await askFor(chat.begin, { ...speech, locale, clock }, wish.name);
  } else if (wish.type === 'watch') watch(chat, tell);
  else if (wish.type === 'hello' || wish.type === 'under-way') {
    const { isUnderWay, showHello, whenKnown } = await import('./pressed-hello.ts');
    // Not waited for: what opens the chat, and so the line, comes behind this wish.
    if (wish.type === 'hello') showHello({ chat, app }, wish).catch(() => undefined);
    else void whenKnown(chat).then(() => tell({ type: wish.type, on: isUnderWay(chat.state()) }));
  } else if (wish.type !== 'ask-for') dataOf(chat).hear(wish);
}

const data = new WeakMap<Chat, PageData>();

function dataOf(chat: Chat): PageData {
  const known = data.get(chat) ?? createPageData(chat);
  data.set(chat, known);
  return known;
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
  const isRefused = !!now.visitor?.identityRefused;
  if (isRefused !== !!before?.visitor?.identityRefused) yield ['identity', isRefused ? 'refused' : null];
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
