import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Chat } from '../chat.ts';
import { grant } from '../page-wishes.ts';
import type { Records } from '../storage/kept.ts';
import { createSounds } from './sounds.ts';

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

beforeEach(() => {
  notes = 0;
  vi.stubGlobal('AudioContext', Audio);
});
afterEach(() => vi.unstubAllGlobals());

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
