/** The head of the chat: who this is, by full name. */
import { Component } from 'preact';
import type { Locale } from '@fullname/shared/locale';
import { LOCALES } from '@fullname/shared/locale';
import type { ChatState } from '../chat.ts';
import { Face, Icon, joinNames, langOf, presenceOf, type Shared } from './parts.tsx';

export type NameCardProps = {
  readonly chat: ChatState;
  readonly shared: Shared;
  onClose(): void;
  onLocale(locale: Locale): void;
  onTranscript(): void;
};

const MORE = 'M4 10h.01M10 10h.01M16 10h.01';
const CLOSE = 'M5 5l10 10M15 5L5 15';
const LANGUAGES: Record<Locale, string> = { en: 'English', 'zh-Hans': '简体中文', 'zh-Hant': '繁體中文' };

export class NameCard extends Component<NameCardProps, { open: boolean }> {
  override state = { open: false };

  override render({ chat, shared, onClose }: NameCardProps) {
    const { strings, locale } = shared;
    const holder = chat.conversation?.holder ?? (chat.conversation?.status === 'closed' ? chat.conversation.contact : null);
    const people = holder ? [holder] : chat.people;
    const names = joinNames(people, shared);
    const { open } = this.state;
    return (
      <header onKeyDown={this.onKey}>
        <span class="faces">
          {people.map((person) => (
            <Face key={person.id} person={person} />
          ))}
        </span>
        <div class="who">
          <h1 class={people.length > 1 ? 'name several' : 'name'} lang={langOf(names, locale)}>
            {names || strings.title}
          </h1>
          <p>{subtitle(this.props, !!holder)}</p>
        </div>
        <button type="button" class="icon" aria-label={strings.more} aria-expanded={open} onClick={this.toggle}>
          <Icon path={MORE} />
        </button>
        <button type="button" class="icon" aria-label={strings.close} onClick={onClose}>
          <Icon path={CLOSE} />
        </button>
        {open && this.menu()}
      </header>
    );
  }

  menu() {
    const { chat, shared, onLocale, onTranscript } = this.props;
    const { strings, locale } = shared;
    return (
      <div class="menu">
        {chat.entries.length > 0 && (
          <button type="button" onClick={onTranscript}>
            {strings.transcript}
          </button>
        )}
        <label>
          {strings.language}
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

  toggle = (): void => this.setState({ open: !this.state.open });

  /** The first Esc closes the menu, the next one the chat. */
  onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !this.state.open) return;
    event.stopPropagation();
    this.toggle();
  };
}

/** Role and presence in words; never a department. */
function subtitle({ chat, shared }: NameCardProps, holds: boolean): string {
  const { strings } = shared;
  const [first, second] = holds ? [chat.conversation?.holder ?? chat.conversation?.contact] : chat.people;
  if (!first) return '\u00a0';
  if (second) return strings.likely;
  const line = [first.title, presenceOf(first, shared)].filter(Boolean).join(' · ');
  return holds ? line : fillLikely(strings.likelyOne, line);
}

function fillLikely(text: string, line: string): string {
  return text.replace('{0}', line);
}
