import type { ProofReport } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import { IDENTITY_MAX_LENGTH } from '@fullname/shared/limits';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { momentOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { TextField } from '../common/Field.tsx';

/** Whether what an owner's server makes proves somebody, and else what to mend: on the page itself nobody is told a reason. */
export function TryProof({ site }: { readonly site: string }) {
  const t = siteWords().identity.trial;
  const [proof, setProof] = useState('');
  const [report, setReport] = useState<ProofReport | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);

  async function look(event: SubmitEvent) {
    event.preventDefault();
    if (busy || proof.trim() === '') return;
    setBusy(true);
    setReport(null);
    const answer = await api.lookAtProof(site, proof.trim());
    setBusy(false);
    setProblem(answer.ok ? null : answer.code);
    if (answer.ok) setReport(answer.value);
  }

  return (
    <form class="stack look-at" onSubmit={(event) => void look(event)}>
      <h3>{t.head}</h3>
      <TextField
        label={t.proof}
        hint={t.hint}
        rows={3}
        value={proof}
        maxLength={IDENTITY_MAX_LENGTH}
        problem={problem && words().errors[problem]}
        onChange={setProof}
      />
      <button type="submit" class="button start" disabled={busy || proof.trim() === ''}>
        {t.look}
      </button>
      <div role="status" class="look-found" data-good={report?.holds === true}>
        {report && <p>{textOf(report)}</p>}
      </div>
    </form>
  );
}

function textOf(report: ProofReport): string {
  const t = siteWords().identity.trial;
  if (!report.holds) return t.why[report.why];
  const who = [report.subject, report.name, report.email].filter((one) => one !== null).join(', ');
  return report.until === null ? t.holds(who) : t.holdsUntil(who, momentOf(report.until));
}
