/** What the relay says to visitors, in the words of whoever owns the site. */
import { withOwnWords } from '@fullname/shared/fit-words';
import type { WidgetLocale } from '@fullname/shared/locale';
import { publicSettings, type SiteSettings } from '@fullname/shared/site-settings';

/** A table in a language, with the owner's own texts where they fit and their language is offered. */
export function wordsOf<Table extends Readonly<Record<string, string>>>(
  tables: Readonly<Record<WidgetLocale, Table>>,
  locale: WidgetLocale,
  settings: SiteSettings,
): Table {
  return withOwnWords(tables[locale], publicSettings(settings).strings[locale] ?? {});
}
