/** The words of the page behind a mail's link. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { LinkWord } from '@fullname/shared/page-settings';

export const LINK_WORDS: Record<WidgetLocale, { readonly [Word in LinkWord]: string }> = {
  en: {
    linkOpening: 'Opening your conversation…',
    linkOver:
      'This link no longer opens the conversation. Go to the page where you wrote, and open the chat there.',
    linkOffline: 'It could not be opened just now. Try again in a moment.',
    linkAgain: 'Try again',
  },
  'zh-Hans': {
    linkOpening: '正在打开您的对话…',
    linkOver: '这个链接已不能打开对话。请到您当时留言的网页，在那里打开聊天。',
    linkOffline: '现在打不开。请稍后再试。',
    linkAgain: '再试一次',
  },
  'zh-Hant': {
    linkOpening: '正在開啟您的對話…',
    linkOver: '這個連結已不能開啟對話。請到您當時留言的網頁，在那裡開啟聊天。',
    linkOffline: '現在打不開。請稍後再試。',
    linkAgain: '再試一次',
  },
  es: {
    linkOpening: 'Abriendo su conversación…',
    linkOver: 'Este enlace ya no abre la conversación. Vaya a la página donde escribió y abra allí el chat.',
    linkOffline: 'No se ha podido abrir ahora mismo. Inténtelo de nuevo en un momento.',
    linkAgain: 'Intentar de nuevo',
  },
  fr: {
    linkOpening: 'Votre conversation s’ouvre…',
    linkOver:
      'Ce lien n’ouvre plus la conversation. Allez sur la page où vous avez écrit et ouvrez-y le chat.',
    linkOffline: 'Impossible de l’ouvrir pour l’instant. Réessayez dans un moment.',
    linkAgain: 'Réessayer',
  },
  de: {
    linkOpening: 'Ihr Gespräch wird geöffnet…',
    linkOver:
      'Dieser Link öffnet das Gespräch nicht mehr. Gehen Sie auf die Seite, auf der Sie geschrieben haben, und öffnen Sie dort den Chat.',
    linkOffline: 'Es ließ sich gerade nicht öffnen. Versuchen Sie es gleich noch einmal.',
    linkAgain: 'Noch einmal versuchen',
  },
  ja: {
    linkOpening: '会話を開いています…',
    linkOver: 'このリンクではもう会話を開けません。お書きになったページで、チャットを開いてください。',
    linkOffline: 'ただいま開けませんでした。少ししてからもう一度お試しください。',
    linkAgain: 'もう一度試す',
  },
  ar: {
    linkOpening: 'يجري فتح محادثتكم…',
    linkOver: 'لم يعد هذا الرابط يفتح المحادثة. اذهبوا إلى الصفحة التي كتبتم منها وافتحوا المحادثة هناك.',
    linkOffline: 'تعذّر فتحها الآن. حاولوا مرة أخرى بعد قليل.',
    linkAgain: 'إعادة المحاولة',
  },
};
