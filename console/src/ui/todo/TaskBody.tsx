import type { Role } from '@fullname/shared/model';
import type { Task, TaskDraft } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { go, hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { openAt } from '../../view.ts';
import { useLoaded } from '../common/load.ts';
import { Fact } from '../customer/Fact.tsx';
import { ReachLine } from '../customer/ReachLine.tsx';
import { Troubled } from '../settings/Troubled.tsx';
import { EffortActs, GoodwillActs } from './colleague-acts.tsx';
import { type Ending, useEnding } from './ending.ts';
import { ImmediateActs } from './ImmediateActs.tsx';
import { InternalActs } from './InternalActs.tsx';
import { Waive } from './Waive.tsx';
import { WrapUpActs } from './WrapUpActs.tsx';

type TaskBodyProps = { readonly task: Task; readonly gone: boolean; readonly onDone: () => void };

/** What an opened task is about and what can be done with it; what was done with an ended one. */
export function TaskBody({ task, gone, onDone }: TaskBodyProps) {
  const t = words();
  const { person } = useDesk();
  const ending = useEnding(task, onDone);
  if (task.state !== 'open') return <Ended task={task} />;
  if (gone)
    return (
      <p class="form-problem" role="alert">
        {t.errors.ENDED}
      </p>
    );
  const isMine = task.owner.id === person.id;
  return (
    <>
      <p class="task-hint">{isMine ? t.work.hints[task.kind] : t.work.ofOther(task.owner.fullName)}</p>
      {isMine && <Acts task={task} ending={ending} onDone={onDone} />}
      <Refusal task={task} ending={ending} />
      <footer class="task-foot">
        {task.conversation && task.kind !== 'call-back' && (
          <a href={hashOf({ page: 'desk', conversation: task.conversation })}>{t.work.openConversation}</a>
        )}
        <RecordLink task={task} label={t.work.openRecord} />
        {mayWaive(task, person) && <Waive ending={ending} />}
      </footer>
    </>
  );
}

type ActsProps = { readonly task: Task; readonly ending: Ending; readonly onDone: () => void };

function Acts({ task, ending, onDone }: ActsProps) {
  if (task.kind === 'immediate' || task.kind === 'internal' || task.kind === 'wrap-up')
    return <FollowUp task={task} ending={ending} />;
  if (task.kind === 'effort') return <EffortActs ending={ending} />;
  if (task.kind === 'goodwill') return <GoodwillActs task={task} onDone={onDone} />;
  return <Way task={task} />;
}

/** The three follow-ups begin with what the relay has drafted from the record. */
function FollowUp({ task, ending }: { readonly task: Task; readonly ending: Ending }) {
  const draft = useLoaded<TaskDraft>(() => api.taskDraft(task.id), [], task.id);
  if (!draft.value) return <Troubled loaded={draft} />;
  const parts = { task, ending, draft: draft.value };
  if (task.kind === 'internal') return <InternalActs {...parts} />;
  return (
    <>
      {draft.value.reach && <ReachLine {...draft.value.reach} />}
      {task.kind === 'immediate' ? <ImmediateActs {...parts} /> : <WrapUpActs {...parts} />}
    </>
  );
}

/** Some things are done elsewhere: this leads there. */
function Way({ task }: { readonly task: Task }) {
  const t = words().work;
  if (task.kind === 'request')
    return (
      <button type="button" class="button button-primary" onClick={() => go({ page: 'help' })}>
        {t.toHelp}
      </button>
    );
  if (task.kind === 'promise')
    return (
      <button
        type="button"
        class="button button-primary"
        onClick={() => go({ page: 'todo', section: 'promises' })}
      >
        {t.toPromises}
      </button>
    );
  const { conversation } = task;
  if (!conversation) return null;
  if (task.kind === 'call-back')
    return (
      <button type="button" class="button button-primary" onClick={() => go({ page: 'desk', conversation })}>
        {t.openConversation}
      </button>
    );
  return (
    <button
      type="button"
      class="button button-primary"
      onClick={() => openAt(conversation, { form: 'failure' })}
    >
      {t.logIt}
    </button>
  );
}

/** Some end where they are answered: by the promise, or by the colleague's word. An owner may waive whatever others have to do. */
function mayWaive({ kind, owner }: Task, me: { readonly id: string; readonly role: Role }): boolean {
  if (owner.id !== me.id) return me.role === 'owner';
  return kind !== 'goodwill' && kind !== 'request' && kind !== 'promise';
}

/** What the relay refuses stands here; where something is missing in the record, the way there beside it. */
function Refusal({ task, ending }: { readonly task: Task; readonly ending: Ending }) {
  const t = words();
  if (!ending.problem) return null;
  return (
    <div class="form-problem" role="alert">
      <p>{t.errors[ending.problem]}</p>
      {ending.problem === 'EXTRA_FIRST' && <RecordLink task={task} label={t.work.extraFirst} />}
    </div>
  );
}

/** Into the conversation, with the failure's record open beside it. */
function RecordLink({ task, label }: { readonly task: Task; readonly label: string }) {
  const { conversation, failure } = task;
  if (!conversation || !failure) return null;
  return (
    <button type="button" class="link-button" onClick={() => openAt(conversation, { failure })}>
      {label}
    </button>
  );
}

function Ended({ task }: { readonly task: Task }) {
  const t = words().work;
  return (
    <>
      <dl class="facts">
        {task.wrapUp && <Fact name={t.wrapUp.how} value={t.wrapUp.kinds[task.wrapUp].name} />}
        {task.why && <Fact name={t.why[task.state === 'waived' ? 'waived' : 'done']} value={task.why} />}
        {task.mail && <Fact name={t.mail.label} value={t.mail[task.mail]} />}
      </dl>
      {task.conversation && (
        <p>
          <a href={hashOf({ page: 'desk', conversation: task.conversation })}>{t.openConversation}</a>
        </p>
      )}
    </>
  );
}
