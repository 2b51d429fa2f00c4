/** The fields that the pages of the book share. */
import { LOCALES, type Locale } from '@fullname/shared/locale';
import { SITUATIONS, type Situation } from '@fullname/shared/situation';
import { useId } from 'preact/hooks';
import { STRINGS, words } from '../../strings/index.ts';
import { Field } from '../common/Field.tsx';

type SelectProps<Value extends string, None extends Value | null> = {
  readonly label: string;
  readonly hint?: string;
  readonly value: Value | None;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  /** A first option that chooses none. */
  readonly none?: string;
  readonly onChange: (value: Value | None) => void;
};

/** One of several, by the browser's own list. */
export function SelectField<Value extends string, None extends Value | null>({
  label,
  hint,
  value,
  options,
  none,
  onChange,
}: SelectProps<Value, None>) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select
          {...ids}
          value={value ?? ''}
          onChange={(event) => {
            const chosen = options.find((option) => option.value === event.currentTarget.value);
            // Without an option of that name only `none` was there to choose.
            onChange(chosen?.value ?? (null as None));
          }}
        >
          {none !== undefined && <option value="">{none}</option>}
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

type ChooseOne<Value> = { readonly value: Value; readonly onChange: (value: Value) => void };

export function LocaleField({ value, onChange, label }: ChooseOne<Locale> & { readonly label?: string }) {
  return (
    <SelectField<Locale, Locale>
      label={label ?? words().book.locale}
      value={value}
      options={LOCALES.map((locale) => ({ value: locale, label: STRINGS[locale].language }))}
      onChange={onChange}
    />
  );
}

export function SituationField({ value, onChange }: ChooseOne<Situation>) {
  const t = words();
  return (
    <SelectField<Situation, Situation>
      label={t.book.situation}
      value={value}
      options={SITUATIONS.map((situation) => ({ value: situation, label: t.situations[situation] }))}
      onChange={onChange}
    />
  );
}

type CheckListProps<Value extends string> = {
  readonly label: string;
  readonly hint?: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
  /** The label is said, not shown: something beside it says the same. */
  readonly quiet?: boolean;
};

/** Any of several, all in view. */
export function CheckList<Value extends string>({
  label,
  hint,
  options,
  chosen,
  onChange,
  quiet = false,
}: CheckListProps<Value>) {
  const id = useId();
  return (
    <fieldset class="check-list" {...(hint ? { 'aria-describedby': id } : {})}>
      <legend class={quiet ? 'visually-hidden' : ''}>{label}</legend>
      {hint && (
        <p class="field-hint" id={id}>
          {hint}
        </p>
      )}
      <div class="check-options">
        {options.map((option) => (
          <label key={option.value} class="check-option">
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...chosen, option.value]
                    : chosen.filter((one) => one !== option.value),
                )
              }
            />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
