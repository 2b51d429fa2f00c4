/** What the host page shows: a button and, at intent, the frame; in a shadow root, so that neither page's styles reach the other. */
import css from './launcher.css?inline';

/** Draws it, closed. Its colours follow the page's own colour scheme by CSS alone: asking for a style here would make the page lay itself out. */
export function drawLauncher(text: string, lang: string) {
  const make = document.createElement.bind(document);
  const host = make('fullname-chat');
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  host.lang = lang;
  // A landmark, so that a screen reader finds the button outside the page's own ones.
  host.role = 'region';
  host.ariaLabel = text;

  const [button, label, badge] = [make('button'), make('span'), make('b')];
  label.append(text);
  button.append(label, badge);
  root.append(button);
  document.documentElement.append(host);
  return [host, root, button, badge] as const;
}
