import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Page } from 'playwright-core';

/**
 * What axe finds wrong in the page and all its frames: rule, and where. It looks at a page that stands still: half faded in,
 * any words are too pale, and a line of news may come at any moment. So the page is asked for no motion, as by a person who
 * wants none; what began to move before comes to rest first.
 */
export async function violations(page: Page, only?: string): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  try {
    await Promise.all(page.frames().map(atRest));
    // Nobody reads what is right: to write it all down took longer than to look. One document needs no page to gather frames in.
    const axe = new AxeBuilder({ page })
      .options({ resultTypes: ['violations'] })
      .setLegacyMode(page.frames().length === 1);
    if (only !== undefined) axe.include(only);
    const { violations: found } = await axe.analyze();
    return found.flatMap((one) =>
      one.nodes.map(
        (node) => `${one.id} (${one.impact}): ${node.target.join(' ')} ${node.failureSummary ?? ''}`,
      ),
    );
  } finally {
    await page.emulateMedia({ reducedMotion: null });
  }
}

/** Whatever in the page and its frames may still move although no motion was asked for: element, and what moves it. */
export async function movements(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  try {
    return (await Promise.all(page.frames().map(movementsIn))).flat();
  } finally {
    await page.emulateMedia({ reducedMotion: null });
  }
}

/** Waits for the movements that end: what fades in has its own colours then. What turns for ever is left alone. */
export async function atRest(frame: Page | Frame): Promise<void> {
  await frame.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((movement) => movement.finished));
  });
}

/** The same in one document of a page that is asked for no motion already. */
export function movementsIn(frame: Page | Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const isLong = (times: string) => times.split(',').some((time) => Number.parseFloat(time) > 0);
    const allIn = (root: Document | ShadowRoot): Element[] =>
      [...root.querySelectorAll('*')].flatMap((one) => [
        one,
        ...(one.shadowRoot ? allIn(one.shadowRoot) : []),
      ]);
    return allIn(document).flatMap((one) =>
      [undefined, '::before', '::after'].flatMap((pseudo) => {
        const style = getComputedStyle(one, pseudo);
        const moves = [
          ...(isLong(style.transitionDuration) ? ['transition'] : []),
          ...(style.animationName !== 'none' && isLong(style.animationDuration) ? ['animation'] : []),
        ];
        return moves.map((move) => `${one.tagName}.${one.className}${pseudo ?? ''}: ${move}`);
      }),
    );
  });
}
