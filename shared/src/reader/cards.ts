type Span = { readonly from: number; readonly to: number };

/** Payment card numbers in a text. */
export function cardsIn(_text: string): readonly Span[] {
  return [];
}

/** The text with every payment card number masked but for its last four digits. */
export function maskCards(text: string): string {
  return text;
}
