/** The few words that the host page sees; everything else is said inside the frame. */
import type { WidgetLocale } from '@fullname/shared/locale';

export const LAUNCHER: Record<WidgetLocale, string> = {
  en: 'Talk to a person',
  'zh-Hans': '与真人对话',
  'zh-Hant': '與真人對話',
  es: 'Hable con una persona',
  fr: 'Parler à une personne',
  de: 'Mit einem Menschen sprechen',
  ja: '担当者と話す',
  ar: 'التحدث إلى شخص',
};

/** Needed once somebody has answered. */
export const UNREAD: Record<WidgetLocale, string> = {
  en: 'unread',
  'zh-Hans': '未读',
  'zh-Hant': '未讀',
  es: 'sin leer',
  fr: 'à lire',
  de: 'ungelesen',
  ja: '未読',
  ar: 'غير مقروءة',
};
