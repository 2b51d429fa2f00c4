/** What is being written of a failure, kept by conversation while the console is open: leaving the form loses nothing. */
import { FAILURE_ELEMENTS, type FailureElement } from '@fullname/shared/model';
import {
  CHANNELS,
  type Channel,
  type FailureDraft,
  type FailureFields,
  type Money,
  SEVERITIES,
  type Severity,
} from '@fullname/shared/recovery';
import { newId } from '../../ids.ts';
import { endOfDay } from '../customer/DayField.tsx';

/** As it stands in the fields: text is text, '' is not said. */
export type FailureWords = {
  readonly what: string;
  /** As `datetime-local` writes it, here; '' is now. */
  readonly at: string;
  readonly product: string;
  readonly place: string;
  readonly channel: Channel;
  readonly element: FailureElement | '';
  readonly category: string;
  readonly severity: Severity | '';
  readonly quotes: readonly number[];
  readonly irreplaceable: boolean;
  readonly disputed: string;
  readonly currency: string;
  readonly owed: string;
  /** yyyy-mm-dd, or ''. */
  readonly owedBy: string;
};
export type Draft = FailureWords & { readonly id: string };

const drafts = new Map<string, Draft>();

/** What was begun for this conversation, or a new one with what is known already. */
export function draftOf(conversation: string, known: Partial<FailureWords>): Draft {
  return drafts.get(conversation) ?? { ...EMPTY, ...known, id: newId() };
}

export function keepDraft(conversation: string, draft: Draft): void {
  drafts.set(conversation, draft);
}

export function dropDraft(conversation: string): void {
  drafts.delete(conversation);
}

const EMPTY: FailureWords = {
  what: '',
  at: '',
  product: '',
  place: '',
  channel: 'chat',
  element: '',
  category: '',
  severity: '',
  quotes: [],
  irreplaceable: false,
  disputed: '',
  currency: '',
  owed: '',
  owedBy: '',
};

/** Only what was said: nothing is sent empty. */
export function toDraft({ id, ...form }: Draft): Omit<FailureDraft, 'conversation'> {
  const fields = toFields(form);
  const said = Object.entries(fields).filter(([, value]) => value !== null && value !== false);
  return {
    ...Object.fromEntries(said),
    id,
    what: fields.what,
    ...(form.quotes.length > 0 ? { quotes: form.quotes } : {}),
  };
}

/** Everything the form holds but the quotes, which travel as numbers of the log. */
export type WrittenFields = Pick<
  FailureFields,
  | 'what'
  | 'product'
  | 'place'
  | 'channel'
  | 'element'
  | 'category'
  | 'severity'
  | 'irreplaceable'
  | 'disputed'
  | 'owed'
  | 'owedBy'
> & { readonly at?: string };

export function toFields(form: FailureWords): WrittenFields {
  const owed = wordsOf(form.owed);
  return {
    what: form.what.trim(),
    ...(form.at && !Number.isNaN(Date.parse(form.at)) ? { at: new Date(form.at).toISOString() } : {}),
    product: wordsOf(form.product),
    place: wordsOf(form.place),
    channel: form.channel,
    element: form.element || null,
    category: wordsOf(form.category),
    severity: form.severity || null,
    irreplaceable: form.irreplaceable,
    disputed: moneyFrom(form.disputed, form.currency),
    owed,
    owedBy: owed && form.owedBy ? endOfDay(form.owedBy) : null,
  };
}

/** The record as its fields show it. */
export function fromFields(fields: FailureFields, currency: string): FailureWords {
  return {
    what: fields.what,
    at: localTime(fields.at),
    product: fields.product ?? '',
    place: fields.place ?? '',
    channel: CHANNELS.find((one) => one === fields.channel) ?? 'other',
    element: FAILURE_ELEMENTS.find((one) => one === fields.element) ?? '',
    category: fields.category ?? '',
    severity: SEVERITIES.find((one) => one === fields.severity) ?? '',
    quotes: fields.quotes.map((quote) => quote.seq),
    irreplaceable: fields.irreplaceable,
    disputed: fields.disputed ? String(fields.disputed.amount) : '',
    currency: fields.disputed?.currency ?? currency,
    owed: fields.owed ?? '',
    owedBy: fields.owedBy ? localTime(fields.owedBy).slice(0, 10) : '',
  };
}

/** Null where no amount was said, or none that can be read. A comma is read as the point of decimals. */
export function moneyFrom(amount: string, currency: string): Money | null {
  const number = Number(amount.trim().replace(',', '.'));
  if (amount.trim() === '' || !Number.isFinite(number) || number < 0) return null;
  return { amount: number, currency: currency.trim().toUpperCase() };
}

export function wordsOf(text: string): string | null {
  return text.trim() || null;
}

/** yyyy-mm-ddThh:mm, here. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
