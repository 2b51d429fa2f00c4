/** The language bible as the console holds it: by language, read when first needed and again when the relay says it changed. */
import type { ChangeDraft, Book as Edition } from '@fullname/shared/book';
import { type ErrorCode, PASSING } from '@fullname/shared/errors';
import { RETRY_MAX_MS, RETRY_MIN_MS } from '@fullname/shared/limits';
import type { Locale } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import { fillPhrase, openSlots, type PhraseValues } from '@fullname/shared/phrases';
import type { Condition } from '@fullname/shared/reader/rule';
import type { Situation } from '@fullname/shared/situation';
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { api } from './api.ts';
import { dayFor } from './format.ts';
import type { Thread } from './thread.ts';

/** How many phrases are offered for a moment. */
const OFFERED = 3;

/** The book in one language; empty where it could not be read, and `problem` says why. */
export type Shelf = Edition & { readonly problem: ErrorCode | null };
export type Book = {
  /** The book of a language; null until it is read. */
  read(locale: Locale): Shelf | null;
  /** What may be said: published phrases of a language. */
  published(locale: Locale): readonly Phrase[];
  /** The few that fit a moment; those that still need a name filled in come last. */
  forMoment(locale: Locale, moment: Moment): readonly Phrase[];
  /** Proposes a change; an owner may accept or publish it with the same words. */
  propose(draft: ChangeDraft): Promise<ErrorCode | null>;
  /** Reads again what was read: something in it was changed from here. */
  reload(): Promise<void>;
  stop(): void;
};

/** A moment of a conversation, and what holds of it. */
type Moment = {
  readonly situation: Situation;
  readonly values: PhraseValues;
  readonly conditions: readonly Condition[];
};

const UNREAD: Edition = {
  version: 0,
  revision: 0,
  phrases: [],
  rules: [],
  changes: [],
  settings: { refusal: 'ask', contacts: [] },
  acknowledged: 0,
};

/** `told` rises whenever the relay says, or the line was cut and it might have said, that the book changed. */
export function openBook(told: ReadonlySignal<number>): Book {
  const shelves = signal<ReadonlyMap<Locale, Shelf>>(new Map());
  const asked = new Set<Locale>();
  const inFlight = new Map<Locale, Promise<void>>();
  const queued = new Map<Locale, Promise<void>>();
  const timers = new Map<Locale, ReturnType<typeof setTimeout>>();
  let troubles = 0;

  /** One reading of a language at a time, and one after it for everybody who asked meanwhile: theirs must be newer. */
  function load(locale: Locale): Promise<void> {
    asked.add(locale);
    const now = inFlight.get(locale);
    if (!now) return begin(locale);
    const after = queued.get(locale) ?? now.then(() => begin(locale));
    queued.set(locale, after);
    return after;
  }

  function begin(locale: Locale): Promise<void> {
    queued.delete(locale);
    const reading = fetchShelf(locale).finally(() => inFlight.delete(locale));
    inFlight.set(locale, reading);
    return reading;
  }

  async function fetchShelf(locale: Locale): Promise<void> {
    clearTimeout(timers.get(locale));
    const answer = await api.book(locale);
    const before = shelves.value.get(locale) ?? UNREAD;
    const shelf = answer.ok ? { ...answer.value, problem: null } : { ...before, problem: answer.code };
    shelves.value = new Map(shelves.value).set(locale, shelf);
    if (answer.ok) troubles = 0;
    else if (PASSING.includes(answer.code)) retryLater(locale);
  }

  /** A rule that was published must not wait for the next one to be heard of. */
  function retryLater(locale: Locale): void {
    troubles += 1;
    const delay = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** troubles);
    timers.set(
      locale,
      setTimeout(() => void load(locale), delay),
    );
  }

  async function reload(): Promise<void> {
    await Promise.all([...asked].map(load));
  }

  const unfollow = effect(() => {
    if (told.value > 0) void reload();
  });

  const read = (locale: Locale) => {
    if (!asked.has(locale)) void load(locale);
    return shelves.value.get(locale) ?? null;
  };
  const published = (locale: Locale) => read(locale)?.phrases ?? [];
  return {
    read,
    published,
    forMoment(locale, { situation, values, conditions }) {
      const fitting = published(locale).filter(
        (phrase) => phrase.situation === situation && fits(phrase, conditions),
      );
      const hurried = conditions.includes('hurry');
      const rank = ({ text, tags }: Phrase) =>
        Number(openSlots(fillPhrase(text, values)).length > 0) + (hurried && !tags.includes('brief') ? 2 : 0);
      return fitting.sort((a, b) => rank(a) - rank(b)).slice(0, OFFERED);
    },
    async propose(draft) {
      const answer = await api.proposeChange(draft);
      if (!answer.ok) return answer.code;
      await reload();
      return null;
    },
    reload,
    stop() {
      unfollow();
      for (const timer of timers.values()) clearTimeout(timer);
    },
  };
}

/** Delight is not for somebody in a hurry; "welcome back" and knowing words are for those whom they are true of. */
function fits({ situation, tags }: Phrase, conditions: readonly Condition[]): boolean {
  if (tags.includes('delight') && conditions.includes('hurry')) return false;
  if (tags.includes('returning') && !conditions.includes('returning')) return false;
  if (tags.includes('acknowledge') && !conditions.includes('open-failure')) return false;
  // A plain no is offered to whoever has given its reason.
  return !(situation === 'refusing' && tags.includes('firm'));
}

/** What the placeholders of a phrase stand for in a conversation, as far as it is known. */
export function valuesFor(thread: Thread, me: string): PhraseValues {
  const pane = thread.pane.value;
  const failure = pane.pleaseKnow[0];
  const promise = pane.promises.find((one) => one.keptAt === null);
  return {
    'customer.name': pane.customer?.name ?? pane.claims.name,
    'agent.fullName': me,
    'ally.fullName': (pane.customer?.ally ?? failure?.ally ?? thread.detail.value.contact)?.fullName ?? null,
    'failure.what': withoutStop(failure?.what),
    'promise.what': withoutStop(promise?.text),
    'promise.due': promise ? dayFor(thread.detail.value.locale, promise.due) : null,
    'site.name': thread.detail.value.site.name,
  };
}

/** A recorded sentence inside another one: without its full stop. */
function withoutStop(text: string | undefined): string | null {
  return text?.replace(/[.。\s]+$/u, '') ?? null;
}
