/** While nobody has the conversation: what may honestly be expected, and where the answer can reach the visitor. */
import { EMAIL_MAX_LENGTH } from '@fullname/shared/limits';
import type { Expectation } from '@fullname/shared/model';
import { Component } from 'preact';
import type { ChatState } from '../chat.ts';
import { errorText, say } from '../strings.ts';
import type { Shared } from './parts.tsx';

export type WaitingProps = { readonly chat: ChatState; readonly shared: Shared; onEmail(email: string): void };

export function Waiting({ chat, shared, onEmail }: WaitingProps) {
  const { expectation, conversation, items } = chat;
  const { strings } = shared;
  if (!expectation) return null;
  const words = expectationOf(expectation, shared);
  const asked = conversation || items.length > 0;
  if (!asked) return <p class="fact">{words}</p>;
  if (conversation?.status !== 'waiting') return null;
  if (expectation.kind === 'here') return <p class="fact">{words}</p>;
  return (
    <div class="nobody">
      <p>
        {words} {strings.taken}
      </p>
      <Email chat={chat} shared={shared} onEmail={onEmail} />
    </div>
  );
}

export function expectationOf(expectation: Expectation, { strings, clock }: Shared): string {
  if (expectation.kind === 'nobody') {
    if (!expectation.backAt || !clock) return strings.nobody;
    const { today, text } = clock.back(expectation.backAt);
    return say(today ? strings.nobodyUntil : strings.nobodyUntilDay, text);
  }
  if (!expectation.minutes) return strings.soon;
  const [from, to] = expectation.minutes;
  return from === to ? say(strings.about, to) : say(strings.within, from, to);
}

class Email extends Component<WaitingProps, { email: string }> {
  override state = { email: '' };

  override render({ chat, shared }: WaitingProps) {
    const { strings } = shared;
    const sent = chat.items.find((item) => item.kind === 'email');
    if (chat.entries.some((entry) => entry.kind === 'email-given')) return null;
    if (sent && !sent.failed) return <p>{say(strings.emailGiven, sent.text)}</p>;
    return (
      <form onSubmit={this.give} noValidate>
        <label>
          {strings.emailAsk}
          <input
            type="email"
            autocomplete="email"
            required
            maxLength={EMAIL_MAX_LENGTH}
            aria-label={strings.emailLabel}
            placeholder={strings.emailLabel}
            aria-invalid={!!sent?.failed}
            value={this.state.email}
            onInput={(event) => this.setState({ email: event.currentTarget.value })}
          />
        </label>
        <button type="submit">{strings.emailGive}</button>
        {sent?.failed && (
          <p class="failed" role="alert">
            {errorText(strings, sent.failed)}
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
