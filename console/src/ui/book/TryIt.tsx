import type { Locale } from '@fullname/shared/locale';
import { compileRules, EXAMPLE_PEOPLE, readRules } from '@fullname/shared/reader/read';
import type { DraftState, RuleFinding } from '@fullname/shared/reader/reading';
import { CONDITIONS, type Condition, type Rule } from '@fullname/shared/reader/rule';
import { useMemo, useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { CheckList } from './fields.tsx';

type TryItProps = {
  readonly rules: readonly Rule[];
  readonly locale: Locale;
  /** What holds from the beginning: a rule that speaks only then is tried then. */
  readonly holds?: readonly Condition[];
  /** Who writes; the people of the examples otherwise. */
  readonly agent?: DraftState['agent'];
};

/** Any sentence, read as the composer reads a draft, with what is found marked in it. */
export function TryIt({ rules, locale, holds = [], agent }: TryItProps) {
  const t = words().book;
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<readonly Condition[] | null>(null);
  const compiled = useMemo(() => compileRules(rules), [rules]);
  const conditions = chosen ?? holds;
  const state: DraftState = {
    locale,
    ...EXAMPLE_PEOPLE[locale],
    ...(agent ? { agent } : {}),
    conditions,
    said: [],
    heard: [],
    ownContacts: [],
  };
  const findings = text.trim() === '' ? [] : readRules(compiled, text, state);
  return (
    <section class="try-it">
      <TextField label={t.tryIt.label} hint={t.tryIt.hint} value={text} onChange={setText} rows={2} />
      <details class="fold">
        <summary>
          {t.tryIt.holds}
          {conditions.length > 0 && (
            <span class="beside"> {conditions.map((one) => t.rules.conditions[one]).join(' · ')}</span>
          )}
        </summary>
        <CheckList
          label={t.tryIt.holds}
          options={CONDITIONS.map((value) => ({ value, label: t.rules.conditions[value] }))}
          chosen={conditions}
          onChange={setChosen}
          quiet
        />
      </details>
      <div class="try-result" role="status" aria-label={t.tryIt.result}>
        {text.trim() !== '' && <Result text={text} findings={findings} />}
      </div>
    </section>
  );
}

function Result({ text, findings }: { readonly text: string; readonly findings: readonly RuleFinding[] }) {
  const t = words().book;
  if (findings.length === 0) return <p class="field-hint">{t.tryIt.nothing}</p>;
  return (
    <>
      <p class="try-text" dir="auto">
        {piecesOf(text, findings).map((piece) =>
          piece.level ? (
            <mark key={piece.from} class="found" data-level={piece.level}>
              {piece.text}
            </mark>
          ) : (
            piece.text
          ),
        )}
      </p>
      <ul class="try-findings">
        {findings.map((finding) => (
          <li key={`${finding.rule.id} ${finding.from}`} lang={finding.rule.locale}>
            <b>{finding.rule.title || text.slice(finding.from, finding.to)}</b>
            <span class="level" data-level={finding.level}>
              {t.rules.levels[finding.level]}
            </span>
            {finding.rule.reason && <p>{finding.rule.reason}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

type Piece = { readonly from: number; readonly text: string; readonly level: RuleFinding['level'] | null };

/** The text cut where findings begin and end; of two that overlap the first is marked. */
function piecesOf(text: string, findings: readonly RuleFinding[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { from, to, level } of [...findings].sort((a, b) => a.from - b.from)) {
    if (from < at) continue;
    if (from > at) pieces.push({ from: at, text: text.slice(at, from), level: null });
    pieces.push({ from, text: text.slice(from, to), level });
    at = to;
  }
  return at < text.length ? [...pieces, { from: at, text: text.slice(at), level: null }] : pieces;
}
