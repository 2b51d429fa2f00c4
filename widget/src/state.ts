/** What the interface draws from, and what it draws before the model has come. */
import type { ErrorCode } from '@fullname/shared/errors';
import type { Expectation, PersonCard, PublicConversation, PublicEntry } from '@fullname/shared/model';
import type { LineStatus } from './connection.ts';
import type { OutboxItem } from './outbox.ts';
import type { KeptStep } from './storage/kept.ts';

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
  readonly visitorName: string | null;
  readonly identityRefused: boolean;
  readonly people: readonly PersonCard[];
  readonly expectation: Expectation | null;
  /** Sent, and not acknowledged. */
  readonly items: readonly OutboxItem[];
  readonly draft: string;
  /** What is being written, or was sent last, has a card number in it: only its last four digits leave this page. */
  readonly masked?: boolean;
  /** Why the relay does not let this browser in; null otherwise. */
  readonly problem: ErrorCode | null;
  readonly open: boolean;
};

export const BLANK: ChatState = {
  conversation: null,
  entries: [],
  hasOlder: false,
  loading: false,
  typing: null,
  read: 0,
  returned: null,
  line: 'idle',
  step: null,
  expected: false,
  visitorName: null,
  identityRefused: false,
  people: [],
  expectation: null,
  items: [],
  draft: '',
  problem: null,
  open: false,
};
