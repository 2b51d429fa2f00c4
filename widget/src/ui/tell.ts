/**
 * A plain link to the page on which this device is asked, for no frame of another site may ask it: a link is no window that a
 * browser takes for unwanted. What it carries is a secret of one use, of which the relay is told as it is followed.
 */
import { loadMore } from '../more-words.ts';
import type { Talk } from '../talk.ts';
import type { Asking } from './AskFor.tsx';
import type { Spoken } from './parts.tsx';
import css from './tell.css?inline';

export type Teller = Pick<Talk, 'ask'> & Pick<Asking, 'thread'>;

let styled = false;

/** Draws the link in `place`, once in each language; nothing where the browser cannot, or nobody has written yet. */
export async function tell(
  place: HTMLElement | null,
  { talk, shared }: { readonly talk: Teller | null | undefined; readonly shared: Pick<Spoken, 'locale'> },
): Promise<void> {
  const { locale } = shared;
  style();
  if (!('PushManager' in window && 'serviceWorker' in navigator)) return;
  if (!place || place.lang === locale || !talk?.thread.state().conversation) return;
  place.lang = locale;
  const more = await loadMore(locale).catch(() => null);
  // Another language was asked for meanwhile.
  if (place.lang !== locale) return;
  // No line just now: the next drawing asks again.
  if (!more) {
    place.lang = '';
    return;
  }
  const link = document.createElement('a');
  let grant = '';
  const renew = (): void => {
    grant = newGrant();
    link.href = `${location.origin}${location.pathname.replace('/w/', '/n/')}/#${grant},${locale}`;
  };
  const follow = (): void => {
    const { conversation } = talk.thread.state();
    if (conversation) void talk.ask('push:allow', { conversation: conversation.id, grant });
    // The browser reads the address after this: the next press has a secret of its own.
    setTimeout(renew);
  };
  link.className = 'tell';
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = more.tellHere;
  link.onclick = link.onauxclick = follow;
  renew();
  place.replaceChildren(link);
}

/** As the chat's own token is made; a second reader of its code would cost everybody a chunk. */
function newGrant(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function style(): void {
  if (styled) return;
  styled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
