// @vitest-environment node
import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { createChat } from './index.ts';
import { FullnameChat as PreactChat } from './preact.ts';
import { FullnameChat, useChat, useChatState } from './react.ts';

const OPTIONS = { origin: 'https://chat.example', site: 'shop' };

test('on a server all of it can be imported, called and drawn, and nothing happens', () => {
  expect(typeof window).toBe('undefined');
  const chat = createChat({ ...OPTIONS, identity: async () => 'a.b.c' });
  chat.open();
  chat.on('unread', () => undefined)();
  expect(chat.get()).toEqual({ ready: false, open: false, unread: 0 });
  const Count = () => createElement('p', null, useChatState(useChat(OPTIONS)).unread);
  expect(
    renderToString(createElement('main', null, createElement(FullnameChat, OPTIONS), createElement(Count))),
  ).toBe('<main><p>0</p></main>');
  expect(typeof PreactChat).toBe('function');
  expect('Fullname' in globalThis).toBe(false);
});
