import type { Task } from '@fullname/shared/recovery';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { now } from '../../clock.ts';
import { useDesk } from '../../context.ts';
import { dayOf, distanceOf, momentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { TaskBody } from './TaskBody.tsx';

type TaskRowProps = {
  readonly task: Task;
  readonly open: boolean;
  /** It has ended while it was open here. */
  readonly gone: boolean;
  readonly onToggle: (open: boolean) => void;
};

/** Two lines: the kind in words and when it is due; for whom, and what it is about. What can be done opens in place. */
export function TaskRow({ task, open, gone, onToggle }: TaskRowProps) {
  const t = words().work;
  const { person } = useDesk();
  const opener = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => () => passFocusOn(opener.current), []);
  const close = () => {
    opener.current?.focus();
    onToggle(false);
  };
  return (
    <li class="task" data-kind={task.kind} data-open={open}>
      <div class="task-head">
        <button
          ref={opener}
          type="button"
          class="task-open"
          aria-expanded={open}
          onClick={() => onToggle(!open)}
        >
          {t.kinds[task.kind]}
          <span class="visually-hidden">
            {task.customer ? ` · ${task.customer.name}` : ''} · {task.what}
          </span>
        </button>
        <Due task={task} />
        <p class="task-about">
          <For task={task} />
          <span class="task-what" dir="auto">
            {task.what}
          </span>
        </p>
        {task.owner.id !== person.id && <p class="source">{t.by(task.owner.fullName)}</p>}
      </div>
      {open && (
        // biome-ignore lint/a11y/noStaticElementInteractions: Esc backs out of whatever field has the focus.
        <div
          class="task-body"
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
            event.preventDefault();
            close();
          }}
        >
          <TaskBody task={task} gone={gone} onDone={close} />
        </div>
      )}
    </li>
  );
}

/** A row that goes with the focus in it leaves it to the next one, and the last to the tab above. */
function passFocusOn(opener: HTMLButtonElement | null): void {
  if (!opener || document.activeElement !== opener) return;
  const rows = [...document.querySelectorAll<HTMLElement>('.task-open')];
  const at = rows.indexOf(opener);
  const next = rows[at + 1] ?? rows[at - 1];
  (next ?? document.querySelector<HTMLElement>('.todo .tab[aria-current]'))?.focus();
}

/** The customer, and the way into the conversation. */
function For({ task }: { readonly task: Task }) {
  const name = task.customer?.name ?? (task.conversation ? words().list.visitor : null);
  if (!name) return null;
  if (!task.conversation) return <b dir="auto">{name}</b>;
  return (
    <a class="task-for" href={hashOf({ page: 'desk', conversation: task.conversation })} dir="auto">
      {name}
    </a>
  );
}

function Due({ task }: { readonly task: Task }) {
  const t = words().work;
  if (task.state !== 'open') {
    const by = task.endedBy ? t.endedBy[task.state](task.endedBy.fullName) : t.endedBy.itself;
    return (
      <span class="task-due">
        {by}
        {task.endedAt && (
          <>
            {' · '}
            <time dateTime={task.endedAt} title={momentOf(task.endedAt)}>
              {dayOf(task.endedAt)}
            </time>
          </>
        )}
      </span>
    );
  }
  const late = Date.parse(task.due) <= now.value;
  const when = distanceOf(task.due, now.value);
  return (
    <time class={late ? 'task-due late' : 'task-due'} dateTime={task.due} title={momentOf(task.due)}>
      {late ? t.wasDue(when) : t.due(when)}
    </time>
  );
}
