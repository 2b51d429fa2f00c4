/** Several tabs of one browser: one of them leads and makes the noise, and none does while somebody looks at any of them. */
import { signal } from '@preact/signals';

const CHANNEL = 'fullname.console.tabs';
type Word = { readonly tab: string; readonly focused: boolean };

/** True in the one tab that rings and notifies. Without Web Locks (plain http) every tab does; a notification's tag makes them one. */
const locks: LockManager | null | undefined = navigator.locks;
const leads = signal(!locks);
const focusedTabs = new Set<string>();

/** Begins to share; returns how to stop. */
export function joinTabs(): () => void {
  const tab = String(Math.random());
  const channel = 'BroadcastChannel' in window ? new BroadcastChannel(CHANNEL) : null;
  const resign = new AbortController();
  const tell = () => channel?.postMessage({ tab, focused: document.hasFocus() } satisfies Word);
  const leave = () => channel?.postMessage({ tab, focused: false } satisfies Word);
  if (channel)
    channel.onmessage = ({ data }: MessageEvent<Word>) => {
      if (data.focused) focusedTabs.add(data.tab);
      else focusedTabs.delete(data.tab);
    };
  for (const event of ['focus', 'blur'] as const) window.addEventListener(event, tell);
  window.addEventListener('pagehide', leave);
  void lead(resign.signal);
  tell();
  return () => {
    leave();
    resign.abort();
    channel?.close();
    for (const event of ['focus', 'blur'] as const) window.removeEventListener(event, tell);
    window.removeEventListener('pagehide', leave);
  };
}

/** Whether this tab should ring now. */
export function mayRing(): boolean {
  return leads.value && !document.hasFocus() && focusedTabs.size === 0;
}

async function lead(signal: AbortSignal): Promise<void> {
  if (!locks) return;
  try {
    await locks.request(CHANNEL, { signal }, async () => {
      leads.value = true;
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      leads.value = false;
    });
  } catch {
    // Given up while waiting: another tab leads.
  }
}
