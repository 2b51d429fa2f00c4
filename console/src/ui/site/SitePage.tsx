import type { SiteSetup, UsualWords } from '@fullname/shared/api';
import type { ComponentType } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { api } from '../../api.ts';
import { go, hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { say } from '../../toast.ts';
import { useLoaded } from '../common/load.ts';
import { GuideLink } from '../guides/GuidesSection.tsx';
import { Troubled } from '../settings/Troubled.tsx';
import { Appearance } from './Appearance.tsx';
import { Before } from './Before.tsx';
import { Hellos } from './Hellos.tsx';
import { Hours } from './Hours.tsx';
import { Identity } from './Identity.tsx';
import { Install } from './Install.tsx';
import { Languages } from './Languages.tsx';
import { Pages } from './Pages.tsx';
import { PARTS, type PartName } from './parts.ts';
import { SetupContext, useSetup, useSetupOf } from './setup.ts';
import { Ways } from './Ways.tsx';
import { Words } from './Words.tsx';

const BODIES: Record<PartName, ComponentType> = {
  appearance: Appearance,
  languages: Languages,
  words: Words,
  hours: Hours,
  before: Before,
  pages: Pages,
  hellos: Hellos,
  ways: Ways,
  identity: Identity,
  install: Install,
};

type SitePageProps = { readonly site: string; readonly part: string | null };

/** All that an owner sets up for one site, part by part, saved in one piece. */
export function SitePage({ site, part }: SitePageProps) {
  const setup = useLoaded<SiteSetup>(() => api.siteSetup(site), [], site);
  const usual = useLoaded<UsualWords>(api.usualWords);
  const isAsking = usual.value === null && usual.problem === null;
  return (
    <section class="page-body site-setup" aria-label={setup.value?.site.name ?? words().common.loading}>
      <button
        type="button"
        class="link-button start"
        onClick={() => go({ page: 'settings', section: 'sites' })}
      >
        {siteWords().back}
      </button>
      {!setup.value || isAsking ? (
        <Troubled loaded={setup.problem ? setup : { ...usual, value: null }} />
      ) : (
        <Setup key={site} loaded={setup.value} usual={usual.value} part={part} />
      )}
    </section>
  );
}

type SetupProps = {
  readonly loaded: SiteSetup;
  readonly usual: UsualWords | null;
  readonly part: string | null;
};

function Setup({ loaded, usual, part }: SetupProps) {
  const setup = useSetupOf(loaded, usual);
  const t = siteWords();
  const { site } = setup.stored;
  const isLeft = useRef(false);
  isLeft.current = setup.isChanged;
  useEffect(() => () => void (isLeft.current && say(t.kept(site.name))), []);
  useEffect(() => {
    const head = part === null ? null : document.getElementById(`part-${part}`);
    head?.scrollIntoView();
    head?.focus({ preventScroll: true });
  }, [part]);
  return (
    <SetupContext.Provider value={setup}>
      <header>
        <h2 class="site-name">{site.name}</h2>
        <p class="field-hint">{t.lead}</p>
        <GuideLink guide="settings" />
      </header>
      <div class="site-columns">
        <nav class="site-parts" aria-label={t.parts}>
          {PARTS.map((name) => (
            <a
              key={name}
              href={hashOf({ page: 'settings', section: 'sites', site: site.id, part: name })}
              {...(name === part ? { 'aria-current': 'true' as const } : {})}
            >
              {t.part[name]}
            </a>
          ))}
        </nav>
        <div class="site-bodies">
          <Changed />
          {PARTS.map((name) => {
            const Body = BODIES[name];
            return <Body key={name} />;
          })}
          <SaveBar />
        </div>
      </div>
    </SetupContext.Provider>
  );
}

/** Somebody else was faster: what both have changed stands here until one of the two is chosen. */
function Changed() {
  const { both, mine, stored, form, choose } = useSetup();
  const t = siteWords();
  if (mine === null) return null;
  return (
    <div class="meanwhile" role="alert">
      <p>{t.changed.lead}</p>
      {both.length > 0 && (
        <>
          <p>{t.changed.both}</p>
          <ul>
            {both.map((piece) => {
              const isMine =
                piece === 'name' || piece === 'hosts'
                  ? form[piece] !== stored.site[piece]
                  : form.settings[piece] !== stored.settings[piece];
              return (
                <li key={piece}>
                  <b>{t.fields[piece]}</b>{' '}
                  <button
                    type="button"
                    class="link-button"
                    onClick={() => choose(piece, isMine ? 'theirs' : 'mine')}
                  >
                    {isMine ? t.changed.theirs : t.changed.mine}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
      <p>{t.changed.saveNow}</p>
    </div>
  );
}

function SaveBar() {
  const { tried, problems, problem, busy, isChanged, save, discard } = useSetup();
  const t = siteWords();
  const bar = useRef<HTMLElement>(null);

  async function press() {
    if (await save()) return say(t.saved);
    // The marks are drawn first, then the first of them has the focus.
    requestAnimationFrame(() => {
      const page = bar.current?.closest('.site-bodies');
      page
        ?.querySelector<HTMLElement>(
          '[aria-invalid="true"] input, input[aria-invalid="true"], textarea[aria-invalid="true"], .unfit button',
        )
        ?.focus();
    });
  }

  const isMarked = tried && problems.length > 0;
  return (
    <footer class="save-bar" ref={bar}>
      <p role="status" class={isMarked || problem ? 'field-problem' : 'field-hint'}>
        {isMarked
          ? t.mend(problems.length)
          : problem
            ? words().errors[problem]
            : isChanged
              ? t.unsaved
              : t.allSaved}
      </p>
      {isChanged && (
        <button type="button" class="button" onClick={() => say(t.discarded, discard())}>
          {t.discard}
        </button>
      )}
      <button
        type="button"
        class="button button-primary"
        disabled={!isChanged || busy}
        onClick={() => void press()}
      >
        {t.save}
      </button>
    </footer>
  );
}
