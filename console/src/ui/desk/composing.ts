import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import type { Phrase } from '@fullname/shared/model';
import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { repairText } from '@fullname/shared/text';
import { computed } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import type { WritingMode } from '../../draft.ts';
import { newId } from '../../ids.ts';
import { isCommand, phraseNumber, remarkKey } from '../../keys.ts';
import { settings } from '../../preferences.ts';
import { addition } from '../../reader/spans.ts';
import { writeInto } from '../../reader/writing.ts';
import { type Strings, words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { overlay, writeRequest } from '../../view.ts';
import { capabilities } from './capabilities.ts';
import { actOn } from './reader/act-on.ts';
import { useShoulder } from './reader/useShoulder.ts';

export type Composing = ReturnType<typeof useComposing>;

/** What the composer does: typing, phrases, sending; kept apart from how it is drawn. */
export function useComposing(thread: Thread) {
  const desk = useDesk();
  const maySpeak = capabilities(desk, thread).reply;
  // Who loses a race for a conversation still sees the words that were written for it.
  const canReply = maySpeak || (thread.draft.reply.value !== '' && isLive(thread));
  const field = useRef<HTMLTextAreaElement>(null);
  const read = useMemo(
    () => computed(() => (thread.draft.mode.value === 'reply' ? thread.draft.reply.value : null)),
    [thread],
  );
  const shoulder = useShoulder({ thread, purpose: 'reply', text: read });
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
      const phrase = desk.book.forMoment(detail.locale, {
        situation: thread.situation.value,
        values: valuesFor(thread, desk.person.fullName),
        conditions: shoulder.conditions.value,
      })[number - 1];
      if (!phrase) return;
      event.preventDefault();
      insert(phrase);
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
  function insert({ id, text: phrase }: Phrase): void {
    const filled = fillPhrase(phrase, valuesFor(thread, desk.person.fullName));
    const element = mode === 'reply' ? field.current : null;
    const before = thread.draft.reply.value;
    const from = element?.selectionStart ?? before.length;
    const edit = { ...addition(before, from, filled), to: element?.selectionEnd ?? from };
    if (element) writeInto(element, edit);
    else {
      thread.draft.mode.value = 'reply';
      write('reply', before.slice(0, from) + edit.text + before.slice(edit.to));
    }
    shoulder.inserted(id, filled);
    const slot = openSlots(edit.text)[0];
    const end = from + edit.text.length;
    selectLater(slot ? from + slot.from : end, slot ? from + slot.to : end);
  }

  async function submit(): Promise<void> {
    const whole = repairText(text);
    const said = whole.trim();
    if (!said || busy || over > 0 || (mode === 'reply' && !maySpeak)) return;
    const slot = mode === 'reply' ? openSlots(text)[0] : undefined;
    if (slot) {
      setProblem(words().composer.openSlot(text.slice(slot.from, slot.to)));
      return selectLater(slot.from, slot.to);
    }
    setBusy(true);
    try {
      if (mode === 'note') await thread.send('note', said);
      else await reply(whole);
    } finally {
      setBusy(false);
    }
    field.current?.focus();
  }

  /** Sends what the reader has read, and nothing else: words written meanwhile wait for the next time. */
  async function reply(whole: string): Promise<void> {
    // What is sent is what is read: signs that cannot be sent are taken out before.
    if (whole !== text) write('reply', whole);
    const verdict = await shoulder.check(whole);
    if (verdict !== 'go' || thread.draft.reply.value !== whole) return;
    const refused = needsTaking ? await thread.take() : null;
    if (refused) return setProblem(refusalWords(refused, thread));
    const message = newId();
    const said = whole.trim();
    desk.inbox.afterSend.add(shoulder.following(message, said));
    await thread.send('reply', said, message);
    shoulder.sent(said);
  }

  /** The keys of the remark at the caret. True when one was meant. */
  function remarkKeys(event: KeyboardEvent): boolean {
    const key = mode === 'reply' ? remarkKey(event) : null;
    const remark = shoulder.current.value;
    if (!key || !remark) return false;
    event.preventDefault();
    actOn(key, { remark, shoulder, field: field.current });
    return true;
  }

  const acts = useSteady({
    insert,
    submit: () => void submit(),
    focus: () => putCaretAtEnd(field.current),
  });

  return {
    ...acts,
    field,
    shoulder,
    mode,
    text,
    problem,
    canReply,
    maySpeak,
    needsTaking,
    over,
    mayBeSent: (maySpeak || mode === 'note') && !busy && over <= 0 && text.trim() !== '',
    /** Takes what was typed; `/` in an empty reply is not text but a wish for phrases, and the answer is true. */
    input(element: HTMLTextAreaElement, composing: boolean): boolean {
      const { value } = element;
      // Full-width too: Chinese keyboards write it.
      if (mode === 'reply' && text === '' && !composing && (value === '/' || value === '／')) {
        element.value = '';
        return true;
      }
      write(mode, value);
      shoulder.lookAt(element.selectionStart, false);
      if (value) thread.showTyping();
      return false;
    },
    keyDown(event: KeyboardEvent): void {
      // During IME composition Enter chooses a character; some browsers say so only by the code 229.
      if (event.isComposing || event.keyCode === 229) return;
      if (remarkKeys(event)) return;
      if (event.key === 'Escape') field.current?.blur();
      const enterSends = settings.value.enterSends && !event.shiftKey && !event.altKey;
      if (event.key !== 'Enter' || !(isCommand(event) || enterSends)) return;
      event.preventDefault();
      // A key that is held down must not answer the question that it raised.
      if (!event.repeat) void submit();
    },
  };
}

type Acts = {
  readonly insert: (phrase: Phrase) => void;
  readonly submit: () => void;
  readonly focus: () => void;
};

/** The same functions at every key, so that what they are handed to need not be drawn again; they do what they do now. */
function useSteady(acts: Acts): Acts {
  const latest = useRef(acts);
  latest.current = acts;
  return useMemo(
    () => ({
      insert: (phrase) => latest.current.insert(phrase),
      submit: () => latest.current.submit(),
      focus: () => latest.current.focus(),
    }),
    [],
  );
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
