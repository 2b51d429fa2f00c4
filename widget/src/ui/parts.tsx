/** Small pieces that every part of the interface draws with. */
import { initialsOf } from '@fullname/shared/full-name';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Expectation, PersonCard, PersonRef } from '@fullname/shared/model';
import type { ComponentChildren } from 'preact';
import type { Clock } from '../clock.ts';
import { fill, type Strings, say } from '../strings.ts';
import type { Words } from '../words.ts';

/** What every part needs beside its own data. `clock` is null until the page has been idle. */
export type Shared = {
  readonly strings: Strings;
  readonly words: Words | null;
  readonly locale: WidgetLocale;
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

/** A person's full name where it is a heading or the point of a line: in isolation, whichever way the line is read. */
export function Name({ person, locale }: { person: PersonRef; locale: WidgetLocale }) {
  return (
    <bdi class="name" lang={langOf(person.fullName, locale)}>
      {person.fullName}
    </bdi>
  );
}

/** What a person does here, and whether they are there. */
export function Post({ person, shared }: { person: PersonCard; shared: Shared }): ComponentChildren {
  const presence = presenceOf(person, shared);
  return person.title
    ? fill<ComponentChildren>(
        '{0} · {1}',
        <bdi lang={langOf(person.title, shared.locale)}>{person.title}</bdi>,
        presence,
      )
    : presence;
}

/**
 * The language of a text that somebody wrote, as far as its script tells; undefined where that is the page's own, and `''` says
 * "not the page's, and not known".
 */
export function langOf(text: string, locale: WidgetLocale): string | undefined {
  const own = /^(zh|ja|ar)/.exec(locale)?.[0] ?? '';
  const found = SCRIPTS.find(([, script]) => script.test(text))?.[0] ?? '';
  // A Japanese name is often in Han characters alone.
  return found === own || (own === 'ja' && found === 'zh') ? undefined : found;
}

const SCRIPTS = [
  ['ja', /[\u3041-\u30fa]/],
  ['zh', /\p{Script=Han}/u],
  ['ar', /[\u0620-\u06ff]/],
] as const;

function presenceOf(person: PersonCard, { strings, clock }: Shared): string {
  if (person.here) return strings.here;
  if (!person.backAt || !clock) return strings.away;
  const { today, text } = clock.back(person.backAt);
  return say(today ? strings.backAt : strings.backOn, text);
}

export function joinNames(people: readonly PersonRef[], { strings }: Shared): string {
  const names = people.map((person) => person.fullName);
  const last = names.pop() ?? '';
  return names.length ? say(strings.or, names.join(strings.comma), last) : last;
}

export function expectationOf(expectation: Expectation, { strings, clock }: Shared): string {
  if (expectation.kind === 'nobody') {
    if (!expectation.backAt || !clock) return strings.nobody;
    const { today, text } = clock.back(expectation.backAt);
    return say(today ? strings.nobodyUntil : strings.nobodyUntilDay, text);
  }
  if (!expectation.minutes) return strings.soon;
  const [from, to] = expectation.minutes;
  return from ? say(strings.within, from, to) : say(strings.under, to);
}

/** Sentences one after the other: Chinese and Japanese full stops bring their own space. */
export function run({ strings }: Shared, ...sentences: (string | false | null)[]): string {
  return sentences.filter(Boolean).join(strings.gap);
}
