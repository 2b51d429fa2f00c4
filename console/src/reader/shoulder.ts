/**
 * The reader over one person's shoulder in one field: what it remarks, which remark is looked at, what the person decided, and
 * whether the words may go. It advises; it writes nothing and sends nothing.
 */
import type { Member } from '@fullname/shared/api';
import type { Alternative, WritingReport } from '@fullname/shared/book';
import type { PromiseDraft } from '@fullname/shared/events';
import type { RefusalReason, RuleFinding } from '@fullname/shared/reader/reading';
import type { Condition } from '@fullname/shared/reader/rule';
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Book } from '../book.ts';
import { newId } from '../ids.ts';
import type { Thread } from '../thread.ts';
import { aboutOf, type Purpose, sameUnless } from './about.ts';
import type { Following } from './after-send.ts';
import {
  type DraftMemory,
  draftMemory,
  forget,
  recites,
  rememberReply,
  silence,
  silencedIn,
} from './memory.ts';
import { isRecited, usedPhrases } from './own-words.ts';
import type { Answer } from './protocol.ts';
import type { Reader } from './reader.ts';
import {
  areSame,
  isForTheSend,
  mayBeDismissed,
  mayBeSilenced,
  movedRemarks,
  nearest,
  type Remark,
  remarksOf,
  ruleKey,
  saysTheSame,
} from './remarks.ts';
import { reportOf } from './report.ts';
import { heardIn } from './words-said.ts';

export type Verdict = 'go' | 'ask' | 'hold';
export type Shoulder = ReturnType<typeof createShoulder>;

type ShoulderParts = {
  readonly reader: Reader;
  readonly thread: Thread;
  readonly book: Book;
  readonly person: Member;
  readonly purpose: Purpose;
  /** The words in the field; null while nothing is read, as with a note. */
  readonly text: ReadonlySignal<string | null>;
};

/** Words that stood for less were only on their way to other words. */
const NOTICED_MS = 2_000;

export function createShoulder({ reader, thread, book, person, purpose, text }: ShoulderParts) {
  const memory: DraftMemory = draftMemory(`${person.id} ${thread.id} ${purpose}`);
  const seat = reader.sit();
  const composing = signal(false);
  const caret = signal(0);
  const selected = signal(false);
  const walked = signal(0);
  const recited = signal(recites(person.id));
  /** When each promise in the draft would be due. */
  const dues = signal<ReadonlyMap<string, string>>(new Map());
  const chosen = signal<Place | null>(null);
  const stopped = signal<Exclude<Verdict, 'go'> | null>(null);
  const silenced = signal(silencedIn(person.id, thread.id));
  let cleared: Answer | null = null;
  /** The phrases in words that were cleared: their draft is gone when they are sent. */
  let outgoing: DraftMemory['phrases']['value'] = [];
  const sentHere = signal<ReadonlySet<string>>(new Set());
  const alternatives = signal<ReadonlyMap<string, readonly Alternative[]>>(new Map());
  const about = aboutOf({ thread, book, person, purpose });
  const shelf = computed(() => book.read(thread.detail.value.locale));
  const refusals = computed(() => shelf.value?.settings.refusal ?? 'ask');
  const conditions: ReadonlySignal<readonly Condition[]> = sameUnless(() => known(seat.answer.value, thread));

  /** Phrases that went to this customer as they stand, here or before. */
  const repeats = (words: string) =>
    usedPhrases(words, memory.phrases.value).some(
      ({ phrase, edited }) =>
        !edited && (thread.before.value.phrases.includes(phrase) || sentHere.value.has(phrase)),
    );
  const shown = (remark: Remark) =>
    !mayBeDismissed(remark) || !(memory.dismissed.value.has(remark.key) || silenced.value.has(remark.key));
  const allOf = (answer: Answer) =>
    remarksOf({
      answer,
      refusals: refusals.value,
      reason: memory.reason.value,
      repeats: repeats(answer.draft),
    }).filter(shown);

  /** As they were read; worked out once a reading, not once a key. */
  const asRead = computed((): readonly Remark[] => {
    const answer = seat.answer.value;
    if (!answer) return [];
    const asked = memory.asked.value;
    return allOf(answer).filter((remark) => !isForTheSend(remark) || asked.has(remark.key));
  });
  /** The last ones stay as long as nothing would be drawn otherwise: most readings only confirm what the last one said. */
  let last: readonly Remark[] = [];
  const remarks = computed((): readonly Remark[] => {
    const now = text.value;
    const older = seat.answer.value?.draft;
    const next = older !== undefined && now?.trim() ? movedRemarks(asRead.value, older, now) : [];
    if (!areSame(last, next)) last = next;
    return last;
  });
  /** While an input method is at work nothing on the screen moves under it. */
  let frozen: Remark | null = null;
  const current = computed(() =>
    composing.value
      ? frozen
      : (remarks.value.find((one) => isAt(one, chosen.value)) ?? nearest(remarks.value, caret.value)),
  );
  /** The same remark further on in the draft is nothing new to show: only what it says is. */
  let drawn: Remark | null = null;
  const shownRemark = computed(() => {
    if (!saysTheSame(drawn, current.value)) drawn = current.value;
    return drawn;
  });
  /** Which remark of how many. */
  const position = sameUnless(() => ({
    at: current.value ? remarks.value.indexOf(current.value) : -1,
    of: remarks.value.length,
  }));
  /** What the customer asked for, as far as it is understood; for other ways and for the record. */
  const asked = computed(() => {
    const heard = heardIn(thread.log.value.entries);
    return seat.answer.value?.facts.wish ?? heard[heard.length - 1] ?? null;
  });

  const stops = [
    effect(() => seat.know(about.value)),
    effect(() => {
      if (text.value !== null && !composing.value) seat.read(text.value);
    }),
    effect(() => {
      const findings = seat.answer.value?.reading.findings ?? [];
      meet(
        memory,
        findings.filter((one) => !silenced.peek().has(ruleKey(one))),
      );
    }),
    effect(() => {
      // What was stopped is looked at anew once its words have changed.
      const isEmpty = text.value === '';
      stopped.value = null;
      if (isEmpty) forget(memory);
    }),
    effect(() => {
      const refusal = remarks.value.some(({ kind }) => kind === 'refusal');
      if (refusal && asked.value) void findAlternatives(asked.value);
    }),
  ];

  async function findAlternatives(wish: string): Promise<void> {
    if (alternatives.peek().has(wish)) return;
    alternatives.value = new Map(alternatives.peek()).set(wish, []);
    const answer = await thread.findAlternatives(wish);
    if (answer.ok) alternatives.value = new Map(alternatives.peek()).set(wish, answer.value);
  }

  function keepPromise(words: string): void {
    const due = dues.value.get(words);
    if (!due) return;
    const id = memory.promises.value.get(words)?.id ?? newId();
    const promise: PromiseDraft = { id, conversation: thread.id, text: words, due };
    memory.promises.value = new Map(memory.promises.value).set(words, promise);
  }

  function decide(remark: Remark, outcome: 'taken' | 'dismissed' | 'not-here'): void {
    const met = memory.met.get(remark.key);
    if (met) met.outcome = outcome;
  }

  return {
    remarks,
    current,
    /** The current remark as its panel draws it: its place in the draft may be an older one. */
    shown: shownRemark as ReadonlySignal<Remark | null>,
    position,
    /** True while there are words in the field. */
    hasWords: computed(() => Boolean(text.value?.trim())),
    stopped: stopped as ReadonlySignal<Exclude<Verdict, 'go'> | null>,
    conditions,
    composing: composing as ReadonlySignal<boolean>,
    /** Some words are selected. */
    selected: selected as ReadonlySignal<boolean>,
    /** How often a person went from one remark to another. */
    walked: walked as ReadonlySignal<number>,
    textNow: computed(() => text.value ?? ''),
    asked,
    memory,
    thread,
    purpose,
    book,
    person,
    shelf,
    alternatives: computed(() => alternatives.value.get(asked.value ?? '') ?? []),
    /** Most of one's last replies were phrases as they stand: shown to their writer alone. */
    recited: recited as ReadonlySignal<boolean>,
    dues: dues as ReadonlySignal<ReadonlyMap<string, string>>,
    hurried: computed(() => conditions.value.includes('hurry')),

    /** The caret is at a place, with or without words selected: what is there, or nearest, is looked at. */
    lookAt(place: number, isSelection: boolean): void {
      if (composing.peek()) return;
      selected.value = isSelection;
      if (caret.peek() === place) return;
      caret.value = place;
      chosen.value = null;
    },
    compose(isComposing: boolean): void {
      frozen = current.peek();
      composing.value = isComposing;
    },
    /** The next remark, or with -1 the one before; around the ends. */
    step(by: 1 | -1): Remark | null {
      const all = remarks.value;
      if (all.length === 0) return null;
      const at = all.findIndex((one) => isAt(one, current.value && placeOf(current.value)));
      const next = all[(at + by + all.length) % all.length] ?? null;
      chosen.value = next && placeOf(next);
      if (next?.span) caret.value = next.span.from;
      walked.value += 1;
      return next;
    },
    /** The same remark in the words as they are now, with the reading behind it; null when it is no longer there. */
    async again(remark: Remark): Promise<Remark | null> {
      const answer = await seat.readNow(text.value ?? '');
      if (!answer || answer.draft !== text.value) return null;
      const same = allOf(answer).filter(({ key }) => key === remark.key);
      return nearest(same, remark.span?.from ?? 0);
    },
    took(remark: Remark): void {
      decide(remark, 'taken');
      chosen.value = null;
    },
    dismiss(remark: Remark): void {
      if (!mayBeDismissed(remark)) return;
      decide(remark, 'dismissed');
      memory.dismissed.value = new Set(memory.dismissed.value).add(remark.key);
      chosen.value = null;
    },
    notHere(remark: Remark): void {
      if (!mayBeSilenced(remark)) return;
      decide(remark, 'not-here');
      silence({ person: person.id, conversation: thread.id }, remark.key);
      silenced.value = new Set(silenced.value).add(remark.key);
      chosen.value = null;
    },
    chooseReason(reason: RefusalReason | null): void {
      memory.reason.value = reason;
      stopped.value = null;
    },
    setDue(words: string, due: string): void {
      dues.value = new Map(dues.value).set(words, due);
      if (memory.promises.value.has(words)) keepPromise(words);
    },
    keepPromise,
    letPromise(words: string): void {
      const next = new Map(memory.promises.value);
      next.delete(words);
      memory.promises.value = next;
    },
    inserted(phrase: string, filled: string): void {
      memory.phrases.value = [...memory.phrases.value, { phrase, text: filled.trim() }];
    },

    /** Whether these words may go; what stands in their way is looked at. Asks about each remark once. */
    async check(words: string): Promise<Verdict> {
      const answer = await seat.readNow(words);
      const all = answer ? allOf(answer) : [];
      const held = all.filter(({ weight }) => weight === 'hold');
      const unasked = all.filter(({ weight, key }) => weight === 'ask' && !memory.asked.value.has(key));
      const first = held[0] ?? unasked[0];
      stopped.value = held.length > 0 ? 'hold' : unasked.length > 0 ? 'ask' : null;
      cleared = first ? null : answer;
      if (!first) return 'go';
      if (held.length === 0)
        memory.asked.value = new Set([...memory.asked.value, ...unasked.map(({ key }) => key)]);
      chosen.value = placeOf(first);
      return held.length > 0 ? 'hold' : 'ask';
    },
    lookAgain(): void {
      stopped.value = null;
    },
    /** What follows these words once they are in the log. Call it when `check` let them go. */
    following(message: string, words: string): Following {
      outgoing = memory.phrases.peek();
      const kept = memory.promises.peek();
      const promises = (cleared?.reading.promises ?? []).flatMap((one) => kept.get(one.text) ?? []);
      const report: WritingReport = reportOf({
        conversation: thread.id,
        message,
        situation: purpose === 'farewell' ? 'farewell' : thread.situation.peek(),
        words,
        memory,
        answer: cleared,
        asked: asked.peek(),
        silenced: silenced.peek(),
        noticedBefore: Date.now() - NOTICED_MS,
      });
      return { message, report, promises: [...new Map(promises.map((one) => [one.id, one])).values()] };
    },
    /** The words are on their way: what belonged to them is forgotten. */
    sent(words: string): void {
      const used = usedPhrases(words, outgoing).filter(({ edited }) => !edited);
      sentHere.value = new Set([...sentHere.value, ...used.map(({ phrase }) => phrase)]);
      rememberReply(person.id, isRecited(words, outgoing));
      recited.value = recites(person.id);
      forget(memory);
      chosen.value = null;
      stopped.value = null;
    },
    close(): void {
      for (const stop of stops) stop();
      seat.leave();
    },
  };
}

/** A remark among others with the same words. */
type Place = { readonly key: string; readonly from: number | null };

function placeOf({ key, span }: Remark): Place {
  return { key, from: span?.from ?? null };
}

function isAt(remark: Remark, place: Place | null): boolean {
  return place !== null && remark.key === place.key && (remark.span?.from ?? null) === place.from;
}

/** From when on a rule's words stood in the draft. */
function meet(memory: DraftMemory, findings: readonly RuleFinding[]): void {
  for (const finding of findings) {
    const key = ruleKey(finding);
    if (!memory.met.has(key))
      memory.met.set(key, { rule: finding.rule.id, since: Date.now(), outcome: null });
  }
}

/** Before the first reading: what can be seen without it. */
function known(answer: Answer | null, thread: Thread): readonly Condition[] {
  if (answer) return answer.facts.conditions;
  const returning = thread.before.value.conversations > 0;
  const failed = thread.pane.value.pleaseKnow.length > 0;
  return [...(returning ? (['returning'] as const) : []), ...(failed ? (['open-failure'] as const) : [])];
}
