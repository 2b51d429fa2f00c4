/** What the owner of the site asks before the first words: a few fields. What is left out is left out. */
import { EMAIL_MAX_LENGTH, NAME_MAX_LENGTH, ORDER_MAX_LENGTH } from '@fullname/shared/limits';
import { Component, createRef } from 'preact';
import type { Before, Field } from '../before.ts';
import type { More } from '../more-words.ts';
import { said } from '../said.ts';
import type { ChatState } from '../state.ts';
import { say } from '../strings.ts';
import type { Shared } from './parts.tsx';

export type PreChatProps = {
  readonly chat: ChatState;
  readonly shared: Shared;
  readonly before: Pick<Before, 'asked' | 'lacks' | 'introduce'>;
  readonly more: More;
  /** What waits is to be sent. */
  onSend(): void;
};

export class PreChat extends Component<PreChatProps> {
  box = createRef<HTMLFormElement>();

  override componentDidMount(): void {
    this.lead(undefined);
  }

  override componentDidUpdate({ chat }: PreChatProps): void {
    this.lead(chat.lacks);
  }

  override render({ chat, shared, before, more }: PreChatProps) {
    const waits = !!chat.lacks?.length;
    return (
      <form class="before" ref={this.box} onSubmit={this.send} noValidate>
        <fieldset>
          <legend>{more.preTitle}</legend>
          {before.asked().map((name) => this.field(name))}
          <small>{more.preWhy}</small>
          {!!chat.held?.length && <p>{say(more.preHeld, chat.held.join(shared.strings.comma))}</p>}
          {waits && <button type="submit">{shared.strings.send}</button>}
        </fieldset>
      </form>
    );
  }

  field(name: Field) {
    const { chat, more, before } = this.props;
    const text = chat.about?.[name] ?? '';
    const label = more[LABELS[name]];
    const required = said.preChat?.[name] === 'required';
    const wrong =
      chat.lacks?.includes(name) &&
      before.lacks().includes(name) &&
      more[text.trim() ? 'preBadEmail' : 'preMissing'];
    return (
      <div key={name}>
        <label>
          {required ? label : say(more.preOptional, label)}
          <input
            {...KINDS[name]}
            // An empty field is read as the page is.
            dir={text ? (name === 'email' ? 'ltr' : 'auto') : undefined}
            required={required}
            aria-invalid={!!wrong}
            aria-describedby={wrong ? `before-${name}` : undefined}
            value={text}
            onInput={({ currentTarget }) => before.introduce({ ...chat.about, [name]: currentTarget.value })}
          />
        </label>
        {wrong && (
          <span role="alert" id={`before-${name}`}>
            {wrong}
          </span>
        )}
      </div>
    );
  }

  /** Whoever wanted to send is led to what is still to be said. */
  lead(before: ChatState['lacks']): void {
    const { lacks } = this.props.chat;
    if (lacks?.length && lacks !== before)
      this.box.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }

  send = (event: Event): void => {
    event.preventDefault();
    // First, so that whatever is still to be said can take it.
    document.querySelector('textarea')?.focus();
    this.props.onSend();
  };
}

const LABELS = { name: 'preName', email: 'preEmail', order: 'preOrder' } as const;
const KINDS = {
  name: { type: 'text', autocomplete: 'name', maxLength: NAME_MAX_LENGTH },
  email: { type: 'email', autocomplete: 'email', maxLength: EMAIL_MAX_LENGTH },
  order: { type: 'text', autocomplete: 'off', maxLength: ORDER_MAX_LENGTH },
} as const;
