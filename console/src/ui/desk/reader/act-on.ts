import type { RemarkKey } from '../../../keys.ts';
import type { Remark } from '../../../reader/remarks.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';
import type { Span } from '../../../reader/spans.ts';
import { actsOf, perform } from './acts.ts';

type Place = {
  readonly remark: Remark;
  readonly shoulder: Shoulder;
  readonly field: HTMLTextAreaElement | null;
};

/** What a key does with the remark at the caret. */
export function actOn(key: RemarkKey, place: Place): void {
  const { remark, shoulder, field } = place;
  if (key === 'next' || key === 'previous') walk(shoulder, field, key === 'next' ? 1 : -1);
  else if (key === 'dismiss') shoulder.dismiss(remark);
  else if (key === 'notHere') shoulder.notHere(remark);
  else if (remark.kind === 'promise') shoulder.keepPromise(remark.promise.text);
  else {
    const first = actsOf(remark, shoulder)[0];
    if (first) void perform(first, place);
  }
}

/** Goes to the next remark, or with -1 to the one before, and selects its words: they can be written over at once. */
export function walk(shoulder: Shoulder, field: HTMLTextAreaElement | null, by: 1 | -1): void {
  const next = shoulder.step(by);
  field?.focus();
  if (field && next?.span) select(field, next.span);
}

/** Selects the words of the current remark, and brings them into view: a field does not do so by itself. */
export function select(field: HTMLTextAreaElement, { from, to }: Span): void {
  field.setSelectionRange(from, to);
  // The mirror knows where they stand, as soon as it is drawn.
  requestAnimationFrame(() => {
    const line = field.parentElement?.querySelector<HTMLElement>('.under[data-current="true"]');
    if (!line) return;
    const { offsetTop: top, offsetHeight: height } = line;
    const isSeen = top >= field.scrollTop && top + height <= field.scrollTop + field.clientHeight;
    if (!isSeen) field.scrollTop = top - (field.clientHeight - height) / 2;
  });
}
