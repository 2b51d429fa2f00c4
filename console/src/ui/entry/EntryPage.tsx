import { LOCALES } from '@fullname/shared/locale';
import type { ComponentChildren } from 'preact';
import { changeSettings, settings } from '../../preferences.ts';
import { STRINGS } from '../../strings/index.ts';

type EntryPageProps = { readonly title: string; readonly lead: string; readonly children: ComponentChildren };

/** The pages before the desk: a name, one column, much air. */
export function EntryPage({ title, lead, children }: EntryPageProps) {
  return (
    <main class="entry">
      <div class="entry-sheet">
        <p class="wordmark">Fullname</p>
        <h1>{title}</h1>
        <p class="entry-lead">{lead}</p>
        {children}
      </div>
      <nav class="entry-languages" aria-label={STRINGS[settings.value.locale].settings.language}>
        {LOCALES.map((locale) => (
          <button
            key={locale}
            type="button"
            lang={locale}
            class="link-button"
            aria-pressed={settings.value.locale === locale}
            onClick={() => changeSettings({ locale })}
          >
            {STRINGS[locale].language}
          </button>
        ))}
      </nav>
    </main>
  );
}
