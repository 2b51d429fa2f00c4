/**
 * On a phone the keyboard covers the page without making it smaller, and the browser moves what is left of the view. The chat, which
 * fills the screen there, follows that view: name card and last words stay in sight while one writes.
 */
import type { HostModule } from '../frame-messages.ts';

export const serve: HostModule['serve'] = (_port, _site, root) => {
  const view = window.visualViewport;
  if (!view) return;
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const fit = (): void =>
    sheet.replaceSync(
      `@media (max-width: 480px) { iframe { top: ${view.offsetTop}px; height: ${view.height}px; } }`,
    );
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
  fit();
};
