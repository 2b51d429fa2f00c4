import { useState } from 'preact/hooks';
import { newId } from '../../ids.ts';
import { commandKey } from '../../keys.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { openFailure } from '../../view.ts';
import { FailureFields } from '../recovery/FailureFields.tsx';
import { draftOf, dropDraft, keepDraft, toDraft } from '../recovery/failure-draft.ts';
import { isQuotable } from '../recovery/Quotes.tsx';
import { complaintIn } from '../recovery/signs.ts';
import { RecordFormFrame } from './RecordFormFrame.tsx';

/** What went wrong, while it is warm; only the first line is needed. The relay adds time, load and who was on shift. */
export function FailureForm({ thread }: { readonly thread: Thread }) {
  const t = words();
  const [draft, setDraft] = useState(() =>
    draftOf(thread.id, { quotes: complaint(thread), currency: currencyOf(thread) }),
  );

  async function save() {
    const refused = await thread.logFailure(toDraft(draft));
    if (refused === 'CONFLICT') beginAnew();
    if (refused) return refused;
    dropDraft(thread.id);
    return null;
  }

  /** An earlier try was stored after all, with other words: it is shown, and what is here now would be a second record. */
  function beginAnew(): void {
    change({ id: newId() });
    void thread.readPane();
  }

  function change(part: Partial<typeof draft>): void {
    setDraft((before) => {
      const next = { ...before, ...part };
      keepDraft(thread.id, next);
      return next;
    });
  }

  return (
    <RecordFormFrame
      label={t.forms.failure}
      done={t.forms.failureDone}
      ready={draft.what.trim() !== ''}
      save={save}
      after={() => {
        openFailure.value = draft.id;
      }}
    >
      <FailureFields thread={thread} form={draft} onChange={change} />
      <p class="field-hint">{t.recovery.form.keys(commandKey)}</p>
    </RecordFormFrame>
  );
}

export function currencyOf(thread: Thread): string {
  const { value, purchases } = thread.pane.value;
  return value?.currency ?? purchases[0]?.currency ?? 'USD';
}

/** The message that was marked in the thread, or else their last one that tells of trouble. */
function complaint(thread: Thread): readonly number[] {
  const entries = thread.log.value.entries;
  const marked = markedEntry();
  if (entries.some((entry) => entry.seq === marked && isQuotable(entry))) return [marked];
  const last = complaintIn(entries);
  return last === null ? [] : [last];
}

function markedEntry(): number {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return 0;
  return Number(selection.anchorNode?.parentElement?.closest<HTMLElement>('[data-seq]')?.dataset.seq ?? 0);
}
