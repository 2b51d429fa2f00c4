import type { Locale } from '@fullname/shared/locale';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { settings } from '../../preferences.ts';
import { BOOK_SECTIONS, type BookSection, go, route } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { useChanges, useUnread } from './changes.ts';
import { editing, stopEditing } from './editing.ts';
import { FiguresSection } from './FiguresSection.tsx';
import { PastSection } from './PastSection.tsx';
import { PhraseForm } from './PhraseForm.tsx';
import { PhrasesSection } from './PhrasesSection.tsx';
import { ProposalsSection } from './ProposalsSection.tsx';
import { RuleForm } from './RuleForm.tsx';
import { RulesSection } from './RulesSection.tsx';
import { SettingsSection } from './SettingsSection.tsx';
import { TakeOut } from './TakeOut.tsx';
import { VersionsSection } from './VersionsSection.tsx';

/** The language bible: what we say, what we say instead, and why; what is proposed, what changed, how it works. */
export function BookPage() {
  const t = words().book;
  const now = route.value;
  const [locale, setLocale] = useState<Locale>(settings.value.locale);
  const sections = useSections();
  const asked = now.page === 'book' ? now.section : undefined;
  const shown = sections.find((section) => section === asked) ?? 'phrases';
  const page = useRef<HTMLElement>(null);
  useEffect(() => stopEditing, []);
  useEntryInView(page, now.page === 'book' ? now.entry : undefined);
  const shared = { locale, onLocale: setLocale };
  return (
    <main class="page book" ref={page}>
      <header class="page-head">
        <h1>{t.title}</h1>
        <p class="book-lead">{t.lead}</p>
        <Tabs sections={sections} shown={shown} />
      </header>
      {shown === 'phrases' && <PhrasesSection {...shared} />}
      {shown === 'rules' && <RulesSection {...shared} />}
      {shown === 'proposals' && <ProposalsSection />}
      {shown === 'versions' && <VersionsSection />}
      {shown === 'figures' && <FiguresSection {...shared} />}
      {shown === 'past' && <PastSection {...shared} />}
      {shown === 'settings' && <SettingsSection />}
      <Writing locale={locale} />
    </main>
  );
}

function useSections(): readonly BookSection[] {
  const { person } = useDesk();
  return BOOK_SECTIONS.filter((section) => section !== 'settings' || person.role === 'owner');
}

function Tabs({
  sections,
  shown,
}: {
  readonly sections: readonly BookSection[];
  readonly shown: BookSection;
}) {
  const t = words().book;
  const open = useChanges().filter((change) => change.state === 'open').length;
  const unread = useUnread();
  const current = useRef<HTMLButtonElement>(null);
  useEffect(() => current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' }), [shown]);
  return (
    <nav class="tabs book-tabs" aria-label={t.title}>
      {sections.map((section) => (
        <button
          key={section}
          type="button"
          class="tab"
          {...(section === shown ? { 'aria-current': 'page' as const, ref: current } : {})}
          onClick={() => go({ page: 'book', section })}
        >
          {t.tabs[section]}
          {section === 'proposals' && open > 0 && (
            <span class="tab-count">
              {open}
              <span class="visually-hidden"> {t.openCount(open)}</span>
            </span>
          )}
          {section === 'versions' && unread && (
            <span class="tab-unread">
              <span class="visually-hidden">{t.unread}</span>
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}

function Writing({ locale }: { readonly locale: Locale }) {
  const now = editing.value;
  if (now === null) return null;
  if (now.act === 'take-out') return <TakeOut key={now.target.id} out={now} />;
  const key = now.change?.id ?? now.target?.id ?? 'new';
  if (now.kind === 'phrase') return <PhraseForm key={key} editing={now} locale={locale} />;
  return <RuleForm key={key} editing={now} locale={locale} />;
}

/** Brings the entry that the address names into view and into focus, once, as soon as it is drawn. */
function useEntryInView(page: RefObject<HTMLElement | null>, entry: string | undefined): void {
  useEffect(() => {
    const root = page.current;
    if (!root || !entry) return;
    const show = () => {
      const found = root.querySelector<HTMLElement>(`[data-entry="${CSS.escape(entry)}"]`);
      if (!found) return;
      found.scrollIntoView({ block: 'start' });
      found.focus({ preventScroll: true });
      drawn.disconnect();
    };
    // The book may still be on its way.
    const drawn = new MutationObserver(show);
    drawn.observe(root, { childList: true, subtree: true });
    show();
    return () => drawn.disconnect();
  }, [entry]);
}
