import type { Member } from '@fullname/shared/api';
import type { RecoverySettings } from '@fullname/shared/recovery';
import { api } from '../../api.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';
import { RecoveryForm } from './RecoveryForm.tsx';
import { Troubled } from './Troubled.tsx';

/** How much may be given, how soon one asks again, what a customer is reckoned at. */
export function RecoverySection() {
  const t = words().company.recovery;
  const settings = useLoaded<RecoverySettings>(api.recoverySettings);
  const people = useLoaded<Member[]>(api.people);
  const trouble = settings.problem ? settings : people;
  return (
    <section class="page-body" aria-label={t.tab}>
      <div class="page-lead">
        <p>{t.lead}</p>
      </div>
      {settings.value && people.value ? (
        <RecoveryForm settings={settings.value} people={people.value} />
      ) : (
        <Troubled loaded={trouble} />
      )}
    </section>
  );
}
