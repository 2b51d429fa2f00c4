import type { ComponentChildren } from 'preact';
import { type RecordForm, recordForm } from '../../view.ts';

type SectionHeadProps = {
  readonly title: string;
  readonly form: RecordForm;
  readonly button: ComponentChildren;
};

/** The head of a part of the pane, with the button that opens its small form. */
export function SectionHead({ title, form, button }: SectionHeadProps) {
  return (
    <header class="section-head">
      <h3>{title}</h3>
      {button && (
        <button
          type="button"
          class="link-button"
          aria-expanded={recordForm.value === form}
          onClick={() => {
            recordForm.value = recordForm.value === form ? null : form;
          }}
        >
          {button}
        </button>
      )}
    </header>
  );
}
