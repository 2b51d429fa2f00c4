import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { useRef, useState } from 'preact/hooks';
import { valuesFor } from '../../book.ts';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { Field } from '../common/Field.tsx';

/** A conversation closes with the person's own goodbye; the book suggests, the person writes. */
export function Farewell({ thread, onClose }: { readonly thread: Thread; readonly onClose: () => void }) {
  const { book, person } = useDesk();
  const t = words();
  const locale = thread.detail.value.locale;
  const values = valuesFor(thread, person.fullName);
  const suggestions = book
    .forMoment(locale, 'farewell', values)
    .map((phrase) => fillPhrase(phrase.text, values));
  const field = useRef<HTMLTextAreaElement>(null);
  const [text, setText] = useState(suggestions[0] ?? '');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  async function submit(event: SubmitEvent) {
    event.preventDefault();
    const slot = openSlots(text)[0];
    if (slot) {
      field.current?.focus();
      field.current?.setSelectionRange(slot.from, slot.to);
      return setProblem(t.composer.openSlot(text.slice(slot.from, slot.to)));
    }
    if (!text.trim()) return setProblem(t.errors.EMPTY);
    setBusy(true);
    const refused = await thread.close(text.trim());
    setBusy(false);
    if (refused) return setProblem(t.errors[refused]);
    say(t.farewell.done, () => void thread.reopen());
    onClose();
  }

  return (
    <Dialog title={t.farewell.title} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <p class="dialog-lead">{t.farewell.lead}</p>
        <Field label={t.farewell.label} problem={problem}>
          {(ids) => (
            <textarea
              {...ids}
              ref={field}
              rows={4}
              value={text}
              lang={locale}
              dir="auto"
              onInput={(event) => {
                setProblem(null);
                setText(event.currentTarget.value);
              }}
            />
          )}
        </Field>
        {suggestions.length > 1 && (
          <div class="suggestions">
            <p class="field-hint">{t.farewell.suggestions}</p>
            {suggestions.map((suggestion) => (
              <button
                key={suggestion}
                type="button"
                class="phrase"
                aria-pressed={suggestion === text}
                lang={locale}
                dir="auto"
                onClick={() => setText(suggestion)}
              >
                {suggestion}
              </button>
            ))}
          </div>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {t.common.cancel}
          </button>
          <button type="submit" class="button button-primary" disabled={busy}>
            {t.farewell.submit}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
