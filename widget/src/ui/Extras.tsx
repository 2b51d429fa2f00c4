/** An offer: two to four things to choose from, and something else always. The first choice stays. */
import { EXTRA_MAX_LENGTH } from '@fullname/shared/limits';
import type { PublicEntry } from '@fullname/shared/model';
import { Component, createRef } from 'preact';
import type { Choice } from '../outbox.ts';
import { say } from '../strings.ts';
import { langOf, Name, type Spoken } from './parts.tsx';
import type { Kit } from './recovery.ts';

export type ExtrasProps = {
  readonly entry: Extract<PublicEntry, { kind: 'extras-offered' }>;
  /** Chosen, or on its way: the choice itself stands in the log as the visitor's words. */
  readonly settled: boolean;
  readonly shared: Spoken;
  readonly kit: Kit;
  onChoose(choice: Choice): void;
};

type State = { readonly open: boolean; readonly text: string };

export class Extras extends Component<ExtrasProps, State> {
  override state: State = { open: false, text: '' };
  card = createRef<HTMLFieldSetElement>();
  other = createRef<HTMLButtonElement>();
  field = createRef<HTMLInputElement>();

  override render({ entry, settled, shared, kit }: ExtrasProps, { open }: State) {
    const { person, text, options } = entry;
    const { locale } = shared;
    return (
      <fieldset
        class="extras"
        ref={this.card}
        tabIndex={-1}
        aria-label={say(kit.said.choose, person.fullName)}
      >
        <p class="author">
          <Name person={person} locale={locale} />
        </p>
        <p dir="auto" lang={langOf(text, locale)}>
          {text}
        </p>
        {!settled &&
          options.map((option, index) => (
            <button
              key={option}
              type="button"
              dir="auto"
              lang={langOf(option, locale)}
              onClick={() => this.choose(index, option)}
            >
              {option}
            </button>
          ))}
        {!settled && (
          <button ref={this.other} type="button" aria-expanded={open} onClick={this.turn}>
            {kit.said.else}
          </button>
        )}
        {!settled && open && this.form()}
      </fieldset>
    );
  }

  form() {
    const { shared, kit } = this.props;
    const { text } = this.state;
    return (
      <form onSubmit={this.give} onKeyDown={this.onKey} noValidate>
        <input
          ref={this.field}
          dir={text ? 'auto' : undefined}
          maxLength={EXTRA_MAX_LENGTH}
          aria-label={kit.said.elseLabel}
          placeholder={kit.said.elseLabel}
          enterkeyhint="send"
          value={text}
          onInput={(event) => this.setState({ text: event.currentTarget.value })}
        />
        <button type="submit" disabled={!text.trim()}>
          {shared.strings.send}
        </button>
      </form>
    );
  }

  turn = (): void => {
    const open = !this.state.open;
    this.setState({ open }, () => (open ? this.field : this.other).current?.focus());
  };

  onKey = (event: KeyboardEvent): void => {
    // Safari ends a composition before the keydown that ended it: only the old code 229 tells.
    if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault();
    if (event.key !== 'Escape' || event.isComposing) return;
    // It closes the field, and not the chat.
    event.stopPropagation();
    this.turn();
  };

  give = (event: Event): void => {
    event.preventDefault();
    const text = this.state.text.trim();
    if (text) this.choose(null, text);
  };

  /** The button that was pressed goes: the caret stays in the card. */
  choose(option: number | null, text: string): void {
    this.card.current?.focus();
    this.props.onChoose({ offer: this.props.entry.offer, option, text });
  }
}
