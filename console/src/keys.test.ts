import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KeyActions, listenToKeys, type SingleKey } from './keys.ts';
import { changeSettings } from './preferences.ts';

const NAMES: readonly SingleKey[] = [
  'help',
  'search',
  'down',
  'up',
  'reply',
  'note',
  'take',
  'handOver',
  'close',
  'failure',
  'pane',
];
let done: string[] = [];
let stop = (): void => undefined;

beforeEach(() => {
  done = [];
  changeSettings({ singleKeys: true });
  const actions = Object.fromEntries([...NAMES, 'palette'].map((name) => [name, () => done.push(name)]));
  stop = listenToKeys(actions as unknown as KeyActions);
});
afterEach(() => {
  stop();
  document.body.replaceChildren();
});

function press(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): void {
  target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }));
}

describe('single keys', () => {
  it('act by the character on the key', () => {
    for (const key of ['j', 'k', 'r', 'n', 'a', 't', 'h', 'e', 'f', 'p', '/', '?']) press(key);
    expect(done).toEqual([
      'down',
      'up',
      'reply',
      'note',
      'take',
      'take',
      'handOver',
      'close',
      'failure',
      'pane',
      'search',
      'help',
    ]);
  });

  it('act by the place of the key where the layout has no Latin letters', () => {
    press('о', { code: 'KeyJ' });
    expect(done).toEqual(['down']);
  });

  it('never act while somebody types', () => {
    const field = document.body.appendChild(document.createElement('textarea'));
    press('e', {}, field);
    expect(done).toEqual([]);
  });

  it('leave AltGr, Alt, Ctrl and input methods alone', () => {
    press('e', { ctrlKey: true, altKey: true });
    press('e', { altKey: true });
    press('e', { ctrlKey: true });
    press('e', { isComposing: true });
    expect(done).toEqual([]);
  });

  it('can be switched off; Ctrl+K stays', () => {
    changeSettings({ singleKeys: false });
    press('e');
    press('k', { ctrlKey: true });
    expect(done).toEqual(['palette']);
  });
});
