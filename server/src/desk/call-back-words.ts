/**
 * What a call-back promises, as it stands among the visitor's promises: "Megan Kajitani promised: to write to you here, by 15:00".
 * Owners may write it anew.
 */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { CallBackWay } from '@fullname/shared/model';
import type { CallBackWord, RelayWords } from '@fullname/shared/relay-words';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { wordsOf } from '../site/own-words.ts';

export const CALL_BACK_WORDS: Readonly<Record<WidgetLocale, RelayWords<CallBackWord>>> = {
  en: { callBackToWrite: 'to write to you here', callBackToPhone: 'to telephone you' },
  'zh-Hans': { callBackToWrite: '在这里给您写信息', callBackToPhone: '给您打电话' },
  'zh-Hant': { callBackToWrite: '在這裡寫訊息給您', callBackToPhone: '打電話給您' },
  es: { callBackToWrite: 'escribirle aquí', callBackToPhone: 'llamarle por teléfono' },
  fr: { callBackToWrite: 'de vous écrire ici', callBackToPhone: 'de vous téléphoner' },
  de: { callBackToWrite: 'Ihnen hier zu schreiben', callBackToPhone: 'Sie anzurufen' },
  ja: { callBackToWrite: 'こちらにご連絡すること', callBackToPhone: 'お電話すること' },
  ar: { callBackToWrite: 'الكتابة إليكم هنا', callBackToPhone: 'الاتصال بكم هاتفيًا' },
};

export function callBackText(settings: SiteSettings, locale: WidgetLocale, way: CallBackWay): string {
  const words = wordsOf(CALL_BACK_WORDS, locale, settings);
  return way === 'telephone' ? words.callBackToPhone : words.callBackToWrite;
}
