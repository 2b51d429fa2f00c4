/** Every visible word, in the reader's language. */
import type { Locale } from '@fullname/shared/locale';
import { computed, effect } from '@preact/signals';
import { settings } from '../preferences.ts';
import { en } from './en.ts';
import { zhHans } from './zh-hans.ts';
import { zhHant } from './zh-hant.ts';

export type Strings = typeof en;

export const STRINGS: Record<Locale, Strings> = { en, 'zh-Hans': zhHans, 'zh-Hant': zhHant };

const chosen = computed(() => STRINGS[settings.value.locale]);

/** The words now. Read inside a component, it is drawn again when the language changes. */
export function words(): Strings {
  return chosen.value;
}

export function locale(): Locale {
  return settings.value.locale;
}

/** Keeps `<html lang>` true: fonts and screen readers go by it. */
export function followLanguage(): () => void {
  return effect(() => {
    document.documentElement.lang = settings.value.locale;
  });
}
