/** The frame's document: in which language and direction it is read, and how it is lit. */
import { dirOf, type WidgetLocale } from '@fullname/shared/locale';

/** `auto` is as the visitor's system is, and turns with it. */
export type Theme = 'auto' | 'light' | 'dark';

const page = document.documentElement;
const system = matchMedia('(prefers-color-scheme: dark)');
let theme: Theme = 'auto';

export function setLanguage(locale: WidgetLocale): void {
  page.lang = locale;
  page.dir = dirOf(locale);
}

export function setTheme(wish: Theme): void {
  theme = wish;
  light();
}

function light(): void {
  page.classList.toggle('dark', theme === 'auto' ? system.matches : theme === 'dark');
}
system.onchange = light;
