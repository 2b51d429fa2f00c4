/** What is open on the screen beyond the page itself. */
import { signal } from '@preact/signals';
import type { WritingMode } from './draft.ts';

export type Overlay = 'keys' | 'palette' | 'hand-over' | 'farewell' | 'phrases';
export const overlay = signal<Overlay | null>(null);

/** Narrow windows show one pane at a time. */
export type Pane = 'list' | 'thread' | 'customer';
export const pane = signal<Pane>('list');

/** The small form that is open in the customer pane. */
export type RecordForm = 'failure' | 'preference' | 'promise';
export const recordForm = signal<RecordForm | null>(null);

/** Asks the composer to take the focus; the count tells two requests apart. */
export const writeRequest = signal<{ readonly mode: WritingMode; readonly count: number } | null>(null);

export function askToWrite(mode: WritingMode): void {
  writeRequest.value = { mode, count: (writeRequest.value?.count ?? 0) + 1 };
}
