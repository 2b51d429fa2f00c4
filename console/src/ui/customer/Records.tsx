import type { Preference } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { dateOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { recordForm } from '../../view.ts';
import { Choice, TextField } from '../common/Field.tsx';
import { RecordFormFrame } from './RecordFormFrame.tsx';
import { SectionHead } from './SectionHead.tsx';

type PreferencesProps = { readonly thread: Thread; readonly canRecord: boolean };

export function Preferences({ thread, canRecord }: PreferencesProps) {
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
