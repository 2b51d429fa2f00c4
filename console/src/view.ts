/** What is open on the screen beyond the page itself. */
import type { Money } from '@fullname/shared/recovery';
import { signal } from '@preact/signals';
import type { WritingMode } from './draft.ts';
import { changeSettings, settings } from './preferences.ts';
import { go } from './route.ts';

export type Overlay =
  | 'keys'
  | 'palette'
  | 'hand-over'
  | 'farewell'
  | 'phrases'
  | 'ask-help'
  | 'give'
  | 'extras'
  | 'merge'
  | 'merges'
  | 'give-ally'
  | 'story'
  | 'build'
  | 'praise'
  | 'note';
export const overlay = signal<Overlay | null>(null);

/** The failure that goodwill or extras are for; null where they are for nothing in particular. */
export const givingFor = signal<string | null>(null);

/** How much is suggested; null where nobody suggests anything. */
export const givingAmount = signal<Money | null>(null);

export function openGiving(
  which: 'give' | 'extras',
  failure: string | null = null,
  amount: Money | null = null,
): void {
  givingFor.value = failure;
  givingAmount.value = amount;
  overlay.value = which;
}

/** Narrow windows show one pane at a time. */
export type Pane = 'list' | 'thread' | 'customer';
export const pane = signal<Pane>('list');

/** The small form that is open in the customer pane. */
export type RecordForm = 'failure' | 'preference' | 'promise';
export const recordForm = signal<RecordForm | null>(null);

/** The failure whose record is open in the customer pane. */
export const openFailure = signal<string | null>(null);

/** Opens the form with the caret in its first field. */
export function logFailure(): void {
  showCustomer();
  if (recordForm.value === 'failure') document.querySelector<HTMLElement>('.record-form textarea')?.focus();
  recordForm.value = 'failure';
}

export function showFailure(failure: string): void {
  recordForm.value = null;
  openFailure.value = failure;
  showCustomer();
}

/** While somebody chooses words to quote: from which conversation, which entries, and what to do with them at the end. */
export type Quoting = {
  readonly conversation: string;
  readonly chosen: readonly number[];
  readonly done: (chosen: readonly number[]) => void;
};
export const quoting = signal<Quoting | null>(null);

/** What a page leads to in a conversation that is not open yet: one of its forms, or a failure's record. */
type Part = { readonly form: RecordForm } | { readonly failure: string };
let partToOpen: { readonly conversation: string; readonly part: Part } | null = null;

export function openAt(conversation: string, part: Part): void {
  partToOpen = { conversation, part };
  go({ page: 'desk', conversation });
}

/** A conversation begins with nothing open beside it, but for what somebody was led to. */
export function beginAt(conversation: string | null): void {
  const part = partToOpen?.conversation === conversation ? partToOpen?.part : null;
  partToOpen = null;
  recordForm.value = part && 'form' in part ? part.form : null;
  openFailure.value = part && 'failure' in part ? part.failure : null;
  quoting.value = null;
  if (part) showCustomer();
}

/** Asks the composer to take the focus; the count tells two requests apart. */
export const writeRequest = signal<{ readonly mode: WritingMode; readonly count: number } | null>(null);

export function askToWrite(mode: WritingMode): void {
  writeRequest.value = { mode, count: (writeRequest.value?.count ?? 0) + 1 };
}

/** Below this the customer lies over the thread; below the other, one pane fills the window. */
const DRAWER = matchMedia('(max-width: 1239px)');
const NARROW = matchMedia('(max-width: 899px)');
export const narrow = signal(NARROW.matches);
NARROW.addEventListener('change', (change) => {
  narrow.value = change.matches;
});

/** The customer pane where it lies over the thread: shut until asked for. */
export const drawer = signal(false);

/** Brings the conversation into view where the customer lies over it. */
export function showThread(): void {
  drawer.value = false;
  if (pane.value === 'customer') pane.value = 'thread';
}

/** Brings the customer into view, wherever there is room. */
export function showCustomer(): void {
  if (narrow.value) pane.value = 'customer';
  else if (DRAWER.matches) drawer.value = true;
  else changeSettings({ customerOpen: true });
}

/** A page of its own on a phone, a drawer on a small screen, a column that stays elsewhere. */
export function toggleCustomer(): void {
  if (narrow.value) pane.value = pane.value === 'customer' ? 'thread' : 'customer';
  else if (DRAWER.matches) drawer.value = !drawer.value;
  else changeSettings({ customerOpen: !settings.value.customerOpen });
}
