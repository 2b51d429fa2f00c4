/** The few words that the host page sees; everything else is said inside the frame. */
import type { Locale } from '@fullname/shared/locale';

export type Words = readonly [launcher: string, unread: string];

export const WORDS: Record<Locale, Words> = {
  en: ['Talk to a person', 'unread'],
  'zh-Hans': ['与真人对话', '未读'],
  'zh-Hant': ['與真人對話', '未讀'],
};
