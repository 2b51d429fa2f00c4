/**
 * Somebody who is there says hello first, by the owner's rules. Loaded where a rule's page is; asks the relay who signs it and whether
 * they are there before anything is shown, over plain HTTP: no socket, no frame. Kept is, with consent, that one was shown in
 * this tab, and that the visitor has closed one.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Hello } from '@fullname/shared/model';
import type { EmbedHello } from '@fullname/shared/page-settings';
import { type Bubble, drawHello } from './bubble.ts';
import type { HelloChunk } from './contract.ts';
import { due, fitting, stopwatch, type Watch } from './hello-rules.ts';
import { HELLO_WORDS } from './hello-words.ts';
import { mark } from './mark.ts';

/** As long as the relay lets its answer be kept. */
const FRESH_MS = 15_000;

/** What a visitor is asked about on one address; another one begins anew. */
type View = { readonly url: string; readonly watch: Watch; readonly asked: Set<string> };

export const greet: HelloChunk['greet'] = (hosted) => {
  const { core } = hosted;
  const { site, origin, hellos: { rules, signed } = { rules: [] } } = core.settings;
  const closed = `${site}.hello`;
  const tab = `fullname.${closed}`;
  let view = viewOf(hosted.where());
  let shown = wasShown(tab);
  let wrote = mark(site);
  let bubble: Bubble | null = null;
  let said: EmbedHello | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hear: ((isUnderWay: boolean) => void) | null = null;

  const keeps = (): boolean => core.allowed && core.options.storage !== 'memory';
  const looking = () => ({ url: view.url, locale: core.host.lang, wrote });
  /** The launcher is there to be pressed: neither hidden, nor kept from this page, nor open. */
  const isCalm = (): boolean => {
    const button = core.host.shadowRoot?.querySelector('button');
    return (
      core.allowed &&
      !core.gone &&
      !core.state.open &&
      (!signed || !!hosted.identity) &&
      !mark(closed) &&
      !!button &&
      getComputedStyle(button).display !== 'none'
    );
  };

  const clear = (): void => {
    bubble?.remove();
    bubble = said = null;
  };

  const look = (): void => {
    clearTimeout(timer);
    const url = hosted.where();
    if (url !== view.url) view = viewOf(url);
    const calm = isCalm();
    const fit = calm ? fitting(rules, looking()) : [];
    if (said && !fit.some(({ id }) => id === said?.id)) clear();
    if (!calm || shown || document.hidden) return;
    const { hello, wait } = due(
      fit.filter(({ id }) => !view.asked.has(id)),
      view.watch.seen(),
    );
    if (hello) void ask(hello, view);
    else if (wait !== null) timer = setTimeout(look, wait);
  };

  /** Who came back may be in the middle of a conversation, of which only the chat in its frame knows; it is up with the mark. */
  const isUnderWay = (): Promise<boolean> => {
    if (!wrote) return Promise.resolve(false);
    const question = { type: 'under-way' } as const;
    hosted.wishes.set(question.type, question);
    hosted.tell(question);
    return new Promise((resolve) => {
      hear = resolve;
    });
  };

  const ask = async (hello: EmbedHello, asked: View): Promise<void> => {
    asked.asked.add(hello.id);
    const now = (await isUnderWay()) ? null : await whoSays(hello).catch(() => null);
    const stands = asked === view && now?.here && isCalm() && !shown;
    if (stands && !document.hidden) show(hello, now);
    else {
      // Who looks elsewhere is asked about again when they are back.
      if (stands) asked.asked.delete(hello.id);
      look();
    }
  };

  const whoSays = async ({ id }: EmbedHello): Promise<Hello | null> => {
    const address = `${origin}/w/hello/${site}/${id}.js?${Math.floor(Date.now() / FRESH_MS)}`;
    const { default: now } = (await import(/* @vite-ignore */ address)) as { default: Hello | null };
    return now;
  };

  const show = (rule: EmbedHello, hello: Hello): void => {
    shown = true;
    if (keeps()) keepShown(tab, true);
    said = rule;
    const spoken = core.host.lang as WidgetLocale;
    bubble = drawHello(core.host, hello, {
      words: { ...HELLO_WORDS[spoken], ...core.settings.words?.[spoken] },
      ...(rule.locale && { locale: rule.locale as WidgetLocale }),
      close() {
        clear();
        if (keeps()) mark(closed, true);
      },
      answer() {
        clear();
        const wish = { type: 'hello', hello: rule.id, person: hello.person.id } as const;
        // The words come from the relay there too: in the chat, no page puts words into anybody's mouth.
        if (core.state.ready) hosted.tell(wish);
        else hosted.wishes.set(wish.type, wish);
        hosted.open();
      },
    });
  };

  document.addEventListener('visibilitychange', () => {
    view.watch.run(!document.hidden);
    look();
  });
  // Closed in another tab.
  window.addEventListener('storage', ({ key, newValue }) => key === tab && newValue && look());
  return {
    hear(news) {
      if (news?.type === 'mark') wrote = news.on !== false;
      else if (news?.type === 'left') {
        wrote = mark(site);
        keepShown(tab, false);
      } else if (news?.type === 'under-way') {
        hosted.wishes.delete('under-way');
        hear?.(news.on);
      } else if (news?.type === 'event' && news.event === 'ready') hosted.wishes.delete('hello');
      look();
    },
  };
};

function viewOf(url: string): View {
  const watch = stopwatch(() => performance.now());
  watch.run(!document.hidden);
  return { url, watch, asked: new Set() };
}

function wasShown(tab: string): boolean {
  try {
    return !!sessionStorage.getItem(tab);
  } catch {
    return false;
  }
}

function keepShown(tab: string, on: boolean): void {
  try {
    if (on) sessionStorage.setItem(tab, '1');
    else sessionStorage.removeItem(tab);
  } catch {
    // A page without storage: at most once until it is left.
  }
}
