/** The conversation as a text file, made in the browser: every line with its full name and time. */
import type { PersonRef, PublicEntry } from '@fullname/shared/model';
import type { Clock } from './clock.ts';
import type { ChatState } from './state.ts';
import type { Kit } from './ui/recovery.ts';
import type { Words } from './words.ts';

/** In whose words it is written; `kit` is null where nothing was promised or offered. */
export type Telling = { readonly words: Words; readonly clock: Clock; readonly kit: Kit | null };

export async function saveTranscript(chat: ChatState, words: Words, clock: Clock): Promise<void> {
  const { loadKit, needsKit } = await import('./ui/lazy.ts');
  const kit = needsKit(chat) ? await loadKit(clock.locale).catch(() => null) : null;
  const text = transcriptOf(chat, { words, clock, kit });
  const file = new Blob([text], { type: 'text/plain;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${words.thread} ${chat.entries[0]?.at.slice(0, 10) ?? ''}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function transcriptOf(chat: ChatState, telling: Telling): string {
  const { words, clock } = telling;
  const me = chat.visitorName ?? words.you;
  const lines = chat.entries.map((entry) => `${clock.full(entry.at)}  ${lineOf(entry, telling, me)}`);
  return `${words.thread}\n\n${lines.join('\n\n')}\n`;
}

function lineOf(entry: PublicEntry, { words, clock, kit }: Telling, me: string): string {
  switch (entry.kind) {
    case 'joined':
      return put(words.speaking, entry.person.fullName);
    case 'handed-over':
      return put(words.handedOver, entry.from.fullName, entry.to.fullName, entry.contact.fullName);
    case 'email-given':
      return put(words.emailGiven, entry.email);
    case 'message':
    case 'hello':
    case 'farewell':
    case 'file':
      return `${entry.author.kind === 'agent' ? entry.author.person.fullName : me}:\n${entry.text}`;
    case 'extra-chosen':
      return `${me}:\n${entry.choice}`;
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
