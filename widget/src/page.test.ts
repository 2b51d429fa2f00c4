import { afterEach, expect, test, vi } from 'vitest';

const page = document.documentElement;
const system = { matches: false, onchange: null as (() => void) | null };
vi.stubGlobal('matchMedia', () => system);
const { setLanguage, setTheme } = await import('./page.ts');

afterEach(() => setTheme('auto'));

test('the document has the language and its direction', () => {
  setLanguage('ar');
  expect([page.lang, page.dir]).toEqual(['ar', 'rtl']);
  setLanguage('fr');
  expect([page.lang, page.dir]).toEqual(['fr', 'ltr']);
});

test('a theme that is asked for stays, whatever the system does', () => {
  const isDark = () => page.classList.contains('dark');
  setTheme('dark');
  expect(isDark()).toBe(true);
  setTheme('light');
  system.matches = true;
  system.onchange?.();
  expect(isDark()).toBe(false);
});

test('auto is as the system is, and turns with it', () => {
  const isDark = () => page.classList.contains('dark');
  const turn = (dark: boolean): void => {
    system.matches = dark;
    system.onchange?.();
  };
  turn(true);
  expect(isDark()).toBe(true);
  turn(false);
  expect(isDark()).toBe(false);
});
