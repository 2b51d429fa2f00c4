/** What the host page shows: a button and, at intent, the frame; in a shadow root, so that neither page's styles reach the other. */
import css from './launcher.css?inline';

/** For the host element: at the left edge. */
export const LEFT = '--fn-right:auto;--fn-left:var(--fn-x,16px)';

/** Makes it, closed; `own` are rules after the usual ones. Its colours follow the page's own colour scheme by CSS alone: asking for a style here would make the page lay itself out. */
export function drawLauncher(text: string, lang: string, own: string) {
  const host = document.createElement('fullname-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css + own);
  root.adoptedStyleSheets = [sheet];
  host.lang = lang;
  // A landmark, so that a screen reader finds the button outside the page's own ones.
  host.role = 'region';
  host.ariaLabel = text;

  const button = document.createElement('button');
  button.append(text);
  root.append(button);
  return host;
}
