import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { repairText } from '@fullname/shared/text';
import { useSignal } from '@preact/signals';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { isCommand, remarkKey } from '../../keys.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { DialogFoot } from '../common/DialogFoot.tsx';
import { Field } from '../common/Field.tsx';
import { Announcer } from './reader/Announcer.tsx';
import { actOn } from './reader/act-on.ts';
import { Mirror } from './reader/Mirror.tsx';
import { RemarkPanel } from './reader/RemarkPanel.tsx';
import { describedBy, useShoulder, watch } from './reader/useShoulder.ts';

/** A conversation closes with the person's own goodbye; the book suggests, the person writes. */
export function Farewell({ thread, onClose }: { readonly thread: Thread; readonly onClose: () => void }) {
  const { book, inbox, person } = useDesk();
  const t = words();
  const locale = thread.detail.value.locale;
  const values = valuesFor(thread, person.fullName);
  const text = useSignal<string>('');
  const shoulder = useShoulder({ thread, purpose: 'farewell', text });
  const suggestions = book
    .forMoment(locale, { situation: 'farewell', values, conditions: shoulder.conditions.value })
    .map((phrase) => ({ id: phrase.id, text: fillPhrase(phrase.text, values) }));
  const field = useRef<HTMLTextAreaElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  /** The same words go under the same id: a lost answer must not say goodbye twice. */
  const tried = useRef({ message: newId(), said: '' });

  useLayoutEffect(() => {
    if (!suggestions[0]) return;
    use(suggestions[0]);
    selectSlot(suggestions[0].text);
  }, []);

  function use({ id, text: filled }: { readonly id: string; readonly text: string }): void {
    setProblem(null);
    text.value = filled;
    shoulder.inserted(id, filled);
  }

  /** What only the writer knows is written over at once. */
  function selectSlot(filled: string): void {
    const slot = openSlots(filled)[0];
    if (!slot) return;
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(slot.from, slot.to);
    });
  }

  async function submit() {
    const whole = repairText(text.value);
    const said = whole.trim();
    const slot = openSlots(whole)[0];
    if (slot) {
      field.current?.focus();
      field.current?.setSelectionRange(slot.from, slot.to);
      return setProblem(t.composer.openSlot(whole.slice(slot.from, slot.to)));
    }
    if (!said) return setProblem(t.errors.EMPTY);
    if (busy) return;
    setBusy(true);
    try {
      await close(whole, said);
    } finally {
      setBusy(false);
    }
  }

  /** As in the composer: what goes is what was read. */
  async function close(whole: string, said: string): Promise<void> {
    text.value = whole;
    const verdict = await shoulder.check(whole);
    if (verdict !== 'go' || text.value !== whole) return;
    if (tried.current.said !== said) tried.current = { message: newId(), said };
    const { message } = tried.current;
    inbox.afterSend.add(shoulder.following(message, said));
    const refused = await thread.close(said, message);
    if (refused) return setProblem(t.errors[refused]);
    inbox.afterSend.sent(message);
    shoulder.sent(said);
    say(t.farewell.done, () => void thread.reopen());
    onClose();
  }

  function keyDown(event: KeyboardEvent) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && isCommand(event)) {
      event.preventDefault();
      if (!event.repeat) void submit();
      return;
    }
    const key = remarkKey(event);
    const remark = shoulder.current.value;
    if (!key || !remark) return;
    event.preventDefault();
    actOn(key, { remark, shoulder, field: field.current });
  }

  return (
    <Dialog title={t.farewell.title} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <p class="dialog-lead">{t.farewell.lead}</p>
        <Field label={t.farewell.label} problem={problem}>
          {(ids) => (
            <div class="watched watched-field">
              <Mirror shoulder={shoulder} text={text.value} field={field} lang={locale} />
              <textarea
                {...ids}
                ref={field}
                rows={4}
                value={text.value}
                lang={locale}
                dir="auto"
                aria-invalid={problem || shoulder.stopped.value === 'hold' ? 'true' : 'false'}
                {...describedBy(shoulder, ids['aria-describedby'])}
                {...watch(shoulder)}
                onKeyDown={keyDown}
                onInput={(event) => {
                  setProblem(null);
                  text.value = event.currentTarget.value;
                  shoulder.lookAt(event.currentTarget.selectionStart, false);
                }}
              />
            </div>
          )}
        </Field>
        <RemarkPanel shoulder={shoulder} field={field} onSend={() => void submit()} />
        <Announcer shoulder={shoulder} />
        {suggestions.length > 1 && (
          <div class="suggestions">
            <p class="field-hint">{t.farewell.suggestions}</p>
            {suggestions.map((suggestion) => (
              <button
                key={suggestion.id}
                type="button"
                class="phrase"
                aria-pressed={suggestion.text === text.value}
                lang={locale}
                dir="auto"
                onClick={() => {
                  use(suggestion);
                  selectSlot(suggestion.text);
                }}
              >
                {suggestion.text}
              </button>
            ))}
          </div>
        )}
        <DialogFoot problem={null} submit={t.farewell.submit} disabled={busy} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
