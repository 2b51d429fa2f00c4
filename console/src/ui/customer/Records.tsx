import type { Preference, Promised } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { now } from '../../clock.ts';
import { dateOf, dayOf, momentOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { type RecordForm, recordForm } from '../../view.ts';
import { Choice, TextField } from '../common/Field.tsx';
import { DayField, endOfDay } from './DayField.tsx';
import { RecordFormFrame } from './RecordFormFrame.tsx';

type RecordsProps = { readonly thread: Thread; readonly canRecord: boolean };

export function Preferences({ thread, canRecord }: RecordsProps) {
  const t = words();
  const { preferences } = thread.pane.value;
  return (
    <section>
      <SectionHead
        title={t.customer.preferences}
        form="preference"
        button={canRecord ? t.forms.preference : null}
      />
      {recordForm.value === 'preference' && <PreferenceForm thread={thread} />}
      {preferences.length === 0 ? (
        <p class="field-hint">{t.customer.noPreferences}</p>
      ) : (
        <ul class="records">
          {preferences.map((preference) => (
            <PreferenceLine key={preference.id} preference={preference} />
          ))}
        </ul>
      )}
    </section>
  );
}

function PreferenceLine({ preference }: { readonly preference: Preference }) {
  const t = words().customer;
  return (
    <li>
      <p dir="auto">{preference.text}</p>
      {preference.quote && (
        <p dir="auto">
          <q class="quote">{preference.quote}</q>
        </p>
      )}
      <p class="source">
        {t[preference.source]} · {preference.by.fullName} ·{' '}
        <time dateTime={preference.at}>{dateOf(preference.at)}</time>
      </p>
    </li>
  );
}

function PreferenceForm({ thread }: { readonly thread: Thread }) {
  const t = words();
  const [id] = useState(newId);
  const [text, setText] = useState('');
  const [source, setSource] = useState<'stated' | 'noticed'>('stated');
  const [quote, setQuote] = useState('');
  const save = () =>
    thread.notePreference({
      id,
      text: text.trim(),
      source,
      ...(source === 'stated' && quote.trim() ? { quote: quote.trim() } : {}),
    });
  return (
    <RecordFormFrame
      label={t.forms.preference}
      done={t.forms.preferenceDone}
      ready={text.trim() !== ''}
      save={save}
    >
      <TextField
        label={t.forms.preferenceText}
        placeholder={t.forms.preferencePlaceholder}
        value={text}
        onChange={setText}
        maxLength={500}
        required
        focus
      />
      <Choice
        label={t.forms.source}
        name="preference-source"
        value={source}
        options={[
          { value: 'stated', label: t.customer.stated },
          { value: 'noticed', label: t.customer.noticed },
        ]}
        onChange={setSource}
      />
      {source === 'stated' && (
        <TextField label={t.forms.quote} value={quote} onChange={setQuote} maxLength={500} optional />
      )}
    </RecordFormFrame>
  );
}

export function Promises({ thread, canRecord }: RecordsProps) {
  const t = words();
  const promises = [...thread.pane.value.promises].sort(
    (a, b) => Number(a.keptAt !== null) - Number(b.keptAt !== null) || a.due.localeCompare(b.due),
  );
  return (
    <section>
      <SectionHead title={t.customer.promises} form="promise" button={canRecord ? t.forms.promise : null} />
      {recordForm.value === 'promise' && <PromiseForm thread={thread} />}
      {promises.length === 0 ? (
        <p class="field-hint">{t.customer.noPromises}</p>
      ) : (
        <ul class="records">
          {promises.map((promise) => (
            <PromiseLine key={promise.id} thread={thread} promise={promise} canRecord={canRecord} />
          ))}
        </ul>
      )}
    </section>
  );
}

type PromiseLineProps = RecordsProps & { readonly promise: Promised };

function PromiseLine({ thread, promise, canRecord }: PromiseLineProps) {
  const t = words();
  const late = promise.keptAt === null && Date.parse(promise.due) < now.value;
  const keep = async () => {
    const refused = await thread.keepPromise(promise.id);
    if (refused) sayProblem(refused);
    else say(t.forms.keptDone);
  };
  return (
    <li data-kept={promise.keptAt !== null}>
      <p dir="auto">{promise.text}</p>
      <p class="source">
        <time class={late ? 'late' : ''} dateTime={promise.due} title={momentOf(promise.due)}>
          {promise.keptAt
            ? t.customer.kept(dayOf(promise.keptAt))
            : late
              ? t.customer.overdue(dayOf(promise.due))
              : t.customer.due(dayOf(promise.due))}
        </time>{' '}
        · {promise.by.fullName}
        {canRecord && promise.keptAt === null && (
          <button type="button" class="link-button" onClick={() => void keep()}>
            {t.customer.keep}
          </button>
        )}
      </p>
    </li>
  );
}

function PromiseForm({ thread }: { readonly thread: Thread }) {
  const t = words();
  const [id] = useState(newId);
  const [text, setText] = useState('');
  const [due, setDue] = useState('');
  const save = () => thread.makePromise({ id, text: text.trim(), due: endOfDay(due) });
  return (
    <RecordFormFrame
      label={t.forms.promise}
      done={t.forms.promiseDone}
      ready={text.trim() !== '' && due !== ''}
      save={save}
    >
      <TextField
        label={t.forms.promiseText}
        placeholder={t.forms.promisePlaceholder}
        value={text}
        onChange={setText}
        maxLength={500}
        required
        focus
      />
      <DayField label={t.forms.due} value={due} onChange={setDue} />
    </RecordFormFrame>
  );
}

type SectionHeadProps = {
  readonly title: string;
  readonly form: RecordForm;
  readonly button: ComponentChildren;
};

function SectionHead({ title, form, button }: SectionHeadProps) {
  return (
    <header class="section-head">
      <h3>{title}</h3>
      {button && (
        <button
          type="button"
          class="link-button"
          aria-expanded={recordForm.value === form}
          onClick={() => {
            recordForm.value = recordForm.value === form ? null : form;
          }}
        >
          {button}
        </button>
      )}
    </header>
  );
}
