/** The few words that the host page sees; everything else is said inside the frame. */
import type { Locale } from '@fullname/shared/locale';

export type Words = { readonly launcher: string; readonly unread: string; readonly frame: string };

export const WORDS: Record<Locale, Words> = {
  en: { launcher: 'Talk to a person', unread: 'unread messages', frame: 'Chat' },
  'zh-Hans': { launcher: '与真人对话', unread: '条未读消息', frame: '对话' },
  'zh-Hant': { launcher: '與真人對話', unread: '則未讀訊息', frame: '對話' },
};
