import { FAILURE_STAGES, type Failure, type FailureStage } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { sayProblem } from '../../toast.ts';
import { TextField } from '../common/Field.tsx';
import { Icon } from '../common/Icon.tsx';
import { GivingActs } from '../giving/Giving.tsx';
import { Cause } from './Cause.tsx';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { useChange } from './change.ts';
import { FixStep, LackingExtra } from './FixStep.tsx';
import { FollowUp, OpenAgain } from './FollowUp.tsx';
import { isQuotable } from './Quotes.tsx';
import { fieldName, fieldWords, isUnsaid } from './record-words.ts';
import { fromBook, intoReply, saying } from './reply.ts';

export type StepProps = { readonly thread: Thread; readonly failure: Failure };
type StagesProps = StepProps & { readonly canRecord: boolean };
type Step = Exclude<FailureStage, 'noticed'>;

const STEPS = FAILURE_STAGES.filter((stage): stage is Step => stage !== 'noticed');

/** The way back in its order: empathy, the question, the fix and an extra, the follow-up. Only the next step is open. */
export function Stages({ thread, failure, canRecord }: StagesProps) {
  const t = words().recovery.steps;
  const box = useFocusAtStep(failure.stage);
  const reached = FAILURE_STAGES.indexOf(failure.stage);
  const isFixed = reached >= FAILURE_STAGES.indexOf('fixed');
  return (
    <section ref={box} class="stages" aria-label={t.label}>
      {failure.reopened > 0 && <p class="again-mark">{t.again(failure.reopened)}</p>}
      {failure.stage === 'noticed' && <p class="coaching">{t.coaching}</p>}
      <ol>
        {STEPS.map((step) => {
          const at = FAILURE_STAGES.indexOf(step);
          const state = at <= reached ? 'done' : at === reached + 1 ? 'now' : 'later';
          return (
            <li
              key={step}
              data-state={state}
              {...(state === 'now' ? { 'aria-current': 'step', tabIndex: -1 } : {})}
            >
              <p class="stage-name">
                <span class="stage-mark">{state === 'done' && <Icon name="check" />}</span>
                {t[step]}
                {state === 'done' && <span class="visually-hidden"> ({t.done})</span>}
              </p>
              {state === 'done' && <Done step={step} failure={failure} />}
              {state === 'now' && canRecord && <Now step={step} thread={thread} failure={failure} />}
              {state === 'later' && step === 'fixed' && (
                <Locked thread={thread} failure={failure} canRecord={canRecord} />
              )}
            </li>
          );
        })}
      </ol>
      {isFixed && isUnsaid(failure) && canRecord && <LackingExtra thread={thread} failure={failure} />}
      {canRecord && <OpenAgain key={failure.reopened} thread={thread} failure={failure} />}
      {isFixed && <Cause thread={thread} failure={failure} canRecord={canRecord} />}
    </section>
  );
}

/** Before the answer there are no offers: the ways to give are there to be seen, and say what comes first. */
function Locked({ thread, failure, canRecord }: StagesProps) {
  const { locked } = words().recovery.steps.fix;
  if (!canRecord) return <p class="stage-lead">{locked}</p>;
  const blocked = failure.wants === null ? locked : null;
  return <GivingActs thread={thread} failure={failure.id} blocked={blocked} />;
}

/** The button that took a step goes with it: the focus is then at the next one. */
function useFocusAtStep(stage: FailureStage) {
  const box = useRef<HTMLElement>(null);
  const before = useRef(stage);
  useEffect(() => {
    if (before.current === stage) return;
    before.current = stage;
    if (document.activeElement && document.activeElement !== document.body) return;
    // Where the next step is somebody else's there is nothing to press.
    const step = box.current?.querySelector<HTMLElement>('[aria-current]');
    (step?.querySelector<HTMLElement>(':is(button, textarea, a)') ?? step)?.focus();
  }, [stage]);
  return box;
}

/** What a step that was taken has brought, in the words of the record. */
function Done({ step, failure }: { readonly step: Step; readonly failure: Failure }) {
  if (step === 'gone-over' && failure.wants)
    return (
      <p class="stage-fact">
        <q class="quote" dir="auto">
          {failure.wants}
        </q>
      </p>
    );
  if (step !== 'fixed') return null;
  return (
    <dl class="facts stage-fact">
      {(['putRight', 'restored', 'extra', 'noExtra', 'level'] as const).map((field) => {
        const value = fieldWords(failure, field);
        return (
          value && (
            <div key={field}>
              <dt>{fieldName(field)}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          )
        );
      })}
    </dl>
  );
}

function Now({ step, ...props }: StepProps & { readonly step: Step }) {
  switch (step) {
    case 'apologised':
      return <ApologyStep {...props} />;
    case 'gone-over':
      return <OverStep {...props} />;
    case 'fixed':
      return <FixStep {...props} />;
    case 'followed-up':
      return <FollowUp {...props} />;
    case 'closed':
      return (
        <Body lead={words().recovery.steps.close.lead}>
          <FollowUp {...props} />
        </Body>
      );
  }
}

export function Body({ lead, children }: { readonly lead: string; readonly children: ComponentChildren }) {
  return (
    <div class="stage-body">
      <p class="stage-lead">{lead}</p>
      {children}
    </div>
  );
}

function ApologyStep({ thread, failure }: StepProps) {
  const desk = useDesk();
  const t = words().recovery.steps.apology;
  const [act] = useState(newId);
  const apologise = () =>
    intoReply(thread, fromBook(desk, thread, { situation: 'apology', otherwise: saying(thread).apology }));
  const step = async () => sayProblem(await thread.stepFailure(failure.id, 'apologised', act));
  return (
    <Body lead={t.lead}>
      <p class="stage-acts">
        <button type="button" class="button button-small" onClick={apologise}>
          {t.insert}
        </button>
        <button type="button" class="button button-small button-primary" onClick={() => void step()}>
          {t.done}
        </button>
      </p>
    </Body>
  );
}

/** The question comes before any offer, and the answer is kept word for word. */
function OverStep({ thread, failure }: StepProps) {
  const t = words();
  const o = t.recovery.steps.over;
  const changing = useChange(thread, failure);
  const [act] = useState(newId);
  const [wants, setWants] = useState(failure.wants ?? '');
  const last = thread.log.value.entries.filter(isQuotable).at(-1);
  const save = () =>
    changing.save(wants.trim() === failure.wants ? {} : { wants: wants.trim() }, () =>
      thread.stepFailure(failure.id, 'gone-over', act),
    );
  return (
    <Body lead={o.lead}>
      <p class="stage-question">
        <q>{o.question}</q>
        <button
          type="button"
          class="button button-small"
          onClick={() => intoReply(thread, saying(thread).wants)}
        >
          {o.insert}
        </button>
      </p>
      <form
        class="stack"
        aria-label={t.recovery.steps['gone-over']}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
        }}
      >
        <TextField label={o.answer} value={wants} onChange={setWants} rows={2} maxLength={4000} required />
        {last && wants === '' && (
          <button
            type="button"
            class="link-button"
            onClick={(event) => {
              setWants(last.text);
              // The button goes with the empty field.
              event.currentTarget.form?.querySelector('textarea')?.focus();
            }}
          >
            {o.last}
          </button>
        )}
        <ChangedMeanwhile theirs={changing.theirs} />
        {changing.problem && (
          <p class="form-problem" role="alert">
            {t.errors[changing.problem]}
          </p>
        )}
        <p class="stage-acts">
          <button
            type="submit"
            class="button button-small button-primary"
            disabled={wants.trim() === '' || changing.busy}
          >
            {o.done}
          </button>
        </p>
      </form>
    </Body>
  );
}
