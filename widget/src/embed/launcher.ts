/** What the host page shows: a button and, at intent, the frame; in a shadow root, so that neither page's styles reach the other. */
import css from './launcher.css?inline';

/** Draws it, closed. `dark`: whether the page is dark where the launcher stands; its own colour scheme counts, not only the system's. */
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

  const dark = host.toggleAttribute('dark', /\(2/.test(getComputedStyle(host).color));
  return [host, root, button, badge, dark] as const;
}
