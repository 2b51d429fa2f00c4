import type { Merge } from '@fullname/shared/customers';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { dateOf, momentOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { Dialog } from '../common/Dialog.tsx';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { takeBack } from './MergeDialog.tsx';

type MergedRecordsProps = { readonly thread: Thread; readonly onClose: () => void };

/** What went into this record, by whom and when; each can be taken back. */
export function MergedRecords({ thread, onClose }: MergedRecordsProps) {
  const t = words().company.merges;
  const [customer] = useState(thread.pane.value.customer);
  const merges = useLoaded<Merge[]>(() => api.mergesOf(customer?.id ?? ''));
  const [busy, setBusy] = useState(false);
  if (!customer) return null;

  async function undo(merge: Merge) {
    setBusy(true);
    await takeBack(merge, thread);
    setBusy(false);
    merges.reload();
  }

  return (
    <Dialog title={t.title(customer.name)} onClose={onClose}>
      <div class="stack">
        <p class="dialog-lead">{t.lead}</p>
        {(!merges.value || merges.problem) && <Troubled loaded={merges} />}
        {merges.value?.length === 0 && <p>{t.none}</p>}
        <ul class="merges">
          {merges.value?.map((merge) => (
            <li key={merge.id} data-undone={merge.undone !== null}>
              <p>
                <b dir="auto">{merge.merged.name}</b>
                <span class="source" title={momentOf(merge.at)}>
                  {t.by(merge.by.fullName, dateOf(merge.at))}
                </span>
                {merge.undone && (
                  <span class="source" title={momentOf(merge.undone.at)}>
                    {t.undoneBy(merge.undone.by.fullName, dateOf(merge.undone.at))}
                  </span>
                )}
              </p>
              {!merge.undone && (
                <button
                  type="button"
                  class="button"
                  aria-label={t.undoOf(merge.merged.name)}
                  disabled={busy}
                  onClick={() => void undo(merge)}
                >
                  {t.undo}
                </button>
              )}
            </li>
          ))}
        </ul>
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {words().common.close}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}
