import type { ReadonlySignal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { useDesk } from '../../../context.ts';
import type { Purpose } from '../../../reader/about.ts';
import { createShoulder, type Shoulder } from '../../../reader/shoulder.ts';
import type { Thread } from '../../../thread.ts';

type Watched = {
  readonly thread: Thread;
  readonly purpose: Purpose;
  /** The words in the field; null while nothing is read. */
  readonly text: ReadonlySignal<string | null>;
};

/** The reader over the shoulder for one field, as long as it is on the screen. */
export function useShoulder({ thread, purpose, text }: Watched): Shoulder {
  const { reader, book, person } = useDesk();
  const shoulder = useMemo(
    () => createShoulder({ reader, book, person, thread, purpose, text }),
    [thread, purpose, text],
  );
  useEffect(() => () => shoulder.close(), [shoulder]);
  return shoulder;
}

/** What the field itself tells the reader: the caret, and that an input method is at work and nothing may change. */
export function watch(shoulder: Shoulder) {
  const look = ({ currentTarget: field }: { readonly currentTarget: HTMLTextAreaElement }) =>
    shoulder.lookAt(field.selectionStart, field.selectionEnd > field.selectionStart);
  return {
    onSelect: look,
    onKeyUp: look,
    onPointerUp: look,
    onCompositionStart: () => shoulder.compose(true),
    onCompositionEnd: () => shoulder.compose(false),
  };
}

/** What a field is described by: its own hint, and with a remark the remark's words and where to find the whole of it. */
export function describedBy(shoulder: Shoulder, hint: string | undefined) {
  if (!shoulder.shown.value) return hint ? { 'aria-describedby': hint } : {};
  const all = [remarkIds(shoulder).title, remarkIds(shoulder).why, hint].filter(Boolean).join(' ');
  return { 'aria-describedby': all, 'aria-details': remarkIds(shoulder).panel };
}

/** The composer and the farewell may be on the screen together. */
export function remarkIds({ purpose }: Shoulder) {
  return { panel: `remark-${purpose}`, title: `remark-${purpose}-title`, why: `remark-${purpose}-why` };
}
