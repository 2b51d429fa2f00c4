import type { Locale } from '@fullname/shared/locale';
import { LOCALES } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import { SITUATIONS, type Situation } from '@fullname/shared/situation';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { settings } from '../../preferences.ts';
import { STRINGS, words } from '../../strings/index.ts';
import { Field, TextField } from '../common/Field.tsx';
import { WithSlots } from '../desk/PhraseBar.tsx';
import { PhraseForm } from './PhraseForm.tsx';

type Filter = { readonly locale: Locale; readonly situation: Situation | null; readonly query: string };

/** The language bible: what we say in which moment, and why. */
export function BookPage() {
  const { book, person } = useDesk();
  const t = words();
  const [filter, setFilter] = useState<Filter>({ locale: settings.value.locale, situation: null, query: '' });
  const [edited, setEdited] = useState<Phrase | 'new' | null>(null);
  const shelf = book.read(filter.locale);
  const phrases = filterPhrases(shelf?.phrases ?? [], filter);
  const moments = SITUATIONS.filter((situation) => phrases.some((phrase) => phrase.situation === situation));

  return (
    <main class="page">
      <header class="page-head">
        <h1>{t.book.title}</h1>
        <div class="page-lead">
          <p>{t.book.lead}</p>
          <button type="button" class="button button-primary" onClick={() => setEdited('new')}>
            {person.role === 'owner' ? t.book.add : t.book.propose}
          </button>
        </div>
        <Filters filter={filter} onChange={setFilter} />
      </header>
      <div class="page-body">
        {shelf === null && (
          <div class="skeleton-rows" aria-hidden="true">
            <span class="skeleton" />
            <span class="skeleton" />
            <span class="skeleton" />
          </div>
        )}
        {shelf?.problem && <p class="form-problem">{t.errors[shelf.problem]}</p>}
        {shelf && phrases.length === 0 && (
          <div class="empty">
            <h2>{t.book.emptyTitle}</h2>
            <p>{t.book.emptyText}</p>
          </div>
        )}
        {moments.map((situation) => (
          <section key={situation} class="moment" aria-labelledby={`moment-${situation}`}>
            <h2 id={`moment-${situation}`}>{t.situations[situation]}</h2>
            <ul>
              {phrases
                .filter((phrase) => phrase.situation === situation)
                .map((phrase) => (
                  <PhraseCard key={phrase.id} phrase={phrase} onEdit={() => setEdited(phrase)} />
                ))}
            </ul>
          </section>
        ))}
      </div>
      {edited && (
        <PhraseForm
          phrase={edited === 'new' ? null : edited}
          locale={filter.locale}
          situation={filter.situation}
          onClose={() => setEdited(null)}
        />
      )}
    </main>
  );
}

function Filters({
  filter,
  onChange,
}: {
  readonly filter: Filter;
  readonly onChange: (filter: Filter) => void;
}) {
  const t = words();
  return (
    <div class="filters">
      <Field label={t.book.locale}>
        {(ids) => (
          <select
            {...ids}
            value={filter.locale}
            onChange={(event) => {
              const locale = LOCALES.find((one) => one === event.currentTarget.value);
              if (locale) onChange({ ...filter, locale });
            }}
          >
            {LOCALES.map((locale) => (
              <option key={locale} value={locale}>
                {STRINGS[locale].language}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t.book.situation}>
        {(ids) => (
          <select
            {...ids}
            value={filter.situation ?? ''}
            onChange={(event) =>
              onChange({
                ...filter,
                situation: SITUATIONS.find((one) => one === event.currentTarget.value) ?? null,
              })
            }
          >
            <option value="">{t.book.allSituations}</option>
            {SITUATIONS.map((situation) => (
              <option key={situation} value={situation}>
                {t.situations[situation]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label={t.book.search}
        type="search"
        value={filter.query}
        onChange={(query) => onChange({ ...filter, query })}
      />
    </div>
  );
}

function PhraseCard({ phrase, onEdit }: { readonly phrase: Phrase; readonly onEdit: () => void }) {
  const t = words();
  const { person } = useDesk();
  const mayEdit = person.role === 'owner' || phrase.by?.id === person.id;
  return (
    <li class="phrase-card">
      <p class="phrase-card-text" lang={phrase.locale} dir="auto">
        <WithSlots text={phrase.text} />
      </p>
      <p class="phrase-card-why" lang={phrase.locale}>
        <b lang={settings.value.locale}>{t.book.reason}</b> {phrase.reason}
      </p>
      {phrase.notWhen && (
        <p class="phrase-card-why" lang={phrase.locale}>
          <b lang={settings.value.locale}>{t.book.notWhen}</b> {phrase.notWhen}
        </p>
      )}
      <p class="source">
        {[phrase.by ? t.book.by(phrase.by.fullName) : t.book.fromMaker, ...phrase.tags]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {mayEdit && (
        <button type="button" class="link-button phrase-card-edit" onClick={onEdit}>
          {t.common.edit}
        </button>
      )}
    </li>
  );
}

function filterPhrases(phrases: readonly Phrase[], filter: Filter): readonly Phrase[] {
  const wanted = filter.query.toLowerCase().split(/\s+/).filter(Boolean);
  return phrases.filter((phrase) => {
    if (filter.situation && phrase.situation !== filter.situation) return false;
    const text = [phrase.text, phrase.reason, phrase.notWhen ?? '', ...phrase.tags].join(' ').toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}
