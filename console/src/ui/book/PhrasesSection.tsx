import type { BookFigures } from '@fullname/shared/book';
import type { Locale } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import { SITUATIONS, type Situation } from '@fullname/shared/situation';
import { useMemo, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { settings } from '../../preferences.ts';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { hasEveryWord } from '../common/finding.ts';
import { useLoaded } from '../common/load.ts';
import { WithSlots } from '../desk/PhraseBar.tsx';
import { EntryGroups } from './EntryGroups.tsx';
import { editing, writePhrase } from './editing.ts';
import { EntryActs } from './entries.tsx';
import { LocaleField, SelectField } from './fields.tsx';
import { TransferMenu } from './Transfer.tsx';

type SectionProps = { readonly locale: Locale; readonly onLocale: (locale: Locale) => void };
type Filter = { readonly situation: Situation | null; readonly query: string };
type Use = BookFigures['situations'][number]['phrases'][number];

const ALL: Filter = { situation: null, query: '' };

/** What we say, by the moment it is for. */
export function PhrasesSection({ locale, onLocale }: SectionProps) {
  const { book, person } = useDesk();
  const t = words();
  const [filter, setFilter] = useState<Filter>(ALL);
  const shelf = book.read(locale);
  const figures = useLoaded(() => api.bookFigures(locale), [shelf?.revision], locale);
  const uses = useMemo(() => usesOf(figures.value), [figures.value]);
  const all = shelf?.phrases ?? [];
  const phrases = all.filter((phrase) => fits(phrase, filter));
  return (
    <section class="page-body" aria-label={t.book.tabs.phrases}>
      <div class="section-acts">
        <button
          type="button"
          class="button button-primary"
          onClick={() => writePhrase(null, startOf(filter))}
        >
          {person.role === 'owner' ? t.book.phrases.add : t.book.phrases.propose}
        </button>
        <TransferMenu kind="phrases" locale={locale} />
      </div>
      <div class="filters">
        <LocaleField value={locale} onChange={onLocale} />
        <SelectField<Situation, null>
          label={t.book.situation}
          value={filter.situation}
          none={t.book.allSituations}
          options={SITUATIONS.map((value) => ({ value, label: t.situations[value] }))}
          onChange={(situation) => setFilter({ ...filter, situation })}
        />
        <TextField
          label={t.book.search}
          type="search"
          value={filter.query}
          onChange={(query) => setFilter({ ...filter, query })}
        />
      </div>
      <EntryGroups
        {...{ locale, all, shown: phrases, empty: t.book.phrases, onClear: () => setFilter(ALL) }}
        groups={SITUATIONS}
        names={t.situations}
        groupOf={(phrase) => phrase.situation}
      >
        {(phrase) => (
          <PhraseCard
            key={phrase.id}
            phrase={phrase}
            use={figures.value ? (uses.get(phrase.id) ?? null) : undefined}
          />
        )}
      </EntryGroups>
    </section>
  );
}

function startOf({ situation }: Filter): { readonly situation?: Situation } {
  return situation ? { situation } : {};
}

function usesOf(figures: BookFigures | null): ReadonlyMap<string, Use> {
  const all = new Map<string, Use>();
  for (const use of figures?.situations.flatMap((one) => one.phrases) ?? []) {
    const before = all.get(use.phrase);
    all.set(use.phrase, {
      ...use,
      asItStands: use.asItStands + (before?.asItStands ?? 0),
      edited: use.edited + (before?.edited ?? 0),
    });
  }
  return all;
}

function fits(phrase: Phrase, filter: Filter): boolean {
  if (filter.situation && phrase.situation !== filter.situation) return false;
  return hasEveryWord([phrase.text, phrase.reason, phrase.notWhen ?? '', ...phrase.tags], filter.query);
}

type PhraseCardProps = {
  readonly phrase: Phrase;
  /** Null: never used. Undefined: not known yet. */
  readonly use: Use | null | undefined;
};

function PhraseCard({ phrase, use }: PhraseCardProps) {
  const t = words();
  const mine = settings.value.locale;
  const used = use ? t.book.phrases.used(use.asItStands, use.edited) : t.book.phrases.notUsed;
  return (
    <li class="entry-card" data-entry={phrase.id} tabIndex={-1}>
      <p class="phrase-card-text" lang={phrase.locale} dir="auto">
        <WithSlots text={phrase.text} />
      </p>
      <p class="phrase-card-why" lang={phrase.locale}>
        <b lang={mine}>{t.book.reason}</b> {phrase.reason}
      </p>
      {phrase.notWhen && (
        <p class="phrase-card-why" lang={phrase.locale}>
          <b lang={mine}>{t.book.phrases.notWhen}</b> {phrase.notWhen}
        </p>
      )}
      <p class="source">
        {[
          phrase.by ? t.book.by(phrase.by.fullName) : t.book.fromMaker,
          ...phrase.tags,
          use === undefined ? '' : used,
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <EntryActs
        entry={phrase.id}
        title={phrase.text}
        onChange={() => writePhrase(phrase)}
        onTakeOut={() => {
          editing.value = { act: 'take-out', kind: 'phrase', target: phrase };
        }}
      />
    </li>
  );
}
