/** A hello on the host page: above the launcher, in the same layer, so that nothing of the page moves and nothing loses the focus. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Hello } from '@fullname/shared/model';
import css from './hello.css?inline';
import type { HelloWords } from './hello-words.ts';

export type Bubble = { remove(): void };

type Means = {
  readonly words: HelloWords;
  /** Of the hello itself. */
  readonly locale?: WidgetLocale;
  answer(): void;
  close(): void;
};

/** Screen readers announce what comes into a region that stands there already. */
const ANNOUNCED_MS = 100;

/** A root of its own: in the launcher's, rules for every button are the launcher's. */
export function drawHello(
  host: HTMLElement,
  { person, title, text }: Hello,
  { words, locale, answer, close }: Means,
): Bubble {
  const launcher = host.shadowRoot as ShadowRoot;
  const place = document.createElement('span');
  const root = place.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];

  const box = document.createElement('section');
  box.dir = host.lang === 'ar' ? 'rtl' : 'ltr';
  box.ariaLabel = person.fullName;
  const said = document.createElement('div');
  said.role = 'status';
  said.onclick = answer;
  const button = (words: string, press: () => void): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.append(words);
    made.onclick = press;
    return made;
  };
  const away = (): void => {
    const hadFocus = !!root.activeElement;
    close();
    if (hadFocus) launcher.querySelector('button')?.focus();
  };
  const cross = button('×', away);
  cross.ariaLabel = words.helloClose;
  box.append(said, button(words.helloAnswer, answer), cross);
  box.onkeydown = (event) => {
    if (event.key === 'Escape') away();
  };
  root.append(box);
  launcher.append(place);

  setTimeout(() => {
    const name = document.createElement('b');
    // In isolation, whichever way the rest is read.
    const own = document.createElement('bdi');
    own.append(person.fullName);
    name.append(own);
    const post = document.createElement('small');
    post.append([title, words.helloHere].filter(Boolean).join(' · '));
    const line = document.createElement('p');
    line.append(text);
    line.dir = 'auto';
    if (locale) line.lang = locale;
    said.append(name, post, line);
    box.className = 'on';
    // What scrolls has to be reached by keyboard.
    if (said.scrollHeight > said.clientHeight) said.tabIndex = 0;
  }, ANNOUNCED_MS);
  return { remove: () => place.remove() };
}
