/** The phrase book as the console holds it: by language, read when first needed and again when the relay says it changed. */
import type { PhraseDraft } from '@fullname/shared/api';
import type { ErrorCode } from '@fullname/shared/errors';
import type { Locale } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import { fillPhrase, openSlots, type PhraseValues } from '@fullname/shared/phrases';
import type { Situation } from '@fullname/shared/situation';
import { effect, type ReadonlySignal, signal } from '@preact/signals';
import { api } from './api.ts';
import { dayFor } from './format.ts';
import type { Thread } from './thread.ts';

/** How many phrases are offered for a moment. */
const OFFERED = 3;

type Shelf = { readonly phrases: readonly Phrase[]; readonly problem: ErrorCode | null };
export type Book = {
  /** Every phrase of a language, whatever its status; null until it is read. */
  read(locale: Locale): Shelf | null;
  /** What may be said: published phrases of a language. */
  published(locale: Locale): readonly Phrase[];
  /** The few that fit a moment; those that still need a name filled in come last. */
  forMoment(locale: Locale, situation: Situation, values: PhraseValues): readonly Phrase[];
  save(id: string | null, draft: PhraseDraft): Promise<ErrorCode | null>;
  stop(): void;
};

export function openBook(version: ReadonlySignal<number>): Book {
  const shelves = signal<ReadonlyMap<Locale, Shelf>>(new Map());
  const asked = new Set<Locale>();

  async function load(locale: Locale): Promise<void> {
    asked.add(locale);
    const answer = await api.phrases(locale);
    const before = shelves.value.get(locale)?.phrases ?? [];
    const shelf = answer.ok
      ? { phrases: answer.value.phrases, problem: null }
      : { phrases: before, problem: answer.code };
    shelves.value = new Map(shelves.value).set(locale, shelf);
  }

  const stop = effect(() => {
    if (version.value > 0) for (const locale of asked) void load(locale);
  });

  const read = (locale: Locale) => {
    if (!asked.has(locale)) void load(locale);
    return shelves.value.get(locale) ?? null;
  };
  const published = (locale: Locale) =>
    (read(locale)?.phrases ?? []).filter((phrase) => phrase.status === 'published');
  return {
    read,
    published,
    forMoment(locale, situation, values) {
      const fitting = published(locale).filter((phrase) => phrase.situation === situation);
      const needsWords = ({ text }: Phrase) => openSlots(fillPhrase(text, values)).length > 0;
      return fitting.sort((a, b) => Number(needsWords(a)) - Number(needsWords(b))).slice(0, OFFERED);
    },
    async save(id, draft) {
      const answer = id === null ? await api.addPhrase(draft) : await api.changePhrase(id, draft);
      if (!answer.ok) return answer.code;
      for (const locale of asked) await load(locale);
      return null;
    },
    stop,
  };
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
