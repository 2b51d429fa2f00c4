/** What the reading of a draft comes to for its writer: remarks at places, each with its weight at the send. */
import type { BookSettings } from '@fullname/shared/book';
import type {
  Manner,
  PromiseFinding,
  Reading,
  Refusal,
  RefusalReason,
  RuleFinding,
  SecretFinding,
} from '@fullname/shared/reader/reading';
import type { Answer } from './protocol.ts';
import { distance, mover, type Span } from './spans.ts';

/** `quiet` says it and no more, `ask` asks once before the send, `hold` holds the send until the words are changed. */
type Weight = 'quiet' | 'ask' | 'hold';

type What =
  /** `words` as they were read. */
  | { readonly kind: 'rule'; readonly finding: RuleFinding; readonly words: string }
  | { readonly kind: 'secret'; readonly finding: SecretFinding }
  | { readonly kind: 'refusal'; readonly refusal: Refusal }
  | { readonly kind: 'promise'; readonly promise: PromiseFinding }
  | { readonly kind: 'card' }
  | { readonly kind: 'missing'; readonly missing: readonly Manner[] }
  | { readonly kind: 'repeat' };
export type Remark = What & {
  /** The same remark in the next reading. */
  readonly key: string;
  readonly weight: Weight;
  /** Where it stands in the draft; null: it is about the whole. */
  readonly span: Span | null;
};

export type RemarksInput = {
  readonly answer: Answer;
  readonly refusals: BookSettings['refusal'];
  readonly reason: RefusalReason | null;
  /** A phrase that would go to this customer a second time as it stands. */
  readonly repeats: boolean;
};

/** Everything there is to say, in the order of the draft; what is about the whole comes last. */
export function remarksOf(input: RemarksInput): readonly Remark[] {
  const { reading, cards } = input.answer;
  const secrets = reading.secrets.map(secretRemark);
  const all: Remark[] = [
    ...secrets,
    ...reading.findings.map((finding) => ruleRemark(finding, input.answer.draft)),
    ...refusalRemarks(input),
    ...reading.promises.map(promiseRemark),
    ...cards.filter((card) => !secrets.some(({ span }) => covers(span, card))).map(cardRemark),
  ];
  all.sort((a, b) => (a.span?.from ?? 0) - (b.span?.from ?? 0) || heavier(a, b));
  if (reading.missing.length > 0)
    all.push({ kind: 'missing', key: 'missing', weight: 'ask', span: null, missing: reading.missing });
  if (input.repeats) all.push({ kind: 'repeat', key: 'repeat', weight: 'ask', span: null });
  return all;
}

/** The same words under the same rule. */
export function ruleKey({ key }: Pick<RuleFinding, 'key'>): string {
  return `rule ${key}`;
}

/** True where two remarks differ in nothing but their places. */
export function saysTheSame(one: Remark | null, other: Remark | null): boolean {
  return one === other || (one !== null && other !== null && saying(one) === saying(other));
}

/** True where nothing would be drawn otherwise: the same remarks at the same places. */
export function areSame(these: readonly Remark[], those: readonly Remark[]): boolean {
  return (
    these.length === those.length &&
    these.every((one, index) => {
      const other = those[index] ?? null;
      return saysTheSame(one, other) && isSamePlace(one.span, other?.span ?? null);
    })
  );
}

function isSamePlace(one: Span | null, other: Span | null): boolean {
  return one?.from === other?.from && one?.to === other?.to;
}

/** All that is shown of a remark, but for its place. */
function saying(remark: Remark): string {
  const { key, weight, kind } = remark;
  if (kind === 'rule') {
    const { title, reason, sayInstead, replaces } = remark.finding.rule;
    return [key, weight, remark.words, title, reason, replaces, ...sayInstead].join('\n');
  }
  if (kind === 'missing') return [key, weight, ...remark.missing].join('\n');
  return [key, weight].join('\n');
}

/** Said only when the words are about to go: while one still writes, everything is missing. */
export function isForTheSend({ kind }: Remark): boolean {
  return kind === 'missing' || kind === 'repeat';
}

export function mayBeDismissed({ weight }: Remark): boolean {
  return weight !== 'hold';
}

/** "Not here" is for what would come up again: a rule's words, and being asked for another way. */
export function mayBeSilenced(remark: Remark): boolean {
  return mayBeDismissed(remark) && (remark.kind === 'rule' || remark.kind === 'refusal');
}

/** The remarks of an older draft where they stand in the newer one; those whose words were touched wait for the next reading. */
export function movedRemarks(remarks: readonly Remark[], older: string, newer: string): readonly Remark[] {
  if (older === newer) return remarks;
  const move = mover(older, newer);
  return remarks.flatMap((remark) => {
    if (!remark.span) return [remark];
    const span = move(remark.span);
    if (!span) return [];
    return [{ ...remark, span }];
  });
}

/** The remark at the caret, or the nearest; of several the heaviest, of those the shortest. */
export function nearest(remarks: readonly Remark[], caret: number): Remark | null {
  const rank = (remark: Remark) => (remark.span ? distance(remark.span, caret) : Number.MAX_SAFE_INTEGER);
  const length = ({ span }: Remark) => (span ? span.to - span.from : 0);
  return [...remarks].sort((a, b) => rank(a) - rank(b) || heavier(a, b) || length(a) - length(b))[0] ?? null;
}

const ORDER: readonly Weight[] = ['hold', 'ask', 'quiet'];

function heavier(a: Remark, b: Remark): number {
  return ORDER.indexOf(a.weight) - ORDER.indexOf(b.weight);
}

function ruleRemark(finding: RuleFinding, draft: string): Remark {
  const weights = { suggestion: 'quiet', warning: 'ask', block: 'hold' } as const;
  return {
    kind: 'rule',
    key: ruleKey(finding),
    weight: weights[finding.level],
    span: at(finding),
    finding,
    words: draft.slice(finding.from, finding.to),
  };
}

function secretRemark(finding: SecretFinding): Remark {
  const key = `secret ${finding.kind} ${finding.what}`;
  return { kind: 'secret', key, weight: 'hold', span: at(finding), finding };
}

function promiseRemark(promise: PromiseFinding): Remark {
  return { kind: 'promise', key: `promise ${promise.text}`, weight: 'quiet', span: at(promise), promise };
}

function cardRemark(card: Span): Remark {
  return { kind: 'card', key: 'card', weight: 'quiet', span: at(card) };
}

/** A refusal with another way in it is a yes; one with a reason is a plain no, kindly said. */
function refusalRemarks({ answer, refusals, reason }: RemarksInput): readonly Remark[] {
  const { refusal } = answer.reading;
  if (refusals === 'off' || !refusal || offersAnotherWay(answer)) return [];
  const weight = reason ? 'quiet' : refusals === 'stop' ? 'hold' : 'ask';
  return [{ kind: 'refusal', key: 'refusal', weight, span: at(refusal), refusal }];
}

function offersAnotherWay({ reading, facts }: { reading: Reading; facts: Answer['facts'] }): boolean {
  return (reading.refusal?.alternatives.length ?? 0) > 0 || facts.isOffered;
}

function at({ from, to }: Span): Span {
  return { from, to };
}

function covers(outer: Span | null, inner: Span): boolean {
  return outer !== null && outer.from <= inner.from && outer.to >= inner.to;
}
