/**
 * On a phone the keyboard covers the page without making it smaller, and the browser moves what is left of the view. The chat, which
 * fills the screen there, follows that view: name card and last words stay in sight while one writes.
 */
import type { HostModule } from '../frame-messages.ts';
import { closeByBack } from './back.ts';
import { FULL_SCREEN } from './full-screen.ts';

export const serve: HostModule['serve'] = (_port, _site, root, close) => {
  closeByBack(root.host, close);
  const view = window.visualViewport;
  if (!view) return;
  const sheet = new CSSStyleSheet();
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const fit = (): void =>
    sheet.replaceSync(
      `@media ${FULL_SCREEN} { iframe { top: ${view.offsetTop}px; height: ${view.height}px; } }`,
    );
  view.addEventListener('resize', fit);
  view.addEventListener('scroll', fit);
  fit();
};
