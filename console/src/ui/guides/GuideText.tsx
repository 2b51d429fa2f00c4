import { useEffect, useMemo, useRef } from 'preact/hooks';
import { hashOf } from '../../route.ts';
import { type Guide, guideOf } from './guides.ts';
import { type Block, type Piece, readMarkdown } from './markdown.ts';

type GuideTextProps = { readonly guide: Guide; readonly text: string; readonly at: string | null };

/** A guide as a page, with the heading that was asked for in view. They are written in English. */
export function GuideText({ guide, text, at }: GuideTextProps) {
  const blocks = useMemo(() => readMarkdown(text), [text]);
  const article = useRef<HTMLElement>(null);
  useEffect(() => {
    const heads = [...(article.current?.querySelectorAll<HTMLElement>('h2,h3,h4,h5') ?? [])];
    const head = heads.find(({ id }) => id === `guide-${at ?? ''}`);
    head?.scrollIntoView();
    head?.focus({ preventScroll: true });
  }, [text, at]);
  return (
    <article class="card guide" lang="en" dir="ltr" ref={article}>
      {blocks.map((block, index) => (
        <Drawn key={index} block={block} guide={guide} />
      ))}
    </article>
  );
}

function Drawn({ block, guide }: { readonly block: Block; readonly guide: Guide }) {
  const line = (pieces: readonly Piece[]) => <Line pieces={pieces} guide={guide} />;
  switch (block.kind) {
    case 'heading': {
      // The page's own heading stands above them.
      const Head = (['h2', 'h3', 'h4', 'h5'] as const)[block.level - 1] ?? 'h5';
      return (
        <Head id={`guide-${block.id}`} tabIndex={-1}>
          {line(block.line)}
        </Head>
      );
    }
    case 'paragraph':
      return <p>{line(block.line)}</p>;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard.
        <pre class="code" tabIndex={0}>
          {block.text}
        </pre>
      );
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, at) => (
            <li key={at}>{line(item)}</li>
          ))}
        </List>
      );
    }
    case 'table':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keyboard.
        <div class="guide-table" tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, at) =>
                  cell.length === 0 ? (
                    <td key={at} />
                  ) : (
                    <th key={at} scope="col">
                      {line(cell)}
                    </th>
                  ),
                )}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, index) => (
                <tr key={index}>
                  {row.map((cell, at) => (
                    <td key={at}>{line(cell)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}

function Line({ pieces, guide }: { readonly pieces: readonly Piece[]; readonly guide: Guide }) {
  return (
    <>
      {pieces.map((piece, at) => (
        <Inline key={at} piece={piece} guide={guide} />
      ))}
    </>
  );
}

function Inline({ piece, guide }: { readonly piece: Piece; readonly guide: Guide }) {
  if (piece.kind === 'code') return <code>{piece.text}</code>;
  if (piece.kind === 'strong') return <strong>{piece.text}</strong>;
  if (piece.kind === 'em') return <em>{piece.text}</em>;
  if (piece.kind !== 'link') return <>{piece.text}</>;
  const inside = <Line pieces={piece.inside} guide={guide} />;
  const href = whereTo(piece.href, guide);
  if (href === null) return inside;
  return href.startsWith('#') ? (
    <a href={href}>{inside}</a>
  ) : (
    <a href={href} target="_blank" rel="noreferrer noopener">
      {inside}
    </a>
  );
}

/** Another guide, a heading of one, or a page elsewhere. Null: a file that only the source has. */
export function whereTo(href: string, guide: Guide): string | null {
  if (/^https?:\/\//i.test(href)) return href;
  const [file = '', part = ''] = href.split('#');
  const other = file === '' ? guide : guideOf(/^([a-z]+)\.md$/.exec(file)?.[1]);
  return other && hashOf({ page: 'settings', section: 'guides', guide: other, ...(part && { part }) });
}
