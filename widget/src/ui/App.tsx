/** The whole chat in its frame: name card, thread, one line of news, composer. Drawn before the model has come. */
import type { WidgetLocale } from '@fullname/shared/locale';
import { Component, createRef, type RefObject } from 'preact';
import type { Chat } from '../chat.ts';
import type { Clock } from '../clock.ts';
import type { OwnWords } from '../own-words.ts';
import { setLanguage } from '../page.ts';
import { BLANK, type ChatState } from '../state.ts';
import { loadSpeech, type Speech } from '../strings.ts';
import { Begin } from './Begin.tsx';
import { Composer, type ComposerHandle } from './Composer.tsx';
import { filesIn } from './files-in.ts';
import { NameCard } from './NameCard.tsx';
import type { Shared, Spoken } from './parts.tsx';
import { hasNews, StatusLine } from './StatusLine.tsx';

type Lazy = typeof import('./lazy.ts');

export type AppProps = {
  /** Where the drawn app leaves itself. */
  readonly handle: RefObject<App | null>;
  readonly speech: Speech;
  readonly locale: WidgetLocale;
  /** What the owner of the page says in place of our words. */
  readonly own?: OwnWords;
  /** Null where nothing stands around the chat. */
  readonly onClose: (() => void) | null;
};

type AppState = {
  readonly chat: ChatState;
  readonly speech: Speech;
  readonly locale: WidgetLocale;
  readonly lazy: Lazy | null;
  readonly clock: Clock | null;
  /** The line has been down long enough to say so. */
  readonly lost: boolean;
  readonly menuOpen: boolean;
};

/** Shorter breaks are mended before anybody needs to read about them. */
const SAY_LOST_AFTER_MS = 1_500;

export class App extends Component<AppProps, AppState> {
  override state: AppState = {
    chat: BLANK,
    speech: this.props.speech,
    locale: this.props.locale,
    lazy: null,
    clock: null,
    lost: false,
    menuOpen: false,
  };
  composer = createRef<ComposerHandle>();
  model: Chat | null = null;
  /** What was entered before the model came. */
  hurried = '';
  /** Dropped or pasted before what takes it came. */
  early: File[] = [];
  loading = { lazy: false, clock: false };
  makeClock: ((locale: WidgetLocale) => Clock) | null = null;
  timer: ReturnType<typeof setTimeout> | undefined;

  override componentDidMount(): void {
    this.props.handle.current = this;
    document.addEventListener('keydown', this.onKey);
  }

  override componentWillUnmount(): void {
    document.removeEventListener('keydown', this.onKey);
    clearTimeout(this.timer);
  }

  /** Takes the model over, with what was typed before it came. */
  adopt(model: Chat): void {
    const { draft } = this.state.chat;
    this.model = model;
    if (draft) model.write(draft);
    model.subscribe(() => this.follow(model.state()));
    this.follow(model.state());
    if (this.hurried && draft.startsWith(this.hurried)) void model.send(this.hurried);
  }

  override render({ onClose }: AppProps, { chat, speech, locale, lazy, clock, lost, menuOpen }: AppState) {
    const words = speech.words ?? lazy?.englishWords ?? null;
    const shared: Shared = { strings: speech.strings, words, locale, clock };
    const spoken: Spoken | null = words && { ...shared, words };
    const { model } = this;
    const begun = chat.entries.length + chat.items.length > 0;
    return (
      <main
        class="app"
        lang={locale}
        aria-label={speech.strings.title}
        onDragOver={this.onFiles}
        onDrop={this.onFiles}
        onPaste={this.onFiles}
      >
        <NameCard chat={chat} shared={shared} menuOpen={menuOpen} onMenu={this.onMenu} onClose={onClose}>
          {lazy && spoken && menuOpen && (
            <lazy.Menu
              shared={spoken}
              onTranscript={begun ? this.onTranscript : null}
              onLocale={this.onLocale}
              talk={model?.talk()}
            />
          )}
        </NameCard>
        {lazy && model && spoken && begun ? (
          <lazy.Thread
            chat={chat}
            shared={spoken}
            onOlder={() => void model.loadOlder()}
            onSeen={model.seen}
            onEdit={(id) => void model.edit(id).then(this.focus)}
            onRetry={(id) => void model.retry(id)}
            onDiscard={(id) => void model.discard(id)}
            onTranscript={this.onTranscript}
            onChoose={(choice) => void model.talk()?.choose(choice)}
            talk={model.talk()}
            onWrite={this.focus}
          />
        ) : (
          <Begin chat={chat} shared={shared} />
        )}
        <StatusLine chat={chat} shared={shared} lost={lost} />
        <Composer
          handle={this.composer}
          draft={chat.draft}
          to={chat.conversation?.holder?.fullName ?? null}
          strings={speech.strings}
          tools={
            lazy &&
            model &&
            spoken && <lazy.Tools model={model} draft={chat.draft} shared={spoken} early={this.early} />
          }
          problem={(spoken && lazy?.tooLong(chat.draft, spoken)) ?? null}
          onWrite={this.onWrite}
          onSend={this.onSend}
        />
      </main>
    );
  }

  /** Into the composer; on a touch screen only onto the name, because the keyboard would cover half of what there is to read. */
  arrive(): void {
    if (matchMedia('(pointer: coarse)').matches) document.querySelector('h1')?.focus();
    else this.focus();
  }

  focus = (): void => this.composer.current?.focus();

  onWrite = (draft: string): void => {
    if (this.model) this.model.write(draft);
    else this.follow({ ...this.state.chat, draft });
  };

  onSend = (text: string): void => {
    if (this.model) void this.model.send(text);
    else this.hurried = text;
  };

  onMenu = (): void => {
    this.setState({ menuOpen: !this.state.menuOpen });
    void this.loadLazy();
  };

  /** The first Esc closes the menu, the next one the chat. */
  onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.isComposing) return;
    if (this.state.menuOpen) this.setState({ menuOpen: false });
    else this.props.onClose?.();
  };

  /** Until what knows files is here and takes them itself: a browser would leave the chat for a file that is dropped on it. */
  onFiles = (event: Event): void => {
    const data = filesIn(event);
    if (!data || event.defaultPrevented) return;
    event.preventDefault();
    this.early.push(...data.files);
    void this.loadLazy();
  };

  onTranscript = async (): Promise<void> => {
    const { lazy, speech, clock } = this.state;
    await lazy?.download(this.model, speech.words, clock);
    this.setState({ menuOpen: false });
  };

  follow(chat: ChatState): void {
    const lost = chat.line === 'lost';
    this.setState(lost ? { chat } : { chat, lost });
    if (lost) this.timer ??= setTimeout(() => this.setState({ lost }), SAY_LOST_AFTER_MS);
    else {
      clearTimeout(this.timer);
      this.timer = undefined;
    }
    const begun = chat.expected || chat.entries.length + chat.items.length > 0;
    if (begun || chat.draft || hasNews(chat)) void this.loadLazy();
    if (begun || chat.people.some((person) => person.backAt)) void this.loadClock();
  }

  async loadLazy(): Promise<void> {
    if (this.loading.lazy) return;
    this.loading.lazy = true;
    try {
      const lazy = await import('./lazy.ts');
      lazy.addStyles();
      this.setState({ lazy });
    } catch {
      // No line just now: the next change asks again.
      this.loading.lazy = false;
    }
  }

  /** Only once the page is idle: the first use of `Intl` is slow. */
  async loadClock(): Promise<void> {
    if (this.loading.clock) return;
    this.loading.clock = true;
    try {
      const { makeClock } = await import('../clock.ts');
      this.makeClock = makeClock;
      whenIdle(() => this.setState({ clock: makeClock(this.state.locale) }));
    } catch {
      this.loading.clock = false;
    }
  }

  async speak(locale: WidgetLocale): Promise<void> {
    const speech = await loadSpeech(locale, this.props.own);
    setLanguage(locale);
    this.setState({ locale, speech, clock: this.makeClock?.(locale) ?? null });
  }

  onLocale = async (locale: WidgetLocale): Promise<void> => {
    await this.speak(locale);
    this.model?.speaks({ chosen: locale, instead: this.props.locale });
    this.setState({ menuOpen: false });
    this.focus();
  };
}

function whenIdle(run: () => void): void {
  if (typeof requestIdleCallback === 'function') requestIdleCallback(run);
  else setTimeout(run, 200);
}
