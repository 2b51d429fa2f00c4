/** White space is drawn as a browser likes, and counts for nothing here. */
export function plain(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}
