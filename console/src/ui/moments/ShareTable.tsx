import type { ComponentChildren } from 'preact';
import { countOf, percentOf } from '../../format.ts';
import { momentWords } from '../../strings/moments.ts';
import { interval } from '../book/rates.ts';

type ShareRow = {
  readonly name: string;
  readonly hits: number;
  readonly of: number;
  /** The one to be proud of. */
  readonly good?: boolean;
  /** What it is made of, in words. */
  readonly beside?: ComponentChildren;
};

type ShareTableProps = { readonly caption: string; readonly rows: readonly ShareRow[] };

/** Shares as n of m, with the range in which each lies 95 times in 100. The bars say nothing that the numbers do not. */
export function ShareTable({ caption, rows }: ShareTableProps) {
  const t = momentWords().table;
  return (
    <table class="shares">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t.what}</th>
          <th scope="col">{t.share}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              {row.name}
              {row.beside && <span class="share-beside">{row.beside}</span>}
              <ShareBar {...row} />
            </th>
            <td>
              <ShareCell hits={row.hits} of={row.of} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A share, its range and its count; of nothing there is none. */
export function ShareCell({ hits, of }: { readonly hits: number; readonly of: number }) {
  const t = momentWords().table;
  if (of === 0) return <>{t.nothing}</>;
  const { from, to } = interval(hits, of);
  return (
    <>
      <b>{percentOf(hits / of)}</b> <span class="share-range">{t.range(percentOf(from), percentOf(to))}</span>
      <span class="share-beside">{t.of(countOf(hits), countOf(of))}</span>
    </>
  );
}

function ShareBar({ hits, of, good = false }: ShareRow) {
  const width = of === 0 ? 0 : (100 * hits) / of;
  return (
    <svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="bar-ground" x="0" y="0" width="100" height="6" />
      {width > 0 && (
        <rect class={good ? 'bar-green' : 'bar-grey'} x="0" y="0" width={Math.max(width, 0.6)} height="6" />
      )}
    </svg>
  );
}
