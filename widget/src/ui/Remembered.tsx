/** "What we remember of you": read when it is opened, and not before; each of it can be removed. */
import type { Remembered as Note } from '@fullname/shared/events';
import { Component, createRef } from 'preact';
import { fill } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { Icon, langOf, Name, type Spoken } from './parts.tsx';
import type { Kit } from './recovery.ts';

export type RememberedProps = {
  readonly talk: Pick<Talk, 'remembered' | 'forget'>;
  readonly shared: Spoken;
  readonly kit: Kit;
  onClose(): void;
};

type State = {
  /** Null while they are on their way. */
  readonly notes: readonly Note[] | null;
  readonly lost: boolean;
  readonly removed: readonly string[];
  /** The one that could not be removed just now. */
  readonly kept: string | null;
};

const CLOSE = 'M5 5l10 10M15 5L5 15';

export class Remembered extends Component<RememberedProps, State> {
  override state: State = { notes: null, lost: false, removed: [], kept: null };
  box = createRef<HTMLDialogElement>();
  gone = createRef<HTMLParagraphElement>();

  override componentDidMount(): void {
    this.box.current?.showModal();
    void this.read();
  }

  /** Closing by its own verb gives the focus back to the menu's item. */
  override componentWillUnmount(): void {
    this.box.current?.close();
  }

  override render({ kit, onClose }: RememberedProps, { notes, lost }: State) {
    const { said } = kit;
    return (
      <dialog
        class="remembered"
        ref={this.box}
        aria-labelledby="remembered"
        onCancel={onClose}
        onKeyDown={this.onKey}
      >
        <div>
          <h2 class="name" id="remembered">
            {this.props.shared.words.remembered}
          </h2>
          <button type="button" class="icon" aria-label={said.back} onClick={onClose}>
            <Icon path={CLOSE} />
          </button>
        </div>
        <div role="status">
          {lost ? (
            <p>{said.offline}</p>
          ) : !notes ? (
            <p>{said.reading}</p>
          ) : (
            !notes.length && <p>{said.empty}</p>
          )}
        </div>
        {lost && (
          <button type="button" class="act" onClick={() => void this.read()}>
            {this.props.shared.words.retry}
          </button>
        )}
        {!!notes?.length && <p>{said.why}</p>}
        {!!notes?.length && <ul>{notes.map((note) => this.row(note))}</ul>}
      </dialog>
    );
  }

  row(note: Note) {
    const { kit, shared } = this.props;
    const { said, when } = kit;
    const { locale } = shared;
    const { id, text, quote, person, at } = note;
    if (this.state.removed.includes(id)) {
      return (
        <li key={id}>
          <p ref={this.gone} tabIndex={-1} role="status">
            {said.removed}
          </p>
        </li>
      );
    }
    return (
      <li key={id}>
        <p dir="auto" lang={langOf(text, locale)}>
          {text}
        </p>
        {quote && quote !== text && (
          <q dir="auto" lang={langOf(quote, locale)}>
            {quote}
          </q>
        )}
        <small>
          {fill(
            said.noted,
            <Name person={person} locale={locale} />,
            <time dateTime={at}>{when.date(at)}</time>,
          )}
        </small>
        <button
          type="button"
          class="act"
          aria-label={`${said.remove}: ${text}`}
          onClick={() => void this.remove(id)}
        >
          {said.remove}
        </button>
        {this.state.kept === id && <p role="alert">{said.notRemoved}</p>}
      </li>
    );
  }

  async read(): Promise<void> {
    this.setState({ lost: false });
    const read = await this.props.talk.remembered();
    this.setState(read.ok ? { notes: read.value } : { lost: true });
  }

  /** What somebody else has removed meanwhile is gone as well. */
  async remove(id: string): Promise<void> {
    this.setState({ kept: null });
    const result = await this.props.talk.forget(id);
    if (!result.ok && result.code !== 'UNKNOWN') this.setState({ kept: id });
    else this.setState({ removed: [...this.state.removed, id] }, () => this.gone.current?.focus());
  }

  /** Esc leads back to the menu, and not out of the chat. */
  onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };
}
