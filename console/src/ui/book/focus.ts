/**
 * Puts the focus on what this selector finds, once it is drawn: where a control vanishes with what it did, the focus would
 * fall back to the beginning of the page.
 */
export function focusSoon(selector: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(selector)?.focus());
}
