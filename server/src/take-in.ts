import { maskCards } from '@fullname/shared/reader/cards';
import { repairText } from '@fullname/shared/text';

/**
 * Words as they come in, by whatever door: fit for the store, and every payment card number masked but for its last four digits.
 * The schemas of sockets and routes call it, so that nothing behind them – log, drafts, search, rows, records – ever holds a whole number.
 */
export function takeIn(words: string): string {
  return maskCards(repairText(words));
}
