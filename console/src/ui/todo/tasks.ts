/** The list of tasks: its pages, read again whenever something changed, and the groups by due time. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Task } from '@fullname/shared/recovery';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, type TaskList } from '../../api.ts';
import { dayKey } from '../../format.ts';

type TaskGroup = 'overdue' | 'today' | 'later' | 'ended';
export type Grouped = { readonly group: TaskGroup; readonly tasks: readonly Task[] };

export type Tasks = {
  /** Null until the first page is there. */
  readonly tasks: readonly Task[] | null;
  readonly problem: ErrorCode | null;
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  more(): void;
  reload(): void;
};

type Page = { readonly of: string; readonly tasks: readonly Task[]; readonly next: string | null };

/** `told` rises when something changed: as many pages as were in view are read again. */
export function useTasks(list: TaskList, told: number): Tasks {
  const of = `${list.whose} ${list.state}`;
  const [page, setPage] = useState<Page | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [again, setAgain] = useState(0);
  const [loadingMore, setLoadingMore] = useState(false);
  const asked = useRef(0);
  const shown = page?.of === of ? page : null;

  async function load(least: number): Promise<void> {
    const mine = ++asked.current;
    let tasks: readonly Task[] = [];
    let next: string | null = null;
    do {
      const answer = await api.tasks(list, next);
      if (mine !== asked.current) return;
      if (!answer.ok) return setProblem(answer.code);
      tasks = [...tasks, ...answer.value.tasks];
      next = answer.value.next;
    } while (next !== null && tasks.length < least);
    setProblem(null);
    setPage({ of, tasks, next });
  }

  useEffect(() => {
    void load(shown?.tasks.length ?? 0);
    return () => {
      asked.current += 1;
    };
  }, [of, told, again]);

  return {
    tasks: shown?.tasks ?? null,
    problem,
    hasMore: shown?.next != null,
    loadingMore,
    more() {
      setLoadingMore(true);
      void load((shown?.tasks.length ?? 0) + 1).finally(() => setLoadingMore(false));
    },
    reload: () => setAgain((before) => before + 1),
  };
}

/** Overdue, today, later, each by due time; groups without tasks are left out. Ended ones keep the order of the relay. */
export function groupsOf(tasks: readonly Task[], now: number): readonly Grouped[] {
  const today = dayKey(new Date(now).toISOString());
  const groupOf = (task: Task): TaskGroup => {
    if (task.state !== 'open') return 'ended';
    if (Date.parse(task.due) <= now) return 'overdue';
    return dayKey(task.due) === today ? 'today' : 'later';
  };
  return (['overdue', 'today', 'later', 'ended'] as const)
    .map((group) => ({ group, tasks: inOrder(tasks.filter((task) => groupOf(task) === group)) }))
    .filter(({ tasks: some }) => some.length > 0);
}

function inOrder(tasks: readonly Task[]): readonly Task[] {
  return tasks[0]?.state === 'open' ? [...tasks].sort((a, b) => a.due.localeCompare(b.due)) : tasks;
}
