/** The words of a site's setup in the reader's language: beside the other words, because only owners ever load them. */
import type { Locale } from '@fullname/shared/locale';
import { locale } from './index.ts';
import { type SiteWords, site } from './site-en.ts';
import { site as hans } from './site-zh-hans.ts';
import { site as hant } from './site-zh-hant.ts';

export const SITE_STRINGS: Record<Locale, SiteWords> = { en: site, 'zh-Hans': hans, 'zh-Hant': hant };

export function siteWords(): SiteWords {
  return SITE_STRINGS[locale()];
}
