import type { BookFigures } from '@fullname/shared/book';
import { LOCALES, type Locale } from '@fullname/shared/locale';
import type { Rule } from '@fullname/shared/reader/rule';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { dateOf } from '../../format.ts';
import { go } from '../../route.ts';
import { STRINGS, words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { focusSoon } from './focus.ts';

/** The owner's list: rules of every language that dismissals have silenced, the latest first. Nothing while there is none. */
export function QuietRules({ onLocale }: { readonly onLocale: (locale: Locale) => void }) {
  const { book, person } = useDesk();
  const t = words().book.rules;
  const quiet = LOCALES.flatMap((locale) => book.read(locale)?.rules ?? [])
    .filter((rule) => rule.quietSince !== null)
    .sort((a, b) => (b.quietSince ?? '').localeCompare(a.quietSince ?? ''));
  if (person.role !== 'owner' || quiet.length === 0) return null;
  const show = (rule: Rule) => {
    onLocale(rule.locale);
    go({ page: 'book', section: 'rules', entry: rule.id });
  };
  return (
    <section class="card quiet-rules" aria-labelledby="quiet-rules">
      <header class="card-head">
        <h2 id="quiet-rules">{t.quietTitle}</h2>
        <span class="beside">{quiet.length}</span>
      </header>
      <p class="field-hint">{t.quietLead}</p>
      <ul>
        {quiet.map((rule) => (
          <li key={rule.id} class="accepted-line">
            <button type="button" class="link-button" lang={rule.locale} onClick={() => show(rule)}>
              {rule.title}
            </button>
            <span class="beside">
              {STRINGS[rule.locale].language} · {t.quiet(dateOf(rule.quietSince ?? ''))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

type QuietProps = { readonly rule: Rule; readonly figures: BookFigures['rules'][number] | null };

/** A rule that dismissals have silenced says so; an owner lets it speak again. */
export function Quiet({ rule, figures }: QuietProps) {
  const { book, person } = useDesk();
  const t = words().book.rules;
  const [busy, setBusy] = useState(false);
  if (rule.quietSince === null) return null;
  async function speak() {
    setBusy(true);
    const answer = await api.quietRule(rule.id, false);
    await book.reload();
    setBusy(false);
    if (!answer.ok) return sayProblem(answer.code);
    say(t.speaksAgain);
    // The button is gone: the focus stays with the rule.
    focusSoon(`[data-entry="${rule.id}"]`);
  }
  return (
    <div class="quiet">
      <p>
        <b>{t.quiet(dateOf(rule.quietSince))}</b>{' '}
        {figures && figures.lately.of > 0
          ? t.quietWhy(figures.lately.dismissed, figures.lately.of)
          : t.quietWhyUnknown}
      </p>
      {person.role === 'owner' && (
        <button type="button" class="button button-small" disabled={busy} onClick={() => void speak()}>
          {t.speakAgain}
        </button>
      )}
    </div>
  );
}
