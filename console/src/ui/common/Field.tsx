import type { ComponentChildren, InputHTMLAttributes } from 'preact';
import { useId, useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';

type FieldProps = {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly problem?: string | null;
  readonly optional?: boolean;
  readonly children: (ids: {
    readonly id: string;
    readonly 'aria-describedby'?: string;
  }) => ComponentChildren;
};

/** A labelled control; the hint and the problem are read out with it. */
export function Field({ label, hint, problem, optional, children }: FieldProps) {
  const id = useId();
  const about = [hint ? `${id}-hint` : '', problem ? `${id}-problem` : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={id}>
        {label}
        {optional && <span class="field-optional"> {words().common.optional}</span>}
      </label>
      {children(about ? { id, 'aria-describedby': about } : { id })}
      {hint && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {problem && (
        <p class="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  );
}

type TextFieldProps = Omit<FieldProps, 'children'> & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: 'text' | 'email' | 'password' | 'date' | 'time' | 'search';
  readonly required?: boolean;
  readonly rows?: number;
  readonly maxLength?: number;
  readonly placeholder?: string;
  /** Which keys a phone offers. */
  readonly inputMode?: 'decimal';
  readonly autoComplete?: 'username' | 'current-password' | 'new-password' | 'given-name' | 'family-name';
  readonly focus?: boolean;
};

/** One line of text, or several with `rows`. */
export function TextField({
  value,
  onChange,
  rows,
  type = 'text',
  focus,
  autoComplete,
  ...rest
}: TextFieldProps) {
  const { label, hint, problem, optional, ...control } = rest;
  const bind = (element: HTMLElement | null) => {
    if (focus && element && !element.dataset.focused) {
      element.dataset.focused = 'yes';
      element.focus();
    }
  };
  return (
    <Field label={label} {...(hint ? { hint } : {})} problem={problem ?? null} optional={optional ?? false}>
      {(ids) =>
        rows ? (
          <textarea
            {...ids}
            {...control}
            ref={bind}
            rows={rows}
            value={value}
            dir="auto"
            aria-invalid={problem ? 'true' : 'false'}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <input
            // The union of attributes by type does not take a type that varies.
            {...({ ...ids, ...control, type } as InputHTMLAttributes<HTMLInputElement>)}
            ref={bind}
            value={value}
            {...(autoComplete ? { autocomplete: autoComplete } : {})}
            aria-invalid={problem ? 'true' : 'false'}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )
      }
    </Field>
  );
}

/** A password that can be looked at; both kinds of password manager find it. */
export function PasswordField(props: Omit<TextFieldProps, 'type' | 'rows'> & { readonly fresh?: boolean }) {
  const { fresh, ...rest } = props;
  const [shown, setShown] = useState(false);
  const t = words().common;
  return (
    <div class="password-field">
      <TextField
        {...rest}
        type={shown ? 'text' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        required
      />
      <button type="button" class="link-button" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {shown ? t.hidePassword : t.showPassword}
      </button>
    </div>
  );
}

type ChoiceProps<Value extends string> = {
  readonly label: string;
  readonly name: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string; readonly hint?: string }[];
  readonly onChange: (value: Value) => void;
};

/** One of a few, all in view. */
export function Choice<Value extends string>({ label, name, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <fieldset class="choice">
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option.value} class="choice-option">
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>
            {option.label}
            {option.hint && <small>{option.hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

type SwitchProps = {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
};

export function Switch({ label, hint, on, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div class="switch-row">
      <div>
        <span id={id} class="switch-label">
          {label}
        </span>
        {hint && (
          <p class="field-hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
      </div>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={on}
        aria-labelledby={id}
        {...(hint ? { 'aria-describedby': `${id}-hint` } : {})}
        onClick={() => onChange(!on)}
      />
    </div>
  );
}
