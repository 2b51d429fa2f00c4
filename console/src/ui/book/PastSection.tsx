import type { FirstReport } from '@fullname/shared/book';
import type { ErrorCode } from '@fullname/shared/errors';
import type { Locale } from '@fullname/shared/locale';
import type { Rule } from '@fullname/shared/reader/rule';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { countOf, dateOf, momentOf, timeOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { Field, TextField } from '../common/Field.tsx';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { Bar } from './Bar.tsx';
import { writePhrase, writeRule } from './editing.ts';
import { LocaleField } from './fields.tsx';
import { readTextFile } from './files.ts';
import { bookProblem, isTooLarge } from './problem.ts';
import { parseSentences, type Sentences } from './sentences.ts';

type SectionProps = { readonly locale: Locale; readonly onLocale: (locale: Locale) => void };
/** What the relay reads at once. */
const IMPORT_MAX = 20_000;
const IMPORT_MAX_BYTES = 3_900_000;
/** How often one asks how far a report is that takes longer, whoever began it. */
const ASK_EVERY_MS = 1_000;

type Found = FirstReport['phrases'][number];

/** The sentences of the company's own past that most need better ones. */
export function PastSection({ locale }: SectionProps) {
  const { person } = useDesk();
  const t = words();
  const stored = useLoaded(api.firstReport, []);
  const [fresh, setFresh] = useState<FirstReport | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const report = fresh ?? stored.value;
  const isOwner = person.role === 'owner';
  const running = report?.running ?? null;
  const [asked, setAsked] = useState(0);
  const isBusy = busy || running !== null;

  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(() => void look(), ASK_EVERY_MS);
    return () => clearTimeout(timer);
  }, [running, asked]);

  async function look() {
    const answer = await api.firstReport();
    // Also after an answer that did not come: the next one may.
    setAsked((count) => count + 1);
    if (!answer.ok) return;
    setFresh(answer.value);
    if (!answer.value.running) say(t.book.past.done);
  }

  async function run(sentences?: Sentences['sentences']) {
    if (busy) return;
    setBusy(true);
    const answer = await api.makeFirstReport(sentences);
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (!answer.ok) return;
    setFresh(answer.value);
    if (!answer.value.running) say(t.book.past.done);
  }

  return (
    <section class="page-body" aria-label={t.book.tabs.past} aria-busy={isBusy}>
      <div class="page-lead">
        <p>{t.book.past.lead}</p>
        {isOwner && report && (
          <button type="button" class="button button-primary" disabled={isBusy} onClick={() => void run()}>
            {report.at ? t.book.past.runAgain : t.book.past.run}
          </button>
        )}
      </div>
      <div role="status">{isBusy && <Running running={running} />}</div>
      {problem && (
        <p class="form-problem" role="alert">
          {problem === 'TOO_MANY' ? t.book.past.busy : bookProblem(problem)}
        </p>
      )}
      {report === null && <Troubled loaded={stored} />}
      {report && <Report report={report} isOwner={isOwner} />}
      {isOwner && report && (
        <Import locale={locale} busy={isBusy} onRun={(sentences) => void run(sentences)} />
      )}
    </section>
  );
}

function Running({ running }: { readonly running: FirstReport['running'] }) {
  const t = words().book.past;
  const known = running !== null && running.of > 0 ? running : null;
  return (
    <div class="running">
      <p>{t.running}</p>
      <progress aria-label={t.running} {...(known ? { value: known.done, max: known.of } : {})} />
      {/* Not read out: the bar says the same, and this changes every second. */}
      {known && (
        <p class="source" aria-hidden="true">
          {t.progress(countOf(known.done), countOf(known.of))}
        </p>
      )}
    </div>
  );
}

function Report({ report, isOwner }: { readonly report: FirstReport; readonly isOwner: boolean }) {
  const t = words().book.past;
  if (report.at === null)
    return (
      <div class="empty">
        <h2>{t.notYet}</h2>
        <p>{isOwner ? t.notYetOwner : t.notYetAgent}</p>
      </div>
    );
  const most = Math.max(1, ...report.phrases.map((one) => one.count));
  const { conversations, sentences } = report.read;
  return (
    <>
      <p class="source">
        {report.source === 'past'
          ? t.read(countOf(conversations), countOf(sentences))
          : t.readImport(countOf(sentences))}
        {' · '}
        <time dateTime={report.at} title={momentOf(report.at)}>
          {t.at(`${dateOf(report.at)}, ${timeOf(report.at)}`)}
        </time>
      </p>
      {report.phrases.length === 0 && <p>{t.nothing}</p>}
      <ol class="past-list">
        {report.phrases.map((one) => (
          <FoundLine key={`${one.rule} ${one.words}`} found={one} most={most} />
        ))}
      </ol>
    </>
  );
}

function FoundLine({ found, most }: { readonly found: Found; readonly most: number }) {
  const { book } = useDesk();
  const t = words().book;
  const rule = useRule(book.read, found.rule);
  const sentence = found.sentences[0] ?? '';
  const spoken = rule ? { locale: rule.locale } : {};
  return (
    <li class="past-line">
      <header>
        <h2 lang={rule?.locale} dir="auto">
          {found.title}
        </h2>
        <span class="past-count">{t.past.count(found.count)}</span>
      </header>
      <Bar of={most} parts={[{ value: found.count, label: found.title, tone: 'green' }]} />
      <p class="source">
        {/* The count is the rule's: it finds the same thing in more words than these. */}
        <span lang={rule?.locale} dir="auto">
          {t.past.mostly(found.words)}
        </span>{' '}
        <span class="level" data-level={found.level}>
          {t.rules.levels[found.level]}
        </span>
      </p>
      {found.sentences.map((text) => (
        <blockquote key={text} class="quoted" lang={rule?.locale} dir="auto">
          {text}
        </blockquote>
      ))}
      <p class="entry-acts">
        <button type="button" class="link-button" onClick={() => writePhrase(null, spoken, sentence)}>
          {t.past.writePhrase}
          <span class="visually-hidden"> {found.title}</span>
        </button>
        <button
          type="button"
          class="link-button"
          onClick={() =>
            rule
              ? writeRule(rule)
              : writeRule(
                  null,
                  { title: found.title, finds: [found.words], mustFire: [{ text: sentence }] },
                  sentence,
                )
          }
        >
          {rule ? t.past.changeRule : t.past.writeRule}
          <span class="visually-hidden"> {found.title}</span>
        </button>
      </p>
    </li>
  );
}

function useRule(read: ReturnType<typeof useDesk>['book']['read'], id: string): Rule | null {
  for (const locale of ['en', 'zh-Hans', 'zh-Hant'] as const) {
    const found = read(locale)?.rules.find((rule) => rule.id === id);
    if (found) return found;
  }
  return null;
}

type ImportProps = {
  readonly locale: Locale;
  readonly busy: boolean;
  readonly onRun: (sentences: Sentences['sentences']) => void;
};

/** For a company whose past is elsewhere. */
function Import({ locale: shown, busy, onRun }: ImportProps) {
  const t = words();
  const [locale, setLocale] = useState(shown);
  const [text, setText] = useState('');
  const [unreadable, setUnreadable] = useState(false);
  const { sentences, bad } = useMemo(() => parseSentences(text, locale), [text, locale]);
  const large = useMemo(
    () => sentences.length > IMPORT_MAX || isTooLarge(sentences, IMPORT_MAX_BYTES),
    [sentences],
  );

  async function takeFile(file: File | undefined) {
    if (!file) return;
    const read = await readTextFile(file, locale);
    setUnreadable(read === null);
    if (read !== null) setText(read);
  }

  return (
    <details class="fold">
      <summary>{t.book.past.import}</summary>
      <form
        class="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (sentences.length > 0 && !large) onRun(sentences);
        }}
      >
        <div class="field-pair">
          <LocaleField label={t.book.past.importLocale} value={locale} onChange={setLocale} />
          <Field label={t.book.transfer.file} problem={unreadable ? t.book.transfer.unreadableFile : null}>
            {(ids) => (
              <input
                {...ids}
                type="file"
                accept=".txt,.jsonl,.json,.csv,text/plain"
                onChange={(event) => void takeFile(event.currentTarget.files?.[0])}
              />
            )}
          </Field>
        </div>
        <TextField
          label={t.book.transfer.text}
          hint={t.book.past.importHint}
          problem={
            large
              ? t.book.tooLarge(4)
              : bad.length > 0
                ? t.book.past.importBad(bad.length, bad[0] ?? 0)
                : null
          }
          value={text}
          onChange={setText}
          rows={6}
        />
        {sentences.length > 0 && <p class="field-hint">{t.book.past.importRead(sentences.length)}</p>}
        <button type="submit" class="button" disabled={busy || large || sentences.length === 0}>
          {t.book.past.importRun}
        </button>
      </form>
    </details>
  );
}
