/** What is built with customers: who wishes for it, who builds it, and who was told that it is here. */
import type { Build, BuildAct, BuildWish } from '@fullname/shared/building';
import { useState } from 'preact/hooks';
import { api } from '../../api.ts';
import { useDesk } from '../../context.ts';
import { dateOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { words } from '../../strings/index.ts';
import { say, sayProblem } from '../../toast.ts';
import { useLoaded } from '../common/load.ts';
import { ClaimMark, nameOf } from '../desk/ConversationRow.tsx';
import { Troubled } from '../settings/Troubled.tsx';
import { BuildWords } from './BuildDialogs.tsx';

export function Builds() {
  const t = words().company.builds;
  const { work } = useDesk();
  const builds = useLoaded<readonly Build[]>(api.builds, [work.told.value]);
  return (
    <section class="told-group" aria-labelledby="builds">
      <h2 id="builds">{t.title}</h2>
      {(!builds.value || builds.problem) && <Troubled loaded={builds} />}
      {builds.value?.length === 0 && <p class="field-hint">{t.none}</p>}
      {builds.value?.map((build) => (
        <BuildCard key={build.id} build={build} />
      ))}
    </section>
  );
}

function BuildCard({ build }: { readonly build: Build }) {
  const t = words().company.builds;
  const { work, person } = useDesk();
  const [writing, setWriting] = useState<'tell' | 'not-now' | null>(null);
  const { what, state, builder, why, wishes } = build;
  const named = wishes.flatMap(({ credit }) => credit ?? []);
  const mayTell = person.role !== 'back-office' && wishes.some(({ told }) => told === null);

  async function act(body: BuildAct): Promise<void> {
    const answer = await api.actOnBuild(build.id, body);
    if (!answer.ok) return sayProblem(answer.code);
    work.changed();
  }

  return (
    <article class="card story" aria-label={what}>
      <p class="story-what" dir="auto">
        {what}
      </p>
      <p class="source">
        {[
          t.states[state],
          builder && t.builtBy(builder.fullName),
          named.length > 0 && t.with(named.join(t.comma)),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {why && (
        <p class="story-why" dir="auto">
          {why}
        </p>
      )}
      <ul class="records">
        {wishes.map((wish) => (
          <WishLine key={wish.id} wish={wish} />
        ))}
      </ul>
      {(state !== 'here' || mayTell) && (
        <p class="page-acts">
          {(state === 'wished' || state === 'not-now') && (
            <button type="button" class="button" onClick={() => void act({ act: 'build' })}>
              {t.build}
            </button>
          )}
          {state === 'building' && (
            <button type="button" class="button" onClick={() => void act({ act: 'here' })}>
              {t.isHere}
            </button>
          )}
          {(state === 'wished' || state === 'building') && (
            <button type="button" class="link-button" onClick={() => setWriting('not-now')}>
              {t.notNow}
            </button>
          )}
          {state === 'here' && mayTell && (
            <button type="button" class="button button-primary" onClick={() => setWriting('tell')}>
              {t.tell}
            </button>
          )}
        </p>
      )}
      {writing && (
        <BuildWords
          build={build}
          act={writing}
          onActed={(left) => {
            if (writing === 'tell') say(left ? t.someLeft(left) : t.told);
            work.changed();
          }}
          onClose={() => setWriting(null)}
        />
      )}
    </article>
  );
}

function WishLine({ wish }: { readonly wish: BuildWish }) {
  const t = words().company.builds;
  const { customer, told } = wish;
  const row = { name: customer?.name ?? null, known: customer?.known ?? false };
  return (
    <li>
      <p dir="auto">
        <q class="quote">{wish.words}</q>
      </p>
      <p class="source">
        <a href={hashOf({ page: 'desk', conversation: wish.conversation })}>{nameOf(row)}</a>
        <ClaimMark row={row} /> · {t.heardBy(wish.by.fullName)} · {dateOf(wish.at)}
        {told && ` · ${t.toldBy(told.by.fullName)}`}
      </p>
    </li>
  );
}
