/** What is promised and not kept yet, in sight above the composer. It says nothing aloud: the log has announced it. */
import type { PersonRef, PublicPromise } from '@fullname/shared/model';
import { Component } from 'preact';
import { fill, say } from '../strings.ts';
import { langOf, Name, type Spoken } from './parts.tsx';
import type { Kit } from './recovery.ts';

export type PromisedProps = {
  readonly promises: readonly PublicPromise[];
  readonly shared: Spoken;
  readonly kit: Kit;
};

const SHOWN = 2;
/** Often enough for "by 16:00" to become "later than 16:00", and "tomorrow" to become "today". */
const LOOK_EVERY_MS = 30_000;

export class Promised extends Component<PromisedProps, { all: boolean }> {
  override state = { all: false };
  timer: ReturnType<typeof setInterval> | undefined;

  override componentDidMount(): void {
    this.timer = setInterval(() => this.setState({}), LOOK_EVERY_MS);
  }

  override componentWillUnmount(): void {
    clearInterval(this.timer);
  }

  override render({ promises, shared, kit }: PromisedProps, { all }: { all: boolean }) {
    const { said } = kit;
    const rest = promises.length - SHOWN;
    const one = this.keeper();
    return (
      <section class={all ? 'promised all' : 'promised'} aria-label={said.promised}>
        <p>
          <span>
            {one ? fill(said.promisedBy, <Name person={one} locale={shared.locale} />) : said.promised}
          </span>
          {rest > 0 && (
            <button type="button" aria-expanded={all} onClick={() => this.setState({ all: !all })}>
              {all ? said.fewer : say(said.moreOf, rest)}
            </button>
          )}
        </p>
        <ul>
          {(all ? promises : promises.slice(0, SHOWN)).map((promise) => this.row(promise, one === null))}
        </ul>
      </section>
    );
  }

  /** Who keeps all of them; null where they are several. Lines are short: a name that stands above is not said again. */
  keeper(): PersonRef | null {
    const [first, ...others] = this.props.promises.map(({ person }) => person);
    return first && others.every(({ id }) => id === first.id) ? first : null;
  }

  row({ id, person, text, due }: PublicPromise, named: boolean) {
    const { kit, shared } = this.props;
    const { said, when } = kit;
    return (
      <li key={id}>
        <span>
          {named && [<Name key="name" person={person} locale={shared.locale} />, ': ']}
          <bdi lang={langOf(text, shared.locale)}>{text}</bdi>
        </span>
        <time dateTime={due}>
          {say(Date.parse(due) < Date.now() ? said.late : said.by, when.due(due, true))}
        </time>
      </li>
    );
  }
}
