/** What is drawn only when there is something to draw: one chunk, with its own styles. */
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
