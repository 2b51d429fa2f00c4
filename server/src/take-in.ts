import { maskCards } from '@fullname/shared/reader/cards';
import { repairText } from '@fullname/shared/text';

/**
 * Words as they come in, by whatever door: fit for the store, and every payment card number masked but for its last four digits.
 * The schemas of sockets and routes call it, so that nothing behind them – log, drafts, search, rows, records – ever holds a whole number.
 */
export function takeIn(words: string): string {
  const repaired = repairText(words);
  return mayHoldCard(repaired) ? maskCards(repaired) : repaired;
}

const CARD_DIGITS_MIN = 12;
/** The first digit of any script but ASCII's: U+0660, Arabic-Indic zero. */
const OTHER_SCRIPTS = 0x660;

/** A cheap look before the whole search: every message comes this way, and few have as many digits as the shortest card. */
function mayHoldCard(words: string): boolean {
  let digits = 0;
  for (let at = 0; at < words.length; at += 1) {
    const code = words.charCodeAt(at);
    if (code >= OTHER_SCRIPTS) return true;
    if (code >= 0x30 && code <= 0x39) digits += 1;
  }
  return digits >= CARD_DIGITS_MIN;
}
