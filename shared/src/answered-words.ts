/** Who has answered, as a notice on a device and the subject of a letter say it; `{0}` is a full name. The relay says it, owners may write it anew. */
import type { WidgetLocale } from './locale.ts';
import { publicSettings, type SiteSettings } from './site-settings.ts';

export const ANSWERED_WORDS: Readonly<Record<WidgetLocale, { readonly answeredYou: string }>> = {
  en: { answeredYou: '{0} has answered you' },
  'zh-Hans': { answeredYou: '{0}回复了您' },
  'zh-Hant': { answeredYou: '{0}回覆了您' },
  es: { answeredYou: '{0} le ha respondido' },
  fr: { answeredYou: '{0} vous a répondu' },
  de: { answeredYou: '{0} hat Ihnen geantwortet' },
  ja: { answeredYou: '{0}からお返事があります' },
  ar: { answeredYou: 'ردّ عليكم {0}' },
};

/** In the owner's words where they fit: without a place for the name it would be lost. One line, whatever was written. */
export function answeredYou(own: SiteSettings, locale: WidgetLocale, fullName: string): string {
  const mine = publicSettings(own).strings[locale]?.answeredYou?.replace(/\s+/g, ' ').trim() ?? '';
  const fits = mine.includes('{0}') && !/\{[1-9]\}/.test(mine);
  return (fits ? mine : ANSWERED_WORDS[locale].answeredYou).replaceAll('{0}', () => fullName);
}
