import { AxeBuilder } from '@axe-core/playwright';
import type { Frame, Page } from 'playwright-core';

/**
 * What axe finds wrong in the page and all its frames: rule, and where. It looks when everything that moves has come to
 * rest: half faded in, any words are too pale.
 */
export async function violations(page: Page, only?: string): Promise<string[]> {
  await Promise.all(page.frames().map(atRest));
  const axe = new AxeBuilder({ page });
  if (only !== undefined) axe.include(only);
  const { violations: found } = await axe.analyze();
  return found.flatMap((one) =>
    one.nodes.map(
      (node) => `${one.id} (${one.impact}): ${node.target.join(' ')} ${node.failureSummary ?? ''}`,
    ),
  );
}

/** Waits for the movements that end; what turns for ever is left alone. */
async function atRest(frame: Frame): Promise<void> {
  await frame.evaluate(async () => {
    const ending = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(ending.map((movement) => movement.finished));
  });
}
