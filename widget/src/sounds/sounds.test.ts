import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Chat } from '../chat.ts';
import { grant } from '../page-wishes.ts';
import type { Records } from '../storage/kept.ts';
import { play } from './notes.ts';
import { createSounds, type SoundChoice } from './sounds.ts';

vi.mock('./notes.ts', { spy: true });

let notes = 0;

/** As much of Web Audio as a sound asks for; the sounds themselves are heard in test/browser/sounds.spec.ts. */
class Audio {
  state = 'running';
  currentTime = 0;
  destination = {};
  createOscillator = () => {
    notes += 1;
    return node();
  };
  createGain = node;
  createBiquadFilter = node;
}

function node() {
  const param = () => ({
    value: 0,
    ...{ setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined },
    ...{ exponentialRampToValueAtTime: () => undefined, setTargetAtTime: () => undefined },
  });
  const made = {
    ...{ type: '', frequency: param(), gain: param(), Q: param(), detune: param() },
    connect: (to: unknown) => to,
    ...{ start: () => undefined, stop: () => undefined, disconnect: () => undefined },
  };
  return made;
}

/** A chat that may not be touched: the page's wish begins no conversation and opens no storage. */
const untouched = new Proxy({} as Chat, {
  get: (_, name) => {
    throw new Error(`the chat was asked for ${String(name)}`);
  },
});
const nothingKept = {
  get: async () => null,
  write: async () => undefined,
  onChange: () => undefined,
} as unknown as Records;

/** What windows of one browser keep together: each hears of what another one has written. */
function keptTogether(): Records {
  const values = new Map<string, unknown>();
  const listeners: (() => void)[] = [];
  return {
    get: async (key: string) => values.get(key),
    write: async (changes: readonly { readonly put: string; readonly value: unknown }[]) => {
      for (const { put, value } of changes) values.set(put, value);
      for (const listener of listeners) listener();
    },
    onChange: (listener: () => void) => void listeners.push(listener),
  } as unknown as Records;
}

/** The browser's locks, as far as a sound asks for them: whoever comes second while one is held gets none. */
function locksOfOneBrowser() {
  const held = new Set<string>();
  return {
    async request(name: string, _: LockOptions, work: (lock: object | null) => Promise<void>) {
      if (held.has(name)) return work(null);
      held.add(name);
      await work({}).finally(() => held.delete(name));
    },
  };
}

/** One window: its sounds, after a gesture. */
function openWindow(kept: Records = nothingKept) {
  const sounds = createSounds(kept, 'shop');
  dispatchEvent(new Event('pointerdown'));
  return sounds;
}

const askForCalm = (wanted: boolean): void =>
  void vi.stubGlobal('matchMedia', (query: string) => ({
    matches: wanted && query === '(prefers-reduced-motion: reduce)',
  }));
const volumes = (): number[] => vi.mocked(play).mock.calls.map(([, , volume]) => volume);

beforeEach(() => {
  notes = 0;
  vi.mocked(play).mockClear();
  vi.stubGlobal('AudioContext', Audio);
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('a page that mutes the chat hears nothing, and hears it again when it takes that back', async () => {
  const mute = (on: boolean) =>
    grant({ type: 'mute', on }, { chat: untouched, app: null, tell: () => undefined });
  const sounds = createSounds(nothingKept, 'shop');
  dispatchEvent(new Event('pointerdown'));

  await mute(true);
  await sounds.ring(false);
  expect(notes).toBe(0);
  await mute(false);
  await sounds.ring(false);
  expect(notes).toBeGreaterThan(0);
});

test('who has the chat before their eyes hears nothing, and neither do their other windows', async () => {
  vi.stubGlobal('navigator', { locks: locksOfOneBrowser() });
  const [here, elsewhere] = [openWindow(), openWindow()];
  await Promise.all([here.ring(true), elsewhere.ring(false)]);
  expect(notes).toBe(0);
});

test('of several windows that nobody looks at one is heard, and each later answer once more', async () => {
  vi.stubGlobal('navigator', { locks: locksOfOneBrowser() });
  vi.useFakeTimers();
  const windows = [openWindow(), openWindow(), openWindow()];
  const ring = async (): Promise<void> => {
    const rung = windows.map((one) => one.ring(false));
    await vi.runAllTimersAsync();
    await Promise.all(rung);
  };
  await ring();
  expect(volumes()).toHaveLength(1);
  await ring();
  expect(volumes()).toHaveLength(2);
});

test('before anybody has chosen it is quiet', async () => {
  const sounds = openWindow();
  expect(sounds.choice().sound).not.toBe('off');
  await sounds.ring(false);
  expect(volumes()).toHaveLength(1);
  expect(Math.max(...volumes())).toBeLessThanOrEqual(0.3);
});

test('turned off it is silent, in other windows and after a reload too, until it is turned on again', async () => {
  const kept = keptTogether();
  const [chosen, other] = [openWindow(kept), openWindow(kept)];
  await chosen.choose({ sound: 'off', volume: 0.5 });
  for (const sounds of [chosen, other, openWindow(kept)]) {
    await sounds.ring(false);
    expect(sounds.choice()).toEqual({ sound: 'off', volume: 0.5 });
  }
  expect(notes).toBe(0);
  await chosen.choose({ sound: 'harp', volume: 0.5 });
  await other.ring(false);
  expect(volumes()).toEqual([0.5]);
});

test.each<[string, boolean, SoundChoice | null, number]>([
  ['hears nothing before choosing a sound', true, null, 0],
  ['hears the one that was chosen', true, { sound: 'dove', volume: 0.8 }, 1],
])('who asks the system for less motion %s', async (_, wanted, choice, times) => {
  askForCalm(wanted);
  const kept = keptTogether();
  if (choice) await openWindow(kept).choose(choice);
  const sounds = openWindow(kept);
  await sounds.ring(false);
  expect(volumes()).toHaveLength(times);
});
