/**
 * What a person may begin with at a follow-up, made of the record: a question, a note, a call, a flag for colleagues. A text
 * for a customer is in the customer's language; words of the record stand in it only where they are written in the same
 * script. Nothing of it is sent by itself.
 */
import { hasHan, type Locale } from '@fullname/shared/locale';
import { isTraditional } from '@fullname/shared/reader/fold';
import type { WrapUp } from '@fullname/shared/recovery';
import type { FailureRow } from '../store/recovery.ts';
import { CHECK, FLAG, WORDS, type Words } from './draft-texts.ts';
import { clauseOf } from './please-know.ts';

export type DraftFacts = {
  readonly locale: Locale;
  /** The customer's name; null where nobody knows it. */
  readonly name: string | null;
  /** Full names: who writes, and who did the work if that was somebody else. */
  readonly ally: string;
  readonly doneBy: string | null;
  readonly failure: Pick<
    FailureRow,
    'what' | 'product' | 'category' | 'element' | 'wants' | 'putRight' | 'extra' | 'owed' | 'irreplaceable'
  >;
};

type Text = { readonly subject: string; readonly text: string };

/** The ally's question: does it really work, and were they kind? */
export function question(facts: DraftFacts): Text {
  return { subject: '', text: WORDS[facts.locale].question(wordsOf(facts)) };
}

/** A text for each kind of wrap-up. A call has points, not a script. */
export function wrapUpTexts(facts: DraftFacts): Record<WrapUp, Text> {
  const say = WORDS[facts.locale];
  const words = wordsOf(facts);
  return {
    handwritten: { subject: '', text: paragraphs(say.note(words)) },
    call: {
      subject: '',
      text: say
        .points(words)
        .filter(isSaid)
        .map((point) => `– ${point}`)
        .join('\n'),
    },
    'personal-message': { subject: '', text: paragraphs(say.message(words)) },
    'e-mail': { subject: say.subject(words), text: paragraphs(say.letter(words)) },
  };
}

/** At most three lines for colleagues: what happened, what was done, what to mind; in the language of the record. */
export function flagLines({ failure, ally }: DraftFacts): string[] {
  const say = FLAG[languageOf(failure.what)];
  const done = [
    failure.putRight && say.putRight(bare(failure.putRight)),
    failure.extra && say.extra(bare(failure.extra)),
  ];
  return [
    [failure.product, bare(failure.what)].filter(isSaid).join(': '),
    done.filter(isSaid).join(say.between),
    failure.owed
      ? say.owed(bare(failure.owed))
      : failure.irreplaceable
        ? say.irreplaceable
        : failure.wants
          ? say.wants(failure.wants.trim())
          : say.ally(ally),
  ]
    .filter((line) => line !== '')
    .map((line) => shorten(line, LINE_MAX_LENGTH));
}

/** What to look at once more at the next order: by what failed, of what kind it was, and what is owed. */
export function suggestedChecks({ failure }: Pick<DraftFacts, 'failure'>): string[] {
  const say = CHECK[languageOf(failure.what)];
  return [
    failure.owed && say.owed(bare(failure.owed)),
    failure.element && say[failure.element],
    failure.product && say.again(failure.product),
    failure.category && say.category(failure.category),
  ]
    .filter(isSaid)
    .map((check) => shorten(check, CHECK_MAX_LENGTH));
}

export const LINE_MAX_LENGTH = 300;
export const CHECK_MAX_LENGTH = 200;

function wordsOf({ locale, name, ally, doneBy, failure }: DraftFacts): Words {
  const inTheirs = (text: string | null) =>
    text !== null && hasHan(text) === (locale !== 'en') ? clauseOf(text) : null;
  return {
    ...{ name, ally, doneBy },
    what: inTheirs(failure.what),
    putRight: inTheirs(failure.putRight),
    extra: inTheirs(failure.extra),
    product: failure.product === null ? null : shorten(failure.product, SUBJECT_PART_MAX_LENGTH),
  };
}

const SUBJECT_PART_MAX_LENGTH = 80;

function languageOf(text: string): Locale {
  if (!hasHan(text)) return 'en';
  return isTraditional(text) ? 'zh-Hant' : 'zh-Hans';
}

/** Words of a form as part of a line: without their own full stop. */
function bare(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.。]+$/u, '');
}

function shorten(text: string, max: number): string {
  return text.length <= max ? text : `${text.slice(0, max - 1).trimEnd()}…`;
}

function paragraphs(parts: readonly (string | null)[]): string {
  return parts.filter(isSaid).join('\n\n');
}

function isSaid(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== '';
}
