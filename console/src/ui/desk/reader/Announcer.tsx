import { effect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Remark } from '../../../reader/remarks.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';
import { words } from '../../../strings/index.ts';
import { titleOf } from './titles.ts';

/** Who types hears nothing between two keys; after a pause, and only when something changed. */
const PAUSE_MS = 1_000;

/** Says politely how many remarks there are, and the nearest. */
export function Announcer({ shoulder }: { readonly shoulder: Shoulder }) {
  const [said, setSaid] = useState('');
  useEffect(() => afterPauses(shoulder, setSaid), [shoulder]);
  // Walking is asked for, and answered at once.
  const walked = shoulder.walked.value;
  useEffect(() => {
    const current = shoulder.current.peek();
    if (walked > 0 && current) setSaid(describe(current));
  }, [walked]);
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
}

/** Listens beside the drawing: a key changes nothing here but a timer. */
function afterPauses(shoulder: Shoulder, tellThem: (words: string) => void): () => void {
  let heard = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stop = effect(() => {
    clearTimeout(timer);
    const remarks = shoulder.remarks.value;
    // Every key begins the pause anew.
    const text = shoulder.textNow.value;
    const keys = keysOf(remarks);
    if (shoulder.composing.value || keys === heard) return;
    timer = setTimeout(() => {
      heard = keys;
      // An empty field says enough by itself.
      tellThem(text.trim() ? tell(remarks, shoulder.current.peek()) : '');
    }, PAUSE_MS);
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function keysOf(remarks: readonly Remark[]): string {
  return remarks
    .map(({ key }) => key)
    .sort()
    .join('\n');
}

function tell(remarks: readonly Remark[], current: Remark | null): string {
  const t = words().reader;
  if (remarks.length === 0) return t.none;
  const count = t.count(remarks.length);
  return current ? `${count} ${describe(current)}` : count;
}

function describe(remark: Remark): string {
  const t = words();
  return `${t.common.label(t.reader.weights[remark.weight])}${titleOf(remark)}`;
}
