import type { FarewellQuestion } from '@fullname/shared/model';
import { ANSWERS_MOST, type AnswerGroups, type MomentAnswer } from '@fullname/shared/moments';
import { useState } from 'preact/hooks';
import { api, type MomentsAsked } from '../../api.ts';
import { countOf, dateOf } from '../../format.ts';
import { hashOf } from '../../route.ts';
import { momentWords } from '../../strings/moments.ts';
import { useLoaded } from '../common/load.ts';
import { Troubled } from '../settings/Troubled.tsx';

/** The answers to each question: who said the same stands together, what was said once comes last. */
export function AnswersCards({ asked }: { readonly asked: MomentsAsked }) {
  const loaded = useLoaded(() => api.momentAnswers(asked), [], `${asked.days} ${asked.site}`);
  return (
    <>
      <Troubled loaded={loaded} />
      {loaded.value && !loaded.problem && loaded.value.map((one) => <Question key={one.question} {...one} />)}
    </>
  );
}

function Question({ question, answers, partial, groups }: AnswerGroups) {
  const t = momentWords().answers;
  const shared = groups.filter(({ length }) => length > 1);
  const once = groups.filter(({ length }) => length === 1).flat();
  return (
    <section class="card" aria-labelledby={`moments-${question}`}>
      <h2 id={`moments-${question}`}>{t.questions[question]}</h2>
      <p class="field-hint">
        {answers === 0 ? t.none : t.count(answers, countOf(answers))}
        {partial && ` ${t.partial(countOf(ANSWERS_MOST))}`}
      </p>
      {shared.length > 0 && (
        <ol class="figure-list">
          {shared.map((members) => (
            <Group key={`${members[0]?.conversation} ${members[0]?.at}`} members={members} />
          ))}
        </ol>
      )}
      {once.length > 0 && <Once question={question} answers={once} />}
    </section>
  );
}

function Group({ members }: { readonly members: readonly MomentAnswer[] }) {
  const t = momentWords().answers;
  return (
    <li class="figure-line">
      <p class="figure-phrase" dir="auto">
        {members[0]?.text}
      </p>
      <details class="fold">
        <summary>{t.alike(members.length, countOf(members.length))}</summary>
        <Answers answers={members} />
      </details>
    </li>
  );
}

function Once({
  question,
  answers,
}: {
  readonly question: FarewellQuestion;
  readonly answers: readonly MomentAnswer[];
}) {
  const t = momentWords().answers;
  return (
    <div class="figure-line">
      <h3 id={`moments-${question}-once`}>{t.once}</h3>
      <Answers answers={answers} />
    </div>
  );
}

/** So many at first: two thousand at once would be no page. */
const SHOWN = 20;

function Answers({ answers }: { readonly answers: readonly MomentAnswer[] }) {
  const t = momentWords().answers;
  const [shown, setShown] = useState(SHOWN);
  return (
    <>
      <ul class="records answers-said">
        {answers.slice(0, shown).map(({ conversation, at, text }) => (
          <li key={`${conversation} ${at}`}>
            <p dir="auto">{text}</p>
            <p class="source">
              <a href={hashOf({ page: 'desk', conversation })}>
                {t.conversation} <time dateTime={at}>{dateOf(at)}</time>
              </a>
            </p>
          </li>
        ))}
      </ul>
      {shown < answers.length && (
        <button type="button" class="link-button" onClick={() => setShown(shown + 5 * SHOWN)}>
          {t.more(countOf(answers.length - shown))}
        </button>
      )}
    </>
  );
}
