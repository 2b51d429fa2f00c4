import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

type Choosing = { readonly chosen: number; readonly count: number; readonly choose: (index: number) => void };

/** Arrow keys in a list that hangs on an input; tells whether the key was one of them. */
export function moveChoice(event: KeyboardEvent, { chosen, count, choose }: Choosing): boolean {
  const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (by === 0) return false;
  if (count > 0) choose((chosen + by + count) % count);
  return true;
}

/** Acts when somebody presses anywhere else. */
export function useClickOutside(root: RefObject<HTMLElement | null>, act: () => void): void {
  useEffect(() => {
    const pressed = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) act();
    };
    document.addEventListener('pointerdown', pressed);
    return () => document.removeEventListener('pointerdown', pressed);
  });
}
