/**
 * The page behind a mail's link: takes this browser into the conversation and leads on to the chat. On the relay's own origin, so
 * what it keeps is what the chat finds there.
 */
import { isId, isToken } from '@fullname/shared/ids';
import { dirOf, type WidgetLocale, widgetLocaleOf } from '@fullname/shared/locale';
import { openIndexed } from './storage/indexed.ts';

type Words = readonly [opening: string, over: string, offline: string, again: string];

const WORDS: Record<WidgetLocale, Words> = {
  en: [
    'Opening your conversation…',
    'This link no longer opens the conversation. Go to the page where you wrote, and open the chat there.',
    'It could not be opened just now. Try again in a moment.',
    'Try again',
  ],
  'zh-Hans': [
    '正在打开您的对话…',
    '这个链接已不能打开对话。请到您当时留言的网页，在那里打开聊天。',
    '现在打不开。请稍后再试。',
    '再试一次',
  ],
  'zh-Hant': [
    '正在開啟您的對話…',
    '這個連結已不能開啟對話。請到您當時留言的網頁，在那裡開啟聊天。',
    '現在打不開。請稍後再試。',
    '再試一次',
  ],
  es: [
    'Abriendo su conversación…',
    'Este enlace ya no abre la conversación. Vaya a la página donde escribió y abra allí el chat.',
    'No se ha podido abrir ahora mismo. Inténtelo de nuevo en un momento.',
    'Intentar de nuevo',
  ],
  fr: [
    'Votre conversation s’ouvre…',
    'Ce lien n’ouvre plus la conversation. Allez sur la page où vous avez écrit et ouvrez-y le chat.',
    'Impossible de l’ouvrir pour l’instant. Réessayez dans un moment.',
    'Réessayer',
  ],
  de: [
    'Ihr Gespräch wird geöffnet…',
    'Dieser Link öffnet das Gespräch nicht mehr. Gehen Sie auf die Seite, auf der Sie geschrieben haben, und öffnen Sie dort den Chat.',
    'Es ließ sich gerade nicht öffnen. Versuchen Sie es gleich noch einmal.',
    'Noch einmal versuchen',
  ],
  ja: [
    '会話を開いています…',
    'このリンクではもう会話を開けません。お書きになったページで、チャットを開いてください。',
    'ただいま開けませんでした。少ししてからもう一度お試しください。',
    'もう一度試す',
  ],
  ar: [
    'يجري فتح محادثتك…',
    'لم يعد هذا الرابط يفتح المحادثة. اذهب إلى الصفحة التي كتبت منها وافتح المحادثة هناك.',
    'تعذّر فتحها الآن. حاول مرة أخرى بعد قليل.',
    'حاول مرة أخرى',
  ],
};

const [link = '', tag] = location.hash.slice(1).split(',');
const locale = [tag, ...navigator.languages].map((one) => widgetLocaleOf(one ?? '')).find(Boolean) ?? 'en';
const [opening, over, offline, again] = WORDS[locale];
const line = document.querySelector('p') as HTMLElement;
const button = document.querySelector('button') as HTMLButtonElement;

document.documentElement.lang = locale;
document.documentElement.dir = dirOf(locale);
button.textContent = again;
button.onclick = () => void follow();
void follow();

async function follow(): Promise<void> {
  say(opening);
  try {
    const answer = await fetch('/c/open', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link }),
    });
    const { ok, value } = (await answer.json()) as { ok: boolean; value?: Opened };
    if (ok && isOpened(value)) await enter(value);
    else say(answer.status < 500 && answer.status !== 429 ? over : offline, answer.status >= 429);
  } catch {
    say(offline, true);
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
  line.textContent = text;
  button.hidden = !mayTry;
}
