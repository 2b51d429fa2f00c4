/** The launcher as it looks by now: its badge, the page's wishes, and whether the rules for pages show it. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { isChatPage } from '@fullname/shared/page-settings';
import badgeCss from './badge.css?inline';
import type { Hosted } from './contract.ts';
import { UNREAD } from './words.ts';

export type Look = {
  draw(): void;
  /** The button's name for who does not see it, and the badge in it. */
  label(): void;
  light(theme: string): void;
  /** What is not shown, as a selector; empty: all of it is. */
  hide(what: string): void;
  /** As the tag draws it. */
  anew(): void;
};

export function createLook({ core, where }: Hosted): Look {
  const { pages } = core.settings.rules ?? {};
  const sheet = new CSSStyleSheet();
  let theme = '';
  let hidden = '';

  const look: Look = {
    /**
     * The launcher's own sheet stays as it is; a sheet of one root serves no other. Where the owner has rules for pages, the launcher
     * is not drawn before they were looked at.
     */
    draw() {
      const root = core.host.shadowRoot;
      const here = pages ? `button{display:${isChatPage(pages, where()) ? 'flex' : 'none'}}` : '';
      sheet.replaceSync(badgeCss + theme + here + hidden);
      if (root && !root.adoptedStyleSheets.includes(sheet))
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
    },
    label() {
      const { host, state } = core;
      const button = host.shadowRoot?.querySelector('button');
      if (!button) return;
      const badge = button.querySelector('b') ?? document.createElement('b');
      badge.textContent = state.unread ? `${state.unread}` : '';
      button.append(badge);
      const locale = host.lang as WidgetLocale;
      const unread = core.settings.words?.[locale]?.unread ?? UNREAD[locale];
      button.ariaLabel = state.unread ? `${host.ariaLabel}, ${state.unread} ${unread}` : null;
    },
    light(name) {
      theme = `:host{color-scheme:${name === 'auto' ? 'inherit' : name}!important}`;
      look.draw();
    },
    hide(what) {
      hidden = what && `${what}{display:none!important}`;
      look.draw();
    },
    anew() {
      theme = hidden = '';
    },
  };
  return look;
}
