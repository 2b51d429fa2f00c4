/** What the host page shows: a button and, at intent, the frame; in a shadow root, so that neither page's styles reach the other. */
import css from './launcher.css?inline';
import type { Words } from './words.ts';

/** A face with a smile: the sign of a person, not of a speech bubble. */
const FACE = 'M18 10a8 8 0 1 1-16 0 8 8 0 0 1 16 0M7 8v.5M13 8v.5M6.5 12a4.5 4.5 0 0 0 7 0';
const SVG = 'http://www.w3.org/2000/svg';

export type Launcher = {
  readonly host: HTMLElement;
  readonly root: ShadowRoot;
  readonly button: HTMLButtonElement;
  /** Whether the page is dark where the launcher stands: its own colour scheme counts, not only the system's. */
  readonly dark: boolean;
  showUnread(count: number): void;
};

export function drawLauncher(words: Words, lang: string): Launcher {
  const host = document.createElement('fullname-chat');
  host.lang = lang;
  host.role = 'region';
  host.ariaLabel = words.launcher;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const button = document.createElement('button');
  const label = document.createElement('i');
  const badge = document.createElement('b');
  const svg = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', FACE);
  svg.ariaHidden = 'true';
  svg.append(path);
  label.append(words.launcher);
  button.append(svg, label, badge);
  root.append(button);
  document.documentElement.append(host);

  const dark = getComputedStyle(host).color !== 'rgb(0, 0, 0)';
  host.toggleAttribute('dark', dark);
  return {
    host,
    root,
    button,
    dark,
    showUnread(count) {
      badge.textContent = count ? `${count}` : '';
      button.ariaLabel = count ? `${words.launcher}, ${count} ${words.unread}` : words.launcher;
    },
  };
}
