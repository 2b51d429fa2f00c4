/** The head of the chat: who this is, by full name. */
import type { ComponentChildren } from 'preact';
import type { ChatState } from '../state.ts';
import { say } from '../strings.ts';
import { Face, Icon, joinNames, langOf, presenceOf, type Shared } from './parts.tsx';

export type NameCardProps = {
  readonly chat: ChatState;
  readonly shared: Shared;
  readonly menuOpen: boolean;
  /** The menu, while it is open. */
  readonly children: ComponentChildren;
  onMenu(): void;
  onClose(): void;
};

const MORE = 'M4 10h.01M10 10h.01M16 10h.01';
const CLOSE = 'M5 5l10 10M15 5L5 15';

export function NameCard({ chat, shared, menuOpen, children, onMenu, onClose }: NameCardProps) {
  const { strings, locale } = shared;
  const holder =
    chat.conversation?.holder ?? (chat.conversation?.status === 'closed' && chat.conversation.contact);
  const people = holder ? [holder] : chat.people;
  const [first] = people;
  const names = joinNames(people, shared);
  const line =
    first && people.length === 1 && [first.title, presenceOf(first, shared)].filter(Boolean).join(' · ');
  return (
    <header>
      <span class="faces">
        {people.map((person) => (
          <Face key={person.id} person={person} />
        ))}
      </span>
      <div class="who">
        <h1 class={people.length > 1 ? 'name several' : 'name'} lang={langOf(names, locale)}>
          {names || strings.title}
        </h1>
        <p>{line ? (holder ? line : say(strings.likelyOne, line)) : first && strings.likely}</p>
      </div>
      <button type="button" class="icon" aria-label={strings.more} aria-expanded={menuOpen} onClick={onMenu}>
        <Icon path={MORE} />
      </button>
      <button type="button" class="icon" aria-label={strings.close} onClick={onClose}>
        <Icon path={CLOSE} />
      </button>
      {children}
    </header>
  );
}
