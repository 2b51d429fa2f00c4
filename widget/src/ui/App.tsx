/** The whole chat in its frame: name card, thread, one line of news, composer. */
import type { Locale } from '@fullname/shared/locale';
import { Component, createRef } from 'preact';
import type { Chat, ChatState } from '../chat.ts';
import { type Clock, makeClock } from '../clock.ts';
import { loadStrings, type Strings } from '../strings.ts';
import { Composer } from './Composer.tsx';
import { NameCard } from './NameCard.tsx';
import type { Shared } from './parts.tsx';
import { StatusLine } from './StatusLine.tsx';
import { Thread } from './Thread.tsx';

export type AppProps = {
  readonly chat: Chat;
  readonly strings: Strings;
  readonly locale: Locale;
  onClose(): void;
};

type AppState = {
  readonly chat: ChatState;
  readonly strings: Strings;
  readonly locale: Locale;
  readonly clock: Clock | null;
  /** The line has been down long enough to say so. */
  readonly lost: boolean;
};

/** Shorter breaks are mended before anybody needs to read about them. */
const SAY_LOST_AFTER_MS = 1_500;

export class App extends Component<AppProps, AppState> {
  override state: AppState = {
    chat: this.props.chat.state(),
    strings: this.props.strings,
    locale: this.props.locale,
    clock: null,
    lost: false,
  };
  composer = createRef<Composer>();
  stop: (() => void) | null = null;
  timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidMount(): void {
    const { chat } = this.props;
    this.stop = chat.subscribe(() => this.follow(chat.state()));
    whenIdle(() => this.setState({ clock: makeClock(this.state.locale, this.state.strings) }));
  }

  override componentWillUnmount(): void {
    this.stop?.();
    clearTimeout(this.timer);
  }

  override render({ chat: model, onClose }: AppProps, { chat, strings, locale, clock, lost }: AppState) {
    const shared: Shared = { strings, locale, clock };
    return (
      <main class="app" lang={locale} onKeyDown={this.onKey}>
        <NameCard
          chat={chat}
          shared={shared}
          onClose={onClose}
          onLocale={(next) => void this.speak(next)}
          onTranscript={this.onTranscript}
        />
        <Thread
          chat={chat}
          shared={shared}
          onOlder={() => void model.loadOlder()}
          onSeen={model.seen}
          onEdit={(id) => void model.edit(id).then(this.focus)}
          onRetry={(id) => void model.retry(id)}
          onDiscard={(id) => void model.discard(id)}
          onEmail={(email) => void model.giveEmail(email)}
          onTranscript={this.onTranscript}
        />
        <StatusLine chat={chat} strings={strings} lost={lost} />
        <Composer
          ref={this.composer}
          draft={chat.draft}
          to={chat.conversation?.holder?.fullName ?? null}
          shared={shared}
          onWrite={model.write}
          onSend={(text) => void model.send(text)}
        />
      </main>
    );
  }

  focus = (): void => this.composer.current?.focus();

  follow(chat: ChatState): void {
    this.setState({ chat });
    const lost = chat.line === 'lost';
    if (!lost) {
      clearTimeout(this.timer);
      this.timer = undefined;
      if (this.state.lost) this.setState({ lost });
    } else this.timer ??= setTimeout(() => this.setState({ lost }), SAY_LOST_AFTER_MS);
  }

  async speak(locale: Locale): Promise<void> {
    const strings = await loadStrings(locale);
    document.documentElement.lang = locale;
    this.setState({ locale, strings, clock: makeClock(locale, strings) });
  }

  onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.isComposing) this.props.onClose();
  };

  onTranscript = (): void => {
    void this.saveTranscript();
  };

  async saveTranscript(): Promise<void> {
    const { chat: model } = this.props;
    await model.loadAll();
    const { saveTranscript } = await import('../transcript.ts');
    const { strings, locale } = this.state;
    saveTranscript(model.state(), strings, this.state.clock ?? makeClock(locale, strings));
  }
}

function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run);
  else setTimeout(run, 200);
}
