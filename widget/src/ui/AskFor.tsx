/** "Ask for somebody by name": those one has spoken with, those who are here, when the others are back; and who helps meanwhile. */
import type { Askable } from '@fullname/shared/events';
import { NAME_MAX_LENGTH } from '@fullname/shared/limits';
import type { PersonCard } from '@fullname/shared/model';
import { Component, createRef } from 'preact';
import type { More } from '../more-words.ts';
import type { ThreadState } from '../state.ts';
import { fill } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { Face, Icon, joinNames, Name, Post, type Shared } from './parts.tsx';

/** What it takes of a conversation's verbs. */
export type Asking = Pick<Talk, 'findPeople' | 'askFor'> & {
  readonly thread: { state(): Pick<ThreadState, 'conversation'> };
};

export type AskForProps = {
  /** The conversation's verbs, loaded; rejects without a line. */
  readonly begin: () => Promise<Asking>;
  readonly shared: Shared;
  readonly more: More;
  /** Whom the page suggests; empty: nobody. */
  readonly name: string;
  /** `write`: and on to the composer. */
  onClose(write: boolean): void;
};

type State = {
  /** Null while they are on their way. */
  readonly people: readonly Askable[] | null;
  readonly name: string;
  readonly lost: boolean;
  /** Nobody is called so. */
  readonly nobody: boolean;
  readonly asked: Askable | null;
  readonly gone: Askable | null;
};

const CLOSE = 'M5 5l10 10M15 5L5 15';

export class AskFor extends Component<AskForProps, State> {
  override state: State = {
    ...{ people: null, lost: false, nobody: false, asked: null, gone: null },
    name: this.props.name,
  };
  box = createRef<HTMLDialogElement>();
  answer = createRef<HTMLDivElement>();
  /** Everybody whom the list has shown: who is here helps meanwhile. */
  seen: readonly Askable[] = [];
  talk: Asking | null = null;

  override componentDidMount(): void {
    this.box.current?.showModal();
    void this.find();
  }

  override render({ shared, more, onClose }: AskForProps, { people, lost, asked }: State) {
    return (
      <dialog
        class="ask"
        ref={this.box}
        aria-labelledby="ask"
        onCancel={() => onClose(false)}
        onKeyDown={this.onKey}
      >
        <div class="head">
          <h2 id="ask">{shared.strings.ask}</h2>
          <button type="button" class="icon" aria-label={more.askBack} onClick={() => onClose(false)}>
            <Icon path={CLOSE} />
          </button>
        </div>
        <div role="status" ref={this.answer} tabIndex={-1}>
          {asked ? this.said(asked) : !people && <p>{lost ? more.askLost : more.askReading}</p>}
        </div>
        {asked ? (
          <p class="next">
            <button type="button" class="act" onClick={() => onClose(true)}>
              {more.askBack}
            </button>
            <button type="button" class="act" onClick={this.onAgain}>
              {more.askAgain}
            </button>
          </p>
        ) : (
          this.choices()
        )}
      </dialog>
    );
  }

  choices() {
    const { more } = this.props;
    const { people, name, lost, nobody, gone } = this.state;
    const groups = [
      [more.askMet, (one: Askable) => one.met],
      [more.askHere, (one: Askable) => !one.met && one.here],
      [more.askAway, (one: Askable) => !one.met && !one.here],
    ] as const;
    return [
      ...groups.map(([title, isOfIt]) => this.group(title, people?.filter(isOfIt) ?? [])),
      gone && (
        <p key="gone" role="alert">
          {this.named(more.askGone, gone)}
        </p>
      ),
      people && lost && (
        <p key="lost" role="alert">
          {more.askLost}
        </p>
      ),
      <form key="find" onSubmit={this.onFind}>
        <label>
          {more.askName}
          <input
            autocomplete="off"
            dir="auto"
            maxLength={NAME_MAX_LENGTH}
            value={name}
            onInput={(event) => this.setState({ name: event.currentTarget.value })}
          />
        </label>
        <button type="submit" class="act">
          {more.askFind}
        </button>
      </form>,
      nobody && (
        <p key="nobody" role="alert">
          {more.askNobody}
        </p>
      ),
    ];
  }

  group(title: string, people: readonly Askable[]) {
    const { shared } = this.props;
    if (people.length === 0) return null;
    return (
      <section key={title} aria-label={title}>
        <h3>{title}</h3>
        <ul>
          {people.map((person) => (
            <li key={person.id}>
              <button type="button" onClick={() => void this.choose(person)}>
                <Face person={person} />
                <span>
                  <Name person={person} locale={shared.locale} />
                  <small>
                    <Post person={person} shared={shared} />
                  </small>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </section>
    );
  }

  /** What happens now, and nothing that is not so. */
  said(asked: Askable) {
    const { more } = this.props;
    const conversation = this.talk?.thread.state().conversation;
    const holder = conversation?.status === 'open' ? conversation.holder : null;
    if (holder && holder.id !== asked.id) return [this.away(asked), this.line(more.askHolder, holder)];
    if (asked.here) return this.line(conversation ? more.askFirst : more.askWrite, asked);
    const others = this.seen.filter((one) => one.here && one.id !== asked.id);
    const meanwhile = others.length ? (
      <p key="meanwhile">
        {fill(more.askMeanwhile, <bdi>{joinNames(others.slice(0, HELPERS), this.props.shared)}</bdi>)}
      </p>
    ) : (
      <p key="meanwhile">{more.askNobodyElse}</p>
    );
    return [this.away(asked), meanwhile];
  }

  away(asked: Askable) {
    const { more, shared } = this.props;
    if (asked.here) return null;
    if (!asked.backAt || !shared.clock) return this.line(more.askLater, asked);
    const { today, text } = shared.clock.back(asked.backAt);
    return this.line(today ? more.askBackAt : more.askBackOn, asked, text);
  }

  line(text: string, person: PersonCard, time = '') {
    return <p key={text}>{this.named(text, person, time)}</p>;
  }

  named(text: string, person: PersonCard, time = '') {
    return fill(text, <Name person={person} locale={this.props.shared.locale} />, <bdi>{time}</bdi>);
  }

  onFind = (event: Event): void => {
    event.preventDefault();
    void this.find();
  };

  /** By name where one is given; else, and where nobody is called so, everybody who may be asked for. */
  async find(): Promise<void> {
    const name = this.state.name.trim();
    this.setState({ lost: false, nobody: false, gone: null });
    const talk = await this.props.begin().catch(() => null);
    this.talk = talk;
    const all = await talk?.findPeople();
    if (!talk || !all?.ok) return this.setState({ lost: true });
    this.seen = all.value;
    const found = name ? await talk.findPeople(name) : all;
    if (!found.ok) return this.setState({ lost: true });
    const nobody = found.value.length === 0 && name !== '';
    const isFound = name !== '' && !nobody;
    return this.setState(
      { people: nobody ? all.value : found.value, nobody },
      isFound ? this.toFirst : undefined,
    );
  }

  /** Whoever has looked for somebody is led to whom was found: that is heard, too. */
  toFirst = (): void => this.box.current?.querySelector<HTMLElement>('li button')?.focus();

  onAgain = (): void => this.setState({ asked: null, people: this.seen, name: '' }, this.toFirst);

  async choose(asked: Askable): Promise<void> {
    this.setState({ lost: false, gone: null });
    const answer = await this.talk?.askFor(asked);
    if (answer?.ok) this.setState({ asked }, () => this.answer.current?.focus());
    else if (answer?.code === 'UNKNOWN') this.setState({ gone: asked });
    else this.setState({ lost: true });
  }

  /** Esc leads back, and not out of the chat. */
  onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };
}

/** Names that one still reads. */
const HELPERS = 3;
