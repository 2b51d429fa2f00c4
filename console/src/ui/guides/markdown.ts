/** As much Markdown as our own guides use, read into data: it is drawn as elements with text in them, and never as markup. */
export type Piece =
  | { readonly kind: 'text' | 'code' | 'strong' | 'em'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly inside: readonly Piece[] };

type Line = readonly Piece[];

export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly id: string; readonly line: Line }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Line[] }
  | { readonly kind: 'table'; readonly head: readonly Line[]; readonly rows: readonly (readonly Line[])[] };

const FENCE = /^```/;
const HEADING = /^(#{1,4}) (.+)$/;
const ITEM = /^([-*]|\d+\.) (.+)$/;
const RULED = /^\|[\s:|-]+\|$/;

export function readMarkdown(text: string): Block[] {
  const lines = text.replaceAll('\r', '').split('\n');
  const blocks: Block[] = [];
  let at = 0;
  /** The lines from here on for as long as they belong together. */
  const take = (belongs: (line: string) => boolean): string[] => {
    const taken: string[] = [];
    for (let line = lines[at]; line !== undefined && belongs(line); line = lines[++at]) taken.push(line);
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at] ?? '';
    const heading = HEADING.exec(line);
    if (line.trim() === '') at++;
    else if (FENCE.test(line)) {
      at++;
      blocks.push({ kind: 'code', text: take((one) => !FENCE.test(one)).join('\n') });
      at++;
    } else if (heading) {
      const [, signs = '', words = ''] = heading;
      blocks.push({ kind: 'heading', level: signs.length, id: anchorOf(words), line: readLine(words) });
      at++;
    } else if (line.startsWith('|') && RULED.test(lines[at + 1] ?? ''))
      blocks.push(tableOf(take((one) => one.startsWith('|'))));
    else if (ITEM.test(line))
      blocks.push(listOf(take((one) => ITEM.test(one) || (/^ +\S/.test(one) && !FENCE.test(one)))));
    else blocks.push({ kind: 'paragraph', line: readLine(take(goesOn).join(' ')) });
  }
  return blocks;
}

function goesOn(line: string): boolean {
  return (
    line.trim() !== '' &&
    !FENCE.test(line) &&
    !HEADING.test(line) &&
    !ITEM.test(line) &&
    !line.startsWith('|')
  );
}

function listOf(lines: readonly string[]): Block {
  const items: string[] = [];
  for (const line of lines) {
    const item = ITEM.exec(line);
    if (item) items.push(item[2] ?? '');
    else items.push(`${items.pop() ?? ''} ${line.trim()}`);
  }
  return { kind: 'list', ordered: /^\d/.test(lines[0] ?? ''), items: items.map(readLine) };
}

function tableOf([head = '', , ...rows]: readonly string[]): Block {
  return { kind: 'table', head: cellsOf(head), rows: rows.map(cellsOf) };
}

/** A bar in a cell is written `\|`. */
function cellsOf(row: string): Line[] {
  const inner = row.trim().replace(/^\||\|$/g, '');
  return inner.split(/(?<!\\)\|/).map((cell) => readLine(cell.replaceAll('\\|', '|').trim()));
}

const INLINE = /`([^`]+)`|\[((?:[^\]`]|`[^`]*`)+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|\*([^*\s][^*]*)\*/;

export function readLine(text: string): Piece[] {
  const found = INLINE.exec(text);
  if (!found) return text === '' ? [] : [{ kind: 'text', text }];
  const [whole, code, words, href, strong, em] = found;
  const piece: Piece =
    code !== undefined
      ? { kind: 'code', text: code }
      : words !== undefined && href !== undefined
        ? { kind: 'link', href, inside: readLine(words) }
        : strong !== undefined
          ? { kind: 'strong', text: strong }
          : { kind: 'em', text: em ?? '' };
  return [
    ...readLine(text.slice(0, found.index)),
    piece,
    ...readLine(text.slice(found.index + whole.length)),
  ];
}

/** As links between the guides name a heading. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');
}
