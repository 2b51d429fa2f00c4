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

/** Up to a space, a quotation mark of any script, wide punctuation, or a sign that would turn the direction of what follows. */
const LINK =
  /(?:\bhttps?:\/\/|(?<![\w@/.-])www\.)[^\s<>"'`«»‘“”„\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3000-\u303F\uFF00-\uFFEF]+/gi;
const CLOSING = /[.,;:!?…*’،؛؟۔]+$/;
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };

/** A text cut into plain parts and links. Only http and https become links, and what begins with `www.`; closing punctuation stays outside. */
export function splitLinks(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const address = trimLink(match[0]);
    // Of "www." and "https://…" nothing is left that leads anywhere.
    if (!/^(https?:\/\/[^/?#.:]|www\.[^.]+\.[^.])/i.test(address)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index), href: null });
    parts.push({ text: address, href: /^w/i.test(address) ? `https://${address}` : address });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end), href: null });
  return parts;
}

/** A bracket that was opened in the address belongs to it. */
function trimLink(address: string): string {
  const trimmed = address.replace(CLOSING, '');
  const last = trimmed.slice(-1);
  const opening = BRACKETS[last];
  const isOwn = !opening || trimmed.split(opening).length >= trimmed.split(last).length;
  return isOwn ? trimmed : trimLink(trimmed.slice(0, -1));
}
