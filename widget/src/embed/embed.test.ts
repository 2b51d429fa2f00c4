import { afterEach, expect, test, vi } from 'vitest';
import { GREETING, type ToFrame } from '../frame-messages.ts';
import { boot } from './api.ts';

const RELAY = 'https://chat.example';

afterEach(() => {
  window.Fullname?.('destroy');
  Reflect.deleteProperty(window, 'Fullname');
  localStorage.clear();
});

/** Runs the embed as its tag would, with what the tag says. */
function load(tag: Record<string, string> = {}): void {
  boot({ site: 'shop', origin: RELAY, name: 'The shop' }, tag);
}

const hosts = (): Element[] => [...document.querySelectorAll('fullname-chat')];
const root = (): ShadowRoot => {
  const shadow = hosts()[0]?.shadowRoot;
  if (!shadow) throw new Error('no launcher');
  return shadow;
};
const button = (): HTMLButtonElement => root().querySelector('button') as HTMLButtonElement;
const frame = (): HTMLIFrameElement | null => root().querySelector('iframe');

type Far = { greeting: unknown; heard: ToFrame[]; port: MessagePort; origin: string };

/** The frame comes up: what the embed says to its window, and the port it hands over. */
function frameLoads(): Far {
  const far = { heard: [] as ToFrame[] } as Far;
  const target = {
    postMessage: (greeting: unknown, origin: string, ports: MessagePort[]) => {
      const [port] = ports;
      if (!port) throw new Error('no port');
      Object.assign(far, { greeting, origin, port });
      port.onmessage = (event) => far.heard.push(event.data);
    },
  };
  const element = frame();
  if (!element) throw new Error('no frame');
  Object.defineProperty(element, 'contentWindow', { value: target, configurable: true });
  element.onload?.(new Event('load'));
  return far;
}

test('a launcher is drawn and nothing else: no frame, no storage, no style attribute', async () => {
  load();
  expect(button().textContent).toBe('Talk to a person');
  expect(frame()).toBeNull();
  expect(localStorage.length).toBe(0);
  expect(document.cookie).toBe('');
  expect(root().querySelector('[style], style')).toBeNull();
});

test('intent makes the frame, a click opens it', async () => {
  load();
  button().dispatchEvent(new Event('pointerenter'));
  expect(frame()?.src).toBe(`${RELAY}/w/shop#en`);
  expect(frame()?.title).toBe('Talk to a person');
  const far = frameLoads();
  expect(far.origin).toBe(RELAY);
  expect(far.greeting).toEqual({ type: GREETING, identity: null, resume: false, forget: false });
  button().click();
  await vi.waitFor(() => expect(far.heard.map((message) => message.type)).toEqual(['open']));
  expect(hosts()[0]?.hasAttribute('open')).toBe(true);
});

test('the page it is on is told without query and fragment', async () => {
  load();
  button().click();
  const far = frameLoads();
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  expect(far.heard[0]).toMatchObject({ page: { url: location.origin + location.pathname } });
});

test('a mark is written at the frame’s word only, and removed by logout', async () => {
  load();
  button().click();
  const far = frameLoads();
  expect(localStorage.length).toBe(0);
  far.port.postMessage({ type: 'mark', on: true });
  await vi.waitFor(() => expect(localStorage.getItem('fullname.shop')).toBe('1'));
  window.Fullname?.('logout');
  expect(localStorage.getItem('fullname.shop')).toBeNull();
  await vi.waitFor(() => expect(far.heard.at(-1)).toEqual({ type: 'logout' }));
});

test('where the mark is found the frame comes by itself, to count what is unread', async () => {
  localStorage.setItem('fullname.shop', '1');
  load();
  await vi.waitFor(() => expect(frame()).not.toBeNull());
  const far = frameLoads();
  expect(far.greeting).toMatchObject({ resume: true });
  const counts: unknown[] = [];
  window.Fullname?.('on', 'unread', (count: unknown) => counts.push(count));
  far.port.postMessage({ type: 'unread', count: 2 });
  await vi.waitFor(() =>
    expect(button().getAttribute('aria-label') ?? button().ariaLabel).toBe('Talk to a person, 2 unread'),
  );
  expect(counts).toEqual([2]);
});

test('the frame can close itself, and the focus goes back to the launcher', async () => {
  load();
  button().click();
  const far = frameLoads();
  const focus = vi.spyOn(button(), 'focus');
  Object.defineProperty(root(), 'activeElement', { value: frame(), configurable: true });
  far.port.postMessage({ type: 'close' });
  await vi.waitFor(() => expect(hosts()[0]?.hasAttribute('open')).toBe(false));
  expect(focus).toHaveBeenCalled();
});

test('the tag twice on one page draws one launcher', async () => {
  load();
  load();
  expect(hosts()).toHaveLength(1);
});

test('destroyed, it leaves nothing; started again, it works', async () => {
  load();
  localStorage.setItem('fullname.shop', '1');
  window.Fullname?.('destroy');
  expect(hosts()).toHaveLength(0);
  expect(localStorage.length).toBe(0);
  window.Fullname?.('open');
  expect(hosts()).toHaveLength(0);
  window.Fullname?.('start');
  window.Fullname?.('open');
  expect(hosts()[0]?.hasAttribute('open')).toBe(true);
});

test('calls made before the script has come are made up for', async () => {
  const q: unknown[][] = [];
  window.Fullname = Object.assign((...call: unknown[]) => void q.push(call), { q });
  window.Fullname?.('identify', 'a.b.c');
  window.Fullname?.('open');
  load();
  expect(hosts()[0]?.hasAttribute('open')).toBe(true);
  expect(frameLoads().greeting).toMatchObject({ identity: 'a.b.c' });
});

test('a frame that reloads is greeted and opened again, on a new port', async () => {
  load();
  button().click();
  const first = frameLoads();
  const second = frameLoads();
  expect(second.port).not.toBe(first.port);
  await vi.waitFor(() => expect(second.heard.map((message) => message.type)).toEqual(['open']));
});

test('the tag says the language, who it is, and what opens the chat', () => {
  document.body.innerHTML = '<p class="ask"><b>Ask us</b></p>';
  load({ locale: 'zh-TW', identity: 'a.b.c', openOn: '.ask' });
  expect(button().textContent).toBe('與真人對話');
  document.querySelector<HTMLElement>('b')?.click();
  expect(hosts()[0]?.hasAttribute('open')).toBe(true);
  expect(frame()?.src).toBe(`${RELAY}/w/shop#zh-Hant`);
  expect(frameLoads().greeting).toMatchObject({ identity: 'a.b.c' });
});
