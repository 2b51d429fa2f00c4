import { useDesk } from '../context.ts';
import { words } from '../strings/index.ts';
import { Icon } from './common/Icon.tsx';

/** One calm line while the connection is away; its region stays, so that screen readers hear it. */
export function StatusLine() {
  const { inbox } = useDesk();
  const t = words().connection;
  const lost = inbox.status.value === 'lost';
  const unstored = !inbox.outbox.durable && inbox.outbox.pending.value.length > 0;
  return (
    <div role="status" class="status-region">
      {lost && (
        <p class="status-line">
          <Icon name="lost" />
          {t.lost}
        </p>
      )}
      {unstored && <p class="status-line">{t.unstored}</p>}
    </div>
  );
}
