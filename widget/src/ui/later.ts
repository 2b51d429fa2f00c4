/** The way from the lazy chunk to the next one, which knows promises, extras and what is remembered; it comes only when one is there. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { ChatState } from '../state.ts';
import type { Kit } from './recovery.ts';

const kits = new Map<WidgetLocale, Promise<Kit>>();
const KINDS = /^(promise|extras|ally)-/;

/** Whether the words or the card of anything here come with the next chunk. */
export function needsKit({ entries, conversation }: ChatState): boolean {
  return !!conversation?.promises?.length || entries.some(({ kind }) => KINDS.test(kind));
}

/** Rejects without a line; the next call asks again. */
export function loadKit(locale: WidgetLocale): Promise<Kit> {
  const kit = kits.get(locale) ?? import('./recovery.ts').then(({ makeKit }) => makeKit(locale));
  kits.set(locale, kit);
  kit.catch(() => kits.delete(locale));
  return kit;
}
