/** Behind the three dots: the conversation as a file, what is remembered, and the language. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { Component, createRef } from 'preact';
import { loadMore, type More } from '../more-words.ts';
import { said } from '../said.ts';
import { pageSettings } from '../settings.ts';
import type { Sounds } from '../sounds/sounds.ts';
import type { Talk } from '../talk.ts';
import type { Asking } from './AskFor.tsx';
import type { Spoken } from './parts.tsx';
import type { RememberedKit } from './remembered.ts';
import type { Teller } from './tell.ts';

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
  readonly talk: (Pick<Talk, 'ask' | 'sounds'> & Asking & Teller) | null | undefined;
  onLocale(locale: WidgetLocale): void;
};

type State = {
  readonly kit: RememberedKit | null;
  readonly lost: boolean;
  /** Open where it is not null. */
  readonly sounds: { readonly sounds: Sounds; readonly more: More } | null;
};

export class Menu extends Component<MenuProps, State> {
  override state: State = { kit: null, lost: false, sounds: null };
  box = createRef<HTMLDivElement>();

  override componentDidMount(): void {
    document.addEventListener('pointerup', this.onPress);
  }

  /** Whoever was in the menu is back at the button that opened it. */
  override componentWillUnmount(): void {
    document.removeEventListener('pointerup', this.onPress);
    const box = this.box.current;
    if (box?.contains(document.activeElement)) box.parentElement?.querySelector('button')?.focus();
  }

  override render({ shared, onTranscript, talk, onLocale }: MenuProps, { kit, lost, sounds }: State) {
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
        {talk && (
          <button type="button" onClick={() => void this.ask(talk)}>
            {shared.strings.ask}
          </button>
        )}
        {talk && pageSettings().sounds.on && (
          <button type="button" aria-expanded={!!sounds} onClick={() => void this.hear()}>
            {words.sounds}
          </button>
        )}
        {said.push && <p ref={this.tell} />}
        {sounds && <sounds.sounds.Panel {...sounds} />}
        {lost && <p role="alert">{shared.strings.lost}</p>}
        <label>
          {words.language}
          <select value={locale} onChange={(event) => onLocale(event.currentTarget.value as WidgetLocale)}>
            {pageSettings().languages.offered.map((one) => (
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

  /** A press beside the menu closes it; the head has buttons for that itself, and what is asked over the chat is no place beside it. */
  onPress = ({ target }: Event): void => {
    if (!(target as Element).closest('header, dialog'))
      this.box.current?.parentElement?.querySelector('button')?.click();
  };

  /** Asked again each time the menu is opened. */
  tell = (place: HTMLElement | null): void => {
    import('./tell.ts').then(({ tell }) => tell(place, this.props)).catch(() => null);
  };

  async hear(): Promise<void> {
    const { talk, shared } = this.props;
    if (this.state.sounds || !talk) return this.setState({ sounds: null });
    const both = await Promise.all([talk.sounds(), loadMore(shared.locale)]).catch(() => null);
    this.setState({ sounds: both && { sounds: both[0], more: both[1] }, lost: !both });
  }

  async ask(talk: Asking): Promise<void> {
    const asking = await import('./asking.tsx').catch(() => null);
    await asking?.askFor(async () => talk, this.props.shared, '');
    this.setState({ lost: !asking });
  }

  async remember(): Promise<void> {
    const { locale } = this.props.shared;
    const kit = await import('./remembered.ts')
      .then(({ makeRemembered }) => makeRemembered(locale))
      .catch(() => null);
    this.setState({ kit, lost: !kit });
  }
}
