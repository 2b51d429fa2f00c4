import { useRef } from 'preact/hooks';
import { words } from '../../strings/index.ts';
import { hideToast, holdToast, toast } from '../../toast.ts';
import { Icon } from './Icon.tsx';

/** The line about what was just done. Its region is always there, so that screen readers hear what enters it. */
export function ToastRegion() {
  const shown = toast.value;
  const t = words().common;
  const before = useRef<HTMLElement | null>(null);
  // Whoever came to it by keyboard goes back to where they were.
  const leave = () => {
    hideToast();
    if (before.current?.isConnected) before.current.focus();
  };
  return (
    <div class="toast-region" role="status">
      {shown && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pausing is no act of its own, the buttons inside are.
        <div
          key={shown.id}
          class={shown.bad ? 'toast toast-bad' : 'toast'}
          onMouseEnter={() => holdToast(true)}
          onMouseLeave={() => holdToast(false)}
          onFocusIn={({ currentTarget, relatedTarget }) => {
            holdToast(true);
            if (!(relatedTarget instanceof HTMLElement)) before.current = null;
            else if (!currentTarget.contains(relatedTarget)) before.current = relatedTarget;
          }}
          onFocusOut={() => holdToast(false)}
        >
          <span>{shown.text}</span>
          {shown.undo && (
            <button
              type="button"
              class="link-button"
              onClick={() => {
                shown.undo?.();
                leave();
              }}
            >
              {t.undo}
            </button>
          )}
          {shown.way && (
            <button
              type="button"
              class="link-button"
              onClick={() => {
                hideToast();
                shown.way?.act();
              }}
            >
              {shown.way.label}
            </button>
          )}
          <button type="button" class="icon-button" aria-label={t.close} onClick={leave}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
