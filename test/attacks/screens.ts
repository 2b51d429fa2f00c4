/** How a test that looks at every screen presses and writes. */
import type { Locator } from 'playwright-core';

/** Pressed by script: in letters of one pixel nothing can be aimed at, and a page of a million words takes long to say where it is. */
export async function press(place: Locator): Promise<void> {
  await place.first().evaluate((element) => (element as HTMLElement).click());
}

/** Writes into a field, as an input method does. */
export async function fill(place: Locator, text: string): Promise<void> {
  await place.first().evaluate((element, words) => {
    (element as HTMLInputElement).value = words;
    element.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, text);
}

/** Gives a field for files one of any name at all. */
export async function choose(place: Locator, name: string, text: string): Promise<void> {
  const file = { name, text };
  await place.first().evaluate((element, { name, text }) => {
    const files = new DataTransfer();
    files.items.add(new File([text], name, { type: 'application/octet-stream' }));
    (element as HTMLInputElement).files = files.files;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  }, file);
}
