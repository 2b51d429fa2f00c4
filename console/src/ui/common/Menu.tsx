import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';

export type MenuItem = {
  readonly label: string;
  readonly act: () => void;
  readonly keys?: string;
  /** Begins a group: a hairline above. */
  readonly divided?: boolean;
  /** Marks the chosen one of several. */
  readonly checked?: boolean;
};

type MenuProps = {
  /** The name of the button, where its content has none. */
  readonly label?: string;
  readonly title?: string;
  readonly button: ComponentChildren;
  readonly buttonClass?: string;
  readonly items: readonly MenuItem[];
  readonly placement?: 'below-end' | 'above-start' | 'right-end';
};

/** A button with a menu. Arrow keys, Home, End, Esc and the first letter move in it. */
export function Menu({
  label,
  title,
  button,
  buttonClass = 'icon-button',
  items,
  placement = 'below-end',
}: MenuProps) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return;
    const entries = itemsOf(root.current);
    (entries.find((item) => item.ariaChecked === 'true') ?? entries[0])?.focus();
    const outside = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    return () => document.removeEventListener('pointerdown', outside);
  }, [open]);

  const close = () => {
    setOpen(false);
    opener.current?.focus();
  };

  return (
    <div class="menu-root" ref={root}>
      <button
        ref={opener}
        type="button"
        class={buttonClass}
        aria-haspopup="menu"
        aria-expanded={open}
        {...(label ? { 'aria-label': label } : {})}
        {...(title && !open ? { 'data-tip': title } : {})}
        onClick={() => setOpen(!open)}
      >
        {button}
      </button>
      {open && (
        <div
          class={`menu menu-${placement}`}
          role="menu"
          tabIndex={-1}
          onKeyDown={(event) => moveIn(event, close)}
        >
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              class={item.divided ? 'menu-item menu-divided' : 'menu-item'}
              role={item.checked === undefined ? 'menuitem' : 'menuitemradio'}
              {...(item.checked === undefined ? {} : { 'aria-checked': item.checked })}
              tabIndex={-1}
              onClick={() => {
                close();
                item.act();
              }}
            >
              <span class="menu-label">{item.label}</span>
              {item.keys && <kbd>{item.keys}</kbd>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function moveIn(event: KeyboardEvent & { currentTarget: HTMLElement }, close: () => void): void {
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = nextIndex(event.key, at, items);
  if (event.key === 'Escape' || event.key === 'Tab') close();
  else if (to === null) return;
  else items[to]?.focus();
  if (event.key !== 'Tab') event.preventDefault();
  event.stopPropagation();
}

function nextIndex(key: string, at: number, items: readonly HTMLElement[]): number | null {
  if (key === 'ArrowDown') return (at + 1) % items.length;
  if (key === 'ArrowUp') return (at - 1 + items.length) % items.length;
  if (key === 'Home') return 0;
  if (key === 'End') return items.length - 1;
  if (key.length !== 1 || key === ' ') return null;
  const from = items.findIndex(
    (item, index) => index > at && item.textContent?.toLowerCase().startsWith(key.toLowerCase()),
  );
  return from >= 0 ? from : null;
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];
}
