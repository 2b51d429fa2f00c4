/**
 * The owner's colour made readable: WCAG contrast by computation, and the colours that interfaces draw of one accent, in light and in
 * dark. Hue and strength stay; only the lightness gives way, and no further than it must. Colours are `#rrggbb`.
 */
export type Scheme = 'light' | 'dark';

export type Accent = {
  /** Words, links, buttons, the focus ring: at least AA_TEXT on paper, on cards and on `soft`. */
  readonly accent: string;
  /** Words on `accent` and on `hover`: at least AA_TEXT. */
  readonly onAccent: string;
  /** `accent` under the pointer: as readable. */
  readonly hover: string;
  /** Ground of the visitor's own words; ink on it, and `accent` on it, have at least AA_TEXT. */
  readonly soft: string;
  /** The lowest contrast that the colour as it was given would have had on those grounds. */
  readonly given: number;
};

/** WCAG 2.2, 1.4.3; more than the 3:1 that 1.4.11 asks of rings and edges. */
export const AA_TEXT = 4.5;

/** What the interfaces write and draw on, the same as in their tokens. */
export const GROUNDS = {
  light: { paper: '#fbfaf7', raised: '#ffffff', ink: '#1f2421', onAccent: '#ffffff' },
  dark: { paper: '#141715', raised: '#1c201d', ink: '#ecede8', onAccent: '#141715' },
} as const;

/** The product's own green, which was drawn by hand for dark grounds as well. */
export const USUAL_ACCENT = '#0f5b4a';
const USUAL_ACCENT_DARK = '#6fcfb0';

/**
 * The colours to draw of an owner's one, in one scheme. What can be read as it is stays as it is. Throws a RangeError for what is no
 * `#rrggbb`: settings that were read have none.
 */
export function readableAccent(hex: string, scheme: Scheme): Accent {
  const { onAccent } = GROUNDS[scheme];
  const wanted = toLch(hex);
  const soft = softOf(wanted, scheme);
  const given = lowestContrast(hex, scheme, soft);
  const nearest = () =>
    hex.toLowerCase() === USUAL_ACCENT ? USUAL_ACCENT_DARK : nearestReadable(wanted, scheme, soft);
  const accent = given >= AA_TEXT ? hex.toLowerCase() : nearest();
  return { accent, onAccent, hover: hoverOf(toLch(accent), scheme), soft, given };
}

/** WCAG contrast of two colours, 1 to 21. */
export function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

/** Lightness 0 to 1, chroma, hue in radians: steps of equal length look alike (OKLCH), so a darker blue stays that blue. */
type Lch = readonly [lightness: number, chroma: number, hue: number];
type Rgb = readonly [red: number, green: number, blue: number];

/** The least change of lightness with which the colour can be read everywhere: towards ink in light, towards paper in dark. */
function nearestReadable([lightness, chroma, hue]: Lch, scheme: Scheme, soft: string): string {
  let readable = scheme === 'light' ? 0 : 1;
  let unreadable = lightness;
  for (let step = 0; step < 16; step += 1) {
    const middle = (readable + unreadable) / 2;
    if (lowestContrast(toHex([middle, chroma, hue]), scheme, soft) >= AA_TEXT) readable = middle;
    else unreadable = middle;
  }
  return toHex([readable, chroma, hue]);
}

function lowestContrast(hex: string, scheme: Scheme, soft: string): number {
  const { paper, raised } = GROUNDS[scheme];
  return Math.min(...[paper, raised, soft].map((ground) => contrast(hex, ground)));
}

function softOf([, chroma, hue]: Lch, scheme: Scheme): string {
  return scheme === 'light'
    ? toHex([0.945, Math.min(chroma, 0.018), hue])
    : toHex([0.295, Math.min(chroma, 0.035), hue]);
}

/** Away from the words on it; where there is no way left, towards them, and still far enough. */
function hoverOf([lightness, chroma, hue]: Lch, scheme: Scheme): string {
  const isAtEnd = scheme === 'light' ? lightness < 0.25 : lightness > 0.92;
  const step = (isAtEnd ? -0.2 : 0.06) * (scheme === 'light' ? -1 : 1);
  return toHex([lightness + step, chroma, hue]);
}

function luminance(hex: string): number {
  const [red, green, blue] = toRgb(hex);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Linear light, 0 to 1. */
function toRgb(hex: string): Rgb {
  if (!/^#[0-9a-f]{6}$/i.test(hex)) throw new RangeError(`"${hex}" is no colour: write #rrggbb`);
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function toLch(hex: string): Lch {
  const [red, green, blue] = toRgb(hex);
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);
  const a = 1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short;
  const b = 0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short;
  const lightness = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short;
  return [lightness, Math.hypot(a, b), Math.atan2(b, a)];
}

/** Where a screen has no colour so strong at this lightness, the strongest that it has. */
function toHex([lightness, chroma, hue]: Lch): string {
  const at = Math.min(1, Math.max(0, lightness));
  let [within, beyond] = [0, chroma];
  if (isOnScreen(fromLch([at, chroma, hue]))) within = chroma;
  else
    for (let step = 0; step < 16; step += 1) {
      const middle = (within + beyond) / 2;
      if (isOnScreen(fromLch([at, middle, hue]))) within = middle;
      else beyond = middle;
    }
  return `#${fromLch([at, within, hue]).map(hexOf).join('')}`;
}

function fromLch([lightness, chroma, hue]: Lch): Rgb {
  const a = chroma * Math.cos(hue);
  const b = chroma * Math.sin(hue);
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * middle + 1.707614701 * short,
  ];
}

/** With room for the rounding of the way there and back. */
function isOnScreen(rgb: Rgb): boolean {
  return rgb.every((channel) => channel > -0.0001 && channel < 1.0001);
}

function hexOf(channel: number): string {
  const light = Math.min(1, Math.max(0, channel));
  const value = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
  return Math.round(value * 255)
    .toString(16)
    .padStart(2, '0');
}
