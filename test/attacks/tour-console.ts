/** Through the pages of an owner's console, with whatever opens in them. */
import type { Locator, Page } from 'playwright-core';
import { eventually } from '../support/eventually.ts';
import type { Looking } from './drawn-fields.ts';
import type { Screen } from './foreign-fields.ts';
import { press } from './screens.ts';

export type ConsoleTour = Looking & { readonly page: Page; readonly origin: string };

/** To a page of the console, and a look at it. */
export async function goTo(tour: ConsoleTour, hash: string, screen: Screen): Promise<void> {
  const { page, origin, see } = tour;
  await page.goto(`${origin}/console/${hash}`);
  await settled(page);
  await see(page, screen);
}

/** Nothing is on its way into the page, as far as it says so. */
export async function settled(page: Page): Promise<void> {
  const isStill = () =>
    page.evaluate(async () => {
      const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      await drawn();
      await drawn();
      return document.querySelector('[aria-busy=true], .skeleton, progress') === null;
    });
  await eventually('nothing is on its way', isStill);
}

/** Presses, and looks. */
export async function open(tour: ConsoleTour, opener: Locator, screen: Screen): Promise<void> {
  await press(opener);
  await settled(tour.page);
  await tour.see(tour.page, screen);
}

/** All that opens in place within this part, one after the other; a part that shuts another is shut itself. */
export async function openEach(tour: ConsoleTour, within: string, screen: Screen): Promise<void> {
  const { page, glance } = tour;
  const all = page.locator(`${within} button[aria-expanded]:not([aria-haspopup])`);
  for (let at = 0; at < (await all.count()); at += 1) {
    const one = all.nth(at);
    if ((await one.getAttribute('aria-expanded')) === 'true') continue;
    await press(one);
    await settled(page);
    await glance(page, screen);
    if ((await one.getAttribute('aria-expanded')) === 'true') await press(one);
  }
}

/** A dialog that this button opens; it is left by Esc. */
export async function inDialog(
  tour: ConsoleTour,
  opener: Locator,
  screen: Screen,
  then: (dialog: Locator) => Promise<void> = async () => undefined,
): Promise<void> {
  const { page } = tour;
  const dialog = page.locator('dialog[open]');
  await press(opener);
  await dialog.waitFor();
  await settled(page);
  await tour.see(page, screen);
  await then(dialog);
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}

/** The same from a menu. */
export async function inMenu(
  tour: ConsoleTour,
  menu: string,
  item: string,
  ...rest: [screen: Screen, then?: (dialog: Locator) => Promise<void>]
): Promise<void> {
  await press(tour.page.locator(`${menu} [aria-haspopup=menu]`));
  await inDialog(tour, tour.page.getByRole('menuitem').filter({ hasText: item }), ...rest);
}
