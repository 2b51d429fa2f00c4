import type { ChangeDraft } from '@fullname/shared/book';
import type { ErrorCode } from '@fullname/shared/errors';
import { PHRASE_MAX_LENGTH } from '@fullname/shared/limits';
import { LOCALES, type Locale } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import { PLACEHOLDERS } from '@fullname/shared/phrases';
import { SITUATIONS, type Situation } from '@fullname/shared/situation';
import { useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { newId } from '../../ids.ts';
import { STRINGS, words } from '../../strings/index.ts';
import { say } from '../../toast.ts';
import { Dialog } from '../common/Dialog.tsx';
import { Field, TextField } from '../common/Field.tsx';

type PhraseFormProps = {
  readonly phrase: Phrase | null;
  readonly locale: Locale;
  readonly situation: Situation | null;
  readonly onClose: () => void;
};

/** Anybody proposes, owners publish. A phrase has a reason, or it is only recited. */
export function PhraseForm({
  phrase,
  locale: shownLocale,
  situation: shownSituation,
  onClose,
}: PhraseFormProps) {
  const { book, person } = useDesk();
  const t = words();
  const isOwner = person.role === 'owner';
  const [locale, setLocale] = useState<Locale>(phrase?.locale ?? shownLocale);
  const [situation, setSituation] = useState<Situation>(phrase?.situation ?? shownSituation ?? 'hello');
  const [form, setForm] = useState({
    text: phrase?.text ?? '',
    reason: phrase?.reason ?? '',
    notWhen: phrase?.notWhen ?? '',
    tags: phrase?.tags.join(', ') ?? '',
  });
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (name: keyof typeof form) => (value: string) => setForm({ ...form, [name]: value });
  const ready = form.text.trim() !== '' && form.reason.trim() !== '';

  async function save(status: 'published' | 'retired') {
    if (!ready || busy) return;
    setBusy(true);
    const body = {
      locale,
      situation,
      text: form.text.trim(),
      reason: form.reason.trim(),
      notWhen: form.notWhen.trim() || null,
      tags: form.tags.split(/[,，、]/).flatMap((tag) => tag.trim() || []),
    };
    const draft: ChangeDraft = {
      id: newId(),
      kind: 'phrase',
      target: phrase?.id ?? null,
      body: status === 'retired' ? null : body,
      ...(isOwner ? { decide: 'publish' } : {}),
    };
    const refused = await book.propose(draft);
    setBusy(false);
    if (refused) return setProblem(refused);
    say(t.book[isOwner ? status : 'proposed']);
    onClose();
  }

  return (
    <Dialog title={phrase ? t.book.editPhrase : isOwner ? t.book.add : t.book.propose} onClose={onClose} wide>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void save('published');
        }}
      >
        <div class="field-pair">
          <LocaleField value={locale} onChange={setLocale} />
          <SituationField value={situation} onChange={setSituation} />
        </div>
        <TextField
          label={t.book.text}
          value={form.text}
          onChange={set('text')}
          rows={3}
          maxLength={PHRASE_MAX_LENGTH}
          required
          focus
        />
        <Placeholders onUse={(name) => set('text')(`${form.text}{${name}}`)} />
        <TextField
          label={t.book.reason}
          hint={t.book.reasonHint}
          value={form.reason}
          onChange={set('reason')}
          rows={2}
          maxLength={PHRASE_MAX_LENGTH}
          required
        />
        <TextField
          label={t.book.notWhen}
          hint={t.book.notWhenHint}
          value={form.notWhen}
          onChange={set('notWhen')}
          optional
        />
        <TextField label={t.book.tags} value={form.tags} onChange={set('tags')} optional />
        {problem && (
          <p class="form-problem" role="alert">
            {t.errors[problem]}
          </p>
        )}
        <footer class="dialog-foot">
          {isOwner && phrase && (
            <button type="button" class="button foot-start" onClick={() => void save('retired')}>
              {t.book.retire}
            </button>
          )}
          <button type="button" class="button" onClick={onClose}>
            {t.common.cancel}
          </button>
          <button type="submit" class="button button-primary" disabled={!ready || busy}>
            {isOwner ? t.book.publish : t.book.sendProposal}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}

function LocaleField({
  value,
  onChange,
}: {
  readonly value: Locale;
  readonly onChange: (locale: Locale) => void;
}) {
  return (
    <Field label={words().book.locale}>
      {(ids) => (
        <select
          {...ids}
          value={value}
          onChange={(event) => onChange(LOCALES.find((one) => one === event.currentTarget.value) ?? value)}
        >
          {LOCALES.map((locale) => (
            <option key={locale} value={locale}>
              {STRINGS[locale].language}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type SituationFieldProps = { readonly value: Situation; readonly onChange: (situation: Situation) => void };

function SituationField({ value, onChange }: SituationFieldProps) {
  const t = words();
  return (
    <Field label={t.book.situation}>
      {(ids) => (
        <select
          {...ids}
          value={value}
          onChange={(event) => onChange(SITUATIONS.find((one) => one === event.currentTarget.value) ?? value)}
        >
          {SITUATIONS.map((situation) => (
            <option key={situation} value={situation}>
              {t.situations[situation]}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

function Placeholders({ onUse }: { readonly onUse: (name: string) => void }) {
  const t = words().book;
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
