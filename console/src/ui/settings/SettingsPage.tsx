import { useDesk } from '../../context.ts';
import { go, type SettingsPage as Section } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { AccountSection } from './AccountSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { SitesSection } from './SitesSection.tsx';

/** Sites and people for owners; one's own account for everybody. */
export function SettingsPage({ section }: { readonly section: Section }) {
  const { person } = useDesk();
  const t = words().settings;
  const sections: readonly Section[] = person.role === 'owner' ? ['sites', 'people', 'account'] : ['account'];
  const shown = sections.includes(section) ? section : 'account';
  return (
    <main class="page">
      <header class="page-head">
        <h1>{t.title}</h1>
        <nav class="tabs" aria-label={t.title}>
          {sections.map((one) => (
            <button
              key={one}
              type="button"
              class="tab"
              {...(one === shown ? { 'aria-current': 'page' as const } : {})}
              onClick={() => go({ page: 'settings', section: one })}
            >
              {t[one]}
            </button>
          ))}
        </nav>
      </header>
      {shown === 'sites' && <SitesSection />}
      {shown === 'people' && <PeopleSection />}
      {shown === 'account' && <AccountSection />}
    </main>
  );
}
