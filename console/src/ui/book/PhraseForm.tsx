import type { PhraseBody } from '@fullname/shared/book';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import type { Locale } from '@fullname/shared/locale';
import { PLACEHOLDERS } from '@fullname/shared/phrases';
import type { Situation } from '@fullname/shared/situation';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { TextField } from '../common/Field.tsx';
import { EntryForm, keyOf } from './EntryForm.tsx';
import type { PhraseEditing } from './editing.ts';
import { LocaleField, SituationField } from './fields.tsx';
import { useKept } from './kept.ts';
import { badTag, REASON_MAX, tagsOf, unknownSlot } from './limits.ts';

type Form = {
  readonly locale: Locale;
  readonly situation: Situation;
  readonly text: string;
  readonly reason: string;
  readonly notWhen: string;
  readonly tags: string;
  readonly example: string;
};

/** Anybody proposes, owners decide. A phrase has a reason, or it is only recited. */
export function PhraseForm({
  editing,
  locale,
}: {
  readonly editing: PhraseEditing;
  readonly locale: Locale;
}) {
  const { person } = useDesk();
  const t = words();
  const { target, change } = editing;
  const kept = useKept<Form>(keyOf(person.id, editing), startOf(editing, locale));
  const [asked, setAsked] = useState(false);
  const { form } = kept;
  const missing = (name: 'text' | 'reason') =>
    asked && form[name].trim() === '' ? t.book.form.required : null;
  const slot = unknownSlot(form.text);
  const tag = badTag(form.tags);

  const body = () => {
    setAsked(true);
    const isReady = form.text.trim() !== '' && form.reason.trim() !== '' && slot === null && tag === null;
    return isReady ? bodyOf(form) : null;
  };

  return (
    <EntryForm editing={editing} kept={kept} body={body}>
      <div class="field-pair">
        {/* An entry stays in its language. */}
        {!(target || change?.target) && (
          <LocaleField value={form.locale} onChange={(value) => kept.set({ locale: value })} />
        )}
        <SituationField value={form.situation} onChange={(situation) => kept.set({ situation })} />
      </div>
      <TextField
        label={t.book.phrases.text}
        problem={slot === null ? missing('text') : t.book.form.unknownSlot(slot)}
        value={form.text}
        onChange={(text) => kept.set({ text })}
        rows={3}
        maxLength={PHRASE_MAX_LENGTH}
        required
        focus
      />
      <Placeholders onUse={(name) => kept.set({ text: `${form.text}{${name}}` })} />
      <TextField
        label={t.book.reason}
        hint={t.book.phrases.reasonHint}
        problem={missing('reason')}
        value={form.reason}
        onChange={(reason) => kept.set({ reason })}
        rows={2}
        maxLength={REASON_MAX}
        required
      />
      <TextField
        label={t.book.phrases.notWhen}
        hint={t.book.phrases.notWhenHint}
        value={form.notWhen}
        onChange={(notWhen) => kept.set({ notWhen })}
        maxLength={REASON_MAX}
        optional
      />
      <TextField
        label={t.book.phrases.tags}
        hint={t.book.phrases.tagsHint}
        problem={tag === null ? null : t.book.form.badTag(tag)}
        value={form.tags}
        onChange={(tags) => kept.set({ tags })}
        optional
      />
    </EntryForm>
  );
}

function startOf({ target, change, start, example }: PhraseEditing, locale: Locale): Form {
  const proposed = change?.kind === 'phrase' ? change.body : null;
  const body: Partial<PhraseBody> = proposed ?? { ...target, ...start };
  return {
    locale: body.locale ?? locale,
    situation: body.situation ?? 'hello',
    text: body.text ?? '',
    reason: body.reason ?? '',
    notWhen: body.notWhen ?? '',
    tags: body.tags?.join(', ') ?? '',
    example: change?.example ?? example ?? '',
  };
}

function bodyOf(form: Form): PhraseBody {
  return {
    locale: form.locale,
    situation: form.situation,
    text: form.text.trim(),
    reason: form.reason.trim(),
    notWhen: form.notWhen.trim() || null,
    tags: tagsOf(form.tags),
  };
}

function Placeholders({ onUse }: { readonly onUse: (name: string) => void }) {
  const t = words().book.phrases;
  return (
    <div class="placeholders">
      <span class="field-hint">{t.placeholders}</span>
      {PLACEHOLDERS.map((name) => (
        <button key={name} type="button" class="placeholder" onClick={() => onUse(name)}>
          {`{${name}}`}
        </button>
      ))}
      <span class="field-hint">{t.placeholderHint}</span>
    </div>
  );
}
