/** While nobody has the conversation: what may honestly be expected, and where the answer can reach the visitor. */
import { EMAIL_MAX_LENGTH } from '@fullname/shared/limits';
import { Component } from 'preact';
import type { ChatState } from '../state.ts';
import { say } from '../strings.ts';
import { errorText } from '../words.ts';
import { expectationOf, joinNames, run, type Spoken } from './parts.tsx';

export type WaitingProps = {
  readonly chat: ChatState;
  readonly shared: Spoken;
  onEmail(email: string): void;
};

export function Waiting({ chat, shared, onEmail }: WaitingProps) {
  const { expectation, conversation } = chat;
  if (!expectation || conversation?.status !== 'waiting') return null;
  const { words } = shared;
  const expected = expectationOf(expectation, shared);
  if (expectation.kind === 'here') {
    const likely = chat.people.length > 0 && say(words.likelyWho, joinNames(chat.people, shared));
    return <p class="fact">{run(shared, likely, expected)}</p>;
  }
  return (
    <div class="nobody">
      <p>{run(shared, expected, words.taken)}</p>
      <Email chat={chat} shared={shared} onEmail={onEmail} />
    </div>
  );
}

class Email extends Component<WaitingProps, { email: string }> {
  override state = { email: '' };

  override render({ chat, shared }: WaitingProps) {
    const { words } = shared;
    const sent = chat.items.find((item) => item.kind === 'email');
    if (chat.entries.some((entry) => entry.kind === 'email-given')) return null;
    if (sent && !sent.failed) return <p>{say(words.emailGiven, sent.text)}</p>;
    return (
      <form onSubmit={this.give} noValidate>
        <label>
          {words.emailAsk}
          <input
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
    if (this.state.email.trim()) this.props.onEmail(this.state.email);
  };
}
