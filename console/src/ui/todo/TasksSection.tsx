import type { Task } from '@fullname/shared/recovery';
import { useState } from 'preact/hooks';
import type { TaskList } from '../../api.ts';
import { now } from '../../clock.ts';
import { useDesk } from '../../context.ts';
import { go } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { TaskRow } from './TaskRow.tsx';
import { type Grouped, groupsOf, useTasks } from './tasks.ts';

/** Tasks by due time, one's own or everybody's; one is open at a time, in place. */
export function TasksSection() {
  const t = words().work;
  const { work } = useDesk();
  const [list, setList] = useState<TaskList>({ whose: 'mine', state: 'open' });
  const tasks = useTasks(list, work.told.value);
  const [opened, setOpened] = useState<Task | null>(null);
  const choose = (change: Partial<TaskList>) => {
    setOpened(null);
    setList({ ...list, ...change });
  };
  return (
    <div class="page-body">
      <div class="todo-filters">
        <Segments
          label={t.whoseLabel}
          options={[
            { label: t.whose.mine, on: list.whose === 'mine', choose: () => choose({ whose: 'mine' }) },
            { label: t.whose.all, on: list.whose === 'all', choose: () => choose({ whose: 'all' }) },
          ]}
        />
        <Segments
          label={t.stateLabel}
          options={[
            { label: t.state.open, on: list.state === 'open', choose: () => choose({ state: 'open' }) },
            { label: t.state.ended, on: list.state === 'ended', choose: () => choose({ state: 'ended' }) },
          ]}
        />
      </div>
      {tasks.tasks === null || tasks.problem ? (
        <Troubled loaded={{ value: tasks.tasks, problem: tasks.problem, reload: tasks.reload }} />
      ) : null}
      {tasks.tasks?.length === 0 && !opened && <Empty list={list} />}
      {groupsOf(withOpened(tasks.tasks ?? [], opened), now.value).map((group) => (
        <Group
          key={group.group}
          group={group}
          opened={opened?.id ?? null}
          gone={opened !== null && tasks.tasks !== null && !tasks.tasks.some(({ id }) => id === opened.id)}
          onOpen={setOpened}
        />
      ))}
      {tasks.hasMore && (
        <button type="button" class="button" disabled={tasks.loadingMore} onClick={tasks.more}>
          {t.more}
        </button>
      )}
    </div>
  );
}

/** What somebody has open stays in view, also when a colleague ends it meanwhile: they may be writing in it. */
function withOpened(tasks: readonly Task[], opened: Task | null): readonly Task[] {
  return !opened || tasks.some(({ id }) => id === opened.id) ? tasks : [...tasks, opened];
}

type GroupProps = {
  readonly group: Grouped;
  readonly opened: string | null;
  readonly gone: boolean;
  readonly onOpen: (task: Task | null) => void;
};

function Group({ group, opened, gone, onOpen }: GroupProps) {
  const t = words().work;
  const id = `tasks-${group.group}`;
  return (
    <section class="task-group" data-group={group.group} aria-labelledby={id}>
      <h2 id={id}>
        {t.groups[group.group]} <span class="task-count">{group.tasks.length}</span>
      </h2>
      <ul class="tasks">
        {group.tasks.map((task) => (
          <TaskRow
            key={task.id}
            task={task}
            open={task.id === opened}
            gone={gone && task.id === opened}
            onToggle={(open) => onOpen(open ? task : null)}
          />
        ))}
      </ul>
    </section>
  );
}

type SegmentsProps = {
  readonly label: string;
  readonly options: readonly {
    readonly label: string;
    readonly on: boolean;
    readonly choose: () => void;
  }[];
};

function Segments({ label, options }: SegmentsProps) {
  return (
    <fieldset class="segments" aria-label={label}>
      {options.map((option) => (
        <button key={option.label} type="button" aria-pressed={option.on} onClick={option.choose}>
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}

function Empty({ list }: { readonly list: TaskList }) {
  const t = words().work;
  const text = list.state === 'ended' ? t.empty.ended : t.empty[list.whose];
  return (
    <div class="empty">
      <h2>{text.title}</h2>
      <p>{text.text}</p>
      {list.state === 'open' && (
        <button type="button" class="button" onClick={() => go({ page: 'desk', conversation: null })}>
          {t.toDesk}
        </button>
      )}
    </div>
  );
}
