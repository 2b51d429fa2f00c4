import { hashOf, route } from '../../route.ts';
import { locale, words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';
import { GuideText } from './GuideText.tsx';
import { GUIDES, type Guide, guideOf, readGuide } from './guides.ts';

/** How things are done, from the installation itself. */
export function GuidesSection() {
  const now = route.value;
  const t = siteWords().guides;
  const guide = guideOf(now.page === 'settings' ? now.guide : undefined) ?? 'install';
  const at = now.page === 'settings' ? (now.part ?? null) : null;
  return (
    <section class="page-body guides" aria-label={words().settings.guides}>
      <p class="field-hint">{locale() === 'en' ? t.lead : `${t.lead}${t.inEnglish}`}</p>
      <div class="site-columns">
        <nav class="site-parts" aria-label={words().settings.guides}>
          {GUIDES.map((one) => (
            <a
              key={one}
              href={hashOf({ page: 'settings', section: 'guides', guide: one })}
              {...(one === guide ? { 'aria-current': 'true' as const } : {})}
            >
              {t.names[one]}
            </a>
          ))}
        </nav>
        <Read key={guide} guide={guide} at={at} />
      </div>
    </section>
  );
}

function Read({ guide, at }: { readonly guide: Guide; readonly at: string | null }) {
  const text = useLoaded<string>(() =>
    readGuide(guide).then(
      (value) => ({ ok: true, value }) as const,
      () => ({ ok: false, code: 'UNAVAILABLE' }) as const,
    ),
  );
  return text.value === null ? (
    <Troubled loaded={text} />
  ) : (
    <GuideText guide={guide} text={text.value} at={at} />
  );
}

type GuideLinkProps = { readonly guide: Guide; readonly part?: string };

/** From where something is set up to the guide about it. */
export function GuideLink({ guide, part }: GuideLinkProps) {
  const t = siteWords().guides;
  return (
    <a
      class="guide-link"
      href={hashOf({ page: 'settings', section: 'guides', guide, ...(part && { part }) })}
    >
      {t.read(t.names[guide])}
    </a>
  );
}
