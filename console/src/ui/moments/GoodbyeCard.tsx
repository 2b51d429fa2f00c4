import { GOODBYE_LACKS, type GoodbyeFigures } from '@fullname/shared/moments';
import { countOf } from '../../format.ts';
import { momentWords } from '../../strings/moments.ts';
import { ShareTable } from './ShareTable.tsx';

export function GoodbyeCard({ goodbye }: { readonly goodbye: GoodbyeFigures }) {
  const t = momentWords().goodbye;
  const judged = goodbye.good + goodbye.lacking + goodbye.without;
  const parts = GOODBYE_LACKS.flatMap((lack) => {
    const count = goodbye.lacks[lack];
    return count === 0 ? [] : t.lacks[lack](countOf(count));
  });
  return (
    <section class="card" aria-labelledby="moments-goodbye">
      <h2 id="moments-goodbye">{t.title}</h2>
      <p class="field-hint">{t.rule}</p>
      <ShareTable
        caption={t.title}
        rows={[
          { name: t.good, hits: goodbye.good, of: judged, good: true },
          { name: t.lacking, hits: goodbye.lacking, of: judged, beside: parts.join(' · ') },
          { name: t.without, hits: goodbye.without, of: judged },
        ]}
      />
      <p class="field-hint">
        {t.neverSilent}{' '}
        {goodbye.otherLanguage > 0 && t.otherLanguage(goodbye.otherLanguage, countOf(goodbye.otherLanguage))}
      </p>
    </section>
  );
}
