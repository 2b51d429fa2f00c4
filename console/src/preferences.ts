/** This browser's own settings. They are comforts: where storage is refused they last as long as the tab. */
import { LOCALES, type Locale, pickLocale } from '@fullname/shared/locale';
import { effect, signal } from '@preact/signals';

export type Settings = {
  readonly locale: Locale;
  /** J, K, R … without Ctrl or ⌘. */
  readonly singleKeys: boolean;
  readonly sound: boolean;
  readonly notifications: boolean;
  /** Enter sends; otherwise only Ctrl/⌘ + Enter does. */
  readonly enterSends: boolean;
  readonly phrasesOpen: boolean;
  readonly customerOpen: boolean;
};

const KEY = 'fullname.console.settings';

export const settings = signal<Settings>(readSettings());

effect(() => {
  const text = JSON.stringify(settings.value);
  try {
    localStorage.setItem(KEY, text);
  } catch {
    // Storage is refused or full: the settings last as long as the tab.
  }
});

export function changeSettings(change: Partial<Settings>): void {
  settings.value = { ...settings.value, ...change };
}

function readSettings(): Settings {
  const stored = readStored();
  const flag = (name: keyof Settings, otherwise: boolean) =>
    typeof stored[name] === 'boolean' ? stored[name] : otherwise;
  return {
    locale: LOCALES.find((locale) => locale === stored.locale) ?? pickLocale(navigator.languages),
    singleKeys: flag('singleKeys', true),
    sound: flag('sound', true),
    notifications: flag('notifications', true),
    enterSends: flag('enterSends', true),
    phrasesOpen: flag('phrasesOpen', !matchMedia('(max-width: 899px)').matches),
    customerOpen: flag('customerOpen', true),
  };
}

function readStored(): Record<string, unknown> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  } catch {
    return {};
  }
}
