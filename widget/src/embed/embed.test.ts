import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { GREETING, type ToEmbed, type ToFrame } from '../frame-messages.ts';
import type { Options, Settings, State } from './contract.ts';
import { boot } from './core.ts';

const RELAY = 'https://chat.example';
vi.doMock(`${RELAY}/w/host.js`, () => import('./host.ts'));
vi.doMock(`${RELAY}/w/calls.js`, () => import('./calls.ts'));
vi.doMock(`${RELAY}/w/help.js`, () => import('./help.ts'));

let warned: string[] = [];

beforeEach(() => {
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
  for (const host of hosts()) host.remove();
  Reflect.deleteProperty(window, 'Fullname');
  localStorage.clear();
  vi.restoreAllMocks();
});

/** Runs the embed as its tag would, with what the tag says, and what the relay has written into it. */
function load(tag: Options = {}, settings: Partial<Settings> = {}): void {
  boot({ site: 'shop', origin: RELAY, ...settings }, tag);
}

const call = (...args: unknown[]): unknown => window.Fullname?.(...args);
const state = (): State => call('get') as State;
const hosts = (): Element[] => [...document.querySelectorAll('fullname-chat')];
const isOpen = (): boolean => !!hosts()[0]?.hasAttribute('open');
const root = (): ShadowRoot => {
  const shadow = hosts()[0]?.shadowRoot;
  if (!shadow) throw new Error('no launcher');
  return shadow;
};
const button = (): HTMLButtonElement => root().querySelector('button') as HTMLButtonElement;
const frame = (): HTMLIFrameElement | null => root().querySelector('iframe');
const openBy = async (act: () => void): Promise<void> => {
  act();
  await vi.waitFor(() => expect(isOpen()).toBe(true));
};
const click = (): Promise<void> => openBy(() => button().click());

type Far = {
  greeting: unknown;
  heard: ToFrame[];
  port: MessagePort;
  origin: string;
  say(message: ToEmbed): void;
};

/** The frame comes up and answers: what the embed says to its window, and the port it hands over. */
async function frameLoads(): Promise<Far> {
  const far = { heard: [] as ToFrame[] } as Far;
  const target = {
    postMessage: (greeting: unknown, origin: string, ports: MessagePort[]) => {
      const [port] = ports;
      if (!port) throw new Error('no port');
      Object.assign(far, { greeting, origin, port, say: (message: ToEmbed) => port.postMessage(message) });
      port.onmessage = (event) => far.heard.push(event.data);
    },
  };
  const element = frame();
  if (!element) throw new Error('no frame');
  Object.defineProperty(element, 'contentWindow', { value: target, configurable: true });
  element.dispatchEvent(new Event('load'));
  await vi.waitFor(() => expect(far.port).toBeDefined());
  far.say({ type: 'ready' });
  await vi.waitFor(() => expect(state().ready).toBe(true));
  return far;
}
const types = (far: Far): string[] => far.heard.map((message) => message.type);

test('a launcher is drawn and nothing else: no frame, no storage, no style attribute', () => {
  load();
  expect(button().textContent).toBe('Talk to a person');
  expect(frame()).toBeNull();
  expect(localStorage.length).toBe(0);
  expect(document.cookie).toBe('');
  expect(root().querySelector('[style], style')).toBeNull();
  expect(state()).toEqual({ ready: false, open: false, unread: 0 });
});

test('the launcher is lit as the page is, unless the tag says otherwise', () => {
  const schemes = (): string[] =>
    root()
      .adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])
      .flatMap((rule) => rule.cssText.match(/color-scheme: ?\w+/)?.[0].replace(/: ?/, ' ') ?? []);
  load({ theme: 'auto' });
  expect(schemes().at(-1)).toBe('color-scheme inherit');
  hosts()[0]?.remove();
  Reflect.deleteProperty(window, 'Fullname');
  load({ theme: 'dark' });
  expect(schemes().at(-1)).toBe('color-scheme dark');
});

test('intent makes the frame, a click opens it', async () => {
  load();
  button().dispatchEvent(new Event('pointerenter'));
  expect(frame()?.src).toBe(`${RELAY}/w/shop#en`);
  expect(frame()?.title).toBe('Talk to a person');
  const far = await frameLoads();
  expect(far.origin).toBe(RELAY);
  expect(far.greeting).toEqual({ type: GREETING, identity: null, resume: false, memory: false });
  await click();
  await vi.waitFor(() => expect(types(far)).toEqual(['open']));
  expect(state()).toMatchObject({ ready: true, open: true });
});

test('the page it is on is told without query and fragment, and again when it has changed', async () => {
  load();
  await click();
  const far = await frameLoads();
  await vi.waitFor(() => expect(far.heard).toHaveLength(1));
  expect(far.heard[0]).toMatchObject({ page: { url: location.origin + location.pathname } });
  call('page', '/basket?secret=1#top');
  await vi.waitFor(() => expect(far.heard.at(-1)).toMatchObject({ type: 'open', focus: false }));
  expect(far.heard.at(-1)).toMatchObject({ page: { url: `${location.origin}/basket` } });
});

test('a function may give the easy proof: it is told, and not asked for again', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  load();
  const proof = { userId: 'anna', hash: 'abc' };
  const fetcher = vi.fn(async () => proof);
  call('identify', fetcher);
  await vi.waitFor(() => expect(state().identity).toBe('given'));
  await vi.advanceTimersByTimeAsync(3_600_000);
  vi.useRealTimers();
  expect(fetcher).toHaveBeenCalledTimes(1);
  expect(warned).toEqual([]);
  await click();
  expect((await frameLoads()).greeting).toMatchObject({ identity: JSON.stringify(proof) });
});

test('a mark is written at the frame’s word only, and removed by logout', async () => {
  load();
  await click();
  const far = await frameLoads();
  expect(localStorage.length).toBe(0);
  far.say({ type: 'mark', on: true });
  await vi.waitFor(() => expect(localStorage.getItem('fullname.shop')).toBe('1'));
  call('logout');
  await vi.waitFor(() => expect(localStorage.getItem('fullname.shop')).toBeNull());
  await vi.waitFor(() => expect(far.heard.at(-1)).toEqual({ type: 'logout' }));
});

test('signed out where there is no frame yet, the next one is told before anything else', async () => {
  localStorage.setItem('fullname.shop', '1');
  vi.stubGlobal('requestIdleCallback', () => 0);
  load();
  call('logout');
  await vi.waitFor(() => expect(frame()).not.toBeNull());
  expect(localStorage.length).toBe(0);
  const far = await frameLoads();
  expect(far.greeting).toMatchObject({ resume: false, identity: null });
  await vi.waitFor(() => expect(types(far)).toEqual(['logout']));
  vi.unstubAllGlobals();
});

test('where the mark is found the frame comes by itself, to count what is unread', async () => {
  localStorage.setItem('fullname.shop', '1');
  load();
  await vi.waitFor(() => expect(frame()).not.toBeNull());
  const far = await frameLoads();
  expect(far.greeting).toMatchObject({ resume: true });
  const counts: unknown[] = [];
  const off = call('on', 'unread', (count: unknown) => counts.push(count)) as () => void;
  far.say({ type: 'unread', count: 2 });
  await vi.waitFor(() => expect(button().ariaLabel).toBe('Talk to a person, 2 unread'));
  expect(button().querySelector('b')?.textContent).toBe('2');
  await vi.waitFor(() => expect(counts).toEqual([2]));
  off();
  far.say({ type: 'unread', count: 0 });
  await vi.waitFor(() => expect(button().ariaLabel).toBeNull());
  expect(counts).toEqual([2]);
  expect(state().unread).toBe(0);
});

test('the badge is named in the owner’s own words, where they have some for the language', async () => {
  load({}, { words: { en: { unread: 'to read' } } });
  await click();
  const far = await frameLoads();
  far.say({ type: 'unread', count: 2 });
  await vi.waitFor(() => expect(button().ariaLabel).toBe('Talk to a person, 2 to read'));
  call('setLocale', 'fr');
  await vi.waitFor(() => expect(button().ariaLabel).toBe('Parler à une personne, 2 à lire'));
});

test.each<[string, Partial<Settings>, () => void]>([
  ['the owner’s rules for pages', { rules: { pages: { only: [], never: ['/elsewhere'] } } }, () => undefined],
  ['a call of the page’s', {}, () => call('close')],
])('unread words are counted though %s came before the browser was idle', async (_, settings, before) => {
  localStorage.setItem('fullname.shop', '1');
  let idle = (): void => expect.fail('nothing waits for the browser to be idle');
  vi.stubGlobal('requestIdleCallback', (run: () => void) => {
    idle = run;
  });
  load({}, settings);
  before();
  // The chunk that goes on has taken over: nobody has asked for a frame yet.
  await vi.dynamicImportSettled();
  expect(frame()).toBeNull();
  idle();
  const far = await frameLoads();
  expect(far.greeting).toMatchObject({ resume: true });
  far.say({ type: 'unread', count: 2 });
  await vi.waitFor(() => expect(button().querySelector('b')?.textContent).toBe('2'));
  vi.unstubAllGlobals();
});

test('the frame can close itself, and the focus goes back to the launcher', async () => {
  load();
  await click();
  const far = await frameLoads();
  const focus = vi.spyOn(button(), 'focus');
  Object.defineProperty(root(), 'activeElement', { value: frame(), configurable: true });
  far.say({ type: 'close' });
  await vi.waitFor(() => expect(isOpen()).toBe(false));
  expect(focus).toHaveBeenCalled();
});

test('the tag twice on one page draws one launcher, and says so once', async () => {
  load();
  load();
  expect(hosts()).toHaveLength(1);
  await vi.waitFor(() => expect(warned).toHaveLength(1));
  expect(warned[0]).toMatch(/tag twice/);
});

test('destroyed, it leaves nothing; started again, it works', async () => {
  load();
  await click();
  const far = await frameLoads();
  far.say({ type: 'mark', on: true });
  await vi.waitFor(() => expect(localStorage.length).toBe(1));
  call('destroy');
  await vi.waitFor(() => expect(far.heard.at(-1)).toEqual({ type: 'logout' }));
  expect(localStorage.length).toBe(0);
  far.say({ type: 'left' });
  await vi.waitFor(() => expect(hosts()).toHaveLength(0));
  expect(state()).toMatchObject({ ready: false, open: false });
  call('show');
  await vi.waitFor(() => expect(warned.join()).toMatch(/was destroyed/));
  call('start');
  await vi.waitFor(() => expect(hosts()).toHaveLength(1));
  await click();
  expect((await frameLoads()).greeting).toMatchObject({ identity: null });
});

test('destroyed, it neither opens nor closes: the console says what to call first', async () => {
  document.body.innerHTML = '<button class="ask">Ask us</button>';
  load({ openOn: '.ask' });
  const opened: unknown[] = [];
  call('on', 'open', () => opened.push('open'));
  call('destroy');
  await vi.waitFor(() => expect(hosts()).toHaveLength(0));
  for (const [index, act] of [
    () => call('open'),
    () => call('open', { message: 'My parcel …' }),
    () => call('close'),
    () => document.querySelector<HTMLElement>('.ask')?.click(),
  ].entries()) {
    act();
    await vi.waitFor(() => expect(warned).toHaveLength(index + 1));
  }
  expect(warned.filter((text) => !/was destroyed/.test(text))).toEqual([]);
  expect(opened).toEqual([]);
  expect(state().open).toBe(false);
  // In one breath: each call finds what the one before has done.
  call('start');
  call('open');
  await vi.waitFor(() => expect(isOpen()).toBe(true));
  expect(opened).toEqual(['open']);
  expect(warned).toHaveLength(4);
});

test('destroyed once more without having been opened, it leaves nothing either', async () => {
  load();
  await click();
  const far = await frameLoads();
  call('destroy');
  await vi.waitFor(() => expect(types(far)).toContain('logout'));
  far.say({ type: 'left' });
  await vi.waitFor(() => expect(hosts()).toHaveLength(0));
  call('start');
  await vi.waitFor(() => expect(hosts()).toHaveLength(1));
  call('destroy');
  await vi.waitFor(() => expect(hosts()).toHaveLength(0));
});

test('calls made before the script has come are made up for, in their order', async () => {
  const q: unknown[][] = [];
  window.Fullname = Object.assign((...args: unknown[]) => void q.push(args), { q });
  call('identify', 'a.b.c');
  call('open');
  load();
  await openBy(() => undefined);
  await vi.waitFor(() => expect(state().identity).toBe('given'));
  expect((await frameLoads()).greeting).toMatchObject({ identity: 'a.b.c' });
});

test('a frame that reloads is greeted and opened again, on a new port', async () => {
  load();
  await click();
  const first = await frameLoads();
  const second = await frameLoads();
  expect(second.port).not.toBe(first.port);
  await vi.waitFor(() => expect(types(second)).toEqual(['open']));
});

test('the tag says the language, who it is, and what opens the chat', async () => {
  document.body.innerHTML = '<p class="ask"><b>Ask us</b></p>';
  load({ locale: 'zh-TW', identity: 'a.b.c', openOn: '.ask' });
  expect(button().textContent).toBe('與真人對話');
  await openBy(() => document.querySelector<HTMLElement>('b')?.click());
  expect(frame()?.src).toContain('/w/shop#zh-Hant');
  expect((await frameLoads()).greeting).toMatchObject({ identity: 'a.b.c' });
});

test('before consent nothing is loaded; a visitor’s own click opens a chat that keeps nothing', async () => {
  localStorage.setItem('fullname.shop', '1');
  load({ consent: 'required' });
  button().dispatchEvent(new Event('pointerenter'));
  call('identify', 'a.b.c');
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(frame()).toBeNull();
  expect(state().identity).toBeUndefined();
  await click();
  const far = await frameLoads();
  expect(far.greeting).toMatchObject({ memory: true, resume: false });
  localStorage.clear();
  far.say({ type: 'mark', on: true });
  far.say({ type: 'unread', count: 1 });
  await vi.waitFor(() => expect(state().unread).toBe(1));
  expect(localStorage.length).toBe(0);
});

test('consent that was given on an earlier page is taken back on this one: what was kept then is removed', async () => {
  localStorage.setItem('fullname.shop', '1');
  load({ consent: 'required' });
  call('identify', 'a.b.c');
  call('consent', false);
  await vi.waitFor(() => expect(frame()).not.toBeNull());
  expect(localStorage.length).toBe(0);
  const far = await frameLoads();
  // With the real store: in memory there would be nothing to remove.
  expect(far.greeting).toMatchObject({ memory: false, resume: false, identity: null });
  await vi.waitFor(() => expect(types(far)).toEqual(['logout']));
  far.say({ type: 'left' });
  await vi.waitFor(() => expect(frame()).toBeNull());
});

test('consent refused where nothing was kept loads nothing', async () => {
  load({ consent: 'required' });
  call('consent', false);
  call('identify', 'a.b.c');
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(state().identity).toBeUndefined();
  expect(frame()).toBeNull();
});

test.each([
  ['closed', false],
  ['open', true],
])('a frame that may keep things goes when consent is taken back; the chat stays %s', async (_, open) => {
  load();
  await click();
  const far = await frameLoads();
  expect(far.greeting).toMatchObject({ memory: false });
  const first = frame();
  far.say({ type: 'mark', on: true });
  await vi.waitFor(() => expect(localStorage.length).toBe(1));
  if (!open) call('close');
  call('consent', false);
  await vi.waitFor(() => expect(types(far)).toContain('logout'));
  expect(localStorage.length).toBe(0);
  far.say({ type: 'left' });
  await vi.waitFor(() => expect(first?.isConnected).toBe(false));
  expect(isOpen()).toBe(open);
  if (!open) await click();
  const next = await frameLoads();
  expect(next.greeting).toMatchObject({ memory: true, resume: false });
  await vi.waitFor(() => expect(types(next)).toEqual(['open']));
});

test('consent that is given again while the frame still forgets leaves the frame where it is', async () => {
  load();
  await click();
  const far = await frameLoads();
  const first = frame();
  call('consent', false);
  await vi.waitFor(() => expect(types(far)).toContain('logout'));
  call('consent', true);
  far.say({ type: 'left' });
  far.say({ type: 'unread', count: 1 });
  await vi.waitFor(() => expect(state().unread).toBe(1));
  expect(frame()).toBe(first);
});

test('with consent, calls that waited are taken up', async () => {
  load({ consent: 'required' });
  call('open');
  call('consent', true);
  await openBy(() => undefined);
  expect((await frameLoads()).greeting).toMatchObject({ memory: false });
});

test('calls are not lost where the file that answers them does not come at once', async () => {
  let asked = 0;
  vi.stubGlobal('__CALLS_FILE__', 'late.js');
  for (const tries of ['', '?'])
    vi.doMock(`${RELAY}/w/late.js${tries}`, () => {
      asked += 1;
      throw new Error('no line');
    });
  vi.doMock(`${RELAY}/w/late.js??`, () => import('./calls.ts'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  load();
  call('identify', 'a.b.c');
  call('setTheme', 'dark');
  await vi.waitFor(() => expect(asked).toBe(2));
  expect(state().identity).toBeUndefined();
  call('setTheme', 'light');
  await vi.runAllTimersAsync();
  await vi.waitFor(() => expect(state().identity).toBe('given'));
  vi.useRealTimers();
  await click();
  const far = await frameLoads();
  expect(far.greeting).toMatchObject({ identity: 'a.b.c' });
  await vi.waitFor(() => expect(types(far)).toEqual(['theme', 'open']));
  expect(far.heard[0]).toEqual({ type: 'theme', dark: false });
});

test('a hello whose file does not come is asked for again with the next news', async () => {
  vi.stubGlobal('__HELLO_FILE__', 'slow-hello.js');
  const greet = vi.fn(() => ({ hear: () => undefined }));
  vi.doMock(`${RELAY}/w/slow-hello.js`, () => {
    throw new Error('no line');
  });
  vi.doMock(`${RELAY}/w/slow-hello.js?`, () => ({ greet }));
  load({}, { hellos: { rules: [{ id: 'a' }] } });
  await vi.waitFor(() => {
    call('page');
    expect(greet).toHaveBeenCalled();
  });
  expect(greet).toHaveBeenCalledOnce();
});

test('a wrong call says what is wrong and what to write instead', async () => {
  load();
  call('boot');
  call('opne');
  call('identify', 'anna@example.com');
  call('setTheme', 'pink');
  call('setLocale', 'tlh');
  call('ask-for', 'Megan');
  call('track', 7);
  call('update', { deep: { no: 1 } });
  call('on', 'opened', () => undefined);
  call('on', 'open', 'no function');
  await vi.waitFor(() => expect(warned).toHaveLength(10));
  expect(warned.filter((text) => !text.startsWith('Fullname: '))).toEqual([]);
  const said = warned.join('\n');
  for (const hint of [
    "no command 'boot'",
    /no command 'opne'\. There are: .*\bidentify\b.*\. Did you mean 'open'\?/,
    'signed token',
    "'auto', 'light' or 'dark'",
    'zh-Hant',
    'Megan Kajitani',
    "'basket-left'",
    "plan: 'gold'",
    "Did you mean 'open'?",
    'takes a function',
  ]) {
    expect(said).toMatch(hint);
  }
  expect(said).not.toContain('twice');
});

test('calls without end are stopped, and it says so', async () => {
  load();
  for (let times = 0; times < 61; times += 1) call('show');
  await vi.waitFor(() => expect(warned.join()).toMatch(/more than 60 calls in a minute/));
});

test('what a page wishes of the chat is told to this frame and to every later one', async () => {
  load();
  call('setTheme', 'dark');
  call('mute', true);
  call('track', 'basket-left', { items: 3 });
  call('open', { message: 'My parcel …' });
  await openBy(() => undefined);
  const first = await frameLoads();
  await vi.waitFor(() => expect(types(first)).toEqual(['theme', 'mute', 'open', 'prefill', 'track']));
  const second = await frameLoads();
  await vi.waitFor(() => expect(types(second)).toEqual(['theme', 'mute', 'open']));
});

const heardOf = (far: Far, type: ToFrame['type']): ToFrame[] => far.heard.filter((one) => one.type === type);

test('what a page says of its visitor is put together, and told as a whole', async () => {
  load();
  call('update', { plan: 'silver', seats: 3 });
  call('update', { plan: 'gold', coupon: null });
  await click();
  const far = await frameLoads();
  const attributes = { plan: 'gold', seats: 3, coupon: null };
  await vi.waitFor(() => expect(heardOf(far, 'update')).toEqual([{ type: 'update', attributes }]));
  call('track', 'paid', { sum: 12 });
  await vi.waitFor(() => expect(heardOf(far, 'track')).toMatchObject([{ name: 'paid', meta: { sum: 12 } }]));
});

test('more labels than there is room for are refused as a whole, and it says so', async () => {
  load();
  const labels = (from: number) =>
    Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`l${from + index}`, 1]));
  call('update', labels(0));
  call('update', labels(20));
  await vi.waitFor(() => expect(warned.join()).toMatch(/30 names in all.*at most 60 characters, a text 200/));
  await click();
  const far = await frameLoads();
  await vi.waitFor(() => expect(heardOf(far, 'update')).toEqual([{ type: 'update', attributes: labels(0) }]));
});

test('before consent a frame is told nothing of its visitor, and all of it afterwards', async () => {
  load({ consent: 'required' });
  call('update', { plan: 'gold' });
  call('track', 'basket-left');
  call('setTheme', 'dark');
  await click();
  const far = await frameLoads();
  await vi.waitFor(() => expect(types(far)).toContain('theme'));
  expect(types(far)).not.toContain('update');
  expect(types(far)).not.toContain('track');
  call('consent', true);
  await vi.waitFor(() => expect(types(far)).toEqual(expect.arrayContaining(['update', 'track'])));
  call('consent', false);
  await vi.waitFor(() => expect(heardOf(far, 'update').at(-1)).toEqual({ type: 'update', attributes: null }));
  call('track', 'later');
  call('mute', true);
  await vi.waitFor(() => expect(types(far)).toContain('mute'));
  expect(heardOf(far, 'track')).toHaveLength(1);
});

test.each([
  ['nobody', () => call('logout')],
  ['somebody else', () => call('identify', tokenOf('omar'))],
])('what was said of one visitor is not told of %s', async (_, leave) => {
  load();
  call('identify', tokenOf('anna'));
  call('update', { plan: 'gold' });
  await click();
  const far = await frameLoads();
  await vi.waitFor(() => expect(types(far)).toContain('update'));
  leave();
  await vi.waitFor(() => expect(heardOf(far, 'update').at(-1)).toEqual({ type: 'update', attributes: null }));
  const later = await frameLoads();
  await vi.waitFor(() => expect(types(later)).toContain('open'));
  expect(types(later)).not.toContain('update');
  // The same person with a fresh proof stays the same.
  call('identify', tokenOf('omar'));
  call('update', { plan: 'silver' });
  call('identify', tokenOf('omar', 2));
  await vi.waitFor(() =>
    expect(later.heard.filter(({ type }) => type === 'identify').length).toBeGreaterThan(0),
  );
  expect(heardOf(later, 'update').at(-1)).toEqual({ type: 'update', attributes: { plan: 'silver' } });
});

test('what is said of a visitor without proof is a label, and no identity', async () => {
  load();
  call('identify', {
    userId: 'anna',
    name: 'Anna Lindqvist',
    email: 'anna@example.com',
    attributes: { plan: 'gold' },
  });
  await click();
  const far = await frameLoads();
  expect(far.greeting).toMatchObject({ identity: null });
  const attributes = { userId: 'anna', name: 'Anna Lindqvist', email: 'anna@example.com', plan: 'gold' };
  await vi.waitFor(() => expect(heardOf(far, 'update').at(-1)).toEqual({ type: 'update', attributes }));
  expect(state().identity ?? null).toBeNull();
  // The proof of the same person adds to it.
  call('identify', { token: tokenOf('anna'), phone: '+49 30 1234' });
  await vi.waitFor(() =>
    expect(heardOf(far, 'update').at(-1)).toEqual({
      type: 'update',
      attributes: { ...attributes, phone: '+49 30 1234' },
    }),
  );
  expect(state().identity).toBe('given');
  // A name alone leaves it alone; another id is somebody else, whose labels are their own.
  call('identify', { name: 'Anna' });
  await vi.waitFor(() =>
    expect(heardOf(far, 'update').at(-1)).toMatchObject({ attributes: { name: 'Anna', plan: 'gold' } }),
  );
  expect(state().identity).toBe('given');
  call('identify', { userId: 'omar' });
  await vi.waitFor(() => expect(state().identity).toBeNull());
  await vi.waitFor(() =>
    expect(heardOf(far, 'identify').at(-1)).toEqual({ type: 'identify', identity: null }),
  );
  const later = await frameLoads();
  await vi.waitFor(() =>
    expect(heardOf(later, 'update').at(-1)).toEqual({ type: 'update', attributes: { userId: 'omar' } }),
  );
  expect(warned).toEqual([]);
});

test.each([
  ['nothing', {}],
  ['a list', ['anna@example.com']],
  ["another chat's names", { user_id: 'anna', user_hash: 'ab' }],
  ['a hash that was not made', { userId: 'anna', hash: undefined }],
  ['the hash of a number', { userId: 7, hash: 'ab' }],
  ['labels of no kind', { name: 'Anna', attributes: 'gold' }],
])('%s is no identity, and nothing is taken from it', async (_, given) => {
  load();
  call('identify', given);
  await vi.waitFor(() =>
    expect(warned.join()).toMatch(/no signed token.*both texts.*\{ userId, name, email/),
  );
  await click();
  const far = await frameLoads();
  await vi.waitFor(() => expect(types(far)).toContain('open'));
  expect(types(far)).not.toContain('update');
  expect(far.greeting).toMatchObject({ identity: null });
});

/** As far as this page reads it: whom it names. */
const tokenOf = (sub: string, turn = 1): string =>
  `h.${btoa(JSON.stringify({ sub, turn }))}.s`.replaceAll('=', '');

test('what happens in the chat comes to those who listen', async () => {
  load();
  const heard: unknown[] = [];
  call('on', 'availability', (detail: unknown) => heard.push(detail));
  await click();
  const far = await frameLoads();
  await vi.waitFor(() => expect(types(far)).toContain('watch'));
  far.say({ type: 'event', event: 'availability', detail: 'here' });
  await vi.waitFor(() => expect(heard).toEqual(['here']));
  expect(state().availability).toBe('here');
});

test('the launcher is hidden and shown again', async () => {
  load();
  const rules = (): string =>
    root()
      .adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules])
      .map((rule) => rule.cssText)
      .join('');
  call('hide');
  await vi.waitFor(() => expect(rules()).toMatch(/button ?\{ ?display: ?none/));
  call('show');
  await vi.waitFor(() => expect(rules()).not.toMatch(/button ?\{ ?display: ?none/));
});

test('a frame that never answers is taken away, and the console names the origin that is missing', async () => {
  const errors: string[] = [];
  vi.spyOn(console, 'error').mockImplementation((text) => void errors.push(String(text)));
  load();
  await click();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  Object.defineProperty(frame(), 'contentWindow', {
    value: { postMessage: () => undefined },
    configurable: true,
  });
  frame()?.dispatchEvent(new Event('load'));
  await vi.advanceTimersByTimeAsync(5_001);
  vi.useRealTimers();
  await vi.waitFor(() => expect(errors.join()).toContain(`did not come up on ${location.origin}`));
  expect(frame()).toBeNull();
  expect(isOpen()).toBe(false);
  await click();
  expect(frame()).not.toBeNull();
});
