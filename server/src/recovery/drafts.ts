/**
 * What a person may begin with at a follow-up, made of the record: a question, a note, a call, a flag for colleagues. A text
 * for a customer is in the customer's language; words of the record stand in it only where they are written in the same
 * script. Nothing of it is sent by itself.
 */
import { hasHan, type Locale } from '@fullname/shared/locale';
import type { WrapUp } from '@fullname/shared/recovery';
import type { FailureRow } from '../store/recovery.ts';
import { CHECK, WORDS, type Words } from './draft-texts.ts';
import { clauseOf } from './please-know.ts';
import { inLine, languageOf, linesOf, shorten, type Told } from './record-lines.ts';

export type DraftFacts = {
  readonly locale: Locale;
  /** The customer's name; null where nobody knows it. */
  readonly name: string | null;
  /** Full names: who writes, and who did the work if that was somebody else. */
  readonly ally: string;
  readonly doneBy: string | null;
  readonly failure: Told & Pick<FailureRow, 'category' | 'element'>;
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

/** Three lines for colleagues to begin with, in the language of the record. */
export function flagLines({ failure }: Pick<DraftFacts, 'failure'>): string[] {
  return linesOf(failure, languageOf(failure.what));
}

/** What to look at once more at the next order: by what failed, of what kind it was, and what is owed. */
export function suggestedChecks({ failure }: Pick<DraftFacts, 'failure'>): string[] {
  const say = CHECK[languageOf(failure.what)];
  return [
    failure.owed && say.owed(bare(failure.owed)),
    failure.element && say[failure.element],
    failure.product && say.again(bare(failure.product)),
    failure.category && say.category(bare(failure.category)),
  ]
    .filter(isSaid)
    .map((check) => shorten(check, CHECK_MAX_LENGTH));
}

export const CHECK_MAX_LENGTH = 200;

function wordsOf({ locale, name, ally, doneBy, failure }: DraftFacts): Words {
  const inTheirs = (text: string | null) =>
    text !== null && hasHan(text) === (locale !== 'en') ? clauseOf(text) : null;
  return {
    ...{ name: name === null ? null : inLine(name) || null, ally, doneBy },
    what: inTheirs(failure.what),
    putRight: inTheirs(failure.putRight),
    extra: inTheirs(failure.extra),
    product: failure.product === null ? null : shorten(inLine(failure.product), SUBJECT_PART_MAX_LENGTH),
  };
}

const SUBJECT_PART_MAX_LENGTH = 80;

/** Without their own full stop. */
function bare(text: string): string {
  return inLine(text).replace(/[.。]+$/u, '');
}

function paragraphs(parts: readonly (string | null)[]): string {
  return parts.filter(isSaid).join('\n\n');
}

function isSaid(text: string | null | undefined): text is string {
  return text !== null && text !== undefined && text !== '';
}
