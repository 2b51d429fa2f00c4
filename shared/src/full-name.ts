/**
 * The full-name rule: a visitor talks with Megan Kajitani, not with "Megan". A person has a given and a family name.
 * Scripts that write names without a space (Han, Hangul, kana) have their own rule: both parts of at least one character,
 * two in all. A legal name of one word, and people at risk, are given a *professional* full name, approved by an owner.
 */
export type NameParts = { readonly given: string; readonly family: string };

/** `legal` is the person's own; `professional` was recorded for a person with a one-word name, or at risk, and approved by an owner. */
export type NameKind = 'legal' | 'professional';

export type NameProblem = 'given-missing' | 'family-missing' | 'not-a-name' | 'initial-only' | 'too-long';

const SPACELESS = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー々〆·‧・]+$/u;
const NAME = /^[\p{L}\p{M}][\p{L}\p{M}\p{Pd}'’. ·‧・]*$/u;
/** Words that stand where a person should: a team is not a person. */
const NOT_A_PERSON =
  /^(support|team|agent|admin|service|customer|help|desk|sales|bot|assistant|info|客服|小编|小編|客服部|团队|團隊|机器人|機器人)$/iu;

/** What is wrong with a name, or null. Pure; both ends call it. */
export function nameProblem(name: NameParts): NameProblem | null {
  const given = tidyName(name.given);
  const family = tidyName(name.family);
  if (!given) return 'given-missing';
  if (!family) return 'family-missing';
  if (given.length + family.length > 80) return 'too-long';
  for (const part of [given, family]) {
    if (!NAME.test(part) || NOT_A_PERSON.test(part)) return 'not-a-name';
    if (!SPACELESS.test(part) && part.replace(/[^\p{L}]/gu, '').length < 2) return 'initial-only';
  }
  return null;
}

/** How the name is written: family first and without a space in Han, Hangul and kana; given first otherwise. */
export function fullNameOf(name: NameParts): string {
  const given = tidyName(name.given);
  const family = tidyName(name.family);
  return SPACELESS.test(given) && SPACELESS.test(family) ? family + given : `${given} ${family}`;
}

/** Initials for a face without a photo: one character of the family name in spaceless scripts, two letters otherwise. */
export function initialsOf(fullName: string): string {
  const words = fullName.trim().split(/\s+/);
  const first = [...(words[0] ?? '')][0] ?? '';
  if (words.length < 2) return first;
  return (first + ([...(words[words.length - 1] ?? '')][0] ?? '')).toUpperCase();
}

/** Tints for faces without a photo, the same for one person wherever they are seen. */
const TINTS = 5;

/** Which of them, worked out from the name. The widget's `Face` has the same sum: a function more would cost its first screen bytes. */
export function tintOf(fullName: string): number {
  return [...fullName].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0) % TINTS;
}

function tidyName(part: string): string {
  return part.normalize('NFC').replace(/\s+/g, ' ').trim();
}
