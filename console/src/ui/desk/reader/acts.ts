/** What a remark offers: ready words that its person may take. Each writes into the draft; nothing here sends. */
import type { Alternative } from '@fullname/shared/book';
import type { Locale } from '@fullname/shared/locale';
import type { Phrase } from '@fullname/shared/model';
import { fillPhrase, openSlots } from '@fullname/shared/phrases';
import { maskCards } from '@fullname/shared/reader/cards';
import type { SecretFinding } from '@fullname/shared/reader/reading';
import type { Situation } from '@fullname/shared/situation';
import { valuesFor } from '../../../book.ts';
import type { Remark } from '../../../reader/remarks.ts';
import type { Shoulder } from '../../../reader/shoulder.ts';
import { addition, type Edit, removal, replacement, sentenceAround } from '../../../reader/spans.ts';
import { writeInto } from '../../../reader/writing.ts';
import { words } from '../../../strings/index.ts';

export type Act = {
  readonly label: string;
  /** The language of the label, where it is the customer's. */
  readonly lang: Locale | null;
  readonly note: string | null;
  /** The edit in a draft in which the remark stands there. */
  readonly edit: (draft: string, remark: Remark) => Edit | null;
  /** The phrase of the book that is written, if it is one. */
  readonly phrase: string | null;
};

/** How many ready words a remark shows; of other ways one or two are asked for. */
const OFFERED = 3;
const OTHER_WAYS = 2;

export function actsOf(remark: Remark, shoulder: Shoulder): readonly Act[] {
  if (remark.kind === 'rule') return ruleActs(remark.finding.rule.sayInstead, shoulder);
  if (remark.kind === 'secret') return [...toldActs(remark), ...verifyActs(shoulder, remark.finding)];
  if (remark.kind === 'refusal') return refusalActs(shoulder);
  if (remark.kind === 'missing') return missingActs(remark, shoulder);
  return [];
}

/** Writes the words of an act where the remark stands now; the first open placeholder is selected, to be written over. */
export async function perform(
  act: Act,
  at: { readonly remark: Remark; readonly shoulder: Shoulder; readonly field: HTMLTextAreaElement | null },
): Promise<void> {
  const { remark, shoulder, field } = at;
  if (!field || shoulder.composing.peek()) return;
  const fresh = await shoulder.again(remark);
  const draft = shoulder.textNow.peek();
  const edit = fresh && draft === field.value ? act.edit(draft, fresh) : null;
  if (!edit) return;
  shoulder.took(remark);
  writeInto(field, edit);
  if (act.phrase) shoulder.inserted(act.phrase, edit.text);
  const slot = openSlots(edit.text)[0];
  const end = edit.from + edit.text.length;
  field.setSelectionRange(slot ? edit.from + slot.from : end, slot ? edit.from + slot.to : end);
}

function ruleActs(sayInstead: readonly string[], shoulder: Shoulder): readonly Act[] {
  if (sayInstead.length === 0)
    return [
      {
        label: words().reader.leaveOut,
        lang: null,
        note: null,
        phrase: null,
        edit: (draft, remark) => (remark.kind === 'rule' ? removal(draft, remark.finding.replace) : null),
      },
    ];
  return sayInstead.slice(0, OFFERED).map((text) => {
    const filled = fill(text, shoulder);
    return {
      label: filled,
      lang: localeOf(shoulder),
      note: null,
      phrase: null,
      edit: (draft, remark) =>
        remark.kind === 'rule' ? replacement(draft, remark.finding.replace, filled) : null,
    };
  });
}

/** What stands in for asking: how we know each other without a secret; and for telling: why it stays closed. */
function verifyActs(shoulder: Shoulder, { kind, what }: SecretFinding): readonly Act[] {
  if (what === 'card' && kind === 'tells') return [];
  const all = phrasesOf(shoulder, ['security']);
  const fitting = all.filter(({ tags }) => tags.includes(kind === 'asks' ? 'verify' : 'keep-closed'));
  return phraseActs(shoulder, fitting.length > 0 ? fitting : all, sentence);
}

/** What must not be told is masked or left out. */
function toldActs({ finding }: Extract<Remark, { readonly kind: 'secret' }>): readonly Act[] {
  if (finding.kind === 'asks') return [];
  const t = words().reader;
  const edit: Act['edit'] = (draft, { span }) => {
    if (!span) return null;
    if (finding.what !== 'card') return removal(draft, span);
    return { ...span, text: maskCards(draft.slice(span.from, span.to)) };
  };
  return [
    { label: finding.what === 'card' ? t.mask : t.leaveOut, lang: null, note: null, phrase: null, edit },
  ];
}

/** With a reason, kind and firm words in place of the refusal; without one, other ways. */
function refusalActs(shoulder: Shoulder): readonly Act[] {
  if (shoulder.memory.reason.value) {
    const firm = phrasesOf(shoulder, ['refusing', 'security']).filter(({ tags }) => tags.includes('firm'));
    const reason = shoulder.memory.reason.value;
    const fitting = firm.filter(({ tags }) => tags.includes(reason));
    return phraseActs(shoulder, fitting.length > 0 ? fitting : firm, sentence);
  }
  return shoulder.alternatives.value.slice(0, OTHER_WAYS).map((alternative) => chip(alternative, shoulder));
}

function chip({ text, from, phrase }: Alternative, shoulder: Shoulder): Act {
  const filled = fill(text, shoulder);
  return {
    label: filled,
    lang: localeOf(shoulder),
    note: words().reader.alternativeFrom[from],
    phrase,
    // The book's own words say the whole of it; what worked before is said beside the refusal.
    edit: (draft, remark) =>
      from === 'book'
        ? sentence(draft, remark, filled)
        : remark.span && addition(draft, sentenceAround(draft, remark.span).to, filled),
  };
}

type Missing = Extract<Remark, { readonly kind: 'missing' }>;

/** One phrase at the beginning, one at the end: what is missing is in the book. */
function missingActs({ missing }: Missing, shoulder: Shoulder): readonly Act[] {
  const begins = missing.includes('greeting') || missing.includes('full-name');
  const ends = missing.some((one) => one === 'thanks' || one === 'customer-name' || one === 'next-step');
  const hello = begins && shortest(shoulder, 'hello', '{agent.fullName');
  const bye =
    ends && shortest(shoulder, 'farewell', missing.includes('customer-name') ? '{customer.name' : '');
  return [
    ...(hello ? phraseActs(shoulder, [hello], atStart) : []),
    ...(bye ? phraseActs(shoulder, [bye], atEnd) : []),
  ];
}

const atStart: PhraseEdit = (draft, _remark, text) => {
  const gap = /\p{Script=Han}/u.test(text) || /^\s|^$/.test(draft) ? '' : ' ';
  return { from: 0, to: 0, text: text + gap };
};

const atEnd: PhraseEdit = (draft, _remark, text) => addition(draft, draft.trimEnd().length, text);

function shortest(shoulder: Shoulder, situation: Situation, holding: string): Phrase | undefined {
  return phrasesOf(shoulder, [situation])
    .filter(({ text }) => text.includes(holding) && openSlots(fill(text, shoulder)).length === 0)
    .sort((a, b) => a.text.length - b.text.length)[0];
}

type PhraseEdit = (draft: string, remark: Remark, text: string) => Edit | null;

const sentence: PhraseEdit = (draft, { span }, text) =>
  span && replacement(draft, sentenceAround(draft, span), text);

function phraseActs(shoulder: Shoulder, phrases: readonly Phrase[], edit: PhraseEdit): readonly Act[] {
  return phrases.slice(0, OFFERED).map((phrase) => {
    const filled = fill(phrase.text, shoulder);
    return {
      label: filled,
      lang: phrase.locale,
      note: null,
      phrase: phrase.id,
      edit: (draft, remark) => edit(draft, remark, filled),
    };
  });
}

function phrasesOf(shoulder: Shoulder, situations: readonly Situation[]): readonly Phrase[] {
  const all = shoulder.shelf.value?.phrases ?? [];
  return all.filter(({ situation }) => situations.includes(situation));
}

function fill(text: string, { thread, person }: Shoulder): string {
  return fillPhrase(text, valuesFor(thread, person.fullName));
}

function localeOf({ thread }: Shoulder): Locale {
  return thread.detail.value.locale;
}
