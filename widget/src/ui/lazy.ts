/** What is drawn only when there is something to draw: one chunk, with its own styles. */
import type { Chat } from '../chat.ts';
import type { Clock } from '../clock.ts';
import { en, type Words } from '../words.ts';
import css from './lazy.css?inline';

export { en as englishWords, tooLong } from '../words.ts';
export { loadCallBack, loadKit, needsKit } from './later.ts';
export { Menu } from './Menu.tsx';
export { Thread } from './Thread.tsx';
export { Tools } from './Tools.tsx';

/** A constructable sheet needs no place in the frame's policy, and no second request. */
export function addStyles(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** The conversation as a file. */
export async function download(chat: Chat | null, words: Words | null, clock: Clock | null): Promise<void> {
  const { saveTranscript } = await import('../transcript.ts');
  if (chat && clock) await saveTranscript(chat, words ?? en, clock);
}
