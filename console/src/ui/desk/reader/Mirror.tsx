import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Remark } from '../../../reader/remarks.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';

type MirrorProps = {
  readonly shoulder: Shoulder;
  readonly text: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
};

/** The same words behind the field, unseen but for the lines under them: a field cannot underline its own. */
export function Mirror({ shoulder, text, field }: MirrorProps) {
  const mirror = useRef<HTMLDivElement>(null);
  const current = shoulder.current.value;
  useLayoutEffect(() => {
    const element = field.current;
    const follow = () => {
      if (mirror.current && element) mirror.current.scrollTop = element.scrollTop;
    };
    follow();
    element?.addEventListener('scroll', follow, { passive: true });
    return () => element?.removeEventListener('scroll', follow);
  });
  return (
    <div ref={mirror} class="mirror" dir="auto" aria-hidden="true">
      {piecesOf(text, shoulder.remarks.value, current).map((piece) =>
        piece.mark ? (
          <span key={piece.from} class={`under under-${piece.mark}`} data-current={piece.isCurrent}>
            {piece.text}
          </span>
        ) : (
          piece.text
        ),
      )}
      {/* A last empty line has its height in a field, and none in a block. */}
      {'\n'}
    </div>
  );
}

type Piece = {
  readonly from: number;
  readonly text: string;
  readonly mark: string | null;
  readonly isCurrent: boolean;
};

/** The text cut where a line begins or ends; where several lie over each other, the heaviest is drawn. */
function piecesOf(text: string, remarks: readonly Remark[], current: Remark | null): readonly Piece[] {
  const placed = remarks.flatMap((remark) => (remark.span ? [{ remark, span: remark.span }] : []));
  const cuts = new Set([0, text.length]);
  for (const { span } of placed) {
    cuts.add(Math.min(span.from, text.length));
    cuts.add(Math.min(span.to, text.length));
  }
  const edges = [...cuts].sort((a, b) => a - b);
  return edges.slice(0, -1).map((from, index) => {
    const to = edges[index + 1] ?? text.length;
    const here = placed.filter(({ span }) => span.from <= from && span.to >= to);
    const heaviest = ORDER.find((mark) => here.some(({ remark }) => markOf(remark) === mark)) ?? null;
    const isCurrent = here.some(({ remark }) => remark.key === current?.key);
    return { from, text: text.slice(from, to), mark: heaviest, isCurrent };
  });
}

const ORDER = ['hold', 'ask', 'promise', 'quiet'] as const;

function markOf({ kind, weight }: Remark): (typeof ORDER)[number] {
  return kind === 'promise' ? 'promise' : weight;
}
