import { ok } from '@fullname/shared/errors';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { permission } from './notify.ts';
import { changeSettings } from './preferences.ts';
import { joinTabs, mayRing } from './tabs.ts';
import { fakeRelay } from './testing/book.tsx';
import { scriptedRelay } from './testing/scripted-relay.ts';
import { task } from './testing/work.tsx';
import { hideToast, toast } from './toast.ts';
import { openWork, type WorkModel } from './work.ts';

/** What the browser was asked to show; it has no notifications of its own here. */
class Shown {
  static all: Shown[] = [];
  readonly title: string;
  readonly options: NotificationOptions;
  onclick: (() => void) | null = null;
  constructor(title: string, options: NotificationOptions) {
    this.title = title;
    this.options = options;
    Shown.all.push(this);
  }
  close() {
    this.onclick = null;
  }
}

const due = task({ remindedAt: '2026-11-22T10:00:00.000Z' });
let http: ReturnType<typeof fakeRelay>;
let relay: ReturnType<typeof scriptedRelay>;
let work: WorkModel;
let isLookedAt = false;
let leave: () => void;

beforeEach(async () => {
  vi.stubGlobal('Notification', Shown);
  Shown.all = [];
  permission.value = 'granted';
  changeSettings({ sound: true, notifications: true, locale: 'en' });
  hideToast();
  isLookedAt = false;
  vi.spyOn(document, 'hasFocus').mockImplementation(() => isLookedAt);
  http = fakeRelay();
  relay = scriptedRelay();
  work = openWork(relay);
  leave = joinTabs();
  await vi.waitFor(() => expect(mayRing()).toBe(true));
});
afterEach(() => {
  work.stop();
  leave();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

const seen = () => http.asked.filter(({ what }) => what.endsWith('/seen')).length;
const counts = (change = {}) => ({ open: 1, due: 1, requests: 0, notes: 0, praise: 0, ...change });

/** Another tab of this browser says whether somebody looks at it. */
async function otherTab(focused: boolean): Promise<void> {
  const other = new BroadcastChannel('fullname.console.tabs');
  other.postMessage({ tab: 'other', focused });
  await vi.waitFor(() => expect(mayRing()).toBe(!focused));
  other.close();
}

describe('a task whose time has come', () => {
  it('is one notification, without the words of its record, and seen', () => {
    relay.emit('task:due', due);
    relay.emit('task:due', due);
    expect(Shown.all.map(({ title }) => title)).toEqual(['Due now – Ask whether it holds: Anna Lindqvist']);
    expect(JSON.stringify(Shown.all)).not.toContain('parcel');
    expect(seen()).toBe(1);
  });

  it('is said in the page to whoever looks at it, and not notified', () => {
    isLookedAt = true;
    relay.emit('task:due', due);
    expect(Shown.all).toEqual([]);
    expect(toast.value?.text).toBe('Due now – Ask whether it holds: Anna Lindqvist');
    expect(toast.value?.way?.label).toBe('Open');
    expect(seen()).toBe(1);
  });

  it('is counted with others that come at once', () => {
    isLookedAt = true;
    relay.emit('task:due', due);
    relay.emit('task:due', task({ id: 'second', kind: 'internal' }));
    expect(toast.value?.text).toBe('2 things are due now');
  });

  it('is left to the tab that somebody looks at', async () => {
    await otherTab(true);
    relay.emit('task:due', due);
    expect([Shown.all.length, toast.value, seen()]).toEqual([0, null, 0]);
    await otherTab(false);
  });

  it('that was left is shown when somebody comes back, unless another tab has shown it', async () => {
    changeSettings({ notifications: false });
    let shownElsewhere = false;
    http.answer = ({ what }) =>
      what.startsWith('GET /api/tasks')
        ? ok({
            tasks: [
              { ...due, seen: shownElsewhere },
              ...(shownElsewhere
                ? [
                    task({ id: 'second', kind: 'internal', remindedAt: due.remindedAt, seen: true }),
                    task({ id: 'third', kind: 'effort', remindedAt: due.remindedAt }),
                  ]
                : []),
            ],
            next: null,
          })
        : undefined;
    relay.emit('task:due', due);
    expect(seen()).toBe(0);
    isLookedAt = true;
    window.dispatchEvent(new Event('focus'));
    await vi.waitFor(() => expect(toast.value?.text).toContain('Anna Lindqvist'));
    expect(seen()).toBe(1);

    hideToast();
    isLookedAt = false;
    shownElsewhere = true;
    relay.emit('task:due', task({ id: 'second', kind: 'internal' }));
    isLookedAt = true;
    window.dispatchEvent(new Event('focus'));
    await vi.waitFor(() => expect(toast.value).not.toBe(null));
    expect(toast.value?.text).toBe('Due now – Spend effort, not forms: Anna Lindqvist');
  });
});

it('what came due while nobody listened is found in the list: reminded, and not seen', async () => {
  http.answer = ({ what }) =>
    what.startsWith('GET /api/tasks')
      ? ok({
          tasks: [due, task({ id: 'not yet' }), { ...due, id: 'shown', seen: true }],
          next: null,
        })
      : undefined;
  relay.emit('welcome', { ...(await welcome()), work: counts() });
  await vi.waitFor(() => expect(Shown.all).toHaveLength(1));
  expect(http.asked.map(({ what }) => what)).toContain(`POST /api/tasks/${due.id}/seen`);
  expect(seen()).toBe(1);
});

it('the numbers follow the relay, and every change is a reason to read again', async () => {
  relay.emit('welcome', { ...(await welcome()), work: counts({ due: 0 }) });
  const told = work.told.value;
  relay.emit('work:changed', counts({ due: 3 }));
  expect(work.counts.value.due).toBe(3);
  expect(work.told.value).toBeGreaterThan(told);
});

/** The welcome that a connection which came back brings. */
async function welcome() {
  const other = scriptedRelay();
  return new Promise<Parameters<Parameters<typeof other.on<'welcome'>>[1]>[0]>((resolve) => {
    other.on('welcome', resolve);
    other.setStatus('online');
  });
}
