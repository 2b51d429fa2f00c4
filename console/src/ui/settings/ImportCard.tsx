import type { RowsImport, RowsReport } from '@fullname/shared/customers';
import type { ErrorCode } from '@fullname/shared/errors';
import { useRef, useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { countOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { locale, words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { readTextFile } from '../book/files.ts';
import { isTooLarge } from '../book/problem.ts';
import { CopyField } from '../common/CopyField.tsx';
import { Choice } from '../common/Field.tsx';
import { DropFile } from './DropFile.tsx';
import { RowsResult } from './RowsResult.tsx';

/** What the relay reads of an import, in bytes of the request. */
const IMPORT_MAX_BYTES = 1_000_000;

const KINDS = ['purchases', 'failures'] as const;
const HEADERS: Record<RowsImport['kind'], string> = {
  purchases: 'id,site,subject,at,what,amount,currency',
  failures:
    'id,site,subject,at,what,product,place,channel,element,category,severity,quote,wants,putRight,restored,extra,cause,cost,costCurrency',
};

/** `id` stays the same from the look to the last try: a lost answer stores nothing twice. */
type Chosen = { readonly id: string; readonly name: string; readonly text: string };
type Step = 'looking' | 'looked' | 'storing' | 'stored';

/** A file is looked through first, row by row; then its good rows are stored. */
export function ImportCard() {
  const t = words();
  const [kind, setKind] = useState<RowsImport['kind']>('purchases');
  const [file, setFile] = useState<Chosen | null>(null);
  const [step, setStep] = useState<Step>('looking');
  const [report, setReport] = useState<RowsReport | null>(null);
  const [problem, setProblem] = useState<ErrorCode | 'file' | 'large' | null>(null);
  const latest = useRef('');

  async function take(chosen: File) {
    const text = await readTextFile(chosen, locale());
    if (text === null) return refuse('file');
    if (isTooLarge({ text }, IMPORT_MAX_BYTES)) return refuse('large');
    await look({ id: newId(), name: chosen.name, text }, kind);
  }

  async function look(next: Chosen, as: RowsImport['kind']) {
    latest.current = next.id;
    setFile(next);
    setReport(null);
    setProblem(null);
    setStep('looking');
    const answer = await api.importRows({ id: next.id, kind: as, text: next.text, dryRun: true });
    if (latest.current !== next.id) return;
    if (!answer.ok) return setProblem(answer.code);
    setReport(answer.value);
    setStep('looked');
  }

  async function store({ id, text }: Chosen) {
    setProblem(null);
    setStep('storing');
    const answer = await api.importRows({ id, kind, text });
    setStep(answer.ok ? 'stored' : 'looked');
    if (!answer.ok) return setProblem(answer.code);
    setReport(answer.value);
    say(t.company.import.done(countOf(answer.value.added)));
  }

  function refuse(why: 'file' | 'large') {
    startOver();
    setProblem(why);
  }

  function startOver() {
    latest.current = '';
    setFile(null);
    setReport(null);
    setProblem(null);
  }

  function changeKind(next: RowsImport['kind']) {
    setKind(next);
    // What was read as purchases says nothing about failures, and its ids are other ones.
    if (file && step !== 'stored') void look({ ...file, id: newId() }, next);
  }

  const s = t.company.import;
  return (
    <article class="card import">
      <header>
        <h2>{s.title}</h2>
        <p class="field-hint">{s.lead}</p>
      </header>
      <Choice
        label={s.kind}
        name="import-kind"
        value={kind}
        options={KINDS.map((value) => ({ value, label: s.kinds[value] }))}
        onChange={changeKind}
      />
      <CopyField label={s.header} value={HEADERS[kind]} hint={s.headerHint} />
      {!file && <DropFile onFile={(chosen) => void take(chosen)} />}
      {file && <p class="chosen-file">{s.fileChosen(file.name, countOf(linesIn(file.text)))}</p>}
      {file && !problem && !report && <Busy text={s.looking} />}
      {report && step !== 'storing' && <RowsResult report={report} stored={step === 'stored'} />}
      {report && step === 'storing' && <Busy text={s.importing(countOf(report.added))} />}
      {problem && (
        <p class="form-problem" role="alert">
          {problem === 'file' ? s.unreadable : problem === 'large' ? s.tooLarge : t.errors[problem]}
        </p>
      )}
      {file && (
        <footer class="form-foot">
          <button type="button" class="button" disabled={step === 'storing'} onClick={startOver}>
            {s.another}
          </button>
          {problem && !report && (
            <button type="button" class="button" onClick={() => void look(file, kind)}>
              {t.common.tryAgain}
            </button>
          )}
          {report && step !== 'stored' && report.added > 0 && (
            <button
              type="button"
              class="button button-primary"
              disabled={step === 'storing'}
              onClick={() => void store(file)}
            >
              {(report.problems.length > 0 ? s.takeGood : s.take)(countOf(report.added))}
            </button>
          )}
        </footer>
      )}
    </article>
  );
}

function Busy({ text }: { readonly text: string }) {
  return (
    <p class="busy" role="status">
      <progress aria-hidden="true" /> {text}
    </p>
  );
}

function linesIn(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}
