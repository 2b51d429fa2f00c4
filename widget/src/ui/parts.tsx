/** Small pieces that every part of the interface draws with. */
import { initialsOf } from '@fullname/shared/full-name';
import { hasHan, type Locale } from '@fullname/shared/locale';
import type { Expectation, PersonCard, PersonRef } from '@fullname/shared/model';
import type { Clock } from '../clock.ts';
import { type Strings, say } from '../strings.ts';
import type { Words } from '../words.ts';

/** What every part needs beside its own data. `clock` is null until the page has been idle. */
export type Shared = {
  readonly strings: Strings;
  readonly words: Words | null;
  readonly locale: Locale;
  readonly clock: Clock | null;
};
/** What the parts of the lazy chunk get: its words are there. */
export type Spoken = Shared & { readonly words: Words };

export function Icon({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 20 20" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

const TINTS = 5;

/** Initials on a tint worked out from the name. */
export function Face({ person }: { person: PersonRef }) {
  const tint = [...person.fullName].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0) % TINTS;
  return (
    <span class={`face tint${tint}`} aria-hidden="true">
      {initialsOf(person.fullName)}
    </span>
  );
}

/** A person's full name where it is a heading or the point of a line. */
export function Name({ person, locale }: { person: PersonRef; locale: Locale }) {
  return (
    <b class="name" lang={langOf(person.fullName, locale)}>
      {person.fullName}
    </b>
  );
}

/** The language of a text that somebody wrote, as far as its script tells; `''` says "not the page's, and not known". */
export function langOf(text: string, locale: Locale): string | undefined {
  const chinese = locale !== 'en';
  if (hasHan(text) === chinese) return undefined;
  return chinese ? '' : 'zh';
}

export function presenceOf(person: PersonCard, { strings, clock }: Shared): string {
  if (person.here) return strings.here;
  if (!person.backAt || !clock) return strings.away;
  const { today, text } = clock.back(person.backAt);
  return say(today ? strings.backAt : strings.backOn, text);
}

export function joinNames(people: readonly PersonRef[], { strings, locale }: Shared): string {
  const names = people.map((person) => person.fullName);
  const last = names.pop() ?? '';
  return names.length ? say(strings.or, names.join(locale === 'en' ? ', ' : '、'), last) : last;
}

export function expectationOf(expectation: Expectation, { strings, clock }: Shared): string {
  if (expectation.kind === 'nobody') {
    if (!expectation.backAt || !clock) return strings.nobody;
    const { today, text } = clock.back(expectation.backAt);
    return say(today ? strings.nobodyUntil : strings.nobodyUntilDay, text);
  }
  if (!expectation.minutes) return strings.soon;
  const [from, to] = expectation.minutes;
  return from === to ? say(strings.about, to) : say(strings.within, from, to);
}

/** Sentences one after the other: Chinese full stops bring their own space. */
export function run(locale: Locale, ...sentences: (string | false | null)[]): string {
  return sentences.filter(Boolean).join(locale === 'en' ? ' ' : '');
}
