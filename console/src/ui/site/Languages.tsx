import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import { languageName } from '../../format.ts';
import { siteWords } from '../../strings/site.ts';
import { CheckList, SelectField } from '../book/fields.tsx';
import { Part } from './Part.tsx';
import { useSetup } from './setup.ts';

export const languageOptions = () => WIDGET_LOCALES.map((value) => ({ value, label: languageName(value) }));

/** Which languages the chat speaks, and which one with everybody else. */
export function Languages() {
  const { form, marked, set } = useSetup();
  const t = siteWords().languages;
  const { offered, fallback } = form.settings.languages;
  const options = languageOptions();
  function offer(chosen: readonly WidgetLocale[]) {
    const spoken = WIDGET_LOCALES.filter((one) => chosen.includes(one));
    const [first] = spoken;
    const next = spoken.includes(fallback) || first === undefined ? fallback : first;
    set('languages', { offered: spoken, fallback: next });
  }
  return (
    <Part name="languages" lead={t.lead}>
      <CheckList label={t.offered} options={options} chosen={offered} onChange={offer} />
      {offered.length === 0 ? (
        <p class="field-problem" role="alert">
          {t.none}
        </p>
      ) : (
        <SelectField<WidgetLocale, WidgetLocale>
          label={t.fallback}
          hint={marked('languages.fallback') ? t.badFallback : t.fallbackHint}
          value={fallback}
          options={options.filter(({ value }) => offered.includes(value))}
          onChange={(next) => set('languages', { offered, fallback: next })}
        />
      )}
    </Part>
  );
}
