import type { Change } from '@fullname/shared/book';
import { LOCALES, type Locale } from '@fullname/shared/locale';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { settings } from '../../preferences.ts';
import { STRINGS, words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { TextField } from '../common/Field.tsx';
import { localeOfChange, titleOf, useChanges, useTarget, wordFor } from './changes.ts';
import { ShelfTrouble } from './entries.tsx';
import { SelectField } from './fields.tsx';
import { focusSoon } from './focus.ts';
import { ProposalCard } from './ProposalCard.tsx';
import { bookProblem } from './problem.ts';

/** What is proposed and talked over, and what waits for the next version. */
export function ProposalsSection() {
  const t = words();
  const [locale, setLocale] = useState<Locale | null>(null);
  const changes = useChanges();
  const open = changes.filter((change) => change.state === 'open');
  const accepted = changes.filter((change) => change.state === 'accepted');
  const declined = changes.filter((change) => change.state === 'declined');
  return (
    <section class="page-body" aria-label={t.book.tabs.proposals}>
      <p class="book-lead">{t.book.proposals.lead}</p>
      <NextVersion accepted={accepted} />
      {open.length > 0 && (
        <div class="filters">
          <SelectField<Locale, null>
            label={t.book.locale}
            value={locale}
            none={t.book.allLocales}
            options={LOCALES.map((value) => ({ value, label: STRINGS[value].language }))}
            onChange={setLocale}
          />
        </div>
      )}
      <ShelfTrouble locale={settings.value.locale} />
      <ProposalList changes={open} locale={locale} />
      {declined.length > 0 && (
        <details class="fold">
          <summary>
            {t.book.proposals.declinedTitle} <span class="beside">{declined.length}</span>
          </summary>
          <ProposalList changes={declined} locale={null} />
        </details>
      )}
    </section>
  );
}

function ProposalList({
  changes,
  locale,
}: {
  readonly changes: readonly Change[];
  readonly locale: Locale | null;
}) {
  const { book } = useDesk();
  const t = words().book.proposals;
  const ofLocale = changes.filter((change) => !locale || localeOf(change, book.read) === locale);
  if (ofLocale.length === 0 && book.read(settings.value.locale)?.problem === null)
    return (
      <div class="empty">
        <h2>{changes.length > 0 ? t.noneInLocale : t.emptyTitle}</h2>
        <p>{t.emptyText}</p>
      </div>
    );
  return (
    <ul class="proposals">
      {ofLocale.map((change) => (
        <ProposalCard key={change.id} change={change} />
      ))}
    </ul>
  );
}

type Read = ReturnType<typeof useDesk>['book']['read'];

/** A change that takes out names no language: the shelf it stands on does. */
function localeOf(change: Change, read: Read): Locale | null {
  const shelf = LOCALES.find((locale) => read(locale)?.changes.some((one) => one.id === change.id));
  return localeOfChange(change, null) ?? shelf ?? null;
}

/** Accepted changes gather here until an owner publishes them together. */
function NextVersion({ accepted }: { readonly accepted: readonly Change[] }) {
  const { person } = useDesk();
  const t = words().book.proposals;
  const [asking, setAsking] = useState(false);
  return (
    <section class="card next-version" aria-labelledby="next-version">
      <header class="card-head">
        <h2 id="next-version" tabIndex={-1}>
          {t.next}
        </h2>
        <span class="beside">{accepted.length > 0 ? t.nextCount(accepted.length) : t.nextEmpty}</span>
        {person.role === 'owner' && accepted.length > 0 && (
          <button type="button" class="button button-primary" onClick={() => setAsking(true)}>
            {t.publish}
          </button>
        )}
      </header>
      {accepted.length > 0 && (
        <ul>
          {accepted.map((change) => (
            <AcceptedLine key={change.id} change={change} />
          ))}
        </ul>
      )}
      {accepted.length > 0 && person.role !== 'owner' && <p class="field-hint">{t.waitsForOwner}</p>}
      {asking && <PublishDialog accepted={accepted} onClose={() => setAsking(false)} />}
    </section>
  );
}

function AcceptedLine({ change }: { readonly change: Change }) {
  const { book, person } = useDesk();
  const t = words().book.proposals;
  async function reopen() {
    const answer = await api.decideChange(change.id, { decision: 'reopen' });
    await book.reload();
    if (!answer.ok) return sayProblem(answer.code);
    say(t.reopened);
    focusSoon(`[data-entry="${change.id}"]`);
  }
  return (
    <li class="accepted-line" data-entry={change.id} tabIndex={-1}>
      <TitleOfChange change={change} />
      {change.decidedBy && <span class="beside">{t.acceptedBy(change.decidedBy.fullName)}</span>}
      {person.role === 'owner' && (
        <button type="button" class="link-button" onClick={() => void reopen()}>
          {t.reopen}
        </button>
      )}
    </li>
  );
}

function TitleOfChange({ change }: { readonly change: Change }) {
  const t = words().book.proposals;
  const target = useTarget(change);
  const body = change.body ?? target;
  return (
    <span class="accepted-title">
      <b>{wordFor(change)}</b>{' '}
      {body ? <span lang={body.locale}>{titleOf(body)}</span> : <span class="source">{t.gone}</span>}
    </span>
  );
}

type PublishProps = { readonly accepted: readonly Change[]; readonly onClose: () => void };

/** Says what changes and whom it reaches before it does. */
function PublishDialog({ accepted, onClose }: PublishProps) {
  const { book, inbox } = useDesk();
  const t = words();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Parameters<typeof sayProblem>[0]>(null);
  const next = (book.read(settings.value.locale)?.version ?? 0) + 1;

  async function publish(event: SubmitEvent) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await api.publishBook(note.trim());
    await book.reload();
    setBusy(false);
    if (!answer.ok) return setProblem(answer.code);
    say(t.book.proposals.published(answer.value.version));
    onClose();
    focusSoon('#next-version');
  }

  return (
    <Dialog title={t.book.proposals.publishTitle(next)} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void publish(event)}>
        <p class="dialog-lead">
          {t.book.proposals.publishLead(accepted.length, Math.max(1, inbox.colleagues.value.length))}
        </p>
        <ul class="publish-list">
          {accepted.map((change) => (
            <li key={change.id}>
              <TitleOfChange change={change} />
            </li>
          ))}
        </ul>
        <TextField
          label={t.book.proposals.note}
          hint={t.book.proposals.noteHint}
          value={note}
          onChange={setNote}
          maxLength={300}
          optional
          focus
        />
        {problem && (
          <p class="form-problem" role="alert">
            {bookProblem(problem)}
          </p>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={onClose}>
            {t.common.cancel}
          </button>
          <button type="submit" class="button button-primary" disabled={busy}>
            {t.book.proposals.publishNow}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
