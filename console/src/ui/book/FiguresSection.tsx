import type { BookFigures, Outcome } from '@fullname/shared/book';
import type { Locale } from '@fullname/shared/locale';
import { REFUSAL_REASONS } from '@fullname/shared/reader/reading';
import type { Rule } from '@fullname/shared/reader/rule';
import { SITUATIONS } from '@fullname/shared/situation';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { dateOf, percentOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { Bar, Legend, type Part, type Tone } from './Bar.tsx';
import { LocaleField } from './fields.tsx';
import { ENOUGH, interval } from './rates.ts';

type SectionProps = { readonly locale: Locale; readonly onLocale: (locale: Locale) => void };
type RuleFigures = BookFigures['rules'][number];
type SituationFigures = BookFigures['situations'][number];

const SHOWN = 20;
const TONES: readonly [Outcome, Tone][] = [
  ['taken', 'green'],
  ['changed', 'soft'],
  ['dismissed', 'ink'],
  ['not-here', 'grey'],
  ['left', 'line'],
];

/** How the book works: by wish, by rule, by phrase. Nothing here knows a person. */
export function FiguresSection({ locale, onLocale }: SectionProps) {
  const { book, person } = useDesk();
  const t = words().book;
  const loaded = useLoaded(() => api.bookFigures(locale), [book.read(locale)?.revision], locale);
  const figures = loaded.value;
  return (
    <section class="page-body figures" aria-label={t.tabs.figures}>
      <p class="book-lead">{t.figures.lead}</p>
      {person.role !== 'back-office' && (
        <p>
          <a href={hashOf({ page: 'moments' })}>{words().rail.momentsTitle}</a>
        </p>
      )}
      <div class="filters">
        <LocaleField value={locale} onChange={onLocale} />
      </div>
      <Troubled loaded={loaded} />
      {figures && (
        <>
          <Requests requests={figures.requests} />
          <Rules figures={figures.rules} rules={book.read(locale)?.rules ?? []} />
          <Situations figures={figures.situations} locale={locale} />
        </>
      )}
    </section>
  );
}

function Requests({ requests }: { readonly requests: BookFigures['requests'] }) {
  const t = words().book.figures;
  const { granted, alternative, declined } = requests;
  const all = granted + alternative + declined;
  const parts: readonly Part[] = [
    { value: granted, label: t.granted, tone: 'green' },
    { value: alternative, label: t.alternative, tone: 'soft' },
    { value: declined, label: t.declined, tone: 'ink' },
  ];
  return (
    <section class="card" aria-labelledby="figures-requests">
      <h2 id="figures-requests">{t.requests}</h2>
      {all === 0 && <p class="field-hint">{t.noRequests}</p>}
      {all > 0 && (
        <>
          <Rate hits={granted + alternative} of={all} label={t.yesRate} count={t.ofWishes(all)} />
          <Bar parts={parts} />
          <Legend parts={parts} />
          <h3>{t.reasons}</h3>
          {declined === 0 ? (
            <p class="field-hint">{t.noReasons}</p>
          ) : (
            <Reasons reasons={requests.reasons} declined={declined} />
          )}
        </>
      )}
    </section>
  );
}

type RateProps = {
  readonly hits: number;
  readonly of: number;
  readonly label: string;
  readonly count: string;
};

/** A rate with its range and its count; too few say so instead. */
function Rate({ hits, of, label, count }: RateProps) {
  const t = words().book.figures;
  if (of < ENOUGH) return <p class="field-hint">{t.notEnough(of, ENOUGH)}</p>;
  const { from, to } = interval(hits, of);
  return (
    <p class="rate">
      <b>{percentOf(hits / of)}</b> {label}{' '}
      <span class="source">
        {percentOf(from)} – {percentOf(to)} · {count}
      </span>
    </p>
  );
}

function Reasons({
  reasons,
  declined,
}: {
  readonly reasons: BookFigures['requests']['reasons'];
  readonly declined: number;
}) {
  const t = words().book.figures;
  return (
    <ul class="reasons">
      {REFUSAL_REASONS.map((reason) => (
        <li key={reason}>
          <span>
            {t.reason[reason]} <b>{reasons[reason]}</b>
          </span>
          <Bar of={declined} parts={[{ value: reasons[reason], label: t.reason[reason], tone: 'ink' }]} />
        </li>
      ))}
    </ul>
  );
}

function Rules({
  figures,
  rules,
}: {
  readonly figures: readonly RuleFigures[];
  readonly rules: readonly Rule[];
}) {
  const t = words().book.figures;
  const [all, setAll] = useState(false);
  const sorted = [...figures].filter((one) => one.findings > 0).sort((a, b) => b.findings - a.findings);
  const shown = all ? sorted : sorted.slice(0, SHOWN);
  return (
    <section class="card" aria-labelledby="figures-rules">
      <h2 id="figures-rules">{t.rules}</h2>
      <p class="field-hint">{t.precisionHint}</p>
      {sorted.length === 0 && <p class="field-hint">{t.noRules}</p>}
      <ol class="figure-list">
        {shown.map((one) => (
          <RuleLine key={one.rule} figures={one} rule={rules.find((rule) => rule.id === one.rule) ?? null} />
        ))}
      </ol>
      {shown.length < sorted.length && (
        <button type="button" class="link-button" onClick={() => setAll(true)}>
          {t.showAllRules(sorted.length)}
        </button>
      )}
    </section>
  );
}

function RuleLine({ figures, rule }: { readonly figures: RuleFigures; readonly rule: Rule | null }) {
  const t = words().book;
  const { outcomes, lately } = figures;
  const right = outcomes.taken + outcomes.changed;
  const judged = right + outcomes.dismissed + outcomes['not-here'];
  const { from, to } = interval(right, judged);
  const parts = TONES.map(([outcome, tone]) => ({
    value: outcomes[outcome],
    label: t.figures.outcomes[outcome],
    tone,
  }));
  return (
    <li class="figure-line">
      <h3>
        {rule ? (
          <span lang={rule.locale}>{rule.title}</span>
        ) : (
          <span class="source">{t.figures.goneEntry}</span>
        )}
        <span class="figure-count">{t.figures.findings(figures.findings)}</span>
      </h3>
      <Bar parts={parts} />
      <Legend parts={parts} />
      <p class="source">
        {t.figures.precision}{' '}
        {figures.precision === null
          ? t.figures.notEnough(judged, ENOUGH)
          : `${t.figures.rate(percentOf(figures.precision), percentOf(from), percentOf(to))} ${t.figures.ofJudged(judged)}`}
        {lately.of > 0 && ` · ${t.figures.lately(lately.dismissed, lately.of)}`}
        {figures.quietSince && (
          <>
            {' · '}
            <b class="quiet-mark">{t.rules.quiet(dateOf(figures.quietSince))}</b>
          </>
        )}
      </p>
    </li>
  );
}

type SituationsProps = { readonly figures: readonly SituationFigures[]; readonly locale: Locale };

function Situations({ figures, locale }: SituationsProps) {
  const t = words();
  const used = SITUATIONS.flatMap((situation) => {
    const found = figures.find((one) => one.situation === situation && one.phrases.length > 0);
    return found ? [found] : [];
  });
  return (
    <section class="card" aria-labelledby="figures-phrases">
      <h2 id="figures-phrases">{t.book.figures.situations}</h2>
      {used.length === 0 && <p class="field-hint">{t.book.figures.noPhrases}</p>}
      {used.map((one) => (
        <div key={one.situation} class="figure-group">
          <h3>{t.situations[one.situation]}</h3>
          <ol class="figure-list">
            {[...one.phrases]
              .sort((a, b) => b.asItStands + b.edited - a.asItStands - a.edited)
              .map((phrase) => (
                <PhraseLine key={phrase.phrase} figures={phrase} locale={locale} />
              ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

type PhraseLineProps = { readonly figures: SituationFigures['phrases'][number]; readonly locale: Locale };

function PhraseLine({ figures, locale }: PhraseLineProps) {
  const { book } = useDesk();
  const t = words().book.figures;
  const phrase = book.read(locale)?.phrases.find((one) => one.id === figures.phrase);
  const parts: readonly Part[] = [
    { value: figures.edited, label: t.edited, tone: 'green' },
    { value: figures.asItStands, label: t.asItStands, tone: 'grey' },
  ];
  return (
    <li class="figure-line">
      <p lang={locale} dir="auto" class="figure-phrase">
        {phrase?.text ?? <span class="source">{t.goneEntry}</span>}
      </p>
      <Bar parts={parts} />
      <Legend parts={parts} />
      {figures.next.length > 0 && (
        <details class="fold">
          <summary>{t.next}</summary>
          {figures.next.map((text) => (
            <blockquote key={text} class="quoted" dir="auto">
              {text}
            </blockquote>
          ))}
        </details>
      )}
    </li>
  );
}
