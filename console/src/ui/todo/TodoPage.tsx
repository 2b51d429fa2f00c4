import { go, route } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { usePageKeys } from './keys.ts';
import { PromisesSection } from './PromisesSection.tsx';
import { TasksSection } from './TasksSection.tsx';

const SECTIONS = ['tasks', 'promises'] as const;

/** What is to be done: tasks by their time, and one's own promises. */
export function TodoPage() {
  const t = words().work;
  const now = route.value;
  const shown = now.page === 'todo' ? now.section : 'tasks';
  usePageKeys('.task-open');
  return (
    <main class="page todo">
      <header class="page-head">
        <h1>{t.title}</h1>
        <p class="book-lead">{t.lead}</p>
        <nav class="tabs" aria-label={t.title}>
          {SECTIONS.map((section) => (
            <button
              key={section}
              type="button"
              class="tab"
              {...(section === shown ? { 'aria-current': 'page' as const } : {})}
              onClick={() => go({ page: 'todo', section })}
            >
              {t.tabs[section]}
            </button>
          ))}
        </nav>
      </header>
      {shown === 'tasks' ? <TasksSection /> : <PromisesSection />}
    </main>
  );
}
