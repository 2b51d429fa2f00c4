import type { WidgetLocale } from '@fullname/shared/locale';
import { dirOf } from '@fullname/shared/locale';
import { useState } from 'preact/hooks';
import { countOf } from '../../format.ts';
import { siteWords } from '../../strings/site.ts';
import { SelectField } from '../book/fields.tsx';
import { Field, Switch, TextField } from '../common/Field.tsx';
import { fitsUsual, placesOf } from './form.ts';
import { languageOptions } from './Languages.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

const WORDS_MOST = 500;

/** Every text of the chat, with the owner's own beside it. */
export function Words() {
  const { form, usual, set } = useSetup();
  const t = siteWords().words;
  const [language, setLanguage] = useState<WidgetLocale>(form.settings.languages.fallback);
  const [search, setSearch] = useState('');
  const [onlyOwn, setOnlyOwn] = useState(false);
  const { strings } = form.settings;
  const own = strings[language] ?? {};
  // What is only a sign between names is no text to write.
  const texts = Object.entries(usual?.[language] ?? {}).filter(([, text]) => /\p{L}/u.test(text));
  const wanted = search.trim().toLowerCase();
  const shown = texts.filter(([key, text]) => {
    const isFound = [text, own[key] ?? '', usual?.en[key] ?? ''].some((one) =>
      one.toLowerCase().includes(wanted),
    );
    return isFound && (!onlyOwn || own[key] !== undefined);
  });

  function say(key: string, text: string) {
    const { [key]: _, ...others } = own;
    const mine = text === '' ? others : { ...others, [key]: text };
    const { [language]: __, ...rest } = strings;
    set('strings', Object.keys(mine).length === 0 ? rest : { ...rest, [language]: mine });
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
        <TextField label={t.search} type="search" value={search} onChange={setSearch} />
      </div>
      <Switch label={t.onlyOwn} on={onlyOwn} onChange={setOnlyOwn} />
      <p class="field-hint" role="status">
        {shown.length === 0 ? t.none : t.count(countOf(shown.length), countOf(texts.length))}
      </p>
      {shown.length > 0 && (
        <div class="own-words">
          {shown.map(([key, text]) => (
            <OwnWord
              key={`${language} ${key}`}
              usual={text}
              own={own[key] ?? ''}
              language={language}
              onChange={(next) => say(key, next)}
            />
          ))}
        </div>
      )}
    </Part>
  );
}

type OwnWordProps = {
  readonly usual: string;
  readonly own: string;
  readonly language: WidgetLocale;
  readonly onChange: (text: string) => void;
};

function OwnWord({ usual, own, language, onChange }: OwnWordProps) {
  const t = siteWords().words;
  const places = placesOf(usual);
  const fits = fitsUsual(own, usual);
  return (
    <div class="own-word">
      <p lang={language} dir={dirOf(language)} aria-hidden="true">
        {usual}
      </p>
      <Field label={t.own(usual)} problem={fits ? null : t.places(places.join(', '))}>
        {(ids) => (
          <textarea
            {...ids}
            rows={usual.length > 60 ? 3 : 1}
            maxLength={WORDS_MOST}
            lang={language}
            dir={dirOf(language)}
            value={own}
            placeholder={usual}
            aria-invalid={!fits}
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
