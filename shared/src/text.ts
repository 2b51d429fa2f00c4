/** What happens to words at the edge: repair, and links found for drawing. Text is only ever shown as text nodes. */

/**
 * Text that PostgreSQL and every browser can hold: line ends as \n, U+0000 dropped (PostgreSQL refuses it),
 * lone surrogates replaced by U+FFFD (JSON keeps them, UTF-8 cannot). Both ends call it, so that both hold the same words.
 */
export function repairText(text: string): string {
  // Most words need nothing, and one look is cheaper than three.
  if (!/[\r\0\uD800-\uDFFF]/.test(text)) return text;
  return text
    .replace(/\r\n?/g, '\n')
    .replaceAll('\u0000', '')
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}

export type TextPart = { readonly text: string; readonly href: string | null };

const LINK = /\bhttps?:\/\/[^\s<>"'`\u3000-\u303F\uFF00-\uFFEF]+/gi;

/** A text cut into plain parts and links. Only http and https become links; closing punctuation stays outside. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = trimLink(match[0]);
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

function trimLink(address: string): string {
  const trimmed = address.replace(/[.,;:!?]+$/, '');
  return trimmed.endsWith(')') && !trimmed.includes('(') ? trimmed.slice(0, -1) : trimmed;
}
