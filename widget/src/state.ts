/** What the interface draws from, and what it draws before the model has come. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Introduction, Welcome } from '@fullname/shared/events';
import type { Expectation, PersonCard, PublicConversation, PublicEntry } from '@fullname/shared/model';
import type { ComponentChild } from 'preact';
import type { LineStatus } from './connection.ts';
import type { OutboxItem } from './outbox.ts';
import type { KeptStep } from './storage/kept.ts';
import type { Shared } from './ui/parts.tsx';

export type ThreadState = {
  readonly conversation: PublicConversation | null;
  readonly entries: readonly PublicEntry[];
  readonly hasOlder: boolean;
  /** A page is on its way: the list does not announce what comes with it. */
  readonly loading: boolean;
  readonly typing: PersonCard | null;
  /** The last number the visitor has seen. */
  readonly read: number;
  /** The last number that was there when the visitor came back; null for those who begin here. */
  readonly returned: number | null;
};

export type ChatState = ThreadState & {
  readonly line: LineStatus;
  /** Where things are kept; null until that is known. */
  readonly step: KeptStep | null;
  /** True while an earlier conversation is known to exist and is not drawn yet. */
  readonly expected: boolean;
  /** Who the relay says this is; null until it has said so. */
  readonly visitor: Welcome['visitor'] | null;
  readonly people: readonly PersonCard[];
  readonly expectation: Expectation | null;
  /** Sent, and not acknowledged. */
  readonly items: readonly OutboxItem[];
  /** What comes with the model and stands under those who are likely to answer. */
  readonly offer?: (shared: Shared) => ComponentChild;
  readonly draft: string;
  /** What the visitor says of themself before the first words, as it stands in its fields. */
  readonly about?: Introduction;
  /** What was still to be said there when something was last to be sent, which waits for it; a new list each time. */
  readonly lacks?: readonly (keyof Introduction)[];
  /** The names of the files that wait with it. */
  readonly held?: readonly string[];
  /** How much of a file is out, from 0 to 1, by its item; missing while none is on its way. */
  readonly progress?: Readonly<Record<string, number>>;
  /** What is being written, or was sent last, has a card number in it: only its last four digits leave this page. */
  readonly masked?: boolean;
  /** Why the relay does not let this browser in; null otherwise. */
  readonly problem: ErrorCode | null;
  readonly open: boolean;
};

/** The thread's part of a blank state. */
export const BLANK_THREAD: ThreadState = {
  conversation: null,
  entries: [],
  hasOlder: false,
  loading: false,
  typing: null,
  read: 0,
  returned: null,
};

export const BLANK: ChatState = {
  ...BLANK_THREAD,
  line: 'idle',
  step: null,
  expected: false,
  visitor: null,
  people: [],
  expectation: null,
  items: [],
  draft: '',
  problem: null,
  open: false,
};
