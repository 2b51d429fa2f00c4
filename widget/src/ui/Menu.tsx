/** Behind the three dots: the conversation as a file, what is remembered, and the language. */
import { WIDGET_LOCALES, type WidgetLocale } from '@fullname/shared/locale';
import { Component, createRef } from 'preact';
import type { Talk } from '../talk.ts';
import { loadKit } from './later.ts';
import type { Spoken } from './parts.tsx';
import type { Kit } from './recovery.ts';

const LANGUAGES: Record<WidgetLocale, string> = {
  en: 'English',
  'zh-Hans': '简体中文',
  'zh-Hant': '繁體中文',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
  ja: '日本語',
  ar: 'العربية',
};

export type MenuProps = {
  readonly shared: Spoken;
  /** Null while there is nothing to download. */
  readonly onTranscript: (() => void) | null;
  /** Null while there is no conversation. */
  readonly talk: Pick<Talk, 'remembered' | 'forget'> | null | undefined;
  onLocale(locale: WidgetLocale): void;
};

type State = { readonly kit: Kit | null; readonly lost: boolean };

export class Menu extends Component<MenuProps, State> {
  override state: State = { kit: null, lost: false };
  box = createRef<HTMLDivElement>();

  /** Whoever was in the menu is back at the button that opened it. */
  override componentWillUnmount(): void {
    const box = this.box.current;
    if (box?.contains(document.activeElement)) box.parentElement?.querySelector('button')?.focus();
  }

  override render({ shared, onTranscript, talk, onLocale }: MenuProps, { kit, lost }: State) {
    const { words, locale } = shared;
    return (
      <div class="menu" ref={this.box}>
        {onTranscript && (
          <button type="button" onClick={onTranscript}>
            {words.transcript}
          </button>
        )}
        {onTranscript && talk && (
          <button type="button" onClick={() => void this.remember()}>
            {words.remembered}
          </button>
        )}
        {lost && <p role="alert">{shared.strings.lost}</p>}
        <label>
          {words.language}
          <select value={locale} onChange={(event) => onLocale(event.currentTarget.value as WidgetLocale)}>
            {WIDGET_LOCALES.map((one) => (
              <option key={one} value={one} lang={one}>
                {LANGUAGES[one]}
              </option>
            ))}
          </select>
        </label>
        {kit && talk && (
          <kit.Remembered
            talk={talk}
            shared={shared}
            kit={kit}
            onClose={() => this.setState({ kit: null })}
          />
        )}
      </div>
    );
  }

  async remember(): Promise<void> {
    const kit = await loadKit(this.props.shared.locale).catch(() => null);
    this.setState({ kit, lost: !kit });
  }
}
