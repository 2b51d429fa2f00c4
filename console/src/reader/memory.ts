/** What is remembered while a draft is written, and afterwards: on this machine alone. */
import type { PromiseDraft } from '@fullname/shared/events';
import type { RefusalReason } from '@fullname/shared/reader/reading';
import { type Signal, signal } from '@preact/signals';

/** What became of a rule's words in this draft so far; null while they stand. */
type Met = {
  readonly rule: string;
  readonly since: number;
  outcome: 'taken' | 'dismissed' | 'not-here' | null;
};

/** One draft's own: it goes with the words, and stays when another conversation is looked at in between. */
export type DraftMemory = {
  readonly dismissed: Signal<ReadonlySet<string>>;
  /** What was asked about before the send; nobody is asked twice. */
  readonly asked: Signal<ReadonlySet<string>>;
  /** Promises to be recorded when these words are sent, by their words. */
  readonly promises: Signal<ReadonlyMap<string, PromiseDraft>>;
  readonly reason: Signal<RefusalReason | null>;
  /** Other ways that were written into the draft by their chips. */
  readonly phrases: Signal<readonly { readonly phrase: string; readonly text: string }[]>;
  readonly met: Map<string, Met>;
};

const drafts = new Map<string, DraftMemory>();

export function draftMemory(key: string): DraftMemory {
  const known = drafts.get(key);
  if (known) return known;
  const fresh: DraftMemory = {
    dismissed: signal(new Set()),
    asked: signal(new Set()),
    promises: signal(new Map()),
    reason: signal(null),
    phrases: signal([]),
    met: new Map(),
  };
  drafts.set(key, fresh);
  return fresh;
}

/** The words are gone: nothing of them is left. */
export function forget(memory: DraftMemory): void {
  memory.dismissed.value = new Set();
  memory.asked.value = new Set();
  memory.promises.value = new Map();
  memory.reason.value = null;
  memory.phrases.value = [];
  memory.met.clear();
}

// ── "Not here": for one conversation, in this browser ──────────────────────

const NOT_HERE = 'fullname.console.not-here';
/** The oldest conversations are forgotten first. */
const CONVERSATIONS = 200;

export function silencedIn(person: string, conversation: string): ReadonlySet<string> {
  return new Set(readAll(person)[conversation] ?? []);
}

export function silence(place: { person: string; conversation: string }, key: string): void {
  const { [place.conversation]: before = [], ...others } = readAll(place.person);
  const kept = Object.entries(others).slice(-(CONVERSATIONS - 1));
  const next = { ...Object.fromEntries(kept), [place.conversation]: [...new Set([...before, key])] };
  store(`${NOT_HERE}.${place.person}`, next);
}

function readAll(person: string): Record<string, readonly string[]> {
  const stored = recall(`${NOT_HERE}.${person}`);
  if (typeof stored !== 'object' || stored === null) return {};
  return Object.fromEntries(
    Object.entries(stored).filter(([, keys]) => Array.isArray(keys) && keys.every(isString)),
  ) as Record<string, readonly string[]>;
}

// ── Recitation: shown to its agent alone, and told to nobody ───────────────

const RECITED = 'fullname.console.recited';
const REPLIES = 20;

/** Keeps whether a reply was a phrase as it stands. */
export function rememberReply(person: string, asItStands: boolean): void {
  store(`${RECITED}.${person}`, [...replies(person), asItStands].slice(-REPLIES));
}

/** More than half of the last twenty replies were phrases as they stand. */
export function recites(person: string): boolean {
  return replies(person).filter(Boolean).length > REPLIES / 2;
}

function replies(person: string): readonly boolean[] {
  const stored = recall(`${RECITED}.${person}`);
  return Array.isArray(stored) ? stored.map((one) => one === true).slice(-REPLIES) : [];
}

function recall(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Storage is refused or full: it is remembered no longer than the tab.
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}
