import { useDesk } from '../../context.ts';
import { go, route, TODO_SECTIONS } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { PurseSection } from '../giving/PurseSection.tsx';
import { usePageKeys } from './keys.ts';
import { PromisesSection } from './PromisesSection.tsx';
import { TasksSection } from './TasksSection.tsx';

/** What is to be done: tasks by their time, and one's own promises. */
export function TodoPage() {
  const t = words().work;
  const tabs = { ...t.tabs, goodwill: words().giving.purse.tab };
  // Who answers no customers gives nothing away.
  const hasPurse = useDesk().person.role !== 'back-office';
  const now = route.value;
  const shown = now.page === 'todo' ? now.section : 'tasks';
  usePageKeys('.task-open');
  return (
    <main class="page todo">
      <header class="page-head">
        <h1>{t.title}</h1>
        <p class="book-lead">{t.lead}</p>
        <nav class="tabs" aria-label={t.title}>
          {TODO_SECTIONS.filter((section) => section !== 'goodwill' || hasPurse).map((section) => (
            <button
              key={section}
              type="button"
              class="tab"
              {...(section === shown ? { 'aria-current': 'page' as const } : {})}
              onClick={() => go({ page: 'todo', section })}
            >
              {tabs[section]}
            </button>
          ))}
        </nav>
      </header>
      {shown === 'tasks' && <TasksSection />}
      {shown === 'promises' && <PromisesSection />}
      {shown === 'goodwill' && hasPurse && <PurseSection />}
    </main>
  );
}
