import type { Scheme } from '@fullname/shared/colour';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { PersonCard } from '@fullname/shared/model';
import { PREVIEW_READY, PREVIEW_SHOW, type PreviewPart, type PreviewWish } from '@fullname/shared/preview';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useDesk } from '../../context.ts';
import { words } from '../../strings/index.ts';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { Choice } from '../common/Field.tsx';
import { languageOptions } from './Languages.tsx';
import { useSetup } from './setup.ts';

type Width = 'computer' | 'phone';
type Wish = Omit<PreviewWish, 'type'>;

/** From here on the button's corner is drawn at half its size, or the button would be outside of it. */
const FAR = 120;

/** The chat itself, in a page that has no line, with what stands in the fields; below it the button in its corner. */
export function Preview() {
  const { form } = useSetup();
  const t = siteWords().appearance;
  const { theme, position, offsetX } = form.settings.appearance;
  const { offered, fallback } = form.settings.languages;
  const [seen, setSeen] = useState<Scheme>('light');
  const [width, setWidth] = useState<Width>('computer');
  const [language, setLanguage] = useState<WidgetLocale>(fallback);
  const locale = offered.includes(language) ? language : fallback;
  const scheme = theme === 'auto' ? seen : theme;
  const person = usePerson();
  const wish: Wish = { settings: form.settings, locale, dark: scheme === 'dark', person };
  useButtonRoom();
  return (
    <section class="preview" aria-labelledby="preview-head" data-scheme={scheme} data-width={width}>
      <h3 id="preview-head">{t.preview}</h3>
      <div class="preview-ways">
        {theme === 'auto' && (
          <Choice
            label={t.previewScheme}
            name="preview-scheme"
            value={seen}
            options={(['light', 'dark'] as const).map((value) => ({ value, label: t.schemes[value] }))}
            onChange={setSeen}
          />
        )}
        <Choice
          label={t.previewWidth}
          name="preview-width"
          value={width}
          options={(['computer', 'phone'] as const).map((value) => ({ value, label: t.widths[value] }))}
          onChange={setWidth}
        />
        {offered.length > 1 && (
          <SelectField<WidgetLocale, WidgetLocale>
            label={t.previewLanguage}
            value={locale}
            options={languageOptions().filter(({ value }) => offered.includes(value))}
            onChange={setLanguage}
          />
        )}
      </div>
      <Shown part="chat" title={t.previewChat} wish={wish} />
      <div class="preview-corner" data-position={position} data-far={offsetX > FAR}>
        <Shown part="launcher" title={t.previewButton} wish={wish} />
      </div>
      <p class="field-hint">{t.previewHint}</p>
    </section>
  );
}

/** Whoever looks at it is the person who would answer. */
function usePerson(): PersonCard {
  const { id, fullName, title } = useDesk().person;
  return { id, fullName, title, here: true, backAt: null };
}

type ShownProps = { readonly part: PreviewPart; readonly title: string; readonly wish: Wish };

/** A sandboxed document is a process of its own: what it says may come after the news that it has loaded. */
const WORD_WITHIN_MS = 5_000;

/** One document of the preview. It says when it is there; one that has loaded and goes on saying nothing did not come. */
function Shown({ part, title, wish }: ShownProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const isReady = useRef(false);
  const [isLost, setLost] = useState(false);
  const t = siteWords().appearance;
  const latest = useRef(wish);
  latest.current = wish;
  // It has no origin that could be named.
  const tell = () =>
    isReady.current &&
    frame.current?.contentWindow?.postMessage({ type: PREVIEW_SHOW, ...latest.current }, '*');
  useLayoutEffect(() => {
    const hear = ({ source, data }: MessageEvent<{ readonly type?: unknown } | null>) => {
      if (!source || source !== frame.current?.contentWindow || data?.type !== PREVIEW_READY) return;
      isReady.current = true;
      tell();
    };
    window.addEventListener('message', hear);
    return () => window.removeEventListener('message', hear);
  }, []);
  useEffect(() => void tell(), [JSON.stringify(wish)]);
  const silent = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(silent.current), []);

  function loaded() {
    clearTimeout(silent.current);
    silent.current = setTimeout(() => setLost(!isReady.current), WORD_WITHIN_MS);
  }
  function again() {
    isReady.current = false;
    setLost(false);
  }

  if (isLost)
    return (
      <p class="field-problem" role="alert">
        {t.previewLost}{' '}
        <button type="button" class="link-button" onClick={again}>
          {words().common.tryAgain}
        </button>
      </p>
    );
  return (
    <iframe
      ref={frame}
      class={`preview-${part}`}
      title={title}
      sandbox="allow-scripts"
      src={`/console/preview#${part}`}
      // Its button opens nothing here.
      {...(part === 'launcher' ? { tabIndex: -1, inert: true } : {})}
      onLoad={loaded}
    />
  );
}

/** The policy of this page allows no inline style: how much room the button's corner needs is a sheet of its own, of a number. */
function useButtonRoom(): void {
  const { offsetY } = useSetup().form.settings.appearance;
  const sheet = useRef<CSSStyleSheet | null>(null);
  useLayoutEffect(() => {
    const own = new CSSStyleSheet();
    sheet.current = own;
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, own];
    return () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== own);
    };
  }, []);
  useLayoutEffect(() => {
    sheet.current?.replaceSync(`.preview{--chat-y:${Math.round(offsetY || 0)}px}`);
  }, [offsetY]);
}
