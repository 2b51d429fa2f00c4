/**
 * How the demo's conversations are written down: who says what, in order. Everything that hangs on a conversation
 * (failures, preferences, promises) is noted at the line where it was noted, so that the log and the records agree.
 */
import type { Locale } from '@fullname/shared/locale';
import type { FailureElement, FailureStage } from '@fullname/shared/model';
import type { Cause, Channel, Rating, RecoveryLevel, Severity, WrapUp } from '@fullname/shared/recovery';
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
  /** Who told them of the shop: another customer's key. */
  readonly through?: string;
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
  readonly idea?: IdeaNote;
  readonly by: PersonKey;
  readonly daysAgo: number;
};

/** What is known of a failure. The stages up to its own, and the follow-ups, are worked out from when it was logged. */
export type FailureNote = {
  readonly what: string;
  readonly product?: string;
  readonly place?: string;
  readonly channel?: Channel;
  readonly category: string;
  readonly element: FailureElement;
  readonly severity: Severity;
  readonly stage: FailureStage;
  /** Of which messages of theirs: a few words of each. */
  readonly quotes: readonly string[];
  /** A loss that money does not mend, and what somebody did about it. */
  readonly irreplaceable?: string;
  readonly wants?: string;
  readonly putRight?: string;
  readonly restored?: boolean;
  readonly extra?: string;
  readonly noExtra?: string;
  readonly level?: RecoveryLevel;
  readonly cause?: Cause;
  readonly causeNote?: string;
  /** In the shop's currency. */
  readonly cost?: number;
  readonly disputed?: number;
  readonly owed?: string;
  /** Days from now; negative when it should have been done already. */
  readonly owedInDays?: number;
  readonly load: number;
  readonly onShift: readonly PersonKey[];
  /** When it was fixed; within minutes where it is not said. */
  readonly fixed?: { readonly minutesAgo: number } | { readonly hoursAfter: number };
  /** What the ally heard when they asked, in hours after the fix. */
  readonly asked?: { readonly said: string; readonly hoursAfter?: number };
  /** What colleagues see; the record in three lines where nothing else is written. `false`: nobody has written it yet. */
  readonly flag?: { readonly lines: readonly string[]; readonly checks: readonly string[] } | false;
  readonly wrapUp?: WrapUp;
  /** Given when it was fixed, in the shop's currency. */
  readonly given?: GoodwillNote;
};

export type GoodwillNote = { readonly amount: number; readonly what: string };

export type PromiseNote = {
  /** As both sides read it after "promised:". */
  readonly text: string;
  /** Days from now, or minutes; negative is in the past. */
  readonly due: { readonly days: number } | { readonly minutes: number };
  readonly keptDaysAgo?: number;
  /** Moved to `due`, so many days ago; first it was due then. */
  readonly moved?: { readonly daysAgo: number; readonly fromDays: number };
};

export type HelpNote = {
  readonly what: string;
  readonly wishedInMinutes?: number;
  /** In minutes after the asking, here and below: when it was promised, and by when. */
  readonly promised?: { readonly afterMinutes: number; readonly byMinutes: number };
  readonly answered?: { readonly afterMinutes: number; readonly text: string; readonly rating: Rating };
};

export type OfferNote = {
  readonly text: string;
  readonly options: readonly string[];
  /** The number of what they took. */
  readonly taken?: number;
};

/** What a preference could become at the next visit. */
export type IdeaNote = { readonly idea: string; readonly done?: true };

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
      readonly idea: IdeaNote | null;
    }
  | { readonly kind: 'promise'; readonly by: PersonKey; readonly promise: PromiseNote }
  | { readonly kind: 'help'; readonly by: PersonKey; readonly of: PersonKey; readonly help: HelpNote }
  | {
      readonly kind: 'goodwill';
      readonly by: PersonKey;
      readonly of: PersonKey;
      readonly given: GoodwillNote;
    }
  | { readonly kind: 'offer'; readonly by: PersonKey; readonly offer: OfferNote };

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
    learns: (text: string, quote: string | null = null, idea: IdeaNote | null = null): Line => ({
      ...{ kind: 'preference', by, text, quote, idea },
    }),
    promises: (promise: PromiseNote): Line => ({ kind: 'promise', by, promise }),
    asks: (of: PersonKey, help: HelpNote): Line => ({ kind: 'help', by, of, help }),
    /** Above one's budget: a colleague's word is needed. */
    wouldGive: (given: GoodwillNote, of: PersonKey): Line => ({ kind: 'goodwill', by, of, given }),
    offers: (offer: OfferNote): Line => ({ kind: 'offer', by, offer }),
  };
}
