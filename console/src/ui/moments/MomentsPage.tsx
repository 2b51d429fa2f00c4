import { MOMENT_DAYS, type MomentDays, type Moments, TALKS_MOST } from '@fullname/shared/moments';
import { useState } from 'preact/hooks';
import { api, type MomentsAsked } from '../../api.ts';
import { countOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import { momentWords } from '../../strings/moments.ts';
import { SelectField } from '../book/fields.tsx';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { AnswersCards } from './AnswersCards.tsx';
import { FeedbackCard } from './FeedbackCard.tsx';
import { GoodbyeCard } from './GoodbyeCard.tsx';
import { HelloCard } from './HelloCard.tsx';

/** How conversations begin and end, for the whole company. Nobody who answers is counted here, or can be chosen. */
export function MomentsPage() {
  const t = momentWords();
  const [asked, setAsked] = useState<MomentsAsked>({ days: 30, site: null });
  const loaded = useLoaded(() => api.moments(asked), [], `${asked.days} ${asked.site}`);
  return (
    <main class="page moments">
      <header class="page-head">
        <h1>{words().rail.momentsTitle}</h1>
        <p class="book-lead">{t.lead}</p>
      </header>
      <div class="page-body figures">
        <Period asked={asked} onChange={setAsked} />
        <Troubled loaded={loaded} />
        {loaded.value && !loaded.problem && <Figures moments={loaded.value} asked={asked} />}
      </div>
    </main>
  );
}

type PeriodProps = { readonly asked: MomentsAsked; readonly onChange: (asked: MomentsAsked) => void };

function Period({ asked, onChange }: PeriodProps) {
  const t = momentWords().period;
  const sites = useLoaded(api.sites).value ?? [];
  const days = MOMENT_DAYS.map((value) => ({
    value: String(value) as `${MomentDays}`,
    label: t.days(value),
  }));
  return (
    <div class="moment-period">
      <SelectField
        label={t.label}
        value={`${asked.days}`}
        options={days}
        onChange={(value) => onChange({ ...asked, days: Number(value) as MomentDays })}
      />
      {sites.length > 1 && (
        <SelectField<string, string | null>
          label={t.site}
          value={asked.site}
          none={t.everySite}
          options={sites.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(site) => onChange({ ...asked, site })}
        />
      )}
    </div>
  );
}

type FiguresProps = { readonly moments: Moments; readonly asked: MomentsAsked };

function Figures({ moments, asked }: FiguresProps) {
  const t = momentWords();
  if (moments.hello.begun === 0) return <p class="empty">{t.none}</p>;
  return (
    <>
      {moments.partial && <p class="field-hint">{t.partial(countOf(TALKS_MOST))}</p>}
      <HelloCard hello={moments.hello} />
      <GoodbyeCard goodbye={moments.goodbye} />
      <FeedbackCard feedback={moments.feedback} />
      <AnswersCards asked={asked} />
    </>
  );
}
