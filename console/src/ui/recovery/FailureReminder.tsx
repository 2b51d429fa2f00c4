import type { Task } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { logFailure, quoting, recordForm, showFailure } from '../../view.ts';
import { capabilities } from '../desk/capabilities.ts';
import { isDismissed, rememberDismissed } from './dismissed.ts';
import { endImmediate } from './FollowUp.tsx';
import { fixedIn, hasSigns, unsolvedSince } from './signs.ts';
import { isOfThisVisit, type Visit, visitOf } from './since-farewell.ts';

/**
 * One quiet line above the composer: they say that it still does not work, or something seems to have gone wrong and
 * nobody has recorded it. It takes no focus and stands in nobody's way.
 */
export function FailureReminder({ thread }: { readonly thread: Thread }) {
  const desk = useDesk();
  const able = capabilities(desk, thread);
  // An answer to the line is remembered in this browser; the count draws it again.
  const [, setAnswered] = useState(0);
  if (!able.record || quoting.value || recordForm.value === 'failure') return null;

  const dismiss =
    (...what: readonly string[]) =>
    () => {
      for (const one of what) rememberDismissed(one);
      setAnswered((before) => before + 1);
    };
  const unsolved = unsolvedTask(thread);
  if (unsolved) {
    const { about, answered, ...asked } = unsolved;
    const onOpened = () => dismiss(answered, visitOf(thread).name)();
    return <Unsolved thread={thread} {...asked} onOpened={onOpened} onNo={dismiss(about)} />;
  }
  // Who only reads along is not asked; who closed it is, where the relay asks too.
  const isMine = able.reply || thread.pane.value.tasks.some((task) => isAsked(task, thread.id));
  const visit = visitOf(thread);
  if (!isMine || isLogged(thread, visit) || isDismissed(visit.name) || !hasSigns(visit.entries)) return null;
  return <Unlogged onNo={dismiss(visit.name)} />;
}

function Unlogged({ onNo }: { readonly onNo: () => void }) {
  const t = words().recovery.reminder;
  return (
    <aside class="failure-reminder" aria-label={words().recovery.title}>
      <p role="status">{t.looksLike}</p>
      <button type="button" class="button button-small" onClick={logFailure} data-tip="F">
        {t.record}
      </button>
      <button type="button" class="link-button" onClick={onNo}>
        {t.no}
      </button>
    </aside>
  );
}

type UnsolvedProps = {
  readonly thread: Thread;
  readonly task: Task;
  readonly said: string;
  readonly isOneOfSeveral: boolean;
  /** What they said belongs to that record now: it is asked about for no other. */
  readonly onOpened: () => void;
  readonly onNo: () => void;
};

function Unsolved({ thread, task, said, isOneOfSeveral, onOpened, onNo }: UnsolvedProps) {
  const t = words().recovery.reminder;
  const open = async () => {
    const refused = await endImmediate(thread, task.id, { works: false, said });
    if (refused) return sayProblem(refused);
    onOpened();
    say(t.opened);
    if (task.failure) showFailure(task.failure);
  };
  return (
    <aside class="failure-reminder" aria-label={words().recovery.title}>
      <p role="status">
        {t.unsolved} {isOneOfSeveral && <q dir="auto">{task.what}</q>}
      </p>
      <button type="button" class="button button-small" onClick={() => void open()}>
        {t.again}
      </button>
      <button type="button" class="link-button" onClick={onNo}>
        {t.notThis}
      </button>
    </aside>
  );
}

/** The open question of the ally, where the customer's words since the fix say no; what was fixed last here is meant first. */
function unsolvedTask({ id, pane, log }: Thread) {
  const { entries } = log.value;
  const asked = pane.value.tasks.filter(({ kind, state }) => kind === 'immediate' && state === 'open');
  const lastFirst = asked
    .map((task) => ({ task, fixed: fixedIn(entries, task.failure) }))
    .sort((a, b) => b.fixed - a.fixed);
  for (const { task, fixed } of lastFirst) {
    const entry = unsolvedSince(entries, fixed);
    if (!entry) continue;
    const about = `${task.id} ${entry.seq}`;
    const answered = `${id} ${entry.seq}`;
    if (isDismissed(about) || isDismissed(answered)) continue;
    return { task, said: entry.text, about, answered, isOneOfSeveral: asked.length > 1 };
  }
  return null;
}

function isAsked(task: Task, conversation: string): boolean {
  return task.kind === 'unlogged' && task.state === 'open' && task.conversation === conversation;
}

/** A record was made in this visit, or taken further in it. One of an earlier visit says nothing of new trouble. */
function isLogged(thread: Thread, { entries }: Visit): boolean {
  return (
    entries.some(({ kind }) => kind === 'failure-logged' || kind === 'failure-stepped') ||
    thread.pane.value.timeline.some((item) => item.kind === 'failure' && isOfThisVisit(thread, item))
  );
}
