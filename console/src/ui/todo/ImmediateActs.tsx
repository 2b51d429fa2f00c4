import type { Task, TaskDraft } from '@fullname/shared/recovery';
import { repairText } from '@fullname/shared/text';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { CopyButton } from './CopyButton.tsx';
import type { Ending } from './ending.ts';
import { writeInto } from './write-into.ts';

export type FollowUpProps = { readonly task: Task; readonly ending: Ending; readonly draft: TaskDraft };

/** Is it really working, were they kind? The ally asks in person, and writes down the answer. */
export function ImmediateActs({ task, ending, draft }: FollowUpProps) {
  const t = words().work.immediate;
  const { inbox } = useDesk();
  const question = draft.texts['personal-message']?.text ?? '';
  const [said, setSaid] = useState('');
  const answer = (works: boolean) => {
    const text = repairText(said).trim();
    ending.end({ end: 'done', works, ...(text ? { said: text } : {}) }, works ? t.worksDone : t.worksNotDone);
  };
  return (
    <>
      {question && (
        <div class="drafted">
          <h3>{t.question}</h3>
          <p dir="auto">
            <q>{question}</q>
          </p>
          <p class="drafted-acts">
            {task.conversation && (
              <button
                type="button"
                class="button button-small"
                onClick={() => task.conversation && writeInto(inbox, task.conversation, question)}
              >
                {t.into}
              </button>
            )}
            <CopyButton text={question} />
          </p>
        </div>
      )}
      <TextField label={t.said} value={said} onChange={setSaid} rows={2} maxLength={500} optional />
      <div class="task-acts">
        <button
          type="button"
          class="button button-primary"
          disabled={ending.busy}
          onClick={() => answer(true)}
        >
          {t.works}
        </button>
        <button type="button" class="button" disabled={ending.busy} onClick={() => answer(false)}>
          {t.worksNot}
        </button>
      </div>
    </>
  );
}
