import type { Member } from '@fullname/shared/api';
import { MESSAGE_MAX_LENGTH } from '@fullname/shared/limits';
import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { repairText } from '@fullname/shared/text';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import type { WritingMode } from '../../draft.ts';
import { commandKey, isCommand, phraseNumber } from '../../keys.ts';
import { settings } from '../../preferences.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { overlay, writeRequest } from '../../view.ts';
import { capabilities } from './capabilities.ts';
import { HeldReply } from './HeldReply.tsx';
import { PhraseBar } from './PhraseBar.tsx';
import { PhraseSearch } from './PhraseSearch.tsx';

/** Where one answers, or leaves a note for colleagues; the two look apart, so that nobody mistakes one for the other. */
export function Composer({ thread }: { readonly thread: Thread }) {
  const desk = useDesk();
  const t = words();
  const able = capabilities(desk, thread);
  const field = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [searching, setSearching] = useState(false);
  const [busy, setBusy] = useState(false);
  const mode: WritingMode = able.reply ? thread.draft.mode.value : 'note';
  const text = thread.draft[mode].value;
  const over = text.length - MESSAGE_MAX_LENGTH;
  const me = desk.person.fullName;
  const detail = thread.detail.value;
  const needsTaking = detail.status === 'waiting' && detail.holder?.id !== desk.person.id;

  useEffect(() => {
    const asked = writeRequest.value;
    if (!asked) return;
    writeRequest.value = null;
    if (able.reply) thread.draft.mode.value = asked.mode;
    putCaretAtEnd(field.current);
  }, [writeRequest.value]);

  useLayoutEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const number = phraseNumber(event);
      if (!number || overlay.value || !able.reply) return;
      const phrase = desk.book.forMoment(detail.locale, thread.situation.value)[number - 1];
      if (!phrase) return;
      event.preventDefault();
      insert(phrase.text);
    };
    document.addEventListener('keydown', listen);
    return () => document.removeEventListener('keydown', listen);
  });

  /** Puts a phrase where the caret is, names filled in; the first open placeholder is selected, to be written over. */
  function insert(phrase: string): void {
    const element = field.current;
    const filled = fillPhrase(phrase, valuesFor(thread, me));
    thread.draft.mode.value = 'reply';
    const before = thread.draft.reply.value;
    const from = mode === 'reply' && element ? element.selectionStart : before.length;
    const to = mode === 'reply' && element ? element.selectionEnd : before.length;
    const gap = from > 0 && !/\s$/.test(before.slice(0, from)) ? ' ' : '';
    const next = before.slice(0, from) + gap + filled + before.slice(to);
    write('reply', next);
    const slot = openSlots(next)[0];
    const end = from + gap.length + filled.length;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(slot?.from ?? end, slot?.to ?? end);
    });
  }

  function write(which: WritingMode, value: string): void {
    setProblem(null);
    thread.draft.write(which, value);
  }

  function input(element: HTMLTextAreaElement, composing: boolean): void {
    const value = element.value;
    // A slash in an empty reply asks for phrases; full-width too, which Chinese keyboards write.
    if (mode === 'reply' && text === '' && !composing && (value === '/' || value === '／')) {
      element.value = '';
      setSearching(true);
      return;
    }
    write(mode, value);
    if (value) thread.showTyping();
  }

  async function submit(): Promise<void> {
    const said = repairText(text).trim();
    if (!said || busy || over > 0) return;
    const slot = mode === 'reply' ? openSlots(text)[0] : undefined;
    if (slot) {
      setProblem(t.composer.openSlot(text.slice(slot.from, slot.to)));
      field.current?.focus();
      field.current?.setSelectionRange(slot.from, slot.to);
      return;
    }
    setBusy(true);
    const refused = mode === 'reply' && needsTaking ? await thread.take() : null;
    if (refused) setProblem(wordsFor(refused, thread));
    else await thread.send(said);
    setBusy(false);
    field.current?.focus();
  }

  function keyDown(event: KeyboardEvent): void {
    // During IME composition Enter chooses a character; some browsers say so only by the code 229.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) {
      if (event.key === 'Escape') field.current?.blur();
      return;
    }
    const sends = isCommand(event) || (settings.value.enterSends && !event.shiftKey && !event.altKey);
    if (!sends) return;
    event.preventDefault();
    void submit();
  }

  return (
    <section class="composer" data-mode={mode} aria-label={t.composer.label}>
      <HeldReply thread={thread} onChange={() => putCaretAtEnd(field.current)} />
      {able.reply && mode === 'reply' && (
        <PhraseBar thread={thread} onUse={insert} onSearch={() => setSearching(true)} />
      )}
      {searching && (
        <PhraseSearch
          thread={thread}
          onUse={(phrase) => {
            setSearching(false);
            insert(phrase);
          }}
          onClose={() => {
            setSearching(false);
            field.current?.focus();
          }}
        />
      )}
      <div class="composer-box">
        <ModeSwitch thread={thread} mode={mode} canReply={able.reply} />
        <textarea
          ref={field}
          id="composer"
          class="composer-field"
          rows={Math.min(8, Math.max(2, text.split('\n').length))}
          dir="auto"
          value={text}
          aria-label={placeholderOf(thread, mode)}
          placeholder={placeholderOf(thread, mode)}
          aria-invalid={problem ? 'true' : 'false'}
          aria-describedby="composer-hint"
          onInput={(event) => input(event.currentTarget, event.isComposing)}
          onKeyDown={keyDown}
        />
        <footer class="composer-foot">
          <p
            id="composer-hint"
            class={problem ? 'composer-problem' : 'composer-hint'}
            role={problem ? 'alert' : undefined}
          >
            {problem ?? hintOf(thread, mode, desk.person)}
          </p>
          {over > 0 && <span class="composer-problem">{t.composer.tooLong(over)}</span>}
          <button
            type="button"
            class={`button ${mode === 'note' ? 'button-note' : 'button-primary'}`}
            disabled={busy || over > 0 || text.trim() === ''}
            onClick={() => void submit()}
          >
            {mode === 'note' ? t.composer.addNote : needsTaking ? t.composer.takeAndAnswer : t.composer.send}
          </button>
        </footer>
      </div>
    </section>
  );
}

type ModeSwitchProps = { readonly thread: Thread; readonly mode: WritingMode; readonly canReply: boolean };

function ModeSwitch({ thread, mode, canReply }: ModeSwitchProps) {
  const t = words().composer;
  const modes: readonly WritingMode[] = canReply ? ['reply', 'note'] : ['note'];
  return (
    <div class="mode-switch" role="radiogroup" aria-label={t.label}>
      {modes.map((one) => (
        <label key={one} class="mode" data-on={one === mode} data-tip={one === 'reply' ? 'R' : 'N'}>
          <input
            type="radio"
            class="visually-hidden"
            name="writing-mode"
            checked={one === mode}
            onChange={() => {
              thread.draft.mode.value = one;
            }}
          />
          {t[one]}
        </label>
      ))}
      {mode === 'note' && <span class="note-mark">{t.noteHint}</span>}
    </div>
  );
}

function placeholderOf(thread: Thread, mode: WritingMode): string {
  const t = words().composer;
  if (mode === 'note') return t.notePlaceholder;
  const name = thread.detail.value.name;
  return name ? t.replyTo(name) : t.replyToVisitor;
}

function hintOf(thread: Thread, mode: WritingMode, me: Member): string {
  const t = words().composer;
  const { status, holder } = thread.detail.value;
  if (me.role === 'back-office') return t.backOfficeHint;
  if (status === 'closed') return t.closedHint;
  if (status === 'spam') return t.asideHint;
  if (mode === 'reply' && status === 'open' && holder && holder.id !== me.id)
    return t.heldByOther(holder.fullName);
  return settings.value.enterSends ? t.hints.enter : t.hints.ctrl(commandKey);
}

function wordsFor(code: keyof ReturnType<typeof words>['errors'], thread: Thread): string {
  const holder = thread.detail.value.holder;
  return code === 'TAKEN' && holder ? words().thread.takenBy(holder.fullName) : words().errors[code];
}

function putCaretAtEnd(element: HTMLTextAreaElement | null): void {
  requestAnimationFrame(() => {
    element?.focus();
    element?.setSelectionRange(element.value.length, element.value.length);
  });
}
