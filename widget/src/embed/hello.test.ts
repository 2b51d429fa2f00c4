import type { Hello } from '@fullname/shared/model';
import type { EmbedHellos } from '@fullname/shared/page-settings';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Core, Hosted, Options } from './contract.ts';
import { greet } from './hello.ts';

const RELAY = 'https://chat.example';
const MEGAN: Hello = {
  person: { id: 'megan', fullName: 'Megan Kajitani' },
  ...{ title: 'Florist adviser', here: true, text: 'The peonies are in.' },
};
let answers: Record<string, Hello | null | Error>;
let asked: string[];
let hidden: boolean;
let stop: AbortController;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  answers = { a: MEGAN, b: MEGAN };
  asked = [];
  hidden = false;
  stop = new AbortController();
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => hidden);
  // Each test is a page of its own: what listens goes with it.
  for (const target of [document, window] as EventTarget[]) {
    const add = target.addEventListener;
    vi.spyOn(target, 'addEventListener').mockImplementation((type, heard) =>
      add.call(target, type, heard, { signal: stop.signal }),
    );
  }
  // The answer may be kept for 15 seconds: so long its address is the same.
  for (const id of ['a', 'b'])
    for (let slot = 0; slot < 12; slot += 1)
      vi.doMock(`${RELAY}/w/hello/shop/${id}.js?${slot}`, () => {
        asked.push(id);
        const answer = answers[id];
        if (answer instanceof Error) throw answer;
        return { default: answer };
      });
});
afterEach(() => {
  stop.abort();
  document.documentElement.querySelector('fullname-chat')?.remove();
  localStorage.clear();
  sessionStorage.clear();
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.resetModules();
});

function page(hellos: EmbedHellos, options: Options = {}, changes: Partial<Core> = {}) {
  const host = document.createElement('fullname-chat');
  host.attachShadow({ mode: 'open' }).append(document.createElement('button'));
  host.lang = 'en';
  document.documentElement.append(host);
  const core = {
    ...{ settings: { site: 'shop', origin: RELAY, hellos }, options, allowed: true, host },
    ...{ state: { ready: false, open: false, unread: 0 }, handlers: new Set(), ...changes },
  } as unknown as Core;
  const told: unknown[] = [];
  const hosted = {
    ...{ core, wishes: new Map(), identity: null, url: `${RELAY}/peonies` },
    ...{ where: () => hosted.url ?? '', tell: (wish: unknown) => told.push(wish), warm: vi.fn() },
    open: vi.fn(),
    close: vi.fn(),
    show: vi.fn(),
  } as unknown as Hosted & { url: string };
  const greeter = greet(hosted);
  const box = () => [...(host.shadowRoot?.querySelectorAll('span') ?? [])].at(-1)?.shadowRoot ?? null;
  const words = () => box()?.querySelector('[role=status]')?.textContent ?? null;
  greeter.hear();
  return { core, hosted, greeter, host, told, box, words };
}

const after = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1_000);
/** Until whatever is to come has come: an answer of the relay's is a module, which comes in its own time. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await after(0.2);
    await vi.dynamicImportSettled();
  }
  await after(0.2);
}

test('it is said after its time of looking, with name, title and words, and shown once a visit', async () => {
  const { words, greeter, hosted } = page({ rules: [{ id: 'a', after: 5 }] });
  await after(4.9);
  expect(asked).toEqual([]);
  await settled();
  expect(words()).toBe('Megan KajitaniFlorist adviser · here nowThe peonies are in.');
  expect(localStorage.length).toBe(0);
  expect(sessionStorage.getItem('fullname.shop.hello')).toBe('1');
  hosted.url = `${RELAY}/roses`;
  greeter.hear();
  expect(words()).not.toBeNull();
  const second = page({ rules: [{ id: 'b' }] });
  await settled();
  expect(second.words()).toBeNull();
  expect(asked).toEqual(['a']);
});

test('while the page is not looked at, its time stands still', async () => {
  const { words } = page({ rules: [{ id: 'a', after: 5 }] });
  await after(3);
  hidden = true;
  document.dispatchEvent(new Event('visibilitychange'));
  await after(60);
  expect(asked).toEqual([]);
  hidden = false;
  document.dispatchEvent(new Event('visibilitychange'));
  await after(1.9);
  expect(words()).toBeNull();
  await settled();
  expect(words()).not.toBeNull();
});

test.each<[string, Hello | null | Error]>([
  ['is not there', { ...MEGAN, here: false }],
  ['is nobody', null],
  ['cannot be asked about', new Error('offline')],
])('where the signer %s nothing is shown or kept, and the next one is asked about', async (_, answer) => {
  answers = { a: answer, b: answer };
  const { words } = page({ rules: [{ id: 'a' }, { id: 'b' }] });
  await settled();
  expect(words()).toBeNull();
  expect(asked).toEqual(['a', 'b']);
  expect(localStorage.length + sessionStorage.length).toBe(0);
});

test('another page is another view: its time begins anew, and what does not fit there goes', async () => {
  const { words, greeter, hosted } = page({ rules: [{ id: 'a', pages: ['/peonies'], after: 5 }] });
  await after(4);
  hosted.url = `${RELAY}/roses`;
  greeter.hear();
  await after(10);
  hosted.url = `${RELAY}/peonies`;
  greeter.hear();
  await after(4.9);
  expect(words()).toBeNull();
  await settled();
  expect(words()).not.toBeNull();
  hosted.url = `${RELAY}/roses`;
  greeter.hear();
  expect(words()).toBeNull();
});

test('closed, it is remembered; the focus goes to the launcher', async () => {
  const { words, box, host } = page({ rules: [{ id: 'a' }] });
  await settled();
  const [, cross] = box()?.querySelectorAll('button') ?? [];
  expect(cross?.ariaLabel).toBe('Close');
  cross?.focus();
  cross?.click();
  expect(words()).toBeNull();
  expect(host.shadowRoot?.activeElement).toBe(host.shadowRoot?.querySelector('button'));
  host.shadowRoot?.querySelector('button')?.blur();
  expect(localStorage.getItem('fullname.shop.hello')).toBe('1');
  sessionStorage.clear();
  const later = page({ rules: [{ id: 'b' }] });
  await settled();
  expect(later.words()).toBeNull();
  expect(asked).toEqual(['a']);
});

test('where nothing may be kept, it is shown and nothing is kept', async () => {
  const { words, box } = page({ rules: [{ id: 'a' }] }, { storage: 'memory' });
  await settled();
  expect(words()).not.toBeNull();
  box()?.querySelectorAll('button')[1]?.click();
  expect(localStorage.length + sessionStorage.length).toBe(0);
});

test('before consent, with the chat open, or to strangers where one must be signed in, nobody is asked', async () => {
  const rules = [{ id: 'a' }];
  const quiet = [
    page({ rules }, {}, { allowed: false }),
    page({ rules }, {}, { state: { ready: true, open: true, unread: 0 } }),
    page({ rules, signed: true }),
    page({ rules }, {}, { gone: true }),
  ];
  const { greeter, hosted } = quiet[2] as (typeof quiet)[number];
  await settled();
  expect(asked).toEqual([]);
  Object.assign(hosted, { identity: 'a.b.c' });
  greeter.hear();
  await settled();
  expect(quiet[2]?.words()).not.toBeNull();
});

test('pressed, the chat opens and is told which it was and whose, never the words', async () => {
  const { hosted, box, words, told, greeter } = page({ rules: [{ id: 'a' }] });
  await settled();
  box()?.querySelector('button')?.click();
  expect(words()).toBeNull();
  expect(hosted.open).toHaveBeenCalledOnce();
  expect([...hosted.wishes.values()]).toEqual([{ type: 'hello', hello: 'a', person: 'megan' }]);
  expect(told).toEqual([]);
  greeter.hear({ type: 'event', event: 'ready' });
  expect(hosted.wishes.size).toBe(0);
});

test.each([true, false])('who has written before is asked about first: under way %j', async (on) => {
  localStorage.setItem('fullname.shop', '1');
  const { words, greeter, told, hosted } = page({ rules: [{ id: 'a', returning: true }] });
  await settled();
  expect(told).toEqual([{ type: 'under-way' }]);
  expect(asked).toEqual([]);
  greeter.hear({ type: 'under-way', on });
  await settled();
  expect(hosted.wishes.size).toBe(0);
  expect(words() !== null).toBe(!on);
});

test('whatever stands in name, title and words is text', async () => {
  const evil = '<img src=x onerror="window.bad=1"><script>window.bad=1</script>';
  answers.a = { ...MEGAN, person: { id: 'x', fullName: evil }, title: evil, text: evil };
  const { box, words } = page({ rules: [{ id: 'a' }] });
  await settled();
  expect(words()).toBe(`${evil}${evil} · here now${evil}`);
  expect(box()?.querySelector('img, script')).toBeNull();
});

test('the words around it are the owner’s own where they have some', async () => {
  const hellos = { rules: [{ id: 'a' }] };
  const words = { en: { helloHere: 'in the shop', helloClose: 'Not now' }, de: { helloAnswer: 'Antwort' } };
  const { box } = page(hellos, {}, { settings: { site: 'shop', origin: RELAY, hellos, words } });
  await settled();
  expect(box()?.querySelector('small')?.textContent).toBe('Florist adviser · in the shop');
  const buttons = [...(box()?.querySelectorAll('button') ?? [])];
  expect(buttons.map(({ ariaLabel, textContent }) => ariaLabel ?? textContent)).toEqual([
    'Answer',
    'Not now',
  ]);
});

test('in Arabic it is read from the right', async () => {
  const { host, box, greeter } = page({ rules: [{ id: 'a', after: 1 }] });
  host.lang = 'ar';
  greeter.hear();
  await after(1);
  await settled();
  expect(box()?.querySelector('section')?.dir).toBe('rtl');
  expect(box()?.querySelector('button')?.textContent).toBe('الرد');
});
