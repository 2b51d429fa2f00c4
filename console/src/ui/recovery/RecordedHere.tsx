import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { recordForm } from '../../view.ts';
import { FailureForm } from '../customer/FailureForm.tsx';
import { LogButton, TimelineEntry } from '../customer/Timeline.tsx';

/** What went wrong with somebody who is no customer yet: what was recorded in this conversation, read by its entries. */
export function RecordedHere({
  thread,
  canRecord,
}: {
  readonly thread: Thread;
  readonly canRecord: boolean;
}) {
  const t = words().recovery;
  const recorded = useRecorded(thread);
  if (!canRecord && recorded.length === 0) return null;
  return (
    <section>
      <header class="section-head">
        <h3>{t.title}</h3>
        {canRecord && <LogButton />}
      </header>
      {recordForm.value === 'failure' && <FailureForm thread={thread} />}
      {recorded.length === 0 ? (
        <p class="field-hint">{t.nothing}</p>
      ) : (
        <ol class="timeline">
          {recorded.map((failure) => (
            <TimelineEntry
              key={failure.id}
              thread={thread}
              item={{ kind: 'failure', ...failure }}
              canRecord={canRecord}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

function useRecorded(thread: Thread) {
  const logged = thread.log.value.entries.flatMap((entry) =>
    entry.kind === 'failure-logged' ? [entry.failure] : [],
  );
  const [asked, setAsked] = useState<ReadonlySet<string>>(new Set());
  const missing = logged.filter((id) => !thread.recorded.value.has(id) && !asked.has(id));
  useEffect(() => {
    if (missing.length === 0) return;
    setAsked(new Set([...asked, ...missing]));
    for (const id of missing)
      void api.failure(id).then((answer) => {
        if (answer.ok) thread.keepRecord(answer.value.failure);
      });
  }, [missing.join()]);
  return logged.flatMap((id) => thread.recorded.value.get(id) ?? []).reverse();
}
