/** The conversation by e-mail, after a goodbye: to the address that is proven, or to another one, which a code proves first. */
import type { Result } from '@fullname/shared/errors';
import type { TranscriptAnswer, TranscriptRequest } from '@fullname/shared/events';
import { EMAIL_MAX_LENGTH } from '@fullname/shared/limits';
import { Component, type ComponentChildren, createRef } from 'preact';
import type { ChatState } from '../state.ts';
import { fill } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { errorText } from '../words.ts';
import type { After } from './after.ts';
import type { Spoken } from './parts.tsx';

export type ByMailProps = {
  readonly chat: ChatState;
  readonly talk: Pick<Talk, 'ask' | 'newId' | 'passes'>;
  readonly shared: Spoken;
  readonly after: After;
  readonly conversation: string;
};

type State = {
  /** Null until the relay has said that it can be mailed. `to`: the proven address, mostly hidden. */
  readonly offer: { readonly to: string | null } | null;
  readonly step: 'closed' | 'known' | 'address' | 'code' | 'sent';
  readonly email: string;
  readonly code: string;
  readonly to: string;
  readonly busy: boolean;
  readonly trouble: string | null;
};

/** Room for the spaces that people put between the digits. */
const CODE_MAX_LENGTH = 20;
const CODE_DIGITS = 6;

export class ByMail extends Component<ByMailProps, State> {
  override state: State = {
    ...{ offer: null, step: 'closed', email: '', code: '', to: '' },
    ...{ busy: false, trouble: null },
  };
  field = createRef<HTMLInputElement>();
  box = createRef<HTMLDivElement>();
  done = createRef<HTMLParagraphElement>();
  /** The same until there is an answer: what is asked again without one is the same mail. */
  id = '';
  /** What had the focus goes away: the next field has it, or the last words. */
  moved = false;

  override componentDidMount(): void {
    void this.look();
  }

  override componentDidUpdate(before: ByMailProps, { step, trouble }: State): void {
    if (before.chat.line !== this.props.chat.line) void this.look();
    if (this.moved) (this.field.current ?? this.done.current)?.focus();
    this.moved = false;
    // The whole of it, above the composer, and not its first field alone.
    if (step !== this.state.step || trouble !== this.state.trouble)
      this.box.current?.scrollIntoView({ block: 'nearest' });
  }

  override render({ after: { more } }: ByMailProps, { offer, step, to, trouble }: State) {
    if (!offer) return null;
    if (step === 'sent')
      return (
        <p ref={this.done} tabIndex={-1} role="status">
          {fill(more.mailSent, address(to))}
        </p>
      );
    const isOpen = step !== 'closed';
    return (
      <div class="by-mail" ref={this.box}>
        <button
          type="button"
          class="link"
          aria-expanded={isOpen}
          onClick={() => this.go(isOpen ? 'closed' : offer.to ? 'known' : 'address', false)}
        >
          {more.mailThis}
        </button>
        {step === 'known' && this.known(offer.to ?? '')}
        {step === 'address' && this.address()}
        {step === 'code' && this.code()}
        {trouble && (
          <p class="failed" role="alert">
            {trouble}
          </p>
        )}
      </div>
    );
  }

  known(to: string) {
    const { more } = this.props.after;
    return (
      <p>
        <button
          type="button"
          class="act"
          disabled={this.state.busy}
          onClick={() => void this.send('transcript:ask', {})}
        >
          {fill(more.mailTo, address(to))}
        </button>
        <button type="button" class="link" onClick={() => this.go('address')}>
          {more.mailElse}
        </button>
      </p>
    );
  }

  address() {
    const { shared, after } = this.props;
    const { email } = this.state;
    const ask = () => email.trim() && this.send('transcript:ask', { email: email.trim() });
    return this.form(ask, after.more.mailAskCode, [
      <label key="email">
        {shared.words.emailLabel}
        <input
          type="email"
          autocomplete="email"
          ref={this.field}
          dir={email ? 'ltr' : undefined}
          maxLength={EMAIL_MAX_LENGTH}
          aria-describedby="by-mail-why"
          value={email}
          onInput={(event) => this.write({ email: event.currentTarget.value })}
        />
      </label>,
      <small key="why" id="by-mail-why">
        {after.more.mailWhy}
      </small>,
    ]);
  }

  code() {
    const { more } = this.props.after;
    const { email, code } = this.state;
    const confirm = async () => {
      const digits = digitsIn(code);
      if (digits.length === CODE_DIGITS) await this.send('transcript:confirm', { code: digits });
      else this.setState({ trouble: more.mailWrong });
    };
    return this.form(confirm, more.mailSend, [
      <p key="why" id="by-mail-why">
        {fill<ComponentChildren>(more.mailCodeSent, address(email.trim()))}
      </p>,
      <label key="code">
        {more.mailCode}
        <input
          type="text"
          inputMode="numeric"
          autocomplete="one-time-code"
          ref={this.field}
          dir="ltr"
          maxLength={CODE_MAX_LENGTH}
          aria-describedby="by-mail-why"
          value={code}
          onInput={(event) => this.write({ code: event.currentTarget.value })}
        />
      </label>,
    ]);
  }

  form(submit: () => unknown, verb: string, fields: ComponentChildren) {
    return (
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        {fields}
        <button type="submit" class="act" disabled={this.state.busy}>
          {verb}
        </button>
        {this.state.step === 'code' && (
          <button type="button" class="link" onClick={() => this.go('address')}>
            {this.props.after.more.mailAgain}
          </button>
        )}
      </form>
    );
  }

  /** Each line may be another one's: who has signed in or out since is asked for anew. */
  async look(): Promise<void> {
    const { chat, talk, conversation } = this.props;
    if (chat.line !== 'on') return;
    const offer = await talk.ask('transcript:offer', { conversation });
    if (offer.ok) this.setState({ offer: offer.value, email: this.state.email || addressIn(chat) });
    else if (!talk.passes(offer.code)) this.setState({ offer: null });
  }

  write(field: Partial<Pick<State, 'email' | 'code'>>): void {
    this.id = '';
    this.setState({ ...field, trouble: null });
  }

  go(step: State['step'], moves = true): void {
    this.id = '';
    this.moved = moves;
    this.setState({ step, code: '', trouble: null });
  }

  async send(
    name: 'transcript:ask' | 'transcript:confirm',
    wish: { readonly email?: string; readonly code?: string },
  ): Promise<void> {
    if (this.state.busy) return;
    this.setState({ busy: true, trouble: null });
    const { talk, shared, conversation } = this.props;
    this.id ||= talk.newId();
    const { timeZone: zone } = new Intl.DateTimeFormat().resolvedOptions();
    const request: TranscriptRequest = { conversation, id: this.id, locale: shared.locale, zone };
    const ask = talk.ask as (name: string, asked: object) => Promise<Result<TranscriptAnswer>>;
    const answer = await ask(name, { ...request, ...wish });
    this.setState({ busy: false });
    if (!answer.ok) {
      if (!talk.passes(answer.code)) this.id = '';
      this.setState({ trouble: this.why(answer) });
    } else if (answer.value.state === 'code') this.go('code');
    else {
      this.go('sent');
      this.setState({ to: answer.value.to });
    }
  }

  why({ code }: Extract<Result<unknown>, { ok: false }>): string {
    const { talk, shared, after } = this.props;
    const { more } = after;
    if (code === 'BAD_CODE') return more.mailWrong;
    if (code === 'MAIL_ENOUGH' || code === 'TOO_MANY') return more.mailEnough;
    return talk.passes(code) ? more.askLost : errorText(shared.words, code);
  }
}

/** Addresses read from left to right in every language. */
function address(text: string) {
  return <bdi dir="ltr">{text}</bdi>;
}

/** What the visitor has left in this conversation. */
function addressIn({ entries }: ChatState): string {
  const said = entries.flatMap((entry) => ('email' in entry && entry.email) || []);
  return said.at(-1) ?? '';
}

/** Arabic and wide digits too: each has its number in its last four bits. */
function digitsIn(text: string): string {
  return (text.match(/[0-9٠-٩۰-۹０-９]/g) ?? []).map((digit) => digit.charCodeAt(0) & 15).join('');
}
