/** The list: words by day and by voice, older ones on scroll, and the reader left where they are. */

import type { WidgetLocale } from '@fullname/shared/locale';
import type { PublicEntry } from '@fullname/shared/model';
import { Component, createRef } from 'preact';
import { loadMore } from '../more-words.ts';
import type { Choice } from '../outbox.ts';
import type { ChatState } from '../state.ts';
import { say } from '../strings.ts';
import type { Talk } from '../talk.ts';
import type { After } from './after.ts';
import type { CallBackKit } from './call-back.tsx';
import type { Copies } from './copies.ts';
import type { Early } from './early.tsx';
import { Fact } from './Fact.tsx';
import {
  loadAfter,
  loadCallBack,
  loadEarly,
  loadKit,
  needsAfter,
  needsCallBack,
  needsEarly,
  needsKit,
} from './later.ts';
import { Message } from './Message.tsx';
import { Icon, run, type Spoken } from './parts.tsx';
import type { Kit } from './recovery.ts';
import { isNews, type Row, rowsOf } from './rows.ts';
import { Waiting } from './Waiting.tsx';

export type ThreadProps = {
  readonly chat: ChatState;
  readonly shared: Spoken;
  onOlder(): void;
  onSeen(): void;
  onEdit(id: string): void;
  onRetry(id: string): void;
  onDiscard(id: string): void;
  onTranscript(): void;
  onChoose(choice: Choice): void;
  /** Null until the conversation's own chunk is here. */
  readonly talk: Talk | null;
  /** The visitor wants to write. */
  onWrite(): void;
};

/** Nearer to the end than this, the reader follows new words; further away, they stay where they are. */
const NEAR_PX = 80;
/** What is left in sight above the line. */
const LINE_PX = 12;
/** Longer than a browser takes to tell what has changed. */
const QUIET_MS = 500;
const DOWN = 'M10 4v12M5 11l5 5 5-5';

type Place = { readonly near: boolean; readonly top: number; readonly height: number };

type State = {
  /** There is more below than one sees: `new` words, or those that were passed over. */
  readonly below: 'new' | 'old' | null;
  /** The last number that was read when the reader left off; what came since stands below a line. */
  readonly left: number | null;
  /** What draws promises and offers, once there is one. */
  readonly kit: Kit | null;
  /** The same for what comes after a goodbye. */
  readonly after: After | null;
  readonly callBack: CallBackKit | null;
  /** And for what an owner has set for those who find nobody. */
  readonly early: Early | null;
};

export class Thread extends Component<ThreadProps, State> {
  override state: State = {
    ...{ below: null, left: null },
    ...{ kit: null, after: null, callBack: null, early: null },
  };
  scroller = createRef<HTMLElement>();
  copiesAt = createRef<HTMLDivElement>();
  near = true;
  /** Where its end was last held. */
  top = 0;
  /** Where the reader left off, to be shown as soon as the line is drawn there. */
  seeks: number | null = null;
  /** The first number that is drawn, and until when nothing is read out: not a page of old words, because somebody has scrolled. */
  first = 0;
  quiet = 0;
  copies: Copies | null = null;
  copiesIn = '';
  resized: ResizeObserver | null = null;

  override componentDidMount(): void {
    this.fetch();
    if (isUnread(this.props.chat)) this.leftOff(true);
    document.addEventListener('visibilitychange', this.look);
    const element = this.scroller.current;
    if (typeof ResizeObserver === 'undefined' || !element) return;
    this.resized = new ResizeObserver(() => {
      if (this.near && this.seeks === null) this.toEnd();
    });
    this.resized.observe(element);
    // A picture that comes makes what is there higher.
    const log = element.querySelector('[role=log]');
    if (log) this.resized.observe(log);
    for (const touch of ['pointerover', 'focusin']) element.addEventListener(touch, this.onTouch);
  }

  override componentWillUnmount(): void {
    this.resized?.disconnect();
    this.copies?.end();
    document.removeEventListener('visibilitychange', this.look);
  }

  override getSnapshotBeforeUpdate(): Place {
    const { scrollTop = 0, scrollHeight = 0 } = this.scroller.current ?? {};
    return { near: this.near, top: scrollTop, height: scrollHeight };
  }

  override componentDidUpdate(before: ThreadProps, _: unknown, place: Place): void {
    const { chat } = this.props;
    const element = this.scroller.current;
    const older = (before.chat.entries[0]?.publicSeq ?? 0) > (chat.entries[0]?.publicSeq ?? 0);
    if (older) setTimeout(() => this.setState({}), QUIET_MS);
    const mine = saidIn(chat) > saidIn(before.chat);
    const grown = chat.entries.length > before.chat.entries.length;
    const opened = chat.open && !before.chat.open;
    const looked = !opened && before.chat.entries.length > 0 && place.near && isVisible(chat);
    if ((grown || opened) && !looked && isUnread(chat)) this.leftOff(opened);
    else if ((mine || opened) && this.state.left !== null) this.setState({ left: null });
    if (older && element) element.scrollTop = place.top + element.scrollHeight - place.height;
    else if (this.seeks !== null) this.toLeftOff();
    else if (place.near || mine || opened) this.toEnd();
    else if (grown && isUnread(chat) && this.state.below !== 'new') this.setState({ below: 'new' });
    // Of another conversation, or of what was read elsewhere: there is no line to wait for.
    if (!isUnread(chat)) this.seeks = null;
    if (grown || chat.open !== before.chat.open) this.look();
    this.fetch();
  }

  override render(
    { chat, shared, talk, onOlder, onWrite }: ThreadProps,
    { kit, after, callBack, early, below, left }: State,
  ) {
    const { words } = shared;
    const promises = chat.conversation?.promises ?? [];
    const first = chat.entries[0]?.publicSeq ?? 0;
    if (first && first < this.first) this.quiet = Date.now() + QUIET_MS;
    this.first = first;
    return [
      <section
        key="thread"
        class="scroller"
        ref={this.scroller}
        onScroll={this.onScroll}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        tabIndex={0}
        aria-label={words.thread}
      >
        {chat.hasOlder && (
          <button type="button" class="quiet" onClick={onOlder}>
            {words.older}
          </button>
        )}
        <div
          role="log"
          aria-live={Date.now() < this.quiet ? 'off' : 'polite'}
          aria-relevant="additions"
          aria-busy={chat.loading || (!kit && needsKit(chat))}
        >
          {rowsOf(chat, left).flatMap((row) => this.row(row))}
        </div>
        {after && talk && (
          <after.Farewell chat={chat} talk={talk} shared={shared} after={after} onWrite={onWrite} />
        )}
        <Waiting chat={chat} shared={shared} early={early} talk={talk} />
        {callBack && talk && <callBack.Card chat={chat} talk={talk} shared={shared} kit={callBack} />}
        <p class="typing" role="status">
          {chat.typing && say(words.typing, chat.typing.fullName)}
        </p>
        <div class="copies" ref={this.copiesAt} />
        {below && (
          <button type="button" class="below" onClick={this.toEnd}>
            {below === 'new' ? words.newBelow : words.latest}
            <Icon path={DOWN} />
          </button>
        )}
      </section>,
      kit && promises.length > 0 && (
        <kit.Promised key="promised" promises={promises} shared={shared} kit={kit} />
      ),
    ];
  }

  row(row: Row) {
    const { chat, shared, onEdit, onRetry, onDiscard, onTranscript, talk } = this.props;
    /** The button goes with its row, or its state, and would take the focus with it. */
    const leaving = (act: (id: string) => void) => (id: string) => {
      this.scroller.current?.focus();
      act(id);
    };
    const { words } = shared;
    switch (row.kind) {
      case 'day':
        return (
          <p class="day" key={row.key}>
            {shared.clock?.day(row.at, words) ?? '\u00a0'}
          </p>
        );
      case 'new':
        return (
          <p class="new" key={row.key}>
            {words.newBelow}
          </p>
        );
      case 'fact':
        return this.recovery(row.key, row.entry) ?? <Fact key={row.key} entry={row.entry} shared={shared} />;
      case 'returned':
        return (
          <p class="fact" key={row.key}>
            {welcomeBack(chat, shared)}
          </p>
        );
      case 'words':
        return [
          <Message
            key={row.key}
            row={row}
            shared={shared}
            onEdit={onEdit}
            onRetry={leaving(onRetry)}
            onDiscard={leaving(onDiscard)}
            talk={talk}
          />,
          row.farewell && (
            <p class="fact" key={`${row.key} after`}>
              {words.reopen}
              <br />
              <button type="button" class="link" onClick={onTranscript}>
                {words.transcript}
              </button>
            </p>
          ),
        ];
    }
  }

  /** Null for other facts, and while what draws it is on its way. */
  recovery(key: string, entry: PublicEntry) {
    const { chat, shared, onChoose } = this.props;
    const { kit, after, callBack } = this.state;
    if (callBack && entry.kind === 'call-back')
      return <callBack.Line key={key} entry={entry} shared={shared} kit={callBack} />;
    if (after && entry.kind === 'farewell-answered')
      return <after.Answered key={key} entry={entry} shared={shared} after={after} />;
    if (!kit) return null;
    const common = { shared, kit };
    if (entry.kind === 'extras-offered') {
      const { offer } = entry;
      const settled =
        chat.items.some((item) => item.chosen?.offer === offer) ||
        chat.entries.some((one) => one.kind === 'extra-chosen' && one.offer === offer);
      return <kit.Extras key={key} {...common} entry={entry} settled={settled} onChoose={onChoose} />;
    }
    const ours = 'promise' in entry || entry.kind === 'ally-changed';
    return ours ? <kit.RecoveryFact key={key} {...common} entry={entry} /> : null;
  }

  /** What is drawn here by chunks of their own; and what the page is called, which the chat itself is behind a mail's link. */
  fetch(): void {
    document.title = this.props.shared.strings.title;
    void this.fetchOne('kit', needsKit, loadKit);
    void this.fetchOne('after', needsAfter, loadAfter);
    void this.fetchOne('callBack', needsCallBack, loadCallBack);
    void this.fetchOne('early', needsEarly, loadEarly);
  }

  /** No line just now: the next change asks again. */
  async fetchOne<Name extends 'kit' | 'after' | 'callBack' | 'early'>(
    name: Name,
    isNeeded: (chat: ChatState) => boolean,
    load: (locale: WidgetLocale) => Promise<NonNullable<State[Name]>>,
  ): Promise<void> {
    const { chat, shared } = this.props;
    if (!isNeeded(chat) || this.state[name]?.locale === shared.locale) return;
    const made = await load(shared.locale).catch(() => null);
    if (made && made.locale === this.props.shared.locale && made !== this.state[name])
      this.setState({ [name]: made } as Pick<State, Name>);
  }

  /** What came while nobody was looking begins below a line, where the reader goes on. */
  leftOff(opened: boolean): void {
    const { read } = this.props.chat;
    if (opened || this.near) this.seeks = read;
    this.setState({ left: read });
  }

  /** As much of it as fits is shown, from the line on. */
  toLeftOff(): void {
    const element = this.scroller.current;
    const line = element?.querySelector<HTMLElement>('.new');
    if (!element || !line || this.seeks !== this.state.left) return;
    this.seeks = null;
    if (line.offsetTop >= element.scrollHeight - element.clientHeight) this.toEnd();
    else {
      element.scrollTop = line.offsetTop - LINE_PX;
      this.near = false;
      this.setState({ below: 'new' });
      this.onScroll();
    }
  }

  /** The first pointer or focus in the list brings what copies a message. */
  onTouch = async (): Promise<void> => {
    const { locale } = this.props.shared;
    if (this.copiesIn === locale) return;
    this.copiesIn = locale;
    try {
      const [{ offerCopies }, more] = await Promise.all([import('./copies.ts'), loadMore(locale)]);
      const [element, place] = [this.scroller.current, this.copiesAt.current];
      if (this.copies) this.copies.speak(more);
      else if (element && place) this.copies = offerCopies(element, place, more);
    } catch {
      // No line just now: the next touch asks again.
      this.copiesIn = '';
    }
  };

  toEnd = (): void => {
    const element = this.scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    this.top = element.scrollTop;
    this.near = true;
    this.look();
  };

  onScroll = (): void => {
    const element = this.scroller.current;
    if (!element) return;
    const { clientHeight } = element;
    const under = element.scrollHeight - element.scrollTop - clientHeight;
    // A keyboard makes the list lower, a picture what is in it higher, and a scroll still on its way is told before that: the
    // reader has not moved.
    this.near = under < NEAR_PX || (this.near && element.scrollTop >= this.top);
    const { below } = this.state;
    if (!below && under > clientHeight) this.setState({ below: 'old' });
    else if (below === 'old' && under <= clientHeight) this.setState({ below: null });
    if (element.scrollTop < NEAR_PX && this.props.chat.hasOlder && !this.props.chat.loading)
      this.props.onOlder();
    this.look();
  };

  /** What is drawn at the end of an open, visible list has been seen. */
  look = (): void => {
    if (this.seeks !== null || !this.near || !isVisible(this.props.chat)) return;
    if (this.state.below) this.setState({ below: null });
    this.props.onSeen();
  };
}

function isVisible(chat: ChatState): boolean {
  return chat.open && document.visibilityState !== 'hidden';
}

/** An address is not: it is given in the middle of the list, where its answer stands too. */
function saidIn({ items }: ChatState): number {
  return items.filter(({ kind }) => kind !== 'email').length;
}

function isUnread({ entries, read }: ChatState): boolean {
  return entries.some((entry) => isNews(entry, read));
}

function welcomeBack(chat: ChatState, shared: Spoken): string {
  const { words, clock } = shared;
  const hello = chat.visitor?.name ? say(words.welcomeBackName, chat.visitor.name) : words.welcomeBack;
  const person = chat.conversation?.holder ?? chat.conversation?.contact;
  if (!person) return hello;
  if (person.here) return run(shared, hello, say(words.isHere, person.fullName));
  if (!person.backAt || !clock) return run(shared, hello, say(words.isAway, person.fullName));
  const { today, text } = clock.back(person.backAt);
  return run(shared, hello, say(today ? words.isBackAt : words.isBackOn, person.fullName, text));
}
