import type { Site } from '@fullname/shared/api';
import type { NewApiKey } from '@fullname/shared/customers';
import { useId } from 'preact/hooks';
import { api } from '../../api.ts';
import { words } from '../../strings/index.ts';
import { CopyField } from '../common/CopyField.tsx';
import { Dialog } from '../common/Dialog.tsx';
import { useLoaded } from '../common/load.ts';
import { CopyButton } from '../todo/CopyButton.tsx';

type SecretDialogProps = { readonly made: NewApiKey; readonly onClose: () => void };

/** A key's secret, this once, with a command that shows at once whether it works. */
export function SecretDialog({ made, onClose }: SecretDialogProps) {
  const t = words().company.systems;
  const id = useId();
  const sites = useLoaded<Site[]>(api.sites);
  const command = commandOf(made.secret, sites.value?.[0]?.key ?? 'SITE');
  return (
    <Dialog title={t.secretTitle(made.key.name)} onClose={onClose} wide>
      <div class="stack">
        <CopyField label={t.secret} value={made.secret} hint={t.secretHint} />
        <section class="key-try" aria-labelledby={id}>
          <h3 id={id}>{t.tryIt}</h3>
          <p class="field-hint">{t.tryItHint}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard. */}
          <pre class="code" tabIndex={0}>
            {command}
          </pre>
          <CopyButton text={command} />
        </section>
        <footer class="dialog-foot">
          <button type="button" class="button button-primary" onClick={onClose}>
            {t.kept}
          </button>
        </footer>
      </div>
    </Dialog>
  );
}

/** The example of docs/api.md, with this desk's own values before it. */
function commandOf(secret: string, site: string): string {
  return `FULLNAME_URL=${location.origin}
FULLNAME_KEY=${secret}
FULLNAME_SITE=${site}
curl -sS "$FULLNAME_URL/api/v1/purchases" \\
  -H "Authorization: Bearer $FULLNAME_KEY" \\
  -H "Content-Type: application/json" \\
  --data-binary @- <<JSON
{"rows": [
  {"id": "order-1842", "customer": {"site": "$FULLNAME_SITE", "subject": "user-7"},
   "at": "2026-03-01T09:30:00+01:00", "what": "24 white roses", "amount": 48.5, "currency": "EUR"}
]}
JSON
`;
}
