/** What is being written of a failure, kept by conversation while the console is open: leaving the form loses nothing. */
import { FAILURE_ELEMENTS, type FailureElement } from '@fullname/shared/model';
import {
  CHANNELS,
  type Channel,
  type FailureDraft,
  type FailureFields,
  type Money,
  RECOVERY_LEVELS,
  type RecoveryLevel,
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
  // What the steps bring: changed here, written there first.
  readonly wants: string;
  readonly putRight: string;
  readonly restored: 'yes' | 'no' | '';
  readonly extra: string;
  readonly noExtra: string;
  readonly level: RecoveryLevel | '';
  readonly cost: string;
  readonly costCurrency: string;
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
  wants: '',
  putRight: '',
  restored: '',
  extra: '',
  noExtra: '',
  level: '',
  cost: '',
  costCurrency: '',
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

/** Everything the form holds but the quotes, which travel as numbers of the log; the cause has a form of its own. */
export type WrittenFields = Omit<FailureFields, 'at' | 'quotes' | 'cause' | 'causeNote'> & {
  readonly at?: string;
};

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
    wants: wordsOf(form.wants),
    putRight: wordsOf(form.putRight),
    restored: form.restored === '' ? null : form.restored === 'yes',
    extra: wordsOf(form.extra),
    // Something was added after all: why nothing was is then said no longer.
    noExtra: wordsOf(form.extra) ? null : wordsOf(form.noExtra),
    level: form.level || null,
    cost: moneyFrom(form.cost, form.costCurrency),
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
    wants: fields.wants ?? '',
    putRight: fields.putRight ?? '',
    restored: yesNo(fields.restored),
    extra: fields.extra ?? '',
    noExtra: fields.noExtra ?? '',
    level: RECOVERY_LEVELS.find((one) => one === fields.level) ?? '',
    cost: fields.cost ? String(fields.cost.amount) : '',
    costCurrency: fields.cost?.currency ?? currency,
  };
}

/** Null where no amount was said, or none that can be read. A comma is read as the point of decimals. */
export function moneyFrom(amount: string, currency: string): Money | null {
  const number = Number(amount.trim().replace(',', '.'));
  if (amount.trim() === '' || !Number.isFinite(number) || number < 0) return null;
  return { amount: number, currency: currency.trim().toUpperCase() };
}

export function yesNo(restored: boolean | null): FailureWords['restored'] {
  if (restored === null) return '';
  return restored ? 'yes' : 'no';
}

export function wordsOf(text: string): string | null {
  return text.trim() || null;
}

/** yyyy-mm-ddThh:mm, here. */
export function localTime(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
