/** How the desk calls: the tab's title, a notification of the browser, one quiet sound. Never while somebody is looking. */
import type { ConversationRow } from '@fullname/shared/model';
import type { Task } from '@fullname/shared/recovery';
import { effect, signal } from '@preact/signals';
import type { Inbox } from './inbox.ts';
import { settings } from './preferences.ts';
import { go } from './route.ts';
import { playSound } from './sound.ts';
import { words } from './strings/index.ts';
import { mayRing } from './tabs.ts';
import { sayWithWay, toast } from './toast.ts';

export type Permission = NotificationPermission | 'unsupported';

export const permission = signal<Permission>(
  'Notification' in window ? Notification.permission : 'unsupported',
);

/** Asked for by a button only: a page that asks by itself is refused for good. */
export async function askPermission(): Promise<void> {
  if (!('Notification' in window)) return;
  permission.value = await Notification.requestPermission();
}

const shown = new Map<string, Notification>();

/** Rings for what concerns this person: a visitor's words in their conversation, somebody new who waits, a hand-over to them. */
export function ring(row: ConversationRow, before: ConversationRow | null, me: string): void {
  if (row.status === 'closed' || row.status === 'spam' || row.read >= row.lastSeq) clearNotification(row.id);
  const title = callOf(row, before, me);
  if (!title || !mayRing()) return;
  if (settings.value.sound) void playSound();
  if (settings.value.notifications && permission.value === 'granted') notify(row, title);
}

function callOf(row: ConversationRow, before: ConversationRow | null, me: string): string | null {
  const t = words().notify;
  const name = row.name ?? words().list.visitor;
  const isMine = row.holder?.id === me;
  if (row.status === 'open' && isMine && before?.holder && before.holder.id !== me)
    return t.handedToYou(name);
  if (row.preview?.by !== 'visitor' || row.lastSeq <= (before?.lastSeq ?? 0)) return null;
  if (row.status === 'waiting')
    return !row.offeredTo || row.offeredTo.id === me || !before ? t.waits(name) : null;
  return row.status === 'open' && isMine ? t.writes(name) : null;
}

/** The words are left out: a notification is read by whoever stands behind the screen. */
function notify(row: ConversationRow, title: string): void {
  clearNotification(row.id);
  const notification = new Notification(title, {
    body: row.site.name,
    tag: `fullname-${row.id}`,
    silent: true,
  });
  notification.onclick = () => {
    window.focus();
    go({ page: 'desk', conversation: row.id });
    notification.close();
  };
  shown.set(row.id, notification);
}

/**
 * Says that a task's time has come: in the page to whoever looks at it, else by a notification from the tab that may ring.
 * False when it was not shown here. The words of its record are left out of the notification.
 */
export function remindOf(task: Task): boolean {
  const t = words().work;
  const what = task.customer ? t.remind(t.kinds[task.kind], task.customer.name) : t.kinds[task.kind];
  if (document.hasFocus()) {
    sayDue(what);
    return true;
  }
  if (!mayRing()) return false;
  if (settings.value.sound) void playSound();
  if (!settings.value.notifications || permission.value !== 'granted') return false;
  const notification = new Notification(t.isDue(what), { tag: `fullname-task-${task.id}`, silent: true });
  notification.onclick = () => {
    window.focus();
    toTasks();
    notification.close();
  };
  return true;
}

let saidDue = { toast: 0, count: 0 };

/** Several that come at once are one line: none takes the place of another unread. */
function sayDue(what: string): void {
  const t = words().work;
  const count = toast.value?.id === saidDue.toast ? saidDue.count + 1 : 1;
  const text = count === 1 ? t.isDue(what) : t.areDue(String(count));
  saidDue = { toast: sayWithWay(text, { label: t.open, act: toTasks }), count };
}

function toTasks(): void {
  go({ page: 'todo', section: 'tasks' });
}

function clearNotification(conversation: string): void {
  shown.get(conversation)?.close();
  shown.delete(conversation);
}

/** Keeps the tab's title true: how many wait or have written; returns how to stop. */
export function followTitle(inbox: Inbox): () => void {
  return effect(() => {
    const open = inbox.open.value;
    const t = words();
    const name = open.state === 'ready' ? (open.thread.detail.value.name ?? t.list.visitor) : t.rail.desk;
    document.title = t.notify.title(
      inbox.counts.value.waiting + inbox.list.unread.value,
      `${name} – Fullname`,
    );
    if (open.state === 'ready' && document.hasFocus()) clearNotification(open.id);
  });
}
