import { useId } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { Field } from '../common/Field.tsx';

type ChipsProps<Value extends string> = {
  readonly label: string;
  readonly value: Value | '';
  readonly options: readonly Value[];
  readonly nameOf: (value: Value) => string;
  readonly onChange: (value: Value | '') => void;
  /** Without it "not said" is among the choices. */
  readonly needed?: boolean;
};

/** One of a few words in a row: one stop for Tab, arrow keys choose. */
export function Chips<Value extends string>(props: ChipsProps<Value>) {
  const { label, value, options, nameOf, onChange, needed = false } = props;
  const name = useId();
  const all: readonly (Value | '')[] = needed ? options : ['', ...options];
  return (
    <fieldset class="chips">
      <legend>{label}</legend>
      <div class="chips-row">
        {all.map((one) => (
          <label key={one} class="chip">
            <input
              type="radio"
              class="visually-hidden"
              name={name}
              checked={one === value}
              onChange={() => onChange(one)}
            />
            <span>{one === '' ? words().recovery.form.notSaid : nameOf(one)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

type MoneyFieldProps = {
  readonly label: string;
  readonly amount: string;
  readonly currency: string;
  readonly onAmount: (amount: string) => void;
  readonly onCurrency: (currency: string) => void;
};

/** An amount and its currency, side by side. */
export function MoneyField({ label, amount, currency, onAmount, onCurrency }: MoneyFieldProps) {
  const t = words().recovery.form;
  return (
    <Field label={label} optional>
      {(ids) => (
        <div class="money-field">
          <input
            {...ids}
            inputMode="decimal"
            maxLength={12}
            value={amount}
            onInput={(event) => onAmount(event.currentTarget.value)}
          />
          <input
            aria-label={`${label}: ${t.currency}`}
            maxLength={3}
            value={currency}
            placeholder="USD"
            autocapitalize="characters"
            onInput={(event) => onCurrency(event.currentTarget.value)}
          />
        </div>
      )}
    </Field>
  );
}

type TickProps = {
  readonly label: string;
  readonly hint?: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
};

export function Tick({ label, hint, on, onChange }: TickProps) {
  return (
    <label class="choice-option">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span>
        {label}
        {hint && <small>{hint}</small>}
      </span>
    </label>
  );
}
