/** The look of what asks the visitor something over the whole chat; added once, by whatever comes first. */
import css from './asking.css?inline';

let sheet: CSSStyleSheet | null = null;

export function dressAsking(): void {
  if (sheet) return;
  sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

let place: HTMLElement | null = null;

/**
 * A place over the chat for one such dialog; null while there is one. `close` takes it away and gives the focus back, or with `write`
 * to the composer.
 */
export function takePlace(locale: string): { box: HTMLElement; close(write: boolean): void } | null {
  if (place) return null;
  dressAsking();
  const before = document.activeElement as HTMLElement | null;
  const box = document.createElement('div');
  place = box;
  box.lang = locale;
  document.body.append(box);
  return {
    box,
    close(write) {
      box.remove();
      place = null;
      if (write || !before?.isConnected) document.querySelector('textarea')?.focus();
      else before.focus();
    },
  };
}
