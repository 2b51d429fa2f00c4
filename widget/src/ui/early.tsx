/**
 * Before the talk, where the owner of the site has set anything for it: what is asked before the first words, opening hours, other
 * ways to a person. One chunk with its own styles, in one language.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import { Component, type ComponentChildren } from 'preact';
import type { Chat } from '../chat.ts';
import { type Clock, makeClock } from '../clock.ts';
import { loadMore, type More } from '../more-words.ts';
import { said } from '../said.ts';
import type { ChatState } from '../state.ts';
import type { Talk } from '../talk.ts';
import { Back, Elsewhere } from './Elsewhere.tsx';
import css from './early.css?inline';
import { PreChat } from './PreChat.tsx';
import type { Shared } from './parts.tsx';

/** What it needs of the chat. */
type Model = Pick<Chat, 'state' | 'begin' | 'send'>;

/** In one language. */
export type Early = {
  readonly locale: WidgetLocale;
  readonly more: More;
  readonly clock: Clock;
} & typeof parts;

const parts = { Back, Elsewhere };
let sheet: CSSStyleSheet | null = null;

/** Rejects without a line. The first use of `Intl` is slow, so it waits until the page is idle. */
export async function makeEarly(locale: WidgetLocale): Promise<Early> {
  const more = await loadMore(locale);
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  await new Promise<unknown>((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
  return { ...parts, locale, more, clock: makeClock(locale) };
}

const offers = new WeakSet<NonNullable<ChatState['offer']>>();

/** Around what is offered on the first screen. A second call adds nothing. */
export function addEarly(model: Model, set: (patch: Partial<ChatState>) => void): void {
  const before = model.state().offer;
  if (before && offers.has(before)) return;
  const offer = (shared: Shared) => (
    <FirstScreen model={model} chat={model.state()} shared={shared}>
      {before?.(shared)}
    </FirstScreen>
  );
  offers.add(offer);
  set({ offer });
}

type Props = {
  readonly model: Model;
  readonly chat: ChatState;
  readonly shared: Shared;
  readonly children: ComponentChildren;
};
type State = { readonly early: Early | null; readonly talk: Talk | null };

class FirstScreen extends Component<Props, State> {
  override state: State = { early: null, talk: null };
  loading = false;

  override componentDidMount(): void {
    void this.load();
  }

  override componentDidUpdate(before: Props): void {
    void this.load();
    const { chat, model } = this.props;
    const { talk } = this.state;
    // What waited for nothing but the relay's word who this is goes by itself.
    if (chat.visitor && !before.chat.visitor && chat.lacks?.length && talk && !talk.before()?.lacks().length)
      void goOn(talk, model);
  }

  override render({ model, chat, shared, children }: Props, { early, talk }: State) {
    const before = talk?.before();
    return [
      early && <Back key="back" chat={chat} shared={shared} early={early} />,
      early && talk && before && isDrawn(chat) && before.asked().length > 0 && (
        <PreChat
          key="before"
          {...{ chat, shared, before }}
          more={early.more}
          onSend={() => void goOn(talk, model)}
        />
      ),
      children,
      early && <Elsewhere key="elsewhere" {...{ chat, shared, early }} />,
    ];
  }

  /** No line just now: the next change asks again. */
  async load(): Promise<void> {
    const { model, shared } = this.props;
    const { early, talk } = this.state;
    if (this.loading || (early?.locale === shared.locale && (talk || !said.preChat))) return;
    this.loading = true;
    const [made, begun] = await Promise.all([
      early?.locale === shared.locale ? early : makeEarly(shared.locale).catch(() => null),
      said.preChat ? model.begin().catch(() => null) : null,
    ]);
    this.loading = false;
    if (made !== early || begun !== talk) this.setState({ early: made, talk: begun });
  }
}

/** Whom the site has signed for is not asked what it knows: until the relay has said so, or there is no line, nobody is. */
function isDrawn({ visitor, line, lacks }: ChatState): boolean {
  return !!visitor || line === 'lost' || !!lacks?.length;
}

async function goOn(talk: Talk, model: Model): Promise<void> {
  const { draft } = model.state();
  await (draft.trim() ? model.send(draft) : talk.sendFiles([]));
}
