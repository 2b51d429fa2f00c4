/** What a call-back promises, as it stands among the visitor's promises: "Megan Kajitani promised: to write to you here, by 15:00". */
import type { WidgetLocale } from '@fullname/shared/locale';
import type { CallBackWay } from '@fullname/shared/model';

const TEXTS: Record<WidgetLocale, Record<CallBackWay, string>> = {
  en: { chat: 'to write to you here', telephone: 'to telephone you' },
  'zh-Hans': { chat: '在这里给您写信息', telephone: '给您打电话' },
  'zh-Hant': { chat: '在這裡寫訊息給您', telephone: '打電話給您' },
  es: { chat: 'escribirle aquí', telephone: 'llamarle por teléfono' },
  fr: { chat: 'de vous écrire ici', telephone: 'de vous téléphoner' },
  de: { chat: 'Ihnen hier zu schreiben', telephone: 'Sie anzurufen' },
  ja: { chat: 'こちらにご連絡すること', telephone: 'お電話すること' },
  ar: { chat: 'الكتابة إليكم هنا', telephone: 'الاتصال بكم هاتفيًا' },
};

export function callBackText(locale: WidgetLocale, way: CallBackWay): string {
  return TEXTS[locale][way];
}
