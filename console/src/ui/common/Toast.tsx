import { words } from '../../strings/index.ts';
import { hideToast, holdToast, toast } from '../../toast.ts';
import { Icon } from './Icon.tsx';

/** The line about what was just done. Its region is always there, so that screen readers hear what enters it. */
export function ToastRegion() {
  const shown = toast.value;
  const t = words().common;
  return (
    <div class="toast-region" role="status">
      {shown && (
        // biome-ignore lint/a11y/noStaticElementInteractions: pausing is no act of its own, the buttons inside are.
        <div
          key={shown.id}
          class={shown.bad ? 'toast toast-bad' : 'toast'}
          onMouseEnter={() => holdToast(true)}
          onMouseLeave={() => holdToast(false)}
          onFocusIn={() => holdToast(true)}
          onFocusOut={() => holdToast(false)}
        >
          <span>{shown.text}</span>
          {shown.undo && (
            <button
              type="button"
              class="link-button"
              onClick={() => {
                shown.undo?.();
                hideToast();
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
                shown.way?.act();
                hideToast();
              }}
            >
              {shown.way.label}
            </button>
          )}
          <button type="button" class="icon-button" aria-label={t.close} onClick={hideToast}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
