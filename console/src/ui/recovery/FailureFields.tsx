import { FAILURE_ELEMENTS } from '@fullname/shared/model';
import { CHANNELS, SEVERITIES } from '@fullname/shared/recovery';
import { useId, useState } from 'preact/hooks';
import { now } from '../../clock.ts';
import { timeOf } from '../../format.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { showCustomer } from '../../view.ts';
import { Field, TextField } from '../common/Field.tsx';
import { DayField } from '../customer/DayField.tsx';
import { type FailureWords, localTime } from './failure-draft.ts';
import { Chips, MoneyField, Tick } from './fields.tsx';
import { beginQuoting, QuoteList, quotesOf } from './Quotes.tsx';
import { nudgeOf } from './signs.ts';

type FieldsProps<Form extends FailureWords> = {
  readonly thread: Thread;
  readonly form: Form;
  readonly onChange: (change: Partial<FailureWords>) => void;
  /** What is quoted already and may be older than the page of the log that is here. */
  readonly quoted?: readonly { readonly seq: number; readonly text: string }[];
};

/** The record as one writes it: what happened and their words at once, the rest one key away. */
export function FailureFields<Form extends FailureWords>(props: FieldsProps<Form>) {
  const { thread, form, onChange } = props;
  const t = words().recovery.form;
  const [more, setMore] = useState(false);
  const region = useId();
  const quotes = quotesOf(thread, form.quotes).map((quote) => quote.text);
  const nudge = nudgeOf(form.what, { quotes, at: form.at || null });
  return (
    <>
      <TextField
        label={t.what}
        placeholder={t.placeholder}
        value={form.what}
        onChange={(what) => onChange({ what })}
        rows={3}
        maxLength={4000}
        hint={nudge ?? undefined}
        required
        focus
      />
      <Quoted {...props} />
      <Product thread={thread} value={form.product} onChange={(product) => onChange({ product })} />
      <button
        type="button"
        class="link-button more-button"
        aria-expanded={more}
        aria-controls={region}
        onClick={() => setMore(!more)}
      >
        {t.more}
      </button>
      <div id={region} class="stack more-fields" hidden={!more}>
        {more && <More form={form} onChange={onChange} />}
      </div>
    </>
  );
}

function Quoted<Form extends FailureWords>({ thread, form, onChange, quoted = [] }: FieldsProps<Form>) {
  const t = words().recovery.form;
  const id = useId();
  const known = [...quoted, ...quotesOf(thread, form.quotes)];
  const shown = form.quotes.flatMap((seq) => known.find((quote) => quote.seq === seq) ?? []);
  const choose = () =>
    beginQuoting(thread, form.quotes, (quotes) => {
      onChange({ quotes });
      showCustomer();
      requestAnimationFrame(() => document.getElementById(id)?.focus());
    });
  return (
    <div class="field">
      <span class="field-name">{t.quotes}</span>
      <QuoteList
        quotes={shown}
        onDrop={(seq) => {
          onChange({ quotes: form.quotes.filter((one) => one !== seq) });
          document.getElementById(id)?.focus();
        }}
      />
      <button type="button" id={id} class="button button-small quote-button" onClick={choose}>
        {shown.length > 0 ? t.quoteMore : t.quote}
      </button>
    </div>
  );
}

type ProductProps = {
  readonly thread: Thread;
  readonly value: string;
  readonly onChange: (product: string) => void;
};

/** What they look at or bought last is likely, and only a suggestion: a wrong product would hide what repeats. */
function Product({ thread, value, onChange }: ProductProps) {
  const t = words();
  const { page } = thread.detail.value;
  const bought = thread.pane.value.purchases.slice(0, 2).map((one) => one.what);
  const likely = [...new Set([...bought, ...(page?.title ? [page.title] : [])])].filter(
    (one) => one !== value,
  );
  return (
    <div class="product-field">
      <TextField label={t.customer.product} value={value} onChange={onChange} maxLength={200} optional />
      {likely.length > 0 && value.trim() === '' && (
        <p class="suggestions">
          {t.common.label(t.recovery.form.suggestions)}
          {likely.map((one) => (
            <button key={one} type="button" class="link-button" onClick={() => onChange(one)}>
              {one}
            </button>
          ))}
        </p>
      )}
    </div>
  );
}

type MoreProps = {
  readonly form: FailureWords;
  readonly onChange: (change: Partial<FailureWords>) => void;
};

function More({ form, onChange }: MoreProps) {
  const t = words();
  const f = t.recovery.form;
  return (
    <>
      <Chips
        label={t.customer.element}
        value={form.element}
        options={FAILURE_ELEMENTS}
        nameOf={(one) => t.customer.elements[one]}
        onChange={(element) => onChange({ element })}
      />
      <Chips
        label={f.severity}
        value={form.severity}
        options={SEVERITIES}
        nameOf={(one) => f.severities[one]}
        onChange={(severity) => onChange({ severity })}
      />
      <TextField
        label={f.category}
        hint={f.categoryHint}
        value={form.category}
        onChange={(category) => onChange({ category })}
        maxLength={120}
        optional
      />
      <TextField
        label={f.place}
        value={form.place}
        onChange={(place) => onChange({ place })}
        maxLength={200}
        optional
      />
      <When value={form.at} onChange={(at) => onChange({ at })} />
      <Chips
        label={f.channel}
        value={form.channel}
        options={CHANNELS}
        nameOf={(one) => f.channels[one]}
        onChange={(channel) => onChange({ channel: channel || 'other' })}
        needed
      />
      <MoneyField
        label={f.disputed}
        amount={form.disputed}
        currency={form.currency}
        onAmount={(disputed) => onChange({ disputed })}
        onCurrency={(currency) => onChange({ currency })}
      />
      <TextField
        label={t.customer.owed}
        value={form.owed}
        onChange={(owed) => onChange({ owed })}
        maxLength={500}
        optional
      />
      {form.owed.trim() && (
        <DayField
          label={t.customer.owedBy}
          value={form.owedBy}
          onChange={(owedBy) => onChange({ owedBy })}
          optional
        />
      )}
      <Tick
        label={f.irreplaceable}
        hint={f.irreplaceableHint}
        on={form.irreplaceable}
        onChange={(irreplaceable) => onChange({ irreplaceable })}
      />
    </>
  );
}

/** Now, unless another time is said. */
function When({ value, onChange }: { readonly value: string; readonly onChange: (at: string) => void }) {
  const t = words().recovery.form;
  return (
    <Field label={t.at}>
      {(ids) => (
        <div class="day-field">
          <input
            {...ids}
            type="datetime-local"
            value={value}
            max={localTime(new Date(now.value + 60_000).toISOString())}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <button type="button" class="link-button" aria-pressed={value === ''} onClick={() => onChange('')}>
            {t.now(timeOf(new Date(now.value).toISOString()))}
          </button>
        </div>
      )}
    </Field>
  );
}
