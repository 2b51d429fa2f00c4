/** What is being written or taken out on the pages of the book; one thing at a time. */
import type { Change, PhraseBody } from '@fullname/shared/book';
import type { Phrase } from '@fullname/shared/model';
import type { Rule, RuleBody } from '@fullname/shared/reader/rule';
import { signal } from '@preact/signals';

/** Without `target` something new; with `change` a proposal that is still open. `start` fills the form in. */
type Writing<Kind, Entry, Body> = {
  readonly act: 'write';
  readonly kind: Kind;
  readonly target: Entry | null;
  readonly change: Change | null;
  readonly start?: Partial<Body>;
  readonly example?: string;
};
export type PhraseEditing = Writing<'phrase', Phrase, PhraseBody>;
export type RuleEditing = Writing<'rule', Rule, RuleBody>;
export type TakingOut =
  | { readonly act: 'take-out'; readonly kind: 'phrase'; readonly target: Phrase }
  | { readonly act: 'take-out'; readonly kind: 'rule'; readonly target: Rule };

export const editing = signal<PhraseEditing | RuleEditing | TakingOut | null>(null);

export function stopEditing(): void {
  editing.value = null;
}

export function writePhrase(target: Phrase | null, start: Partial<PhraseBody> = {}, example = ''): void {
  editing.value = { act: 'write', kind: 'phrase', target, change: null, start, example };
}

export function writeRule(target: Rule | null, start: Partial<RuleBody> = {}, example = ''): void {
  editing.value = { act: 'write', kind: 'rule', target, change: null, start, example };
}
