/**
 * The page behind a mail's link: takes this browser into the conversation and leads on to the chat. On the relay's own origin, so
 * what it keeps is what the chat finds there.
 */
import { isId, isToken } from '@fullname/shared/ids';
import { dirOf, widgetLocaleOf } from '@fullname/shared/locale';
import { LINK_WORDS } from './continue-words.ts';
import { said } from './said.ts';
import { openIndexed } from './storage/indexed.ts';

const [link = '', tag] = location.hash.slice(1).split(',');
const locale = [tag, ...navigator.languages].map((one) => widgetLocaleOf(one ?? '')).find(Boolean) ?? 'en';
const words = { ...LINK_WORDS[locale], ...said.strings?.[locale] };
const line = document.querySelector('p') as HTMLElement;
const button = document.querySelector('button') as HTMLButtonElement;

document.documentElement.lang = locale;
document.documentElement.dir = dirOf(locale);
button.textContent = words.linkAgain;
button.onclick = () => void follow();
void follow();

async function follow(): Promise<void> {
  say(words.linkOpening);
  try {
    const answer = await fetch('/c/open', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link }),
    });
    const { ok, value } = (await answer.json()) as { ok: boolean; value?: Opened };
    if (ok && isOpened(value)) await enter(value);
    else
      say(
        answer.status < 500 && answer.status !== 429 ? words.linkOver : words.linkOffline,
        answer.status >= 429,
      );
  } catch {
    say(words.linkOffline, true);
  }
}

type Opened = { readonly site: string; readonly token: string; readonly conversation: string };

function isOpened(value: Opened | undefined): value is Opened {
  return isToken(value?.token) && isId(value.conversation) && /^\w+$/.test(value.site);
}

/**
 * What another conversation of this browser has left unsent must not be sent into this one. The link leaves the history with
 * this page.
 */
async function enter({ site, token, conversation }: Opened): Promise<void> {
  const kept = await openIndexed(`fullname.${site}`, 'own');
  const known = (await kept.get('identity')) as { readonly conversation?: unknown } | undefined;
  if (known?.conversation !== conversation)
    await kept.write([{ clear: true }, { put: 'identity', value: { token, conversation, started: true } }]);
  location.replace(`/w/${site}#${locale}`);
}

function say(text: string, mayTry = false): void {
  line.textContent = document.title = text;
  button.hidden = !mayTry;
}
