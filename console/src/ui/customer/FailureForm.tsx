import { FAILURE_ELEMENTS, type FailureElement } from '@fullname/shared/model';
import { useState } from 'preact/hooks';
import { newId } from '../../ids.ts';
import { words } from '../../strings/index.ts';
import type { Thread } from '../../thread.ts';
import { Field, TextField } from '../common/Field.tsx';
import { DayField, endOfDay } from './DayField.tsx';
import { RecordFormFrame } from './RecordFormFrame.tsx';

const EMPTY = { what: '', product: '', putRight: '', extra: '', owed: '' };

/** What went wrong, while it is warm; only the first line is needed. The relay adds time, load and who was on shift. */
export function FailureForm({ thread }: { readonly thread: Thread }) {
  const t = words();
  const [id] = useState(newId);
  const [form, setForm] = useState(EMPTY);
  const [element, setElement] = useState<FailureElement | ''>('');
  const [owedBy, setOwedBy] = useState('');
  const set = (name: keyof typeof EMPTY) => (value: string) => setForm({ ...form, [name]: value });

  function save() {
    const filled = Object.entries(form).filter(([, value]) => value.trim() !== '');
    return thread.logFailure({
      ...Object.fromEntries(filled.map(([name, value]) => [name, value.trim()])),
      id,
      what: form.what.trim(),
      ...(element ? { element } : {}),
      ...(owedBy && form.owed.trim() ? { owedBy: endOfDay(owedBy) } : {}),
    });
  }

  return (
    <RecordFormFrame
      label={t.forms.failure}
      done={t.forms.failureDone}
      ready={form.what.trim() !== ''}
      save={save}
    >
      <TextField
        label={t.customer.what}
        placeholder={t.forms.failureWhat}
        value={form.what}
        onChange={set('what')}
        maxLength={500}
        required
        focus
      />
      <TextField
        label={t.customer.product}
        value={form.product}
        onChange={set('product')}
        maxLength={200}
        optional
      />
      <Field label={t.customer.element} optional>
        {(ids) => (
          <select
            {...ids}
            value={element}
            onChange={(event) =>
              setElement(FAILURE_ELEMENTS.find((one) => one === event.currentTarget.value) ?? '')
            }
          >
            <option value="">–</option>
            {FAILURE_ELEMENTS.map((one) => (
              <option key={one} value={one}>
                {t.customer.elements[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <TextField
        label={t.customer.putRight}
        value={form.putRight}
        onChange={set('putRight')}
        maxLength={500}
        optional
      />
      <TextField
        label={t.customer.extra}
        value={form.extra}
        onChange={set('extra')}
        maxLength={500}
        optional
      />
      <TextField label={t.customer.owed} value={form.owed} onChange={set('owed')} maxLength={500} optional />
      {form.owed.trim() && (
        <DayField label={t.customer.owedBy} value={owedBy} onChange={setOwedBy} optional />
      )}
      <p class="field-hint">{t.forms.failureHint}</p>
    </RecordFormFrame>
  );
}
