/** Hello and goodbye are watched over: what a first reply or a farewell still lacks. */
import { fold } from './fold.ts';
import type { DraftState, Manner } from './reading.ts';
import {
  GREETS_EN,
  GREETS_ZH,
  LONG_FAMILY_NAMES,
  NEXT_STEP_EN,
  NEXT_STEP_ZH,
  THANKS_EN,
  THANKS_ZH,
  TITLES_EN,
  TITLES_ZH,
} from './words/courtesy.ts';
import { ownOf } from './words/own.ts';

/** Nothing while the draft is empty, and nothing outside a first reply and a farewell. */
export function missingManners(draft: string, state: DraftState): readonly Manner[] {
  const isFirst = state.conditions.includes('first-reply');
  const isClosing = state.conditions.includes('closing');
  if (!(isFirst || isClosing) || !draft.trim()) return [];
  const text = ownOf(draft).folded.text;
  const lacks: Manner[] = [];
  if (isFirst) lacks.push(...missingHello(text, state));
  if (isClosing) lacks.push(...missingGoodbye(text, state));
  return lacks;
}

/** Whether words say who speaks: given and family name, in either order, as a first reply has to. */
export function saysFullName(words: string, agent: DraftState['agent']): boolean {
  return holdsFullName(ownOf(words).folded.text, agent);
}

/** What a goodbye that was said lacks: thanks, the customer's name where it is known, what happens next. */
export function goodbyeLacks(words: string, customerName: string | null): readonly Manner[] {
  return missingGoodbye(ownOf(words).folded.text, { customerName });
}

function missingHello(text: string, state: DraftState): Manner[] {
  // What was said before is read only when it is needed: the draft mostly has it all.
  const saidOr = (holds: (words: string) => boolean) =>
    holds(text) || state.said.some((words) => holds(fold(words).text));
  const lacks: Manner[] = [];
  if (!saidOr((words) => has(words, GREETS_EN, GREETS_ZH))) lacks.push('greeting');
  if (!saidOr((words) => holdsFullName(words, state.agent))) lacks.push('full-name');
  return lacks;
}

function missingGoodbye(text: string, state: Pick<DraftState, 'customerName'>): Manner[] {
  const lacks: Manner[] = [];
  if (!has(text, THANKS_EN, THANKS_ZH)) lacks.push('thanks');
  if (state.customerName?.trim() && !callsByName(text, state.customerName)) lacks.push('customer-name');
  if (!has(text, NEXT_STEP_EN, NEXT_STEP_ZH)) lacks.push('next-step');
  return lacks;
}

const HAN = /\p{Script=Han}/u;

function has(text: string, english: RegExp, chinese: () => RegExp): boolean {
  return english.test(text) || (HAN.test(text) && chinese().test(text));
}

function holdsFullName(text: string, { fullName, given, family }: DraftState['agent']): boolean {
  return [fullName, `${given} ${family}`, `${family} ${given}`, family + given].some((name) =>
    holdsWord(text, fold(name).text.trim()),
  );
}

/** By the given name, the full name, or the family name with a title. */
function callsByName(text: string, name: string): boolean {
  const folded = fold(name).text.trim().replace(/\s+/g, ' ');
  if (holdsWord(text, folded)) return true;
  return HAN.test(folded) && !/[a-z]/.test(folded) ? callsInHan(text, folded) : callsInLatin(text, folded);
}

function callsInHan(text: string, name: string): boolean {
  const bare = name.replace(/\s/g, '').replace(new RegExp(`${TITLES_ZH}$`), '');
  const family = LONG_FAMILY_NAMES.exec(bare)?.[0] ?? bare.slice(0, 1);
  const given = bare.slice(family.length);
  if (given.length > 1 && text.includes(given)) return true;
  return new RegExp(`${literal(family)}${TITLES_ZH}`).test(text);
}

function callsInLatin(text: string, name: string): boolean {
  const words = name.split(' ').filter((word) => !TITLE.test(word));
  const first = words[0] ?? '';
  const last = words[words.length - 1] ?? '';
  if (first.length > 1 && holdsWord(text, first)) return true;
  // "Lin Yi-Chun" may be either way round; a title stands before the family name.
  return [first, last].some(
    (family) =>
      family.length > 1 &&
      new RegExp(`(?:${TITLES_EN}\\.? ${literal(family)}|${literal(family)} ?${TITLES_ZH})`).test(text),
  );
}

const TITLE = new RegExp(`^${TITLES_EN}\\.?$`);

/** A word of its own: "Anna" is not in "Annabel". Han has no such ends. */
function holdsWord(text: string, word: string): boolean {
  if (!word) return false;
  if (HAN.test(word)) return text.includes(word);
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal(word)}(?![\\p{L}\\p{N}])`, 'u').test(text);
}

function literal(word: string): string {
  return word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
