/** The words around a hello; the hello itself is the owner's. */
import type { WidgetLocale } from '@fullname/shared/locale';

type HelloWords = { readonly here: string; readonly answer: string; readonly close: string };

export const HELLO_WORDS: Record<WidgetLocale, HelloWords> = {
  en: { here: 'here now', answer: 'Answer', close: 'Close' },
  'zh-Hans': { here: '现在在线', answer: '回复', close: '关闭' },
  'zh-Hant': { here: '現在在線上', answer: '回覆', close: '關閉' },
  es: { here: 'disponible', answer: 'Responder', close: 'Cerrar' },
  fr: { here: 'disponible', answer: 'Répondre', close: 'Fermer' },
  de: { here: 'jetzt da', answer: 'Antworten', close: 'Schließen' },
  ja: { here: '在席中', answer: '返信する', close: '閉じる' },
  ar: { here: 'هنا الآن', answer: 'الرد', close: 'إغلاق' },
};
