/** Behind the three dots: the conversation as a file, and the language. */
import { LOCALES, type Locale } from '@fullname/shared/locale';
import type { Spoken } from './parts.tsx';

const LANGUAGES: Record<Locale, string> = { en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文' };

export type MenuProps = {
  readonly shared: Spoken;
  /** Null while there is nothing to download. */
  readonly onTranscript: (() => void) | null;
  onLocale(locale: Locale): void;
};

export function Menu({ shared, onTranscript, onLocale }: MenuProps) {
  const { words, locale } = shared;
  return (
    <div class="menu">
      {onTranscript && (
        <button type="button" onClick={onTranscript}>
          {words.transcript}
        </button>
      )}
      <label>
        {words.language}
        <select value={locale} onChange={(event) => onLocale(event.currentTarget.value as Locale)}>
          {LOCALES.map((one) => (
            <option key={one} value={one} lang={one}>
              {LANGUAGES[one]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
