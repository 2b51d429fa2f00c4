import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Remark } from '../../../reader/remarks.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';

type MirrorProps = {
  readonly shoulder: Shoulder;
  readonly text: string;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  /** As the field has it: it chooses the font of Chinese words. */
  readonly lang?: string;
};

/** The same words behind the field, unseen but for the lines under them: a field cannot underline its own. */
export function Mirror({ shoulder, text, field, lang }: MirrorProps) {
  const mirror = useRef<HTMLDivElement>(null);
  const remarks = shoulder.remarks.value;
  const hasLines = remarks.some(({ span }) => span);
  useLayoutEffect(() => {
    const element = field.current;
    if (!hasLines || !element) return;
    const follow = () => {
      if (mirror.current) mirror.current.scrollTop = element.scrollTop;
    };
    follow();
    // Every scroll is told before it is seen. To ask after every key would lay the page out twice.
    element.addEventListener('scroll', follow, { passive: true });
    return () => element.removeEventListener('scroll', follow);
  }, [hasLines, field]);
  // Without a line to draw, nothing is laid out a second time.
  if (!hasLines) return null;
  return (
    <div ref={mirror} class="mirror" dir="auto" {...(lang ? { lang } : {})} aria-hidden="true">
      {piecesOf(text, remarks, shoulder.current.value).map((piece) =>
        piece.mark ? (
          <span key={piece.nth} class={`under under-${piece.mark}`} data-current={piece.isCurrent}>
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
  /** Its place among the pieces: it stays while words before it are written. */
  readonly nth: number;
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
    const isCurrent = here.some(
      ({ remark, span }) => remark.key === current?.key && span.from === current.span?.from,
    );
    return { nth: index, text: text.slice(from, to), mark: heaviest, isCurrent };
  });
}

const ORDER = ['hold', 'ask', 'promise', 'quiet'] as const;

function markOf({ kind, weight }: Remark): (typeof ORDER)[number] {
  return kind === 'promise' ? 'promise' : weight;
}
