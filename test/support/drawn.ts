/** In which language and in which light a page is really drawn: what is looked at eight times in one and the same is seen once. */
import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import type { Frame, Page } from 'playwright-core';
import { wordsOf } from './chat-ground.ts';

type Text = { readonly words: string; readonly lang: string };

/** Of all that one sees or hears there: something is in this language's own words and marked as it, and nothing in those of another. */
export async function notIn(locale: WidgetLocale, page: Page | Frame, within = 'body'): Promise<string[]> {
  const { own, foreign } = wordsIn(locale);
  const texts = await textsIn(page, within);
  const mine = texts.filter(({ words }) => own.has(words));
  const others = texts.filter(({ words }) => foreign.has(words)).map(({ words }) => words);
  const unmarked = mine.filter(({ lang }) => lang !== locale).map(({ words, lang }) => `${words} (${lang})`);
  return [
    ...(mine.length === 0 ? [`no word of ${locale} in ${texts.map(({ words }) => words).join(' | ')}`] : []),
    ...others.map((words) => `not in ${locale}: ${words}`),
    ...unmarked.map((words) => `not marked as ${locale}: ${words}`),
  ];
}

/** Of a language's words those that no other has, and all that only others have; what is filled with names is left out. */
function wordsIn(locale: WidgetLocale): { own: ReadonlySet<string>; foreign: ReadonlySet<string> } {
  const whole = (one: WidgetLocale) => Object.values(wordsOf(one)).filter((words) => !words.includes('{'));
  const others = WIDGET_LOCALES.filter((one) => one !== locale).flatMap(whole);
  const mine = whole(locale);
  const without = (all: string[], some: ReadonlySet<string>) => new Set(all.filter((one) => !some.has(one)));
  return { own: without(mine, new Set(others)), foreign: without(others, new Set(mine)) };
}

/** Shadow roots are looked into. */
function textsIn(page: Page | Frame, within: string): Promise<Text[]> {
  return page.evaluate((where) => {
    const langOf = (one: Node | null): string => {
      if (one instanceof Element && one.hasAttribute('lang')) return one.getAttribute('lang') ?? '';
      const above = one?.parentNode ?? null;
      return one ? langOf(above instanceof ShadowRoot ? above.host : above) : '';
    };
    const textsOf = (root: ParentNode): Text[] =>
      [...root.querySelectorAll('*')].flatMap((one) => {
        if (!one.checkVisibility() || one.matches('script, style')) return [];
        const texts = [...one.childNodes].map((child) => (child instanceof Text ? child.data.trim() : ''));
        const said = ['aria-label', 'placeholder'].map((name) => one.getAttribute(name) ?? '');
        const own = [...texts, ...said].filter(Boolean).map((words) => ({ words, lang: langOf(one) }));
        return one.shadowRoot ? [...own, ...textsOf(one.shadowRoot)] : own;
      });
    const root = document.querySelector(where);
    if (!root) throw new Error(`There is no ${where}.`);
    return textsOf(root.shadowRoot ?? root);
  }, within);
}

/** Whether words stand bright on dark there, as a reader of that scheme has them; of a card on a page its own words. */
export function isDark(page: Page | Frame, within = 'body'): Promise<boolean> {
  return page.locator(within === 'body' ? within : `${within} section`).evaluate((one) => {
    const [red = 0, green = 0, blue = 0] =
      getComputedStyle(one)
        .color.match(/[\d.]+/g)
        ?.map(Number) ?? [];
    return red + green + blue > (3 * 255) / 2;
  });
}

/** Words that do not stand out from the surface below them, 4.5 to 1, or 3 to 1 where they are large; for surfaces of one colour. Shadow roots are looked into. */
export function paleWords(page: Page | Frame, within: string): Promise<string[]> {
  return page.evaluate((where) => {
    type Colour = readonly [number, number, number, number];
    const parse = (css: string): Colour => {
      const [red = 0, green = 0, blue = 0, alpha = 1] = css.match(/[\d.]+/g)?.map(Number) ?? [];
      return [red, green, blue, alpha];
    };
    const surfaceOf = (one: Element): Colour => {
      const own = parse(getComputedStyle(one).backgroundColor);
      if (own[3] === 1) return own;
      const above = one.parentNode instanceof ShadowRoot ? one.parentNode.host : one.parentElement;
      if (own[3] > 0 || !above) throw new Error(`What lies below ${one.outerHTML} has no colour of its own.`);
      return surfaceOf(above);
    };
    const lightOf = (colour: Colour): number => {
      const [red = 0, green = 0, blue = 0] = colour.slice(0, 3).map((part) => {
        const share = part / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const isSaid = (one: Element) =>
      one.checkVisibility() &&
      [...one.childNodes].some((child) => child instanceof Text && child.data.trim());
    const allIn = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*:not(style, script)')].flatMap((one) =>
        one.shadowRoot ? [one, ...allIn(one.shadowRoot)] : [one],
      );
    const root = document.querySelector(where);
    const said = root ? allIn(root.shadowRoot ?? root).filter(isSaid) : [];
    if (!said.length) throw new Error(`There are no words in ${where}.`);
    return said.flatMap((one) => {
      const { color, fontSize, fontWeight } = getComputedStyle(one);
      const lights = [parse(color), surfaceOf(one)].map(lightOf).sort((a, b) => b - a);
      const ratio = ((lights[0] ?? 0) + 0.05) / ((lights[1] ?? 0) + 0.05);
      const size = Number.parseFloat(fontSize);
      const enough = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700) ? 3 : 4.5;
      return ratio < enough ? [`${ratio.toFixed(2)} to 1: ${one.outerHTML.slice(0, 120)}`] : [];
    });
  }, within);
}
