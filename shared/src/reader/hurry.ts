/** Short turns, time words, repeated contact, "just fix it": then delight waits, and the phrases turn brief. */
import { fold } from './fold.ts';
import {
  CALM_EN,
  CALM_ZH,
  KNOCKS_EN,
  KNOCKS_ZH,
  NEAR_EN,
  NEAR_ZH,
  PRESSED_EN,
  PRESSED_ZH,
} from './words/hurrying.ts';

/** How many of the last turns are read: a hurry of an hour ago is over. */
const LATEST = 6;
/** A long text holds its haste at its ends; the middle of a pasted page says nothing. */
const LONGEST = 2000;

/** Is somebody in a hurry who writes like this? `turns`: the customer's words in this conversation, oldest first. */
export function inHurry(turns: readonly string[]): boolean {
  const latest = turns.slice(-LATEST).map((turn) => fold(turn.slice(0, LONGEST)).text);
  const calmed = latest.findLastIndex((turn) => matches(turn, CALM_EN, CALM_ZH));
  const since = latest.slice(calmed + 1);
  if (since.some((turn) => matches(turn, PRESSED_EN, PRESSED_ZH))) return true;
  const isBrief = areBrief(since);
  // The first words of a conversation may be "hello?" without any haste.
  const offset = turns.length > since.length ? 0 : 1;
  const knocks = since.slice(offset).filter((turn) => matches(turn, KNOCKS_EN, KNOCKS_ZH)).length;
  const isNear = since.some((turn) => matches(turn, NEAR_EN, NEAR_ZH));
  return knocks >= 2 || (knocks === 1 && isNear && isBrief) || (isBrief && nearIn(since) >= 2);
}

function nearIn(turns: readonly string[]): number {
  return turns.filter((turn) => matches(turn, NEAR_EN, NEAR_ZH)).length;
}

const BRIEF_WORDS = 4;
const BRIEF_HAN = 7;

/** The last three turns are a few words each. */
function areBrief(turns: readonly string[]): boolean {
  return turns.length >= 3 && turns.slice(-3).every(isBrief);
}

function isBrief(turn: string): boolean {
  const han = turn.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = turn.match(/[a-z\d][a-z\d'-]*/g)?.length ?? 0;
  return han <= BRIEF_HAN && words <= BRIEF_WORDS;
}

const HAN = /\p{Script=Han}/u;

function matches(turn: string, english: RegExp, chinese: () => RegExp): boolean {
  return english.test(turn) || (HAN.test(turn) && chinese().test(turn));
}
