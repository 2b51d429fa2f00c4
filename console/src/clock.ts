/** The time now in milliseconds, as a signal: one timer for every waiting time on the screen. */
import { signal } from '@preact/signals';

export const now = signal(Date.now());

/** Ticks every second while the page is seen; returns how to stop. */
export function startClock(): () => void {
  const tick = () => {
    if (document.visibilityState === 'visible') now.value = Date.now();
  };
  const timer = setInterval(tick, 1_000);
  document.addEventListener('visibilitychange', tick);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', tick);
  };
}
