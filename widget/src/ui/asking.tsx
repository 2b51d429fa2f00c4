/** What is loaded when somebody wants to ask for a person by name: the dialog, with its words and styles. */
import { render } from 'preact';
import { makeClock } from '../clock.ts';
import { loadMore } from '../more-words.ts';
import { AskFor, type Asking } from './AskFor.tsx';
import { takePlace } from './asking-sheet.ts';
import type { Shared } from './parts.tsx';

/** Opens the dialog over the chat, once; a `name` is whom the page suggests. Rejects without a line. */
export async function askFor(
  begin: () => Promise<Asking>,
  { strings, words, locale }: Shared,
  name: string,
): Promise<void> {
  const more = await loadMore(locale);
  const place = takePlace(locale);
  if (!place) return;
  const { box } = place;
  const close = (write: boolean): void => {
    render(null, box);
    place.close(write);
  };
  const shared = { strings, words, locale, clock: makeClock(locale) };
  render(<AskFor begin={begin} shared={shared} more={more} name={name} onClose={close} />, box);
}
