/** One quiet line about what was just done, with a way back where there is one. */
import type { ErrorCode } from '@fullname/shared/errors';
import { signal } from '@preact/signals';
import { words } from './strings/index.ts';

export type Toast = {
  readonly id: number;
  readonly text: string;
  readonly bad: boolean;
  readonly undo: (() => void) | null;
  /** Where it leads. */
  readonly way?: { readonly label: string; readonly act: () => void };
};

const SHOWN_MS = 9_000;
export const toast = signal<Toast | null>(null);
let count = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, undo: (() => void) | null = null): void {
  show({ id: ++count, text, bad: false, undo });
}

/** Says that something waits, and leads there. The answer is the toast's id. */
export function sayWithWay(text: string, way: NonNullable<Toast['way']>): number {
  show({ id: ++count, text, bad: false, undo: null, way });
  return count;
}

/** Says why something was not done; null says nothing. */
export function sayProblem(code: ErrorCode | null): void {
  if (code) show({ id: ++count, text: words().errors[code], bad: true, undo: null });
}

export function hideToast(): void {
  clearTimeout(timer);
  toast.value = null;
}

/** Nothing vanishes while somebody reads it or reaches for it. */
export function holdToast(held: boolean): void {
  clearTimeout(timer);
  if (!held) timer = setTimeout(hideToast, SHOWN_MS);
}

function show(next: Toast): void {
  toast.value = next;
  holdToast(false);
}
