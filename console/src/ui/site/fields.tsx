/** The fields that the parts of a site's setup share. */
import { useState } from 'preact/hooks';
import { countOf } from '../../format.ts';
import { siteWords } from '../../strings/site.ts';
import { TextField } from '../common/Field.tsx';

type LinesProps = {
  readonly label: string;
  readonly hint: string;
  readonly values: readonly string[];
  readonly problem?: string | null;
  readonly rows?: number;
  readonly onChange: (values: readonly string[]) => void;
};

/** One value a line. The text is the field's own: an empty line while somebody writes is no value, and stays. */
export function LinesField({ label, hint, values, problem, rows = 3, onChange }: LinesProps) {
  const [text, setText] = useState(values.join('\n'));
  return (
    <TextField
      label={label}
      hint={hint}
      rows={rows}
      value={text}
      problem={problem ?? null}
      onChange={(next) => {
        setText(next);
        onChange(next.split('\n').flatMap((line) => line.trim() || []));
      }}
    />
  );
}

type NumberProps = {
  readonly label: string;
  readonly value: number;
  readonly from: number;
  readonly to: number;
  readonly onChange: (value: number) => void;
};

/** A whole number; what is none is said at once, and cannot be saved. */
export function NumberField({ label, value, from, to, onChange }: NumberProps) {
  const [text, setText] = useState(Number.isNaN(value) ? '' : String(value));
  const isGood = Number.isInteger(value) && value >= from && value <= to;
  return (
    <TextField
      label={label}
      value={text}
      inputMode="decimal"
      maxLength={6}
      problem={isGood ? null : siteWords().badNumber(countOf(from), countOf(to))}
      onChange={(next) => {
        setText(next);
        onChange(/^\d+$/.test(next.trim()) ? Number(next) : Number.NaN);
      }}
    />
  );
}
