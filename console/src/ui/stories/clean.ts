import { maskCards } from '@fullname/shared/reader/cards';
import { repairText } from '@fullname/shared/text';

/** What is kept of a text that somebody has written here. */
export const clean = (text: string): string => maskCards(repairText(text).trim());
