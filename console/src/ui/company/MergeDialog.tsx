import type { Merge, MergePreview } from '@fullname/shared/customers';
import type { ErrorCode } from '@fullname/shared/errors';
import type { Customer } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { FindCustomer } from './FindCustomer.tsx';
import { Preview } from './Preview.tsx';

type MergeDialogProps = { readonly thread: Thread; readonly onClose: () => void };

/** Another record that is the same person: found, looked at side by side, then merged; it can be undone. */
export function MergeDialog({ thread, onClose }: MergeDialogProps) {
  const t = words().company.merge;
  const [customer] = useState(thread.pane.value.customer);
  const [preview, setPreview] = useState<MergePreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [id] = useState(newId);
  if (!customer) return null;

  async function look(kept: Customer, merged: Customer) {
    if (kept.demo !== merged.demo) return setProblem(t.demoApart);
    setBusy(true);
    const answer = await api.mergePreview(kept.id, merged.id);
    setBusy(false);
    setProblem(answer.ok ? null : textOf(answer.code));
    if (answer.ok) setPreview(answer.value);
  }

  async function merge({ kept, merged }: MergePreview) {
    if (busy) return;
    setBusy(true);
    const answer = await api.merge({ id, kept: kept.id, merged: merged.id });
    setBusy(false);
    if (!answer.ok) return setProblem(textOf(answer.code));
    await thread.readPane();
    say(t.done(merged.name, kept.name), () => void takeBack(answer.value, thread));
    onClose();
  }

  return (
    <Dialog title={t.title(customer.name)} onClose={onClose} wide>
      <div class="stack">
        {!preview && <p class="dialog-lead">{t.lead}</p>}
        {!preview && (
          <FindCustomer
            thread={thread}
            except={customer.id}
            nobody={t.nobody}
            onFound={(found) => void look(customer, found)}
          />
        )}
        {preview && (
          <Preview
            preview={preview}
            busy={busy}
            onSwap={() => void look(preview.merged, preview.kept)}
            onOther={() => {
              setProblem(null);
              setPreview(null);
            }}
          />
        )}
        {problem && (
          <p class="form-problem" role="alert">
            {problem}
          </p>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {words().common.cancel}
          </button>
          {preview && (
            <button
              type="button"
              class="button button-primary"
              disabled={busy}
              onClick={() => void merge(preview)}
            >
              {t.submit(preview.kept.name)}
            </button>
          )}
        </footer>
      </div>
    </Dialog>
  );
}

/** Takes a merge back, and says so. */
export async function takeBack({ id }: Pick<Merge, 'id'>, thread: Thread): Promise<boolean> {
  const answer = await api.undoMerge(id);
  if (!answer.ok) {
    sayProblem(answer.code);
    return false;
  }
  say(words().company.merge.undone);
  await thread.readPane();
  return true;
}

/** The relay keeps invented people and real ones apart. */
function textOf(code: ErrorCode): string {
  return code === 'FORBIDDEN' ? words().company.merge.demoApart : words().errors[code];
}
