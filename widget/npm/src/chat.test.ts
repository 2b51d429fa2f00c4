import { h, render } from 'preact';
import { createElement, StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as calls from '../../src/embed/calls.ts';
import { boot } from '../../src/embed/core.ts';
import * as help from '../../src/embed/help.ts';
import * as host from '../../src/embed/host.ts';
import type { ChatEvents, ChatOptions } from './index.ts';

const RELAY = 'https://chat.example';
const OPTIONS: ChatOptions = { origin: `${RELAY}/`, site: 'shop', locale: 'de' };
let warned: string[] = [];
const patient = { timeout: 20_000 };

beforeEach(() => {
  vi.resetModules();
  // What the relay serves: the tag's own code, run as a module, and what it loads.
  vi.doMock(`${RELAY}/w/shop.js`, () => {
    boot({ site: 'shop', origin: RELAY }, { ...window.fullnameSettings });
    return {};
  });
  vi.doMock(`${RELAY}/w/host.js`, () => host);
  vi.doMock(`${RELAY}/w/calls.js`, () => calls);
  vi.doMock(`${RELAY}/w/help.js`, () => help);
  // A launcher that is taken away comes back: here each test takes its own away.
  vi.stubGlobal(
    'MutationObserver',
    class {
      observe = () => undefined;
    },
  );
  vi.stubGlobal('__HOST_FILE__', 'host.js');
  vi.stubGlobal('__CALLS_FILE__', 'calls.js');
  vi.stubGlobal('__HELP_FILE__', 'help.js');
  warned = [];
  vi.spyOn(console, 'warn').mockImplementation((text) => void warned.push(String(text)));
});
afterEach(() => {
  for (const host of launchers()) host.remove();
  Reflect.deleteProperty(window, 'Fullname');
  Reflect.deleteProperty(window, 'fullnameSettings');
  vi.restoreAllMocks();
});

const launchers = (): Element[] => [...document.querySelectorAll('fullname-chat')];
const comes = (): Promise<void> => vi.waitFor(() => expect(launchers()).toHaveLength(1), patient);
const looks = (): string =>
  (launchers()[0]?.shadowRoot?.adoptedStyleSheets ?? [])
    .flatMap((sheet) => [...sheet.cssRules])
    .map((rule) => rule.cssText)
    .join('');

const hides = (): Promise<void> =>
  vi.waitFor(() => expect(looks()).toMatch(/button ?\{ ?display: ?none/), patient);

test('what was not given leaves the settings of the page as they are', async () => {
  window.fullnameSettings = { position: 'left' };
  const { createChat } = await import('./index.ts');
  const props: { readonly position?: 'left' | 'right' } = JSON.parse('{}');
  createChat({ ...OPTIONS, ...{ position: props.position } } as ChatOptions);
  await comes();
  expect(looks()).toContain('--fn-left: var(--fn-x');
});

test('every call of the handle is one that the chat understands, also before it has come', async () => {
  const { createChat } = await import('./index.ts');
  const chat = createChat(OPTIONS);
  expect(chat.get()).toEqual({ ready: false, open: false, unread: 0 });
  const events: { readonly [Event in keyof ChatEvents]: true } = {
    ...{ ready: true, open: true, close: true, unread: true, message: true, agentJoined: true },
    ...{
      conversationStarted: true,
      conversationEnded: true,
      availability: true,
      identity: true,
      error: true,
    },
  };
  let opened = 0;
  const end = chat.on('open', () => {
    opened += 1;
  });
  for (const event of Object.keys(events)) chat.on(event as keyof ChatEvents, () => undefined);
  chat.open();
  await comes();
  expect(launchers()[0]?.getAttribute('lang')).toBe('de');
  await vi.waitFor(() => expect(opened).toBe(1), patient);
  end();
  chat.close();
  chat.open({ message: 'My parcel …' });
  chat.hide();
  chat.show();
  chat.identify('a.b.c');
  chat.identify(async () => null);
  chat.update({ plan: 'gold' });
  chat.track('basket-left', { items: 3 });
  chat.page('/basket');
  chat.page();
  chat.askFor('Megan Kajitani');
  chat.setLocale('fr');
  chat.setTheme('dark');
  chat.mute(true);
  chat.consent(true);
  chat.logout();
  chat.destroy();
  createChat(OPTIONS).identify({ userId: '7', hash: 'abc' });
  await vi.waitFor(() => expect(chat.get().identity).toBe('given'), patient);
  expect(opened).toBe(1);
  // What there is to say comes with a chunk of its own.
  await vi.dynamicImportSettled();
  expect(warned).toEqual([]);
});

test('another chat on the same page is left out, and the console says so', async () => {
  const { createChat } = await import('./index.ts');
  createChat(OPTIONS);
  createChat({ ...OPTIONS, site: 'other' });
  await comes();
  expect(warned.join()).toContain('There is one on a page');
});

test('a page with a Fullname of its own keeps it', async () => {
  const own = Object.assign(() => 'mine', { q: undefined });
  Object.assign(window, { Fullname: own });
  const { createChat } = await import('./index.ts');
  const chat = createChat(OPTIONS);
  await comes();
  chat.open();
  await vi.waitFor(() => expect(chat.get().open).toBe(true), patient);
  expect(window.Fullname).toBe(own);
  Reflect.deleteProperty(window, 'FullnameChat');
});

test('who calls the chat may be drawn before the component that says how it is to be, and that may say otherwise later', async () => {
  const { FullnameChat, useChat, useChatState } = await import('./react.ts');
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  const place = { origin: RELAY, site: 'shop' };
  const Help = (): null => {
    useChatState(useChat());
    useChat(place);
    return null;
  };
  const root = createRoot(document.createElement('div'));
  const draw = (said: Partial<ChatOptions>): void =>
    root.render(
      createElement('p', null, createElement(Help), createElement(FullnameChat, { ...place, ...said })),
    );
  draw({ locale: 'de', theme: 'dark', position: 'left', consent: 'required' });
  await comes();
  expect(launchers()[0]?.getAttribute('lang')).toBe('de');
  expect(looks()).toContain('--fn-left: var(--fn-x');
  expect(looks()).toContain('color-scheme: dark');
  const { consent } = window.fullnameSettings ?? {};
  expect(consent).toBe('required');
  window.Fullname?.('consent', true);
  draw({ locale: 'fr', theme: 'light', position: 'left', consent: 'required' });
  await vi.waitFor(() => expect(launchers()[0]?.getAttribute('lang')).toBe('fr'), patient);
  await vi.waitFor(() => expect(looks()).toContain('color-scheme: light'), patient);
  expect(warned).toEqual([]);
  draw({ locale: 'fr', theme: 'light', position: 'right', consent: 'required' });
  await vi.waitFor(() => expect(warned.join()).toContain('position came after the chat'), patient);
  root.unmount();
  await hides();
});

test('who only calls the chat keeps no launcher on the page', async () => {
  const { FullnameChat, useChat } = await import('./react.ts');
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  const Help = (): null => {
    useChat().on('open', () => undefined);
    return null;
  };
  const root = createRoot(document.createElement('div'));
  const draw = (isThere: boolean): void =>
    root.render(
      createElement('p', null, createElement(Help), isThere && createElement(FullnameChat, OPTIONS)),
    );
  draw(true);
  await comes();
  draw(false);
  await hides();
  root.unmount();
});

test('in Preact it comes and goes with its component too', async () => {
  const { FullnameChat, useChat, useChatState } = await import('./preact.ts');
  let opened: boolean | undefined;
  const Help = (): null => {
    opened = useChatState(useChat()).open;
    return null;
  };
  const place = document.createElement('div');
  render([h(Help, null), h(FullnameChat, OPTIONS)], place);
  await comes();
  expect(launchers()[0]?.getAttribute('lang')).toBe('de');
  window.Fullname?.('open');
  await vi.waitFor(() => expect(opened).toBe(true), patient);
  render(null, place);
  await hides();
});

test('in React’s StrictMode the chat is mounted once; it goes with its component, and its conversation stays', async () => {
  const { FullnameChat, useChat, useChatState } = await import('./react.ts');
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', false);
  let states: boolean[] = [];
  const Badge = (): null => {
    const { open } = useChatState(useChat(OPTIONS));
    states = [...states, open];
    return null;
  };
  let heard = 0;
  const hear = (): void => {
    heard += 1;
  };
  const draw = (root: Root): void =>
    root.render(
      createElement(
        StrictMode,
        null,
        createElement(FullnameChat, { ...OPTIONS, on: { open: hear } }),
        createElement(Badge),
      ),
    );
  localStorage.setItem('fullname.shop', '1');
  const first = createRoot(document.createElement('div'));
  draw(first);
  await comes();
  window.Fullname?.('open');
  await vi.waitFor(() => expect([heard, states.at(-1)]).toEqual([1, true]), patient);
  expect(looks()).not.toMatch(/button ?\{ ?display: ?none/);

  first.unmount();
  await hides();
  expect(launchers()[0]?.hasAttribute('open')).toBe(false);
  expect(localStorage.getItem('fullname.shop')).toBe('1');

  const second = createRoot(document.createElement('div'));
  draw(second);
  await vi.waitFor(() => expect(looks()).not.toMatch(/button ?\{ ?display: ?none/), patient);
  expect(launchers()).toHaveLength(1);
  expect(warned).toEqual([]);
  second.unmount();
  localStorage.clear();
});
