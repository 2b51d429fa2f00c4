import type { ErrorCode } from '@fullname/shared/errors';
import type { FailureStage } from '@fullname/shared/model';
import type { Task } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { momentOf, whenOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';
import { intoReply, saying } from './reply.ts';
import { Body, type StepProps } from './Stages.tsx';

/** What is still to do for this failure, by whom and when; the ally's own question is asked and answered here. */
export function FollowUp({ thread, failure }: StepProps) {
  const t = words();
  const me = useDesk().person.id;
  const tasks = thread.pane.value.tasks.filter(
    (task) => task.failure === failure.id && task.state === 'open',
  );
  const mine = tasks.find((task) => task.kind === 'immediate' && task.owner.id === me);
  const list = (
    <ul class="follow-ups">
      {tasks.map((task) => (
        <li key={task.id}>
          {task.owner.id === me && task !== mine ? (
            <a href={hashOf({ page: 'todo', section: 'tasks' })}>{t.work.kinds[task.kind]}</a>
          ) : (
            t.work.kinds[task.kind]
          )}
          <span class="source">
            <time dateTime={task.due} title={momentOf(task.due)}>
              {t.recovery.steps.follow.by(task.owner.fullName, whenOf(task.due))}
            </time>
          </span>
        </li>
      ))}
    </ul>
  );
  if (failure.stage !== 'fixed') return list;
  return (
    <Body lead={t.recovery.steps.follow.lead}>
      {mine && <Immediate thread={thread} task={mine} />}
      {list}
    </Body>
  );
}

function Immediate({ thread, task }: { readonly thread: Thread; readonly task: Task }) {
  const t = words();
  const f = t.recovery.steps.follow;
  const [said, setSaid] = useState('');
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const end = async (works: boolean) => {
    const refused = await endImmediate(thread, task.id, { works, said: said.trim() });
    setProblem(refused);
    if (!refused) say(works ? f.told : t.recovery.reminder.opened);
  };
  return (
    <>
      <p class="stage-question">
        <q>{t.recovery.say.works}</q>
        <button
          type="button"
          class="button button-small"
          onClick={() => intoReply(thread, saying(thread).works)}
        >
          {f.insert}
        </button>
      </p>
      <TextField label={f.said} value={said} onChange={setSaid} maxLength={500} optional />
      {problem && (
        <p class="form-problem" role="alert">
          {t.errors[problem]}
        </p>
      )}
      <p class="stage-acts">
        <button type="button" class="button button-small" onClick={() => void end(false)}>
          {f.worksNot}
        </button>
        <button type="button" class="button button-small button-primary" onClick={() => void end(true)}>
          {f.works}
        </button>
      </p>
    </>
  );
}

/** “It still does not work” may come to anybody, and later than the question: whoever hears it opens the record again. */
export function OpenAgain({ thread, failure }: StepProps) {
  const t = words().recovery;
  const me = useDesk().person.id;
  const [act] = useState(newId);
  const asked = thread.pane.value.tasks.find(
    (task) => task.failure === failure.id && task.kind === 'immediate' && task.state === 'open',
  );
  // Before the fix there is nothing to open; the ally's own question has both its answers above.
  if (failure.stage === 'fixed' ? !asked || asked.owner.id === me : !mayHold(failure.stage)) return null;
  const open = async () => {
    const refused = asked
      ? await endImmediate(thread, asked.id, { works: false, said: '' })
      : await thread.stepFailure(failure.id, 'gone-over', act);
    if (refused) sayProblem(refused);
    else say(t.reminder.opened);
  };
  return (
    <button type="button" class="link-button" onClick={() => void open()}>
      {t.steps.openAgain}
    </button>
  );
}

function mayHold(stage: FailureStage): boolean {
  return stage === 'followed-up' || stage === 'closed';
}

/** The customer's answer to the ally: it leads on, or opens the record again. */
export async function endImmediate(
  thread: Thread,
  task: string,
  { works, said }: { readonly works: boolean; readonly said: string },
): Promise<ErrorCode | null> {
  const answer = await api.endTask(task, { end: 'done', works, ...(said ? { said } : {}) });
  if (!answer.ok) return answer.code;
  await thread.readPane();
  void thread.catchUp();
  return null;
}
