import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { transformWithOxc } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type play, SOUNDS } from '../../widget/src/sounds/notes.ts';
import { closeProfiles, sharedBrowser } from '../support/browser.ts';
import { root } from '../support/root.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await sharedBrowser();
});
afterAll(closeProfiles);

const RATE = 44_100;

declare global {
  interface Window {
    play: typeof play;
  }
}

/** What the loudspeaker would be given, computed by the browser's own audio: loudest, last loud moment, and how it begins and ends. */
test.each(SOUNDS)('%s is gentle: heard, never too loud, short, and without a click', async (sound) => {
  const path = `${root}/widget/src/sounds/notes.ts`;
  const { code } = await transformWithOxc(await readFile(path, 'utf8'), path);
  const page = await browser.newPage();
  await page.addScriptTag({ type: 'module', content: `${code}\nwindow.play = play;` });
  // A module runs when it likes.
  await page.waitForFunction(() => 'play' in window);
  const heard = await page.evaluate(
    async ([sound, rate]) => {
      const context = new OfflineAudioContext(1, rate * 3, rate);
      const over = window.play(context, sound, 1);
      const samples = (await context.startRendering()).getChannelData(0);
      const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      const last = samples.findLastIndex((sample) => Math.abs(sample) > 0.0005);
      const step = (from: number, to: number) =>
        samples
          .slice(from, to)
          .reduce((most, sample, index, all) => Math.max(most, Math.abs(sample - (all[index - 1] ?? 0))), 0);
      const end = Math.round(over * rate);
      return {
        over,
        peak,
        last: last / rate,
        begins: Math.abs(samples[0] ?? 1),
        first: step(0, 20),
        ends: step(end - 20, end + 20),
      };
    },
    [sound, RATE] as const,
  );
  await page.close();
  expect(heard.peak).toBeGreaterThan(0.05);
  expect(heard.peak).toBeLessThan(1);
  expect(heard.over).toBeLessThan(2);
  expect(heard.last).toBeLessThanOrEqual(heard.over);
  expect(heard.begins).toBe(0);
  expect(heard.first).toBeLessThan(0.01);
  expect(heard.ends).toBeLessThan(0.01);
});
