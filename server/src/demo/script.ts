/**
 * How the demo's conversations are written down: who says what, in order. Everything that hangs on a conversation
 * (failures, preferences, promises) is noted at the line where it was noted, so that the log and the records agree.
 */
import type { Locale } from '@fullname/shared/locale';
import type { FailureElement, FailureStage } from '@fullname/shared/model';
import type { PageKey } from './content/shop.ts';

export type PersonKey = 'ingrid' | 'megan' | 'yijun' | 'tomas';

/** Days and minutes count back from now; `at` is the clock on the wall ("10:42") where the relay runs. */
type Begun = { readonly daysAgo: number; readonly at: string } | { readonly minutesAgo: number };

export type Talk = {
  readonly begun: Begun;
  readonly page: PageKey;
  /** Closed, unless it goes on now. */
  readonly status?: 'waiting' | 'open';
  /** Another browser of the same customer's than the one before. */
  readonly newBrowser?: true;
  readonly log: readonly Line[];
};

export type DemoCustomer = {
  /** The shop's own id of the customer: the subject of the signed identity. */
  readonly key: string;
  readonly name: string;
  readonly locale: Locale;
  readonly since: number;
  readonly ally: PersonKey | null;
  readonly device: string;
  /** How often they buy in a year, and what: the rest is worked out. */
  readonly yearly: number;
  readonly likes: readonly string[];
  /** Linked by an agent who says so in the log; by signed identity otherwise. */
  readonly linkedBy?: PersonKey;
  /** Learned outside the conversations that are kept. */
  readonly known?: readonly KnownPreference[];
  readonly talks: readonly Talk[];
};

/** Somebody at a browser whom nobody has linked to a customer: what they say of themselves is a claim. */
export type DemoStranger = {
  readonly claims: { readonly name: string | null; readonly email: string | null };
  readonly locale: Locale;
  readonly device: string;
  readonly talk: Talk;
};

type KnownPreference = {
  readonly text: string;
  readonly quote?: string;
  readonly by: PersonKey;
  readonly daysAgo: number;
};

export type FailureNote = {
  readonly what: string;
  readonly product?: string;
  readonly element: FailureElement;
  readonly stage: FailureStage;
  readonly putRight?: string;
  readonly extra?: string;
  readonly owed?: string;
  /** Days from now; negative when it should have been done already. */
  readonly owedInDays?: number;
  readonly load: number;
  readonly onShift: readonly PersonKey[];
};

export type PromiseNote = {
  readonly text: string;
  /** Days from now; negative is in the past. */
  readonly dueInDays: number;
  readonly keptDaysAgo?: number;
};

export type Line =
  | { readonly kind: 'visitor'; readonly text: string }
  | { readonly kind: 'email'; readonly email: string }
  | { readonly kind: 'pause'; readonly minutes: number }
  | { readonly kind: 'joins'; readonly by: PersonKey }
  | { readonly kind: 'hello' | 'says' | 'bye' | 'note'; readonly by: PersonKey; readonly text: string }
  | { readonly kind: 'hands-over'; readonly by: PersonKey; readonly to: PersonKey }
  | { readonly kind: 'links'; readonly by: PersonKey }
  | { readonly kind: 'failure'; readonly by: PersonKey; readonly failure: FailureNote }
  | {
      readonly kind: 'preference';
      readonly by: PersonKey;
      readonly text: string;
      readonly quote: string | null;
    }
  | { readonly kind: 'promise'; readonly by: PersonKey; readonly promise: PromiseNote };

export const visitor = (text: string): Line => ({ kind: 'visitor', text });
export const email = (address: string): Line => ({ kind: 'email', email: address });
export const pause = (minutes: number): Line => ({ kind: 'pause', minutes });

export const ingrid = voiceOf('ingrid');
export const megan = voiceOf('megan');
export const yijun = voiceOf('yijun');

function voiceOf(by: PersonKey) {
  return {
    joins: (): Line => ({ kind: 'joins', by }),
    hello: (text: string): Line => ({ kind: 'hello', by, text }),
    says: (text: string): Line => ({ kind: 'says', by, text }),
    bye: (text: string): Line => ({ kind: 'bye', by, text }),
    notes: (text: string): Line => ({ kind: 'note', by, text }),
    handsTo: (to: PersonKey): Line => ({ kind: 'hands-over', by, to }),
    links: (): Line => ({ kind: 'links', by }),
    logs: (failure: FailureNote): Line => ({ kind: 'failure', by, failure }),
    /** A preference: stated where there are words to quote, noticed otherwise. */
    learns: (text: string, quote: string | null = null): Line => ({ kind: 'preference', by, text, quote }),
    promises: (promise: PromiseNote): Line => ({ kind: 'promise', by, promise }),
  };
}
