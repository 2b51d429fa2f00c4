import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { permission, ring } from './notify.ts';
import { changeSettings } from './preferences.ts';
import { joinTabs, mayRing } from './tabs.ts';
import { lin, megan, row } from './testing/scripted-relay.ts';
import { Speaker } from './testing/speaker.ts';

/** What the browser was asked to show; it has no notifications of its own here. */
class Shown {
  static all: Shown[] = [];
  readonly title: string;
  readonly options: NotificationOptions;
  closed = false;
  onclick: (() => void) | null = null;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    Shown.all.push(this);
  }
  close() {
    this.closed = true;
  }
}

let isLookedAt = false;
let leave: () => void;

beforeEach(async () => {
  vi.stubGlobal('Notification', Shown);
  vi.stubGlobal('AudioContext', Speaker);
  Shown.all = [];
  Speaker.asked = 0;
  permission.value = 'granted';
  changeSettings({ sound: true, notifications: true, locale: 'en' });
  isLookedAt = false;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => isLookedAt);
  leave = joinTabs();
  await vi.waitFor(() => expect(mayRing()).toBe(true));
});
afterEach(() => {
  leave();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const before = row({ lastSeq: 1, preview: { text: 'Hello', by: 'visitor' } });
const after = row({ lastSeq: 2, preview: { text: 'My card number is 4711', by: 'visitor' } });
const rung = () => [Shown.all.length, Speaker.asked];

describe('the desk calls', () => {
  it('when a visitor writes in one’s own conversation: one sound, and a notification without their words', () => {
    ring(after, before, megan.id);
    expect(rung()).toEqual([1, 1]);
    expect(Shown.all[0]?.title).toBe('Anna Lindqvist writes');
    expect(JSON.stringify(Shown.all[0]?.options)).not.toContain('4711');
    expect(Shown.all[0]?.options.silent).toBe(true);
  });

  it('when somebody waits who is offered to nobody or to oneself, and when one is handed a conversation', () => {
    const waiting = { ...after, status: 'waiting' as const, holder: null };
    ring({ ...waiting, offeredTo: lin }, before, megan.id);
    expect(rung()).toEqual([0, 0]);
    ring(waiting, before, megan.id);
    ring(after, { ...before, holder: lin }, megan.id);
    expect(Shown.all.map(({ title }) => title)).toEqual([
      'Anna Lindqvist is waiting',
      'Anna Lindqvist was handed over to you',
    ]);
  });

  it('not for what somebody else answers, and not for the same words again', () => {
    ring({ ...after, holder: lin }, before, megan.id);
    ring({ ...after, preview: { text: 'Yes', by: 'agent' } }, before, megan.id);
    ring(after, after, megan.id);
    expect(rung()).toEqual([0, 0]);
  });

  it('not while somebody looks at this tab', () => {
    isLookedAt = true;
    ring(after, before, megan.id);
    expect(rung()).toEqual([0, 0]);
  });

  it('not while somebody looks at another tab, and again when they look away', async () => {
    const other = new BroadcastChannel('fullname.console.tabs');
    other.postMessage({ tab: 'other', focused: true });
    await vi.waitFor(() => expect(mayRing()).toBe(false));
    ring(after, before, megan.id);
    expect(rung()).toEqual([0, 0]);
    other.postMessage({ tab: 'other', focused: false });
    await vi.waitFor(() => expect(mayRing()).toBe(true));
    other.close();
  });
});

describe('what one has switched off', () => {
  it('is quiet when muted, and still notifies', () => {
    changeSettings({ sound: false });
    ring(after, before, megan.id);
    expect(rung()).toEqual([1, 0]);
  });

  it('is not shown where the browser or the person said no, and still sounds', () => {
    changeSettings({ notifications: false });
    ring(after, before, megan.id);
    changeSettings({ notifications: true });
    permission.value = 'denied';
    ring(after, before, megan.id);
    expect(rung()).toEqual([0, 2]);
  });
});

it('a notification goes as soon as what it told of is read', () => {
  ring(after, before, megan.id);
  ring({ ...after, read: 2 }, after, megan.id);
  expect(Shown.all.map(({ closed }) => closed)).toEqual([true]);
});
