/** The list: words by day and by voice, older ones on scroll, and the reader left where they are. */

import type { PublicEntry } from '@fullname/shared/model';
import { Component, createRef } from 'preact';
import type { Choice } from '../outbox.ts';
import type { ChatState } from '../state.ts';
import { say } from '../strings.ts';
import { Fact } from './Fact.tsx';
import { loadKit, needsKit } from './later.ts';
import { Message } from './Message.tsx';
import { Icon, run, type Spoken } from './parts.tsx';
import type { Kit } from './recovery.ts';
import { type Row, rowsOf } from './rows.ts';
import { Waiting } from './Waiting.tsx';

export type ThreadProps = {
  readonly chat: ChatState;
  readonly shared: Spoken;
  onOlder(): void;
  onSeen(): void;
  onEdit(id: string): void;
  onRetry(id: string): void;
  onDiscard(id: string): void;
  onEmail(email: string): void;
  onTranscript(): void;
  onChoose(choice: Choice): void;
  onFile(file: string): void;
};

/** Nearer to the end than this, the reader follows new words; further away, they stay where they are. */
const NEAR_PX = 80;
const DOWN = 'M10 4v12M5 11l5 5 5-5';

type Place = { readonly near: boolean; readonly top: number; readonly height: number };

type State = {
  readonly below: boolean;
  /** What draws promises and offers, once there is one. */
  readonly kit: Kit | null;
};

export class Thread extends Component<ThreadProps, State> {
  override state: State = { below: false, kit: null };
  scroller = createRef<HTMLElement>();
  near = true;
  resized: ResizeObserver | null = null;

  override componentDidMount(): void {
    void this.fetchKit();
    if (typeof ResizeObserver === 'undefined' || !this.scroller.current) return;
    this.resized = new ResizeObserver(() => this.near && this.toEnd());
    this.resized.observe(this.scroller.current);
  }

  override componentWillUnmount(): void {
    this.resized?.disconnect();
  }

  override getSnapshotBeforeUpdate(): Place {
    const { scrollTop = 0, scrollHeight = 0 } = this.scroller.current ?? {};
    return { near: this.near, top: scrollTop, height: scrollHeight };
  }

  override componentDidUpdate(before: ThreadProps, _: unknown, place: Place): void {
    const { chat } = this.props;
    const element = this.scroller.current;
    const older = (before.chat.entries[0]?.publicSeq ?? 0) > (chat.entries[0]?.publicSeq ?? 0);
    const mine = chat.items.length > before.chat.items.length;
    const grown = chat.entries.length > before.chat.entries.length;
    if (older && element) element.scrollTop = place.top + element.scrollHeight - place.height;
    else if (place.near || mine || (chat.open && !before.chat.open)) this.toEnd();
    else if (grown && !this.state.below) this.setState({ below: true });
    if (grown || chat.open !== before.chat.open) this.look();
    void this.fetchKit();
  }

  override render({ chat, shared, onOlder }: ThreadProps, { kit }: State) {
    const { words } = shared;
    const promises = chat.conversation?.promises ?? [];
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
          aria-live="polite"
          aria-relevant="additions"
          aria-busy={chat.loading || (!kit && needsKit(chat))}
        >
          {rowsOf(chat).map((row) => this.row(row))}
        </div>
        <Waiting chat={chat} shared={shared} onEmail={this.props.onEmail} />
        <p class="typing" role="status">
          {chat.typing && say(words.typing, chat.typing.fullName)}
        </p>
        {this.state.below && (
          <button type="button" class="below" onClick={this.toEnd}>
            {words.newBelow}
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
    const { chat, shared, onEdit, onRetry, onDiscard, onTranscript, onFile } = this.props;
    const { words } = shared;
    switch (row.kind) {
      case 'day':
        return (
          <p class="day" key={row.key}>
            {shared.clock?.day(row.at, words) ?? '\u00a0'}
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
            onRetry={onRetry}
            onDiscard={onDiscard}
            onFile={onFile}
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
    const { kit } = this.state;
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

  /** No line just now: the next change asks again. */
  async fetchKit(): Promise<void> {
    const { chat, shared } = this.props;
    if (!needsKit(chat) || this.state.kit?.locale === shared.locale) return;
    const kit = await loadKit(shared.locale).catch(() => null);
    if (kit && kit.locale === this.props.shared.locale && kit !== this.state.kit) this.setState({ kit });
  }

  toEnd = (): void => {
    const element = this.scroller.current;
    if (!element) return;
    element.scrollTop = element.scrollHeight;
    this.near = true;
    this.look();
  };

  onScroll = (): void => {
    const element = this.scroller.current;
    if (!element) return;
    this.near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_PX;
    if (element.scrollTop < NEAR_PX && this.props.chat.hasOlder && !this.props.chat.loading)
      this.props.onOlder();
    this.look();
  };

  /** What is drawn at the end of an open, visible list has been seen. */
  look(): void {
    if (!this.near || !this.props.chat.open || document.visibilityState === 'hidden') return;
    if (this.state.below) this.setState({ below: false });
    this.props.onSeen();
  }
}

function welcomeBack(chat: ChatState, shared: Spoken): string {
  const { words, clock } = shared;
  const hello = chat.visitorName ? say(words.welcomeBackName, chat.visitorName) : words.welcomeBack;
  const person = chat.conversation?.holder ?? chat.conversation?.contact;
  if (!person) return hello;
  if (person.here) return run(shared, hello, say(words.isHere, person.fullName));
  if (!person.backAt || !clock) return run(shared, hello, say(words.isAway, person.fullName));
  const { today, text } = clock.back(person.backAt);
  return run(shared, hello, say(today ? words.isBackAt : words.isBackOn, person.fullName, text));
}
