/** An owner's settings as pages carry them: what is not as usual, and colours made readable. The relay writes them so, and the console's preview shows them so. */
import { type Accent, readableAccent } from './colour.ts';
import {
  type EmbedHello,
  type EmbedHellos,
  type EmbedRules,
  type FrameSettings,
  type PageWords,
  USUAL_IN_FRAME,
  WORDS_OF_DEVICE,
  WORDS_OF_LINK,
  WORDS_ON_PAGE,
} from './page-settings.ts';
import { WORDS_OF_RELAY } from './relay-words.ts';
import {
  type HelloRule,
  type PublicSettings,
  publicSettings,
  readSiteSettings,
  type SiteSettings,
  type Strings,
} from './site-settings.ts';

const USUAL = publicSettings(readSiteSettings({}));
const ELSEWHERE: readonly string[] = [
  ...WORDS_ON_PAGE,
  ...WORDS_OF_LINK,
  ...WORDS_OF_DEVICE,
  ...WORDS_OF_RELAY,
];

/** What stands in the tag's script in place of its settings; the widget's embed/contract.ts reads it. */
export function embedSettings(
  own: SiteSettings,
  tag: { readonly site: string; readonly origin: string },
): object {
  const settings = publicSettings(own);
  const { theme, position, launcherText } = settings.appearance;
  const options = {
    ...(theme !== USUAL.appearance.theme && { theme }),
    ...(position !== USUAL.appearance.position && { position }),
    ...(launcherText.trim() && { text: launcherText }),
    ...(settings.consent !== USUAL.consent && { consent: settings.consent }),
  };
  const css = embedCss(settings);
  return {
    ...tag,
    ...(isEmpty(options) ? {} : { options }),
    ...(css && { css }),
    ...launcherWords(settings),
    ...pageWords(settings),
    ...rulesOf(settings),
  };
}

/** What stands in the chat's document; null where all of it is as usual. */
export function frameSettings(own: SiteSettings): Partial<FrameSettings> | null {
  const { appearance, pages, hellos: _, ...settings } = publicSettings(own);
  const { welcome, theme } = appearance;
  const all: FrameSettings = {
    ...settings,
    ...{ welcome, theme },
    // The others are said where there is no chat: it would look for them in its later words.
    strings: pick(settings.strings, (name) => !ELSEWHERE.includes(name)),
    hours: differs(settings.hours, USUAL.hours) ? settings.hours : null,
    preChat: differs(settings.preChat, USUAL.preChat) ? settings.preChat : null,
    callBack: { on: settings.callBack.on },
  };
  const unusual = Object.entries(all).filter(([name, value]) =>
    differs(value, USUAL_IN_FRAME[name as keyof FrameSettings]),
  );
  return unusual.length > 0 ? (Object.fromEntries(unusual) as Partial<FrameSettings>) : null;
}

/** What stands in the page behind a mail's link; null where its words are ours. */
export function linkSettings(own: SiteSettings): Pick<FrameSettings, 'strings'> | null {
  return wordsAlone(own, WORDS_OF_LINK);
}

/** What stands in the page of a device; null where its words are ours. */
export function deviceSettings(own: SiteSettings): Pick<FrameSettings, 'strings'> | null {
  return wordsAlone(own, WORDS_OF_DEVICE);
}

function wordsAlone(own: SiteSettings, names: readonly string[]): Pick<FrameSettings, 'strings'> | null {
  const strings = pick(publicSettings(own).strings, (name) => names.includes(name));
  return isEmpty(strings) ? null : { strings };
}

/** The owner's colour as the chat's document draws with it; empty where it is the usual one. */
export function frameCss({ appearance: { accent } }: SiteSettings): string {
  if (accent === USUAL.appearance.accent) return '';
  const rule = (selector: string, { accent, soft, onAccent }: Accent): string =>
    `${selector}{--green:${accent};--green-soft:${soft};--on-green:${onAccent}}`;
  return rule(':root', readableAccent(accent, 'light')) + rule('.dark', readableAccent(accent, 'dark'));
}

/** Rules after the launcher's own. */
export function embedCss({ appearance, pages }: Pick<PublicSettings, 'appearance' | 'pages'>): string {
  const { accent, offsetX, offsetY } = appearance;
  let css = '';
  if (accent !== USUAL.appearance.accent) {
    const light = readableAccent(accent, 'light');
    const dark = readableAccent(accent, 'dark');
    css +=
      `:host{--fn-green:${light.accent};--fn-on:${light.onAccent}}@supports (color:light-dark(red,red)){:host{` +
      `--fn-green:light-dark(${light.accent},${dark.accent});--fn-on:light-dark(${light.onAccent},${dark.onAccent})}}` +
      'button{background:var(--fn-green);color:var(--fn-on)}';
  }
  if (offsetX !== USUAL.appearance.offsetX) css += `:host{--fn-x:${offsetX}px}`;
  if (offsetY !== USUAL.appearance.offsetY) css += `:host{--fn-bottom:${offsetY}px}`;
  // Until the rules of its pages have been looked at.
  if (differs(pages, USUAL.pages)) css += 'button{display:none}';
  return css;
}

/** The languages that are offered, the fallback first, each with the owner's own words for the launcher or none. */
function launcherWords({ languages, strings }: PublicSettings): { readonly languages?: object } {
  const { offered, fallback } = languages;
  const all = [fallback, ...offered.filter((one) => one !== fallback)];
  const words = all.map((locale) => [locale, strings[locale]?.title?.trim() ?? ''] as const);
  const isUsual = !differs(languages, USUAL.languages) && words.every(([, own]) => own === '');
  return isUsual ? {} : { languages: Object.fromEntries(words) };
}

/** The owner's own words for what else is said on the page. */
function pageWords({ strings }: PublicSettings): { readonly words?: PageWords } {
  const words = pick(strings, (name) => WORDS_ON_PAGE.some((one) => one === name));
  return isEmpty(words) ? {} : { words };
}

/** Of an owner's own words those that are said and meant; languages without one are left out. */
function pick(strings: Strings, isMeant: (name: string) => boolean): Strings {
  const left = Object.entries(strings).map(([locale, own = {}]) => {
    const meant = Object.entries(own).filter(([name, text]) => text.trim() !== '' && isMeant(name));
    return [locale, Object.fromEntries(meant)] as const;
  });
  return Object.fromEntries(left.filter(([, own]) => !isEmpty(own))) as Strings;
}

/** What must be looked at before anybody asks for the chat, and who says hello; where consent is needed, the latter waits for it. */
function rulesOf({ pages, hellos, identityRequired, consent }: PublicSettings): {
  readonly rules?: EmbedRules;
  readonly hellos?: EmbedHellos;
} {
  const hasRules = differs(pages, USUAL.pages);
  const says = hellos.length > 0;
  return {
    ...((hasRules || (says && consent !== 'required')) && { rules: hasRules ? { pages } : {} }),
    ...(says && {
      hellos: { rules: hellos.map(helloRule), ...(identityRequired && { signed: true as const }) },
    }),
  };
}

/** When and where; the words and who signs them come from the relay when it is time. */
function helloRule({ id, pages, afterSeconds, returning, locale }: HelloRule): EmbedHello {
  return {
    id,
    ...(pages.length > 0 && { pages }),
    ...(afterSeconds > 0 && { after: afterSeconds }),
    ...(returning !== null && { returning }),
    ...(locale !== null && { locale }),
  };
}

function differs(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
