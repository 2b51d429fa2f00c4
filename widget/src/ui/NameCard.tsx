/** The head of the chat: who this is, by full name. */
import type { ComponentChildren } from 'preact';
import type { ChatState } from '../state.ts';
import { Face, Icon, joinNames, Name, Post, type Shared } from './parts.tsx';

export type NameCardProps = {
  readonly chat: ChatState;
  readonly shared: Shared;
  readonly menuOpen: boolean;
  /** The menu, while it is open. */
  readonly children: ComponentChildren;
  onMenu(): void;
  /** Null where there is nothing to close. */
  readonly onClose: (() => void) | null;
};

const MORE = 'M4 10h.01M10 10h.01M16 10h.01';
const CLOSE = 'M5 5l10 10M15 5L5 15';

export function NameCard({ chat, shared, menuOpen, children, onMenu, onClose }: NameCardProps) {
  const { strings, locale } = shared;
  const holder =
    chat.conversation?.holder ?? (chat.conversation?.status === 'closed' && chat.conversation.contact);
  const people = holder ? [holder] : chat.people;
  const only = people[1] ? null : people[0];
  return (
    <header>
      {only && <Face person={only} />}
      <div class="who">
        <h1 class="name" tabIndex={-1}>
          {only ? <Name person={only} locale={locale} /> : strings.title}
        </h1>
        <p>{only ? <Post person={only} shared={shared} /> : joinNames(people, shared)}</p>
      </div>
      <button type="button" class="icon" aria-label={strings.more} aria-expanded={menuOpen} onClick={onMenu}>
        <Icon path={MORE} />
      </button>
      {onClose && (
        <button type="button" class="icon" aria-label={strings.close} onClick={onClose}>
          <Icon path={CLOSE} />
        </button>
      )}
      {children}
    </header>
  );
}
