/** The conversation as a text file, made in the browser: every line with its full name and time. */
import type { FarewellQuestion, PersonRef, PublicEntry } from '@fullname/shared/model';
import type { Chat } from './chat.ts';
import type { Clock } from './clock.ts';
import type { More } from './more-words.ts';
import type { ChatState } from './state.ts';
import type { CallBackKit } from './ui/call-back.tsx';
import type { Kit } from './ui/recovery.ts';
import type { Words } from './words.ts';

/** In whose words it is written; `kit` is null where nothing was promised or offered. */
export type Telling = {
  readonly words: Words;
  readonly clock: Clock;
  readonly kit: Kit | null;
  /** Null where no question was answered. */
  readonly more: Pick<More, FarewellQuestion> | null;
  /** Null where no time was chosen. */
  readonly callBack?: CallBackKit | null;
};

/** With everything that was said before, which is fetched first. */
export async function saveTranscript(
  model: Pick<Chat, 'loadOlder' | 'state'>,
  words: Words,
  clock: Clock,
): Promise<void> {
  while (await model.loadOlder());
  const chat = model.state();
  const { loadCallBack, loadKit, needsKit } = await import('./ui/lazy.ts');
  const kit = needsKit(chat) ? await loadKit(clock.locale).catch(() => null) : null;
  const answered = chat.entries.some(({ kind }) => kind === 'farewell-answered');
  const { loadMore } = await import('./more-words.ts');
  const more = answered ? await loadMore(clock.locale).catch(() => null) : null;
  const called = chat.entries.some(({ kind }) => kind === 'call-back');
  const callBack = called ? await loadCallBack(clock.locale).catch(() => null) : null;
  const text = transcriptOf(chat, { words, clock, kit, more, callBack });
  const file = new Blob([text], { type: 'text/plain;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${words.thread} ${chat.entries[0]?.at.slice(0, 10) ?? ''}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function transcriptOf(chat: ChatState, telling: Telling): string {
  const { words, clock } = telling;
  const me = chat.visitor?.name ?? words.you;
  const lines = chat.entries.flatMap((entry) => {
    const line = lineOf(entry, telling, me);
    return line ? `${clock.full(entry.at)}  ${line}` : [];
  });
  return `${words.thread}\n\n${lines.join('\n\n')}\n`;
}

function lineOf(entry: PublicEntry, { words, clock, kit, more, callBack }: Telling, me: string): string {
  switch (entry.kind) {
    case 'joined':
      return put(words.speaking, entry.person.fullName);
    case 'handed-over':
      return put(words.handedOver, entry.from.fullName, entry.to.fullName, entry.contact.fullName);
    case 'email-given':
      return entry.email && put(words.emailGiven, entry.email);
    case 'person-asked':
      return put(words.asked, entry.person.fullName);
    case 'greeted':
      return `${entry.person.fullName} (${words.byPage}):\n${entry.text}`;
    case 'introduced': {
      const said = [entry.name, entry.email, entry.order].filter(Boolean).join(' · ');
      return said && put(words.introduced, said);
    }
    case 'message':
    case 'hello':
    case 'farewell':
    case 'file':
      return `${entry.author.kind === 'agent' ? entry.author.person.fullName : me}:\n${entry.text}`;
    case 'extra-chosen':
      return `${me}:\n${entry.choice}`;
    case 'call-back':
      return callBack?.lineOf(entry, callBack, { name: nameOf, words: String }).join('') ?? '';
    case 'farewell-answered':
      return [`${me}:`, more?.[entry.question], entry.text].filter(Boolean).join('\n');
    default: {
      // A file is read on another day: "tomorrow" would be wrong there.
      const plain = { name: nameOf, words: String, time: clock.full };
      return kit?.lineOf(entry, kit.said, plain)?.join('') ?? '';
    }
  }
}

function nameOf({ fullName }: PersonRef): string {
  return fullName;
}

/** As `say` does; its own copy, because a lazy chunk cannot import from the script that the page has inlined. */
function put(text: string, ...parts: string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '');
}
