import { useEffect, useRef, useState } from 'preact/hooks';
import type { Remark } from '../../../reader/remarks.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';
import { words } from '../../../strings/index.ts';
import { titleOf } from './titles.ts';

/** Who types hears nothing between two keys; after a pause, and only when something changed. */
const PAUSE_MS = 1_000;

/** Says politely how many remarks there are, and the nearest. */
export function Announcer({ shoulder }: { readonly shoulder: Shoulder }) {
  const [said, setSaid] = useState('');
  const heard = useRef('');
  const remarks = shoulder.remarks.value;
  const current = shoulder.current.value;
  const isComposing = shoulder.composing.value;
  const keys = remarks
    .map(({ key }) => key)
    .sort()
    .join('\n');
  const textNow = shoulder.textNow.value;
  useEffect(() => {
    if (isComposing || keys === heard.current) return;
    const timer = setTimeout(() => {
      heard.current = keys;
      // An empty field says enough by itself.
      setSaid(textNow.trim() ? tell(remarks, current) : '');
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [keys, isComposing, textNow]);
  // Walking is asked for, and answered at once.
  const walked = shoulder.walked.value;
  useEffect(() => {
    if (walked > 0 && current) setSaid(describe(current));
  }, [walked]);
  return (
    <p class="visually-hidden" role="status">
      {said}
    </p>
  );
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
