import type { RowsReport } from '@fullname/shared/customers';
import { useEffect, useId, useRef } from 'preact/hooks';
import { countOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { RowCounts, RowProblems } from '../common/RowsReport.tsx';

const SHOWN_MAX = 200;

/** What a file would do or did, in numbers, and each row that cannot be taken, with its number and what is wrong. */
export function RowsResult({ report, stored }: { readonly report: RowsReport; readonly stored: boolean }) {
  const t = words().company.import;
  const id = useId();
  const { added, same, problems } = report;
  const box = useRef<HTMLElement>(null);
  // It comes below what was pressed, perhaps below the window.
  useEffect(() => {
    box.current?.scrollIntoView({ block: 'nearest' });
    // The button that stored them is gone.
    if (document.activeElement === document.body) box.current?.focus();
  }, [report]);
  const counts = [
    [added, stored ? t.added.after : t.added.before],
    [same, t.same],
    [problems.length, t.bad],
  ] as const;
  return (
    <section ref={box} class="import-report" aria-labelledby={id} role="status" tabIndex={-1}>
      <h3 id={id}>{stored ? t.resultDone : t.result}</h3>
      <RowCounts counts={counts} />
      {!stored && added === 0 && <p>{problems.length > 0 ? t.nothing : t.nothingNew}</p>}
      {problems.length > 0 && (
        <>
          <RowProblems
            heads={[t.row, t.problem, t.where]}
            texts={t.problems}
            problems={problems.slice(0, SHOWN_MAX)}
          />
          {problems.length > SHOWN_MAX && <p>{t.moreProblems(countOf(problems.length - SHOWN_MAX))}</p>}
          <p class="field-hint">{t.rowHint}</p>
        </>
      )}
    </section>
  );
}
