/** "When shall somebody get back to you?": the free times in the visitor's own zone, here in the chat or by telephone. */
import type { ErrorCode, Failed } from '@fullname/shared/errors';
import type { CallBackTimes } from '@fullname/shared/events';
import { EMAIL_MAX_LENGTH, PHONE_MAX_LENGTH } from '@fullname/shared/limits';
import type { CallBackWay } from '@fullname/shared/model';
import { Component, createRef } from 'preact';
import type { More } from '../more-words.ts';
import { say } from '../strings.ts';
import type { Talk } from '../talk.ts';
import { errorText, en as words } from '../words.ts';
import { type CallBackEntry, promised, type Span } from './call-back-line.tsx';
import { Icon, Name, type Shared } from './parts.tsx';

/** What it takes of a conversation's verbs. */
export type Calling = Pick<Talk, 'ask' | 'newId' | 'ready' | 'take' | 'outbox' | 'passes'>;

export type CallBackProps = {
  /** The conversation's verbs, loaded; rejects without a line. */
  readonly begin: () => Promise<Calling>;
  readonly shared: Shared;
  readonly more: More;
  readonly span: Span;
  /** The one that gets another time; null for a new one. */
  readonly moves: string | null;
  /** An address is known already: nobody is asked for it twice. */
  readonly reached: boolean;
  /** `write`: and on to the composer. */
  onClose(write: boolean): void;
};

type Problem =
  | ('askLost' | 'callBackTaken' | 'callBackOther' | 'callBackBadNumber' | 'callBackBadEmail')
  /** Why the relay refuses; it has its own words. */
  | ErrorCode;

type Wish = {
  readonly from: string;
  readonly way: CallBackWay;
  readonly phone: string;
  readonly email: string;
};

type State = Wish & {
  /** Null while they are on their way. */
  readonly offered: CallBackTimes | null;
  readonly problem: Problem | null;
  readonly sending: boolean;
  readonly done: CallBackEntry | null;
};

const CLOSE = 'M5 5l10 10M15 5L5 15';

export class CallBack extends Component<CallBackProps, State> {
  override state: State = {
    ...{ offered: null, from: '', way: 'chat', phone: '', email: '' },
    ...{ problem: null, sending: false, done: null },
  };
  box = createRef<HTMLDialogElement>();
  answer = createRef<HTMLDivElement>();
  talk: Calling | null = null;
  /** Of what is asked for now: the same as long as it is the same. */
  id = '';

  override componentDidMount(): void {
    this.box.current?.showModal();
    void this.find();
  }

  override render({ more, moves, onClose }: CallBackProps, { offered, done, problem }: State) {
    return (
      <dialog
        class="ask"
        ref={this.box}
        aria-labelledby="call-back"
        onCancel={() => onClose(false)}
        onKeyDown={this.onKey}
      >
        <div class="head">
          <h2 id="call-back">{moves ? more.callBackMove : more.callBackTitle}</h2>
          <button type="button" class="icon" aria-label={more.askBack} onClick={() => onClose(false)}>
            <Icon path={CLOSE} />
          </button>
        </div>
        <div role="status" ref={this.answer} tabIndex={-1}>
          {done ? this.said(done) : this.found()}
        </div>
        {!done && !!offered?.times.length && this.form(offered)}
        {!done && problem && <p role="alert">{this.why(problem)}</p>}
        {!done && !offered && problem && (
          <p class="next">
            <button type="button" class="act" onClick={() => void this.find()}>
              {more.callBackRetry}
            </button>
          </p>
        )}
        {(done || offered?.times.length === 0) && (
          <p class="next">
            <button type="button" class="act" onClick={() => onClose(true)}>
              {more.askBack}
            </button>
          </p>
        )}
      </dialog>
    );
  }

  found() {
    const { more, span } = this.props;
    const { offered, problem } = this.state;
    if (!offered) return !problem && <p>{more.askReading}</p>;
    return <p>{offered.times.length ? say(more.callBackZone, span.zone) : more.callBackNone}</p>;
  }

  form({ times, telephone }: CallBackTimes) {
    const { more, span, moves, reached } = this.props;
    const { from, way, sending } = this.state;
    return (
      <form class="pick" onSubmit={this.onSubmit} noValidate>
        <label>
          {more.callBackWhen}
          <select value={from} onChange={(event) => this.change({ from: event.currentTarget.value })}>
            {times.map((time) => (
              <option key={time.from} value={time.from}>
                {span.short(time.from, time.to)}
              </option>
            ))}
          </select>
        </label>
        {!moves && telephone && (
          <fieldset>
            <legend>{more.callBackHow}</legend>
            {WAYS.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name="way"
                  checked={way === one}
                  onChange={() => this.change({ way: one })}
                />
                {more[one === 'chat' ? 'callBackChat' : 'callBackPhone']}
              </label>
            ))}
          </fieldset>
        )}
        {!moves && (way === 'chat' ? !reached && this.email() : this.phone())}
        <button type="submit" class="act" aria-disabled={sending}>
          {more.callBackBook}
        </button>
      </form>
    );
  }

  email() {
    const { email, problem } = this.state;
    return (
      <label key="email">
        {this.props.more.callBackEmail}
        <input
          type="email"
          autocomplete="email"
          aria-invalid={problem === 'callBackBadEmail'}
          dir={email ? 'ltr' : undefined}
          maxLength={EMAIL_MAX_LENGTH}
          value={email}
          onInput={(event) => this.change({ email: event.currentTarget.value })}
        />
      </label>
    );
  }

  phone() {
    const { phone, problem } = this.state;
    return (
      <label key="phone">
        {this.props.more.callBackNumber}
        <input
          type="tel"
          autocomplete="tel"
          aria-invalid={problem === 'callBackBadNumber'}
          dir={phone ? 'ltr' : undefined}
          maxLength={PHONE_MAX_LENGTH}
          value={phone}
          onInput={(event) => this.change({ phone: event.currentTarget.value })}
        />
      </label>
    );
  }

  said(entry: CallBackEntry) {
    const { more, shared } = this.props;
    const draw = {
      name: (person: NonNullable<CallBackEntry['person']>) => <Name person={person} locale={shared.locale} />,
      words: (text: string) => <bdi>{text}</bdi>,
    };
    return [<p key="when">{promised(entry, this.props, draw)}</p>, <p key="then">{more.callBackThen}</p>];
  }

  async find(): Promise<void> {
    this.setState({ problem: null });
    this.talk = await this.props.begin().catch(() => null);
    const found = await this.talk?.ask('call-back:find', {});
    if (!found?.ok) return this.setState({ problem: this.refused(found) });
    const { times } = found.value;
    const { from } = this.state;
    const kept = times.some((time) => time.from === from);
    this.setState({ offered: found.value, from: kept ? from : (times[0]?.from ?? '') });
  }

  change(patch: Partial<Wish>): void {
    this.id = '';
    this.setState({ ...patch, problem: null });
  }

  onSubmit = (event: Event): void => {
    event.preventDefault();
    if (this.state.sending) return;
    const problem = this.problem();
    this.setState({ problem });
    if (!problem) void this.book();
  };

  /** What the relay would refuse. */
  problem(): Problem | null {
    const { way, phone, email } = this.state;
    if (this.props.moves) return null;
    if (way === 'chat')
      return email.trim() && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email.trim()) ? 'callBackBadEmail' : null;
    const number = plain(phone);
    const isNumber = /^\+?[0-9(][0-9 ()./-]*$/.test(number) && /^(\D*\d){5,15}\D*$/.test(number);
    return isNumber ? null : 'callBackBadNumber';
  }

  async book(): Promise<void> {
    const { way, email } = this.state;
    const { talk } = this;
    if (!talk) return;
    this.setState({ sending: true, problem: null });
    const answer = await this.send(talk);
    this.setState({ sending: false });
    if (answer.ok) {
      talk.take(answer.value);
      if (way === 'chat' && email.trim() && !this.props.moves) await talk.outbox.add('email', email.trim());
      if (answer.value.kind !== 'call-back') return;
      return this.setState({ done: answer.value }, () => this.answer.current?.focus());
    }
    if (answer.code === 'SLOT_TAKEN' || answer.code === 'TOO_LATE') {
      this.id = '';
      await this.find();
      return this.setState({ problem: 'callBackTaken' });
    }
    const isOther = answer.code === 'CONFLICT' || answer.code === 'ENDED' || answer.code === 'UNKNOWN';
    this.setState({ problem: isOther ? 'callBackOther' : this.refused(answer) });
  }

  /** Only what passes by itself is worth another try. */
  refused(answer: Failed | undefined): Problem {
    return answer && !this.talk?.passes(answer.code) ? answer.code : 'askLost';
  }

  why(problem: Problem): string {
    const { more, shared } = this.props;
    if (problem in more) return more[problem as keyof More];
    // Every other language comes with its words.
    return errorText(shared.words ?? words, problem as ErrorCode);
  }

  async send(talk: Calling) {
    const { from, way, phone } = this.state;
    const { moves } = this.props;
    const ready = await talk.ready();
    if (!ready.ok) return ready;
    this.id ||= talk.newId();
    const one = { conversation: ready.value.conversation, id: this.id, from };
    if (moves) return talk.ask('call-back:move', { ...one, callBack: moves });
    const called = way === 'telephone' ? { phone: plain(phone) } : {};
    return talk.ask('call-back:book', { ...one, way, ...called });
  }

  /** Esc leads back, and not out of the chat. */
  onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
  };
}

const WAYS: readonly CallBackWay[] = ['chat', 'telephone'];

/** As the relay takes it: in our digits and hyphens, and without the unseen signs that a number from an address book is wrapped in. */
function plain(phone: string): string {
  return phone
    .normalize('NFKC')
    .replace(/[٠-٩۰-۹]/g, (digit) => `${digit.charCodeAt(0) & 15}`)
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2069]/g, '')
    .trim();
}
