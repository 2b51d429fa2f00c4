import { type Preference, REACHES, type Reach } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { dateOf } from '../../format.ts';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { say, sayProblem } from '../../toast.ts';
import { recordForm } from '../../view.ts';
import { Choice, TextField } from '../common/Field.tsx';
import { IdeaActs, IdeaForm, IdeaLine } from '../giving/Idea.tsx';
import { ReachLine } from './ReachLine.tsx';
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
            <PreferenceLine
              key={preference.id}
              thread={thread}
              preference={preference}
              canRecord={canRecord}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

type PreferenceLineProps = PreferencesProps & { readonly preference: Preference };

function PreferenceLine({ thread, preference, canRecord }: PreferenceLineProps) {
  const t = words();
  const p = t.giving.preference;
  const [making, setMaking] = useState(false);
  return (
    <li>
      <p dir="auto">{preference.text}</p>
      {preference.quote && preference.quote !== preference.text && (
        <p dir="auto">
          <q class="quote">{preference.quote}</q>
        </p>
      )}
      {preference.reach && <ReachLine reach={preference.reach} />}
      <p class="source">
        {t.customer[preference.source]} · {preference.by.fullName} ·{' '}
        <time dateTime={preference.at}>{dateOf(preference.at)}</time>
      </p>
      <IdeaLine preference={preference} />
      {canRecord && (
        <p class="source record-acts">
          <IdeaActs thread={thread} preference={preference} />
          {!preference.idea && (
            <button
              type="button"
              class="link-button"
              aria-expanded={making}
              onClick={() => setMaking(!making)}
            >
              {p.addIdea}
            </button>
          )}
          <button
            type="button"
            class="link-button"
            onClick={(event) => void remove(thread, preference, event.currentTarget)}
          >
            {p.remove}
          </button>
        </p>
      )}
      {making && !preference.idea && (
        <IdeaForm thread={thread} preference={preference} onClose={() => setMaking(false)} />
      )}
    </li>
  );
}

/** Undone by noting it again, with what was said of it. */
async function remove(thread: Thread, preference: Preference, button: HTMLElement): Promise<void> {
  const t = words().giving.preference;
  const { id, text, source, quote, idea, reach } = preference;
  const head = button.closest('section')?.querySelector<HTMLElement>('header [aria-expanded]');
  const refused = await thread.removePreference(id);
  if (refused) return sayProblem(refused);
  // Its line is gone: the focus is where another one is noted.
  head?.focus();
  const again = newId();
  say(t.removed, () => {
    void thread
      .notePreference({
        ...{ id: again, text, source },
        ...(quote ? { quote } : {}),
        ...(idea ? { idea } : {}),
        ...(reach ? { reach } : {}),
      })
      .then(sayProblem);
  });
}

function PreferenceForm({ thread }: { readonly thread: Thread }) {
  const t = words();
  const [id] = useState(newId);
  const [text, setText] = useState('');
  const [source, setSource] = useState<'stated' | 'noticed'>('stated');
  const [quote, setQuote] = useState('');
  const [idea, setIdea] = useState('');
  const [reach, setReach] = useState<Reach | ''>('');
  const save = () =>
    thread.notePreference({
      id,
      text: text.trim(),
      source,
      ...(source === 'stated' && quote.trim() ? { quote: quote.trim() } : {}),
      ...(idea.trim() ? { idea: idea.trim() } : {}),
      ...(reach ? { reach } : {}),
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
      <Choice
        label={t.forms.reach}
        name="preference-reach"
        value={reach}
        options={[
          { value: '', label: t.forms.noReach },
          ...REACHES.map((value) => ({ value, label: t.customer.reaches[value] })),
        ]}
        onChange={setReach}
      />
      <TextField
        label={t.giving.preference.idea}
        placeholder={t.giving.preference.ideaPlaceholder}
        value={idea}
        onChange={setIdea}
        maxLength={500}
        optional
      />
    </RecordFormFrame>
  );
}
