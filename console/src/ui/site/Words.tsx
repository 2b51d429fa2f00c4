import { misfitOf } from '@fullname/shared/fit-words';
import { dirOf, WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import { useRef, useState } from 'preact/hooks';
import { countOf } from '../../format.ts';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { Field, Switch, TextField } from '../common/Field.tsx';
import { type Said, saidWhere } from './form.ts';
import { languageOptions } from './Languages.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

/** So many fit into a line of a field, where there is room. */
const LINE_LETTERS = 55;

type Where = Said | 'all';
const WHERES: readonly Where[] = ['all', 'chat', 'page', 'links', 'letters'];

/** Every text that visitors read, with the owner's own beside it. */
export function Words() {
  const { form, usual, problems, set } = useSetup();
  const t = siteWords().words;
  const [language, setLanguage] = useState<WidgetLocale>(form.settings.languages.fallback);
  const [where, setWhere] = useState<Where>('all');
  const [search, setSearch] = useState('');
  const [onlyOwn, setOnlyOwn] = useState(false);
  const { strings } = form.settings;
  const own = strings[language] ?? {};
  // What is only a sign between names, in every language, is no text to write.
  const texts = Object.entries(usual?.[language] ?? {}).filter(([key]) =>
    WIDGET_LOCALES.some((locale) => /\p{L}/u.test(usual?.[locale][key] ?? '')),
  );
  const wanted = search.trim().toLowerCase();
  const shown = texts.filter(([key, text]) => {
    const isFound = [text, own[key] ?? '', usual?.en[key] ?? ''].some((one) =>
      one.toLowerCase().includes(wanted),
    );
    const isThere = where === 'all' || where === saidWhere(key);
    return isFound && isThere && (!onlyOwn || own[key] !== undefined);
  });

  function say(key: string, text: string) {
    const { [key]: _, ...others } = own;
    const mine = text === '' ? others : { ...others, [key]: text };
    const { [language]: __, ...rest } = strings;
    set('strings', Object.keys(mine).length === 0 ? rest : { ...rest, [language]: mine });
  }

  function showUnfit(locale: WidgetLocale) {
    setLanguage(locale);
    setWhere('all');
    setSearch('');
    setOnlyOwn(true);
  }

  return (
    <Part name="words" lead={t.lead}>
      <div class="field-pair">
        <SelectField<WidgetLocale, WidgetLocale>
          label={t.language}
          value={language}
          options={languageOptions()}
          onChange={setLanguage}
        />
        <SelectField<Where, Where>
          label={t.where}
          value={where}
          options={WHERES.map((value) => ({ value, label: t.wheres[value] }))}
          onChange={setWhere}
        />
      </div>
      <TextField label={t.search} type="search" value={search} onChange={setSearch} />
      <Switch label={t.onlyOwn} on={onlyOwn} onChange={setOnlyOwn} />
      <Unfit onShow={showUnfit} />
      <p class="field-hint" role="status">
        {shown.length === 0 ? t.none : t.count(countOf(shown.length), countOf(texts.length))}
      </p>
      {shown.length > 0 && (
        <div class="own-words">
          {shown.map(([key, text]) => (
            <OwnWord
              key={`${language} ${key}`}
              name={key}
              usual={text}
              own={own[key] ?? ''}
              language={language}
              isBad={problems.includes(`strings.${language}.${key}`)}
              onChange={(next) => say(key, next)}
            />
          ))}
        </div>
      )}
    </Part>
  );
}

/** Whoever wants to save is led to a text that may be in another language, or not among those that are shown. */
function Unfit({ onShow }: { readonly onShow: (language: WidgetLocale) => void }) {
  const { tried, problems } = useSetup();
  const t = siteWords().words;
  const at = useRef<HTMLDivElement>(null);
  const unfit = problems.filter((path) => path.startsWith('strings.'));
  const language = WIDGET_LOCALES.find((one) => unfit[0]?.startsWith(`strings.${one}.`));
  if (!tried || language === undefined) return null;

  function show(locale: WidgetLocale) {
    onShow(locale);
    const part = at.current?.parentElement;
    requestAnimationFrame(() =>
      part?.querySelector<HTMLElement>('.own-words [aria-invalid="true"]')?.focus(),
    );
  }

  return (
    <div class="unfit" ref={at}>
      <p class="field-problem">{t.unfit(unfit.length)}</p>
      <button type="button" class="link-button" onClick={() => show(language)}>
        {t.showUnfit}
      </button>
    </div>
  );
}

type OwnWordProps = {
  readonly name: string;
  readonly usual: string;
  readonly own: string;
  readonly language: WidgetLocale;
  readonly isBad: boolean;
  readonly onChange: (text: string) => void;
};

function OwnWord({ name, usual, own, language, isBad, onChange }: OwnWordProps) {
  const t = siteWords().words;
  const notes: Readonly<Record<string, string | undefined>> = t.notes;
  return (
    <div class="own-word">
      <p lang={language} dir={dirOf(language)} aria-hidden="true">
        {usual}
      </p>
      <Field label={t.own(usual)} hint={notes[name]} problem={isBad ? whyBad(own, usual) : null}>
        {(ids) => (
          <textarea
            {...ids}
            rows={rowsFor(usual)}
            lang={language}
            dir={dirOf(language)}
            value={own}
            placeholder={usual}
            aria-invalid={isBad}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        )}
      </Field>
      {own !== '' && (
        <button type="button" class="link-button" onClick={() => onChange('')}>
          {t.reset}
        </button>
      )}
    </div>
  );
}

/** As many as ours needs; a Chinese or Japanese character is as wide as two letters. */
function rowsFor(usual: string): number {
  const letters = usual.replace(/[\u2e80-\u9fff\uff00-\uffef]/g, 'xx').length;
  return Math.ceil(letters / LINE_LETTERS);
}

function whyBad(own: string, usual: string): string {
  const t = siteWords();
  const misfit = misfitOf(own, usual);
  if (misfit === null) return t.badText;
  const { lost, strange } = misfit;
  return [
    ...(lost.length > 0 ? [t.words.places(lost.join(', '))] : []),
    ...(strange.length > 0 ? [t.words.strange(strange.join(', '))] : []),
  ].join(' ');
}
