import { useState } from 'preact/hooks';
import { words } from '../../strings/index.ts';

/** Takes a text along. Without the clipboard's permission (plain http) there is nothing to press. */
export function CopyButton({ text }: { readonly text: string }) {
  const t = words().common;
  const [copied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <button type="button" class="button button-small" onClick={() => void copy()}>
      {copied ? t.copied : t.copy}
    </button>
  );
}
