import type { ImportReport, ImportRequest } from '@fullname/shared/book';
import type { ErrorCode } from '@fullname/shared/errors';
import type { Locale } from '@fullname/shared/locale';
import { useId, useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { Field, TextField } from '../common/Field.tsx';
import { Icon } from '../common/Icon.tsx';
import { Menu } from '../common/Menu.tsx';
import { RowCounts, RowProblems } from '../common/RowsReport.tsx';
import { RestoredLine } from './FormFoot.tsx';
import { LocaleField, SelectField } from './fields.tsx';
import { readTextFile } from './files.ts';
import { useKept } from './kept.ts';
import { bookProblem, isTooLarge } from './problem.ts';

type Kind = ImportRequest['kind'];
type Format = ImportRequest['format'];
type TransferProps = { readonly kind: Kind; readonly locale: Locale };

/** Into the book and out of it, in formats that other tools read. */
export function TransferMenu({ kind, locale }: TransferProps) {
  const t = words().book.transfer;
  const [importing, setImporting] = useState(false);
  return (
    <>
      <Menu
        buttonClass="button"
        button={
          <>
            {t.menu} <Icon name="down" />
          </>
        }
        items={[
          { label: t.import, act: () => setImporting(true) },
          { label: t.exportCsv, divided: true, act: () => void exportBook('csv', { kind, locale }) },
          { label: t.exportYaml, act: () => void exportBook('yaml', { kind, locale }) },
        ]}
      />
      {importing && <ImportDialog kind={kind} locale={locale} onClose={() => setImporting(false)} />}
    </>
  );
}

async function exportBook(format: 'csv' | 'yaml', { kind, locale }: TransferProps): Promise<void> {
  const answer = await api.exportBook({ kind, format, locale });
  if (!answer.ok) return sayProblem(answer.code);
  const { name, text } = answer.value;
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address over by the time it is idle again.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  say(words().book.transfer.exported(name));
}

/** What the relay reads of an import, in bytes of the request. */
const IMPORT_MAX_BYTES = 1_000_000;

type Form = { readonly format: Format; readonly locale: Locale; readonly text: string };
type Looked = { readonly report: ImportReport; readonly of: string };

/** First a look at what it would do, row by row; only then it is taken. */
export function ImportDialog({
  kind,
  locale: shown,
  onClose,
}: TransferProps & { readonly onClose: () => void }) {
  const { book, person } = useDesk();
  const t = words();
  const kept = useKept<Form>(`import.${person.id}.${kind}`, { format: 'csv', locale: shown, text: '' });
  const { format, locale, text } = kept.form;
  const [looked, setLooked] = useState<Looked | null>(null);
  const [problem, setProblem] = useState<ErrorCode | 'file' | 'large' | null>(null);
  const [busy, setBusy] = useState(false);
  const taking = useRef({ id: '', of: '' });
  const of = JSON.stringify([kind, format, locale, text]);
  // A look at other words says nothing about these.
  const report = looked?.of === of ? looked.report : null;
  const good = report ? report.added + report.changed : 0;

  async function send(dryRun: boolean) {
    if (busy || text.trim() === '') return;
    if (isTooLarge(text, IMPORT_MAX_BYTES)) return setProblem('large');
    if (taking.current.of !== of) taking.current = { id: newId(), of };
    setBusy(true);
    const id = dryRun ? newId() : taking.current.id;
    const answer = await api.importBook({ id, kind, format, text, locale, ...(dryRun ? { dryRun } : {}) });
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (!answer.ok) return;
    if (dryRun) return setLooked({ report: answer.value, of });
    const count = answer.value.added + answer.value.changed;
    await book.reload();
    say(person.role === 'owner' ? t.book.transfer.done(count) : t.book.transfer.doneProposed(count));
    kept.forget();
    onClose();
  }
  function close() {
    if (text.trim() !== '') say(t.book.form.kept);
    onClose();
  }
  async function takeFile(file: File | undefined) {
    if (!file) return;
    const read = await readTextFile(file, locale);
    setProblem(read === null ? 'file' : null);
    if (read === null) return;
    const named = /\.ya?ml$/i.test(file.name) ? ('yaml' as const) : ('csv' as const);
    kept.set({ text: read, ...(format === 'vale' ? {} : { format: named }) });
  }

  const formats = (['csv', 'yaml', ...(kind === 'rules' ? (['vale'] as const) : [])] as const).map(
    (value) => ({
      value,
      label: t.book.transfer.formats[value],
    }),
  );
  return (
    <Dialog title={t.book.transfer.title[kind]} onClose={close} wide>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void send(good === 0);
        }}
      >
        <p class="dialog-lead">{t.book.transfer.lead}</p>
        <RestoredLine kept={kept} />
        <div class="field-pair">
          <SelectField<Format, Format>
            label={t.book.transfer.format}
            value={format}
            options={formats}
            onChange={(next) => kept.set({ format: next })}
          />
          <LocaleField value={locale} onChange={(next) => kept.set({ locale: next })} />
        </div>
        <Field label={t.book.transfer.file}>
          {(ids) => (
            <input
              {...ids}
              type="file"
              accept=".csv,.yml,.yaml,.txt,text/csv,text/plain"
              onChange={(event) => void takeFile(event.currentTarget.files?.[0])}
            />
          )}
        </Field>
        <TextField
          label={t.book.transfer.text}
          value={text}
          onChange={(next) => kept.set({ text: next })}
          rows={6}
        />
        {report && <Report report={report} />}
        {problem && (
          <p class="form-problem" role="alert">
            {problem === 'file'
              ? t.book.transfer.unreadableFile
              : problem === 'large'
                ? t.book.tooLarge(1)
                : bookProblem(problem)}
          </p>
        )}
        <footer class="dialog-foot">
          <button type="button" class="button" onClick={close}>
            {t.common.cancel}
          </button>
          <button
            type="submit"
            class="button button-primary"
            disabled={busy || text.trim() === '' || (report !== null && good === 0)}
          >
            {busy
              ? t.book.transfer.looking
              : good === 0
                ? t.book.transfer.look
                : report && report.problems.length > 0
                  ? t.book.transfer.takeGood
                  : t.book.transfer.take}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

/** What an import would do, in numbers, and every row that it cannot take. */
function Report({ report }: { readonly report: ImportReport }) {
  const t = words().book.transfer;
  const id = useId();
  const counts = [
    [report.added, t.added],
    [report.changed, t.changed],
    [report.same, t.same],
    [report.problems.length, t.bad],
  ] as const;
  return (
    <section class="import-report" aria-labelledby={id} role="status">
      <h3 id={id}>{t.result}</h3>
      <RowCounts counts={counts} />
      {report.added + report.changed === 0 && <p>{t.nothing}</p>}
      {report.problems.length > 0 && (
        <RowProblems heads={[t.row, t.problem, t.what]} texts={t.problems} problems={report.problems} />
      )}
    </section>
  );
}
