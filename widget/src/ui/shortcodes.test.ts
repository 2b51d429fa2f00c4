import { expect, test } from 'vitest';
import { completedIn, replaceAsTyped } from './shortcodes.ts';

test.each([
  [':smile:', '😄'],
  ['Thank you :pray:', '🙏'],
  ['(:+1:', '👍'],
  ['谢谢:rose:', '🌹'],
  ['😄:heart:', '❤️'],
  ['first line\n:tada:', '🎉'],
  ['`npm i` is done :tada:', '🎉'],
])('%s becomes %s', (text, sign) => expect(completedIn(text)?.sign).toBe(sign));

test.each([
  '10:30:15',
  'at 10:30:15:',
  'a ratio of 3:100:',
  'https://example.com/:smile:',
  'https://example.com/a(:smile:',
  'www.example.com?(:smile:',
  'mailto:smile:',
  'C:\\:smile:',
  '`:smile:',
  '`const a = 1;` and `b = (:smile:',
  '```\nnext :smile:',
  ':nobody-knows-it:',
  ':constructor:',
  ':smile',
  '::smile:',
  'key:smile:',
  'été:smile:',
])('%s stays as it is', (text) => expect(completedIn(text)).toBeNull());

test('every code has one sign', () => {
  for (const code of ['grinning', 'four_leaf_clover', 'skull', 'pray', 'x', 'v'])
    expect(completedIn(`:${code}:`)?.sign).toMatch(/^\p{Extended_Pictographic}\ufe0f?$/u);
});

test('what is typed is looked at; what is pasted, undone or composed is left', () => {
  const field = document.createElement('textarea');
  document.body.append(field);
  field.focus();
  const put: unknown[] = [];
  document.execCommand = (...command) => !!put.push(command);
  const told: string[] = [];
  replaceAsTyped(field, (sign) => told.push(sign));
  const write = (inputType: string, isComposing = false): void => {
    field.value = 'Thanks :heart:';
    field.setSelectionRange(14, 14);
    field.dispatchEvent(new InputEvent('input', { inputType, data: ':', isComposing }));
  };
  write('insertFromPaste');
  write('historyUndo');
  write('insertText', true);
  expect(put).toEqual([]);
  write('insertText');
  expect(put).toEqual([['insertText', false, '❤️']]);
  expect(told).toEqual(['❤️']);
  expect([field.selectionStart, field.selectionEnd]).toEqual([7, 14]);
  field.remove();
});
