import { fullNameOf, type NameParts, nameProblem } from '@fullname/shared/full-name';
import { useState } from 'preact/hooks';
import { locale, words } from '../../strings/index.ts';
import { Face } from '../common/Face.tsx';
import { TextField } from '../common/Field.tsx';
import { NameWords } from '../common/NameWords.tsx';

type NameFieldsProps = {
  readonly name: NameParts;
  readonly onChange: (name: NameParts) => void;
  readonly focus?: boolean;
  /** Whose name; without it, one's own. */
  readonly title?: string;
};

/** The full-name rule while one types: what is missing in words, and what visitors will read. */
export function NameFields({ name, onChange, focus = false, title }: NameFieldsProps) {
  const t = words();
  const [touched, setTouched] = useState(false);
  const problem = nameProblem(name);
  const familyFirst = locale() !== 'en';
  const given = (
    <TextField
      key="given"
      label={t.accept.given}
      value={name.given}
      onChange={(value) => onChange({ ...name, given: value })}
      autoComplete="given-name"
      focus={focus && !familyFirst}
      required
    />
  );
  const family = (
    <TextField
      key="family"
      label={t.accept.family}
      value={name.family}
      onChange={(value) => {
        setTouched(true);
        onChange({ ...name, family: value });
      }}
      autoComplete="family-name"
      focus={focus && familyFirst}
      required
    />
  );
  const begun = touched || name.given.trim() !== '' || name.family.trim() !== '';
  return (
    <fieldset class="name-fields">
      <legend>{title ?? t.accept.nameTitle}</legend>
      <p class="field-hint">{t.accept.nameWhy}</p>
      <div class="field-pair">{familyFirst ? [family, given] : [given, family]}</div>
      <NamePreview name={fullNameOf(name).trim()} />
      <p class="field-problem name-problem" aria-live="polite">
        {begun && problem ? t.nameProblems[problem] : ''}
      </p>
    </fieldset>
  );
}

function NamePreview({ name }: { readonly name: string }) {
  const t = words().accept;
  return (
    <div>
      <span class="field-hint">{t.preview}</span>
      <p class="name-preview-line">
        <Face name={name || '…'} />
        <span>
          <NameWords words={t.speaking(name || '…')} />
        </span>
      </p>
    </div>
  );
}
