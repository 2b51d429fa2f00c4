/**
 * The chat as an owner's settings make it, for the console: the same code and styles that visitors get, told by the page around it what
 * to draw. It has no line, keeps nothing, and its document may neither.
 */
import type { Expectation } from '@fullname/shared/model';
import { embedCss, frameCss, frameSettings } from '@fullname/shared/page-look';
import { PREVIEW_READY, PREVIEW_SHOW, type PreviewWish } from '@fullname/shared/preview';
import { readSiteSettings, type SiteSettings } from '@fullname/shared/site-settings';
import { createRef, render } from 'preact';
import { drawLauncher, LEFT } from '../embed/launcher.ts';
import { LAUNCHER } from '../embed/words.ts';
import { setLanguage, setTheme } from '../page.ts';
import { said } from '../said.ts';
import { BLANK } from '../state.ts';
import { loadSpeech } from '../strings.ts';
import { App } from '../ui/App.tsx';
import { offerToAsk } from '../ui/offer-to-ask.tsx';
import css from '../widget.css?inline';

type Wish = Omit<PreviewWish, 'type'>;

const draw = location.hash === '#launcher' ? drawButton : drawChat;
const own = new CSSStyleSheet();
const app = createRef<App>();
/** Counts what was asked for: words that arrive late are not drawn over newer ones. */
let asked = 0;

addEventListener('message', ({ isTrusted, source, origin, data }: MessageEvent<PreviewWish | undefined>) => {
  if (!isTrusted || source !== window.parent || origin !== location.origin || data?.type !== PREVIEW_SHOW)
    return;
  setLanguage(data.locale);
  setTheme(data.dark ? 'dark' : 'light');
  void draw({ ...data, settings: readSiteSettings(data.settings) });
});
if (window.parent !== window) window.parent.postMessage({ type: PREVIEW_READY }, location.origin);

async function drawChat({ settings, locale, person }: Wish): Promise<void> {
  const now = ++asked;
  const speech = await loadSpeech(locale, settings.strings);
  if (now !== asked) return;
  takeOver(settings);
  own.replaceSync(css + frameCss(settings));
  if (!document.adoptedStyleSheets.includes(own)) document.adoptedStyleSheets = [own];
  if (app.current) app.current.setState({ speech, locale });
  else
    render(
      <App handle={app} speech={speech} locale={locale} own={settings.strings} onClose={() => undefined} />,
      document.body,
    );
  const draft = app.current?.state.chat.draft ?? '';
  const expectation: Expectation = { kind: 'here', minutes: null };
  const offer = (shared: Parameters<typeof offerToAsk>[1]) => offerToAsk(nobody, shared, expectation);
  app.current?.follow({
    ...{ ...BLANK, open: true, line: 'on', draft, offer },
    ...{ people: [person], expectation },
  });
}

/** What the relay would have left in the document. */
function takeOver(settings: SiteSettings): void {
  const all = said as Record<string, unknown>;
  for (const name of Object.keys(all)) delete all[name];
  Object.assign(all, frameSettings(settings));
}

async function nobody(): Promise<never> {
  throw new Error('A preview has no line.');
}

async function drawButton({ settings, locale }: Wish): Promise<void> {
  const { appearance, strings, languages } = settings;
  const { offered } = languages;
  const words =
    appearance.launcherText.trim() || (offered.includes(locale) && strings[locale]?.title?.trim());
  const side = `:host{color-scheme:inherit!important;${appearance.position === 'left' ? LEFT : ''}}`;
  const pages = { only: [], never: [] };
  const host = drawLauncher(words || LAUNCHER[locale], locale, side + embedCss({ appearance, pages }));
  own.replaceSync(':root{color-scheme:light}:root.dark{color-scheme:dark}');
  document.adoptedStyleSheets = [own];
  document.body.replaceChildren(host);
}
