/** The words of the page about first and last moments in the reader's language: loaded with it. */
import type { Locale } from '@fullname/shared/locale';
import { locale } from './index.ts';
import { type MomentWords, moments } from './moments-en.ts';
import { moments as hans } from './moments-zh-hans.ts';
import { moments as hant } from './moments-zh-hant.ts';

export const MOMENT_STRINGS: Record<Locale, MomentWords> = { en: moments, 'zh-Hans': hans, 'zh-Hant': hant };

export function momentWords(): MomentWords {
  return MOMENT_STRINGS[locale()];
}
