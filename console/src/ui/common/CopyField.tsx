import { useId, useRef, useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';

/** Text to take along: a tag, a link, a secret. */
export function CopyField({
  label,
  value,
  hint,
}: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
}) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const t = words().common;

  async function copy() {
    try {
      await navigator.clipboard.writeText(value);
    } catch {
      // Without the clipboard's permission (plain http): the person copies what is selected.
      field.current?.select();
      document.execCommand('copy');
    }
    setCopied(true);
  }

  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy-field">
        <input
          id={id}
          ref={field}
          class="code"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="button" onClick={() => void copy()}>
          {copied ? t.copied : t.copy}
        </button>
      </div>
      {hint && <p class="field-hint">{hint}</p>}
      <span class="visually-hidden" role="status">
        {copied ? t.copied : ''}
      </span>
    </div>
  );
}
