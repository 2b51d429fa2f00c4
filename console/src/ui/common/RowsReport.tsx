/** What becomes of the rows of a file: how many of which kind, and which cannot be taken and why. */
import { countOf } from '../../format.ts';

export function RowCounts({ counts }: { readonly counts: readonly (readonly [number, string])[] }) {
  return (
    <ul class="counts">
      {counts.map(([count, label]) => (
        <li key={label} data-none={count === 0}>
          <b>{countOf(count)}</b> {label}
        </li>
      ))}
    </ul>
  );
}

type RowProblem<Code extends string> = { readonly row: number; readonly code: Code; readonly what: string };
type RowProblemsProps<Code extends string> = {
  readonly heads: readonly [row: string, problem: string, what: string];
  readonly texts: Readonly<Record<Code, string>>;
  readonly problems: readonly RowProblem<Code>[];
};

export function RowProblems<Code extends string>({ heads, texts, problems }: RowProblemsProps<Code>) {
  return (
    <table class="problems">
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {problems.map((one) => (
          <tr key={`${one.row} ${one.code} ${one.what}`}>
            <td>{countOf(one.row)}</td>
            <td>{texts[one.code]}</td>
            <td>
              <code>{one.what}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
