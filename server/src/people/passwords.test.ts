import { expect, test } from 'vitest';
import { hashPassword, passwordMatches } from './passwords.ts';

test.each([
  'river lamp orchard nine',
  'una frase larga que nadie más escribe',
  '我在花店工作了十五年也喜歡牡丹花',
  'x9#Lq2!vR7@pW4$z',
  ' spaces around count too ',
])('%j is good enough, and is known again', async (password) => {
  const stored = await hashPassword(password);
  expect(await passwordMatches(stored, password)).toBe(true);
  expect(await passwordMatches(stored, `${password}x`)).toBe(false);
});

test('a composed and a decomposed letter are the same password', async () => {
  const stored = await hashPassword('caf\u00e9 au lait demain');
  expect(await passwordMatches(stored, 'cafe\u0301 au lait demain')).toBe(true);
});

test.each([
  ['', 'nothing'],
  ['fourteen chars', '14 characters'],
  ['😀😀😀😀😀😀😀😀', 'eight characters of two units each'],
  ['aaaaaaaaaaaaaaa', 'one character'],
  ['abababababababab', 'two characters'],
  ['01234567890123456', 'a run'],
  ['abcdefghijklmnop', 'the alphabet'],
  ['QwertyUiop AsdfGhjkl', 'the keyboard'],
  ['correct horse battery staple', 'the comic'],
  ['Correct-Horse-Battery-Staple-2026', 'the comic with a year'],
  ['MayTheForceBeWithYou!', 'a saying'],
  ['megan.kajitani@example.com', 'the e-mail address'],
  ['x'.repeat(300), 'too long'],
])('%j is refused: %s', async (password) => {
  await expect(hashPassword(password, ['megan.kajitani@example.com'])).rejects.toMatchObject({
    code: 'WEAK_PASSWORD',
  });
});

test('without a stored hash nothing matches, not even the words that are hashed in vain', async () => {
  expect(await passwordMatches(null, 'a password that nobody has')).toBe(false);
  expect(await passwordMatches(undefined, '')).toBe(false);
});
