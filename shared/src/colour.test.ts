import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AA_TEXT, contrast, GROUNDS, readableAccent, type Scheme, USUAL_ACCENT } from './colour.ts';

const SCHEMES: readonly Scheme[] = ['light', 'dark'];

describe('contrast', () => {
  test('is what WCAG says, in either order', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#FFFFFF', '#ffffff')).toBe(1);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
    expect(contrast('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
  });

  test.each(['', 'red', '#fff', '#12345g', 'rgb(0 0 0)', '#1234567'])('%j is no colour', (text) => {
    expect(() => contrast(text, '#000000')).toThrow(RangeError);
    expect(() => readableAccent(text, 'light')).toThrow(RangeError);
  });
});

describe('an owner’s colour', () => {
  const anyColour = fc.integer({ min: 0, max: 0xffffff }).map((n) => `#${n.toString(16).padStart(6, '0')}`);

  test('whatever it is, everything drawn of it can be read in light and in dark', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom(...SCHEMES), (hex, scheme) => {
        const { accent, onAccent, hover, soft } = readableAccent(hex, scheme);
        const { paper, raised, ink } = GROUNDS[scheme];
        for (const ground of [paper, raised, soft])
          expect(contrast(accent, ground)).toBeGreaterThanOrEqual(AA_TEXT);
        for (const ground of [accent, hover])
          expect(contrast(onAccent, ground)).toBeGreaterThanOrEqual(AA_TEXT);
        for (const ground of [paper, raised]) expect(contrast(hover, ground)).toBeGreaterThanOrEqual(AA_TEXT);
        expect(contrast(ink, soft)).toBeGreaterThanOrEqual(AA_TEXT);
        expect(hover).not.toBe(accent);
      }),
      { numRuns: 2_000 },
    );
  });

  test('stays as it is where it can be read, and gives way no further than it must', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom(...SCHEMES), (hex, scheme) => {
        const { accent, given, soft } = readableAccent(hex, scheme);
        if (given >= AA_TEXT) expect(accent).toBe(hex);
        // The last of eight bits of a channel is worth less than a twelfth here.
        else expect(contrast(accent, soft)).toBeLessThan(AA_TEXT + 0.35);
      }),
      { numRuns: 1_000 },
    );
  });

  test('is the same each time: read again, nothing changes', () => {
    fc.assert(
      fc.property(anyColour, fc.constantFrom(...SCHEMES), (hex, scheme) => {
        const { accent } = readableAccent(hex, scheme);
        // Of a paler or stronger hue the soft ground is a shade different.
        expect(readableAccent(accent, scheme).given).toBeGreaterThan(AA_TEXT - 0.1);
      }),
    );
  });

  test('the usual one is the interfaces’ own green in both', () => {
    expect(readableAccent(USUAL_ACCENT, 'light').accent).toBe('#0f5b4a');
    expect(readableAccent(USUAL_ACCENT, 'dark').accent).toBe('#6fcfb0');
    expect(contrast('#6fcfb0', readableAccent(USUAL_ACCENT, 'dark').soft)).toBeGreaterThan(AA_TEXT);
  });

  test.each([
    ['yellow', '#ffd400', 'light'],
    ['navy', '#00104a', 'dark'],
    ['hot pink', '#ff69b4', 'light'],
  ] as const)('%s keeps its hue', (_, hex, scheme) => {
    const { accent, given } = readableAccent(hex, scheme);
    expect(given).toBeLessThan(AA_TEXT);
    expect(Math.abs(hueOf(accent) - hueOf(hex))).toBeLessThan(25);
  });
});

/** Degrees, as in HSL. */
function hueOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const most = Math.max(red, green, blue);
  const span = most - Math.min(red, green, blue);
  if (most === red) return 60 * (((green - blue) / span + 6) % 6);
  return most === green ? 60 * ((blue - red) / span + 2) : 60 * ((red - green) / span + 4);
}
