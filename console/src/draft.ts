/**
 * What an agent is writing in one conversation: a reply, kept on the relay so that it follows the person to another machine,
 * and a note. Both are mirrored here at every keystroke, so that a lost connection or an ended session takes nothing away.
 */
import { maskCards } from '@fullname/shared/reader/cards';
import { type Signal, signal } from '@preact/signals';
import type { Connection } from './connection.ts';

export type WritingMode = 'reply' | 'note';
export type Draft = {
  readonly mode: Signal<WritingMode>;
  readonly reply: Signal<string>;
  readonly note: Signal<string>;
  /** Changes the words of one mode; replies go to the relay after a pause. */
  write(mode: WritingMode, text: string): void;
  /** Saves now what is not saved yet. */
  flush(): void;
  /** Saves, and no longer follows the other tabs. */
  leave(): void;
};

type Mirror = { readonly reply: string; readonly note: string; readonly saved: boolean };

const SAVE_AFTER_MS = 700;

type DraftParts = {
  readonly connection: Pick<Connection, 'ask'>;
  readonly person: string;
  readonly conversation: string;
  /** The relay's copy. */
  readonly stored: string;
};

export function openDraft({ connection, person, conversation, stored }: DraftParts): Draft {
  const key = `fullname.console.draft.${person}.${conversation}`;
  const mirror = readMirror(key);
  const mode = signal<WritingMode>('reply');
  // Words that never reached the relay are newer than its copy.
  const reply = signal(mirror && !mirror.saved ? mirror.reply : stored);
  const note = signal(mirror?.note ?? '');
  let saved = reply.value === stored;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function save(): Promise<void> {
    clearTimeout(timer);
    if (saved) return;
    const text = reply.value;
    const answer = await connection.ask('draft:save', { conversation, text: maskCards(text) });
    if (!answer.ok || reply.value !== text) return;
    saved = true;
    writeMirror(key, { reply: text, note: note.value, saved });
  }

  /** Another tab of this person changed or sent the draft; words that only this tab has stay. */
  const follow = (event: StorageEvent) => {
    if (event.key !== key || !saved) return;
    const theirs = readMirror(key);
    reply.value = theirs?.reply ?? '';
    note.value = theirs?.note ?? '';
  };
  window.addEventListener('storage', follow);

  const flush = () => void save();
  if (!saved) flush();
  return {
    mode,
    reply,
    note,
    flush,
    leave() {
      window.removeEventListener('storage', follow);
      flush();
    },
    write(which, text) {
      if (which === 'note') note.value = text;
      else {
        reply.value = text;
        saved = false;
        clearTimeout(timer);
        timer = setTimeout(flush, SAVE_AFTER_MS);
      }
      writeMirror(key, { reply: reply.value, note: note.value, saved });
    },
  };
}

function readMirror(key: string): Mirror | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    if (typeof value !== 'object' || value === null) return null;
    const { reply, note, saved } = value as Partial<Mirror>;
    return { reply: String(reply ?? ''), note: String(note ?? ''), saved: saved === true };
  } catch {
    return null;
  }
}

function writeMirror(key: string, { reply, note, saved }: Mirror): void {
  try {
    if ((saved || !reply) && !note && !reply) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ reply: maskCards(reply), note: maskCards(note), saved }));
  } catch {
    // Storage is refused or full: the relay's copy is the only one.
  }
}
