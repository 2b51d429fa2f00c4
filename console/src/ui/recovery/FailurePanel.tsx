import type { Failure } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { dayOf, momentOf, percentOf, whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say } from '../../toast.ts';
import { Fact } from '../customer/Fact.tsx';
import { currencyOf } from '../customer/FailureForm.tsx';
import { DisputeOf } from '../giving/DisputeLine.tsx';
import { ChangedMeanwhile } from './ChangedMeanwhile.tsx';
import { recordOf, useChange } from './change.ts';
import { FailureFields } from './FailureFields.tsx';
import { type FailureWords, fromFields, toFields } from './failure-draft.ts';
import { History } from './History.tsx';
import { isWhole, MendFields } from './MendFields.tsx';
import { QuoteList } from './Quotes.tsx';
import { fieldName, fieldWords } from './record-words.ts';
import { Stages } from './Stages.tsx';

type PanelProps = { readonly thread: Thread; readonly failure: Failure; readonly canRecord: boolean };

/** The record of a failure: their words, the way back step by step, the facts, what was changed. */
export function FailurePanel({ thread, failure: given, canRecord }: PanelProps) {
  const t = words().recovery.record;
  const failure = recordOf(thread, given);
  const [editing, setEditing] = useState(false);
  return (
    <div class="failure-panel">
      {failure.irreplaceable && <p class="lost-mark">{t.lost}</p>}
      <QuoteList quotes={failure.quotes} />
      {failure.disputed && <DisputeOf thread={thread} failure={failure.id} />}
      <Stages thread={thread} failure={failure} canRecord={canRecord} />
      {editing ? (
        <EditForm thread={thread} failure={failure} onClose={() => setEditing(false)} />
      ) : (
        <Facts failure={failure} />
      )}
      {canRecord && (
        <History failure={failure}>
          {!editing && (
            <button type="button" class="link-button" onClick={() => setEditing(true)}>
              {t.edit}
            </button>
          )}
        </History>
      )}
    </div>
  );
}

const FACTS = ['product', 'place', 'channel', 'element', 'category', 'severity', 'disputed', 'cost'] as const;

function Facts({ failure }: { readonly failure: Failure }) {
  const t = words();
  const owed =
    failure.owed && [failure.owed, failure.owedBy && t.pleaseKnow.by(dayOf(failure.owedBy))].filter(Boolean);
  return (
    <dl class="facts">
      <div>
        <dt>{fieldName('at')}</dt>
        <dd>
          <time dateTime={failure.at} title={momentOf(failure.at)}>
            {whenOf(failure.at)}
          </time>
        </dd>
      </div>
      {FACTS.map((field) => {
        // Most of it comes by chat: only another way is worth a line.
        const value = failure[field] === 'chat' ? '' : fieldWords(failure, field);
        return value && <Fact key={field} name={fieldName(field)} value={value} />;
      })}
      {owed && <Fact name={t.customer.owed} value={owed.join(' · ')} />}
      {failure.ally && <Fact name={t.customer.ally} value={failure.ally.fullName} />}
      {failure.load !== null && <Fact name={t.customer.load} value={percentOf(failure.load)} />}
      {failure.onShift.length > 0 && (
        <Fact name={t.customer.onShift} value={failure.onShift.map((person) => person.fullName).join(', ')} />
      )}
      <Fact name={t.customer.loggedBy} value={failure.by.fullName} />
    </dl>
  );
}

type EditProps = { readonly thread: Thread; readonly failure: Failure; readonly onClose: () => void };

/** The record rewritten in place. Only what was changed is sent, so that nobody's other words are touched. */
function EditForm({ thread, failure, onClose }: EditProps) {
  const t = words();
  const changing = useChange(thread, failure);
  const [form, setForm] = useState<FailureWords>(() => fromFields(failure, currencyOf(thread)));
  const change = (part: Partial<FailureWords>) => setForm((before) => ({ ...before, ...part }));

  async function save() {
    if (!isWhole(form, failure.stage)) return;
    const began = fromFields(changing.base, currencyOf(thread));
    if (!(await changing.save(changedFields(began, form)))) return;
    say(t.recovery.steps.saved);
    onClose();
  }

  return (
    <form
      class="record-form stack"
      aria-label={t.recovery.record.edit}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save();
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        onClose();
      }}
    >
      <FailureFields thread={thread} form={form} onChange={change} quoted={failure.quotes} />
      <MendFields stage={failure.stage} form={form} onChange={change} />
      <ChangedMeanwhile theirs={changing.theirs} />
      {changing.problem && (
        <p class="form-problem" role="alert">
          {t.errors[changing.problem]}
        </p>
      )}
      <footer class="form-foot">
        <button type="button" class="button" onClick={onClose}>
          {t.common.cancel}
        </button>
        <button
          type="submit"
          class="button button-primary"
          disabled={changing.busy || !isWhole(form, failure.stage)}
        >
          {changing.theirs.length > 0 ? t.recovery.record.overwrite : t.recovery.record.save}
        </button>
      </footer>
    </form>
  );
}

function changedFields(began: FailureWords, form: FailureWords) {
  const before = toFields(began);
  const quotes = String(began.quotes) === String(form.quotes) ? {} : { quotes: form.quotes };
  const changed = Object.entries(toFields(form)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
  );
  return { ...Object.fromEntries(changed), ...quotes };
}
