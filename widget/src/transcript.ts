/** The conversation as a text file, made in the browser: every line with its full name and time. */
import type { PublicEntry } from '@fullname/shared/model';
import type { Clock } from './clock.ts';
import type { ChatState } from './state.ts';
import type { Words } from './words.ts';

export function saveTranscript(chat: ChatState, words: Words, clock: Clock): void {
  const file = new Blob([transcriptOf(chat, words, clock)], { type: 'text/plain;charset=utf-8' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = `${words.thread} ${chat.entries[0]?.at.slice(0, 10) ?? ''}.txt`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export function transcriptOf(chat: ChatState, words: Words, clock: Clock): string {
  const me = chat.visitorName ?? words.you;
  const lines = chat.entries.map((entry) => `${clock.full(entry.at)}  ${lineOf(entry, words, me)}`);
  return `${words.thread}\n\n${lines.join('\n\n')}\n`;
}

function lineOf(entry: PublicEntry, words: Words, me: string): string {
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
      return `${entry.author.kind === 'agent' ? entry.author.person.fullName : me}:\n${entry.text}`;
    default:
      return '';
  }
}

/** As `say` does; its own copy, because a lazy chunk cannot import from the script that the page has inlined. */
function put(text: string, ...parts: string[]): string {
  return text.replace(/\{(\d)\}/g, (_, index) => parts[Number(index)] ?? '');
}
