import type { ComponentType } from 'preact';
import { useDesk } from '../../context.ts';
import { go, route, SETTINGS_PAGES, type SettingsPage as Section } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { GuidesSection } from '../guides/GuidesSection.tsx';
import { SitePage } from '../site/SitePage.tsx';
import { AccountSection } from './AccountSection.tsx';
import { PeopleSection } from './PeopleSection.tsx';
import { RecoverySection } from './RecoverySection.tsx';
import { SitesSection } from './SitesSection.tsx';
import { SystemsSection } from './SystemsSection.tsx';

const BODIES: Record<Section, ComponentType> = {
  sites: SitesSection,
  systems: SystemsSection,
  people: PeopleSection,
  recovery: RecoverySection,
  guides: GuidesSection,
  account: AccountSection,
};

/** Sites, other systems, people and the recovery for owners; the guides and one's own account for everybody. */
export function SettingsPage() {
  const { person } = useDesk();
  const t = words();
  const now = route.value;
  const wanted = now.page === 'settings' ? now.section : 'account';
  const sections: readonly Section[] = person.role === 'owner' ? SETTINGS_PAGES : ['guides', 'account'];
  const shown = sections.includes(wanted) ? wanted : 'account';
  const names: Record<Section, string> = {
    sites: t.settings.sites,
    systems: t.company.systems.tab,
    people: t.settings.people,
    recovery: t.company.recovery.tab,
    guides: t.settings.guides,
    account: t.settings.account,
  };
  const Body = BODIES[shown];
  const site = now.page === 'settings' && shown === 'sites' ? now.site : undefined;
  return (
    <main class="page settings">
      <header class="page-head">
        <h1>{t.settings.title}</h1>
        <nav class="tabs" aria-label={t.settings.title}>
          {sections.map((one) => (
            <button
              key={one}
              type="button"
              class="tab"
              {...(one === shown ? { 'aria-current': 'page' as const } : {})}
              onClick={() => go({ page: 'settings', section: one })}
            >
              {names[one]}
            </button>
          ))}
        </nav>
      </header>
      {site && now.page === 'settings' ? (
        <SitePage key={site} site={site} part={now.part ?? null} />
      ) : (
        <Body />
      )}
    </main>
  );
}
