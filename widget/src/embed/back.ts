/**
 * On a phone the chat fills the screen as a page does, and the back button closes it. So that it has something to go back from, the
 * page's own entry of the history stands there twice while the chat is open: same address, same state, and a mark.
 */
import { FULL_SCREEN } from './full-screen.ts';

type Marked = { readonly fullnameChat?: boolean } | null;

/** `host` has the attribute `open` while the chat is open; `close` closes it. The page's router sees its own address and state again. */
export function closeByBack(host: Element, close: () => void): void {
  let mine = -1;
  let leaving = false;

  const isOpen = (): boolean => host.hasAttribute('open');
  const stand = (): void => {
    const state: unknown = history.state;
    // What is no object cannot be marked; and a browser skips entries on pages that nobody has touched.
    const canMark = typeof state === 'object' && !Array.isArray(state);
    if (!canMark || leaving || !matchMedia(FULL_SCREEN).matches || !navigator.userActivation?.hasBeenActive)
      return;
    // The browser's own: what a page has put in its place counts visits.
    if (!isMarked()) History.prototype.pushState.call(history, { ...state, fullnameChat: true }, '');
    mine = place();
  };
  /** Later, since whoever hears of the closing may lead the page on; then it is not ours to go back. */
  const leave = (): void => {
    mine = -1;
    setTimeout(() => {
      if (isOpen() || !isMarked()) return;
      leaving = true;
      history.back();
    });
  };

  window.addEventListener('popstate', () => {
    if (isMarked()) return;
    if (leaving) {
      leaving = false;
      // Opened again in between.
      if (isOpen()) stand();
    } else if (isOpen() && mine >= 0 && (place() < mine || !window.navigation)) close();
  });
  new MutationObserver(() => (isOpen() ? stand() : leave())).observe(host, { attributeFilter: ['open'] });
  if (isOpen()) stand();
}

function isMarked(): boolean {
  return !!(history.state as Marked)?.fullnameChat;
}

/** Which entry of the history this is. Where a browser does not tell, going on by a fragment looks like going back. */
function place(): number {
  return window.navigation?.currentEntry?.index ?? 0;
}
