import { words } from '../../strings/index.ts';
import { GuideLink } from '../guides/GuidesSection.tsx';
import { ImportCard } from './ImportCard.tsx';
import { KeysCard } from './KeysCard.tsx';

/** What the company's other systems bring: by a key of their own, or as a file. */
export function SystemsSection() {
  const t = words().company.systems;
  return (
    <section class="page-body" aria-label={t.tab}>
      <div class="page-lead">
        <p>{t.lead}</p>
        <GuideLink guide="api" />
      </div>
      <KeysCard />
      <ImportCard />
    </section>
  );
}
