/** While nobody has the conversation: what may honestly be expected, and where the answer can reach the visitor. */
import { EMAIL_MAX_LENGTH } from '@fullname/shared/limits';
import type { PersonRef } from '@fullname/shared/model';
import { Component, createRef } from 'preact';
import { pageSettings } from '../settings.ts';
import type { ChatState } from '../state.ts';
import { say } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { errorText } from '../words.ts';
import type { Early } from './early.tsx';
import { expectationOf, joinNames, run, type Spoken } from './parts.tsx';
import type { Teller } from './tell.ts';

export type WaitingProps = {
  readonly chat: ChatState;
  readonly shared: Spoken;
  /** What an owner has set for those who find nobody; null where that is nothing, or on its way. */
  readonly early: Early | null;
  readonly talk: (Pick<Talk, 'outbox'> & Teller) | null;
};

export function Waiting({ chat, shared, early, talk }: WaitingProps) {
  const { expectation, conversation } = chat;
  if (!expectation || conversation?.status !== 'waiting') return null;
  const { words } = shared;
  const expected = expectationOf(expectation, shared);
  if (expectation.kind === 'here') {
    const likely = chat.people.length > 0 && say(words.likelyWho, joinNames(inTurn(chat), shared));
    // Beside the offer of a time, which says that all are in conversation, "somebody is here" would be one sentence too many.
    const isSaid = !!expectation.full && !expectation.minutes && pageSettings().callBack.on;
    return <p class="fact">{run(shared, likely, !isSaid && expected)}</p>;
  }
  return (
    <div class="nobody">
      <p>{run(shared, expected, words.taken)}</p>
      {early && <early.Back {...{ chat, shared, early }} />}
      <Email {...{ chat, shared, early, talk }} />
      {early && <early.Elsewhere {...{ chat, shared, early, talk }} />}
    </div>
  );
}

/** Whom they have asked for since the last goodbye, or else who spoke with them last, is offered it first, and stands there first. */
function inTurn({ people, entries }: ChatState): readonly PersonRef[] {
  let [asked, last] = ['', ''];
  for (const one of entries) {
    if (one.kind === 'farewell') asked = '';
    if (one.kind === 'person-asked') asked = one.person.id;
    else if ('author' in one && one.author.kind === 'agent') last = one.author.person.id;
  }
  const first = asked || last;
  return [...people].sort((a, b) => Number(b.id === first) - Number(a.id === first));
}

class Email extends Component<WaitingProps, { email: string }> {
  override state = { email: '' };
  field = createRef<HTMLInputElement>();

  /** The field had the focus. Where the address is refused it comes back, drawn anew; where it is taken the list has it, which says so. */
  override componentDidUpdate({ chat }: WaitingProps): void {
    const isNew = (holds: (one: ChatState) => boolean) => holds(this.props.chat) && !holds(chat);
    if (!isNew(isRefused) && !isNew(isEmailKnown)) return;
    const next = () => this.field.current ?? document.querySelector<HTMLElement>('.scroller');
    requestAnimationFrame(() => document.activeElement === document.body && next()?.focus());
  }

  override render({ chat, shared }: WaitingProps) {
    const { words } = shared;
    const sent = chat.items.find((item) => item.kind === 'email');
    if (isEmailKnown(chat)) return null;
    if (sent && !sent.failed) return <p>{say(words.emailGiven, sent.text)}</p>;
    return (
      <form onSubmit={this.give} noValidate>
        <label>
          {words.emailAsk}
          <input
            ref={this.field}
            type="email"
            autocomplete="email"
            dir={this.state.email ? 'ltr' : undefined}
            required
            maxLength={EMAIL_MAX_LENGTH}
            aria-label={words.emailLabel}
            placeholder={words.emailLabel}
            aria-invalid={!!sent?.failed}
            value={this.state.email}
            onInput={(event) => this.setState({ email: event.currentTarget.value })}
          />
        </label>
        <button type="submit">{words.emailGive}</button>
        {sent?.failed && (
          <p class="failed" role="alert">
            {errorText(words, sent.failed)}
          </p>
        )}
      </form>
    );
  }

  give = (event: Event): void => {
    event.preventDefault();
    const { talk } = this.props;
    const email = this.state.email.trim();
    if (talk && email) void giveEmail(talk, email);
  };
}

function isRefused({ items }: ChatState): boolean {
  return items.some(({ kind, failed }) => kind === 'email' && failed);
}

/** They have said it already, or the site's signature has. */
export function isEmailKnown({ entries, visitor }: ChatState): boolean {
  const isSaid = entries.some((one) => 'email' in one && one.email);
  return isSaid || !!visitor?.emailKnown;
}

/** Kept and sent as words are. A corrected address takes the place of the refused one. */
export async function giveEmail({ outbox }: Pick<Talk, 'outbox'>, email: string): Promise<void> {
  for (const item of outbox.items()) if (item.kind === 'email') await outbox.discard(item.id);
  await outbox.add('email', email);
}
