/** The words around a hello; the hello itself is the owner's. */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { PageWord } from '@fullname/shared/page-settings';

export type HelloWords = { readonly [Word in Exclude<PageWord, 'unread'>]: string };

export const HELLO_WORDS: Record<WidgetLocale, HelloWords> = {
  en: { helloHere: 'here now', helloAnswer: 'Answer', helloClose: 'Close' },
  'zh-Hans': { helloHere: '现在在线', helloAnswer: '回复', helloClose: '关闭' },
  'zh-Hant': { helloHere: '現在在線上', helloAnswer: '回覆', helloClose: '關閉' },
  es: { helloHere: 'disponible', helloAnswer: 'Responder', helloClose: 'Cerrar' },
  fr: { helloHere: 'disponible', helloAnswer: 'Répondre', helloClose: 'Fermer' },
  de: { helloHere: 'jetzt da', helloAnswer: 'Antworten', helloClose: 'Schließen' },
  ja: { helloHere: '在席中', helloAnswer: '返信する', helloClose: '閉じる' },
  ar: { helloHere: 'هنا الآن', helloAnswer: 'الرد', helloClose: 'إغلاق' },
};
