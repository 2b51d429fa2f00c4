import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { repairText } from '@fullname/shared/text';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import type { WritingMode } from '../../draft.ts';
import { isCommand, phraseNumber } from '../../keys.ts';
import { settings } from '../../preferences.ts';
import { type Strings, words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { overlay, writeRequest } from '../../view.ts';
import { capabilities } from './capabilities.ts';

export type Composing = ReturnType<typeof useComposing>;

/** What the composer does: typing, phrases, sending; kept apart from how it is drawn. */
export function useComposing(thread: Thread) {
  const desk = useDesk();
  const maySpeak = capabilities(desk, thread).reply;
  // Who loses a race for a conversation still sees the words that were written for it.
  const canReply = maySpeak || (thread.draft.reply.value !== '' && isLive(thread));
  const field = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const mode: WritingMode = canReply ? thread.draft.mode.value : 'note';
  const text = thread.draft[mode].value;
  const over = text.length - MESSAGE_MAX_LENGTH;
  const detail = thread.detail.value;
  const needsTaking = detail.status === 'waiting' && detail.holder?.id !== desk.person.id;

  // A note stays a note when the visitor's next words reopen the conversation under the writer's hands.
  useLayoutEffect(() => {
    if (!canReply) thread.draft.mode.value = 'note';
    else if (!thread.draft.note.value && document.activeElement !== field.current)
      thread.draft.mode.value = 'reply';
  }, [canReply]);
  useEffect(() => {
    const asked = writeRequest.value;
    if (!asked) return;
    writeRequest.value = null;
    if (canReply) thread.draft.mode.value = asked.mode;
    putCaretAtEnd(field.current);
  }, [writeRequest.value]);
  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const number = phraseNumber(event);
      if (!number || overlay.value || !maySpeak) return;
      const phrase = desk.book.forMoment(
        detail.locale,
        thread.situation.value,
        valuesFor(thread, desk.person.fullName),
      )[number - 1];
      if (!phrase) return;
      event.preventDefault();
      insert(phrase.text);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });

  function write(which: WritingMode, value: string): void {
    setProblem(null);
    thread.draft.write(which, value);
  }

  function selectLater(from: number, to: number): void {
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(from, to);
    });
  }

  /** Puts a phrase where the caret is, names filled in; the first open placeholder is selected, to be written over. */
  function insert(phrase: string): void {
    const caret = mode === 'reply' ? field.current : null;
    const before = thread.draft.reply.value;
    const from = caret?.selectionStart ?? before.length;
    const gap = from > 0 && !/\s$/.test(before.slice(0, from)) ? ' ' : '';
    const filled = gap + fillPhrase(phrase, valuesFor(thread, desk.person.fullName));
    const next = before.slice(0, from) + filled + before.slice(caret?.selectionEnd ?? from);
    thread.draft.mode.value = 'reply';
    write('reply', next);
    const slot = openSlots(next)[0];
    selectLater(slot?.from ?? from + filled.length, slot?.to ?? from + filled.length);
  }

  async function submit(): Promise<void> {
    const said = repairText(text).trim();
    if (!said || busy || over > 0 || (mode === 'reply' && !maySpeak)) return;
    const slot = mode === 'reply' ? openSlots(text)[0] : undefined;
    if (slot) {
      setProblem(words().composer.openSlot(text.slice(slot.from, slot.to)));
      return selectLater(slot.from, slot.to);
    }
    setBusy(true);
    const refused = mode === 'reply' && needsTaking ? await thread.take() : null;
    if (refused) setProblem(refusalWords(refused, thread));
    else await thread.send(mode, said);
    setBusy(false);
    field.current?.focus();
  }

  return {
    field,
    mode,
    text,
    problem,
    canReply,
    maySpeak,
    needsTaking,
    over,
    mayBeSent: (maySpeak || mode === 'note') && !busy && over <= 0 && text.trim() !== '',
    insert,
    submit,
    focus: () => putCaretAtEnd(field.current),
    /** Takes what was typed; `/` in an empty reply is not text but a wish for phrases, and the answer is true. */
    input(element: HTMLTextAreaElement, composing: boolean): boolean {
      const { value } = element;
      // Full-width too: Chinese keyboards write it.
      if (mode === 'reply' && text === '' && !composing && (value === '/' || value === '／')) {
        element.value = '';
        return true;
      }
      write(mode, value);
      if (value) thread.showTyping();
      return false;
    },
    keyDown(event: KeyboardEvent): void {
      // During IME composition Enter chooses a character; some browsers say so only by the code 229.
      if (event.isComposing || event.keyCode === 229) return;
      if (event.key === 'Escape') field.current?.blur();
      const enterSends = settings.value.enterSends && !event.shiftKey && !event.altKey;
      if (event.key !== 'Enter' || !(isCommand(event) || enterSends)) return;
      event.preventDefault();
      void submit();
    },
  };
}

function isLive(thread: Thread): boolean {
  const { status } = thread.detail.value;
  return status === 'waiting' || status === 'open';
}

function refusalWords(code: keyof Strings['errors'], thread: Thread): string {
  const { holder } = thread.detail.value;
  return code === 'TAKEN' && holder ? words().thread.takenBy(holder.fullName) : words().errors[code];
}

function putCaretAtEnd(element: HTMLTextAreaElement | null): void {
  requestAnimationFrame(() => {
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  });
}
