import type { InternalRequest } from '@fullname/shared/recovery';
import { words } from '../../strings/index.ts';

/** What came of it: the answer, or the other way and why. */
export function RequestOutcome({ request }: { readonly request: InternalRequest }) {
  const t = words();
  const { answer, instead, reason } = request;
  if (!answer && !instead && !reason) return null;
  return (
    <div class="help-outcome">
      {answer && <p dir="auto">{answer}</p>}
      {instead && (
        <p dir="auto">
          <b>{t.common.label(t.work.help.insteadIs)}</b>
          {instead}
        </p>
      )}
      {reason && (
        <p>
          <b>{t.common.label(t.work.help.reasonIs)}</b>
          {t.work.help.reasons[reason]}
        </p>
      )}
    </div>
  );
}
