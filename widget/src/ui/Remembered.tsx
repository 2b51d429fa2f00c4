/** "What we remember of you": read when it is opened, and not before; what can be removed is removed here. */
import type { Remembered as Item } from '@fullname/shared/events';
import { Component, createRef } from 'preact';
import type { Kept } from '../remembered-words.ts';
import { fill } from '../strings.ts';
import type { Talk } from '../talk.ts';
import type { Asking } from './AskFor.tsx';
import { Icon, Name, type Spoken } from './parts.tsx';
import type { RememberedKit } from './remembered.ts';
import { factsOf, labelOf } from './remembered-facts.tsx';

export type RememberedProps = {
  readonly talk: Pick<Talk, 'ask'> & Pick<Asking, 'thread'>;
  readonly shared: Spoken;
  readonly kit: RememberedKit;
  onClose(): void;
};

type State = {
  /** Null while they are on their way. */
  readonly items: readonly Item[] | null;
  readonly lost: boolean;
  readonly removed: readonly string[];
  /** The one that could not be removed just now. */
  readonly kept: string | null;
};

type Group = {
  readonly kinds: readonly Item['kind'][];
  readonly title: keyof Kept;
  readonly note?: keyof Kept;
};

/** In this order; a kind that is in none is one of a later release, and is passed over. */
const GROUPS: readonly Group[] = [
  { kinds: ['call-back'], title: 'keptCall' },
  { kinds: ['preference'], title: 'keptNoted' },
  { kinds: ['claim'], title: 'keptSaid' },
  { kinds: ['labels', 'page-events'], title: 'keptPage', note: 'keptPageNote' },
  { kinds: ['device'], title: 'keptDevice', note: 'keptDeviceNote' },
  { kinds: ['push'], title: 'keptTold', note: 'keptToldNote' },
];

const CLOSE = 'M5 5l10 10M15 5L5 15';

export class Remembered extends Component<RememberedProps, State> {
  override state: State = { items: null, lost: false, removed: [], kept: null };
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

  override render({ kit, shared, onClose }: RememberedProps, { items, lost }: State) {
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
          <h2 id="remembered">{shared.words.remembered}</h2>
          <button type="button" class="icon" aria-label={said.back} onClick={onClose}>
            <Icon path={CLOSE} />
          </button>
        </div>
        <div role="status">
          {lost ? (
            <p>{said.offline}</p>
          ) : !items ? (
            <p>{said.reading}</p>
          ) : (
            !items.length && <p>{said.empty}</p>
          )}
        </div>
        {lost && (
          <button type="button" class="act" onClick={() => void this.read()}>
            {shared.words.retry}
          </button>
        )}
        {!items && !lost && (
          <div class="bones" aria-hidden="true">
            <i />
            <i />
            <i />
          </div>
        )}
        {!!items?.length && [
          <p key="why">{said.why}</p>,
          ...GROUPS.map((group) => this.group(group, items)),
          this.stays(items),
        ]}
        <p>{said.unsent}</p>
      </dialog>
    );
  }

  group({ kinds, title, note }: Group, items: readonly Item[]) {
    const { said } = this.props.kit;
    const own = items.filter(({ kind }) => kinds.includes(kind));
    if (!own.length) return null;
    const isMail = own.some((item) => item.kind === 'claim' && item.what === 'email');
    const hint = note ?? (isMail && 'keptMail');
    return (
      <section key={title} aria-labelledby={title}>
        <h3 id={title}>{said[title]}</h3>
        <ul>{own.map((item) => 'id' in item && this.row(item))}</ul>
        {hint && <p class="hint">{said[hint]}</p>}
      </section>
    );
  }

  row(item: Extract<Item, { id: string }>) {
    const { kit, shared } = this.props;
    const { said } = kit;
    const { id, kind } = item;
    if (this.state.removed.includes(id)) {
      return (
        <li key={id}>
          <p ref={this.gone} tabIndex={-1} role="status">
            {said.removed}
          </p>
        </li>
      );
    }
    const verb = said[kind === 'call-back' ? 'keptTakeBack' : 'remove'];
    return (
      <li key={id}>
        {factsOf(item, kit, shared.locale)}
        <button
          type="button"
          class="act"
          aria-label={`${verb}: ${labelOf(item, kit)}`}
          onClick={() => void this.remove(id)}
        >
          {verb}
        </button>
        {this.state.kept === id && <p role="alert">{said.notRemoved}</p>}
      </li>
    );
  }

  /** What is not removed here, and whom to ask: the person who is there, by name. */
  stays(items: readonly Item[]) {
    const { kit, shared, talk } = this.props;
    const { said } = kit;
    const { locale } = shared;
    const proven = items.find((item) => item.kind === 'proven');
    const conversation = talk.thread.state().conversation;
    const person = conversation?.holder ?? conversation?.contact;
    return (
      <section key="stays" aria-labelledby="keptStays">
        <h3 id="keptStays">{said.keptStays}</h3>
        {proven && factsOf(proven, kit, locale)}
        <p class="hint">
          {person ? fill(said.keptAsk, <Name person={person} locale={locale} />) : said.keptAskUs}
        </p>
      </section>
    );
  }

  async read(): Promise<void> {
    this.setState({ lost: false });
    const read = await this.props.talk.ask('remembered:read', {});
    this.setState(read.ok ? { items: read.value } : { lost: true });
  }

  async remove(id: string): Promise<void> {
    this.setState({ kept: null });
    const result = await this.props.talk.ask('remembered:remove', { id });
    if (!result.ok) this.setState({ kept: id });
    else this.setState({ removed: [...this.state.removed, id] }, () => this.gone.current?.focus());
  }

  /** Esc leads back to the menu, and not out of the chat. */
  onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };
}
