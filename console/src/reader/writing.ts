/** Writing into a field for somebody, so that the browser's own undo takes it back. */
import type { Edit } from './spans.ts';

/**
 * Replaces a part of a field's words. `insertText` keeps the undo history in Chromium, Firefox and Safari; `setRangeText`
 * empties it in some, and is only for where there is nothing better. The field tells of it by an `input` event either way.
 */
export function writeInto(field: HTMLTextAreaElement, { from, to, text }: Edit): void {
  field.focus();
  field.setSelectionRange(from, to);
  if (from === to && text === '') return;
  if (byCommand(text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

function byCommand(text: string): boolean {
  if (typeof document.execCommand !== 'function') return false;
  return text === '' ? document.execCommand('delete') : document.execCommand('insertText', false, text);
}
