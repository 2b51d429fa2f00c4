import { expect, test } from 'vitest';

test('an owner’s words hold in the parts that load when touched as well, where they fit', async () => {
  const settings = document.createElement('script');
  settings.id = 'settings';
  settings.type = 'application/json';
  const own = { FILES_OFF: 'Bitte keine Dateien.', FILE_REFUSED: 'Das geht nicht.' };
  settings.textContent = JSON.stringify({ strings: { de: own } });
  document.head.append(settings);
  const { loadMore, en } = await import('./more-words.ts');
  const { more: german } = await import('./more-de.ts');
  expect(await loadMore('de')).toEqual({ ...german, FILES_OFF: own.FILES_OFF });
  expect(await loadMore('en')).toEqual(en);
});
