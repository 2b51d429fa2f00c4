/** The fields of a record in words: for its facts, its history and what somebody changed meanwhile. */
import type { Failure } from '@fullname/shared/model';
import type { FailureFields } from '@fullname/shared/recovery';
import { dayOf, moneyOf, whenOf } from '../../format.ts';
import { words } from '../../strings/index.ts';

export type FieldName = keyof FailureFields;

/** In the order in which a record is read. */
const FIELDS: readonly FieldName[] = [
  'what',
  'at',
  'product',
  'place',
  'channel',
  'element',
  'category',
  'severity',
  'quotes',
  'irreplaceable',
  'disputed',
  'wants',
  'putRight',
  'restored',
  'extra',
  'noExtra',
  'level',
  'cost',
  'owed',
  'owedBy',
  'cause',
  'causeNote',
];

export function fieldName(field: FieldName): string {
  const t = words();
  const r = t.recovery;
  const names: Record<FieldName, string> = {
    what: t.customer.what,
    at: r.record.at,
    product: t.customer.product,
    place: r.record.place,
    channel: r.record.channel,
    element: t.customer.element,
    category: r.record.category,
    severity: r.record.severity,
    quotes: r.record.quotes,
    irreplaceable: r.record.lost,
    disputed: r.record.disputed,
    wants: r.steps.fix.wants,
    putRight: t.customer.putRight,
    restored: r.record.restored,
    extra: t.customer.extra,
    noExtra: r.steps.fix.noExtra,
    level: r.record.level,
    cost: r.record.cost,
    owed: t.customer.owed,
    owedBy: t.customer.owedBy,
    cause: r.cause.cause,
    causeNote: r.cause.note,
  };
  return names[field];
}

/** '' where nothing is said. */
export function fieldWords(fields: Partial<FailureFields>, field: FieldName): string {
  const t = words();
  const r = t.recovery;
  const yesNo = (value: boolean | null | undefined) =>
    value === true ? r.record.yes : value === false ? r.record.no : '';
  switch (field) {
    case 'at':
      return fields.at ? whenOf(fields.at) : '';
    case 'owedBy':
      return fields.owedBy ? dayOf(fields.owedBy) : '';
    case 'channel':
      return fields.channel ? r.form.channels[fields.channel] : '';
    case 'element':
      return fields.element ? t.customer.elements[fields.element] : '';
    case 'severity':
      return fields.severity ? r.form.severities[fields.severity] : '';
    case 'level':
      return fields.level ? r.steps.fix.levels[fields.level] : '';
    case 'cause':
      return fields.cause ? r.cause.causes[fields.cause] : '';
    case 'quotes':
      return (fields.quotes ?? []).map((quote) => `“${quote.text}”`).join(' ');
    case 'irreplaceable':
    case 'restored':
      return yesNo(fields[field]);
    case 'cost':
    case 'disputed': {
      const money = fields[field];
      return money ? moneyOf(money.amount, money.currency) : '';
    }
    default:
      return fields[field] ?? '';
  }
}

export type FieldChange = { readonly field: FieldName; readonly was: string; readonly is: string };

/** What differs between two copies of a record, in words. */
export function changesBetween(
  before: Partial<FailureFields>,
  after: Partial<FailureFields>,
): readonly FieldChange[] {
  return FIELDS.map((field) => ({
    field,
    was: fieldWords(before, field),
    is: fieldWords(after, field),
  })).filter(({ was, is }) => was !== is);
}

/** Nothing extra was recorded where it is time to say so. */
export function lacksExtra(failure: Failure): boolean {
  return failure.extra === null && failure.noExtra === null;
}

/** Something of how it was put right is still to be said. Of what is closed nobody asks whether it is as before. */
export function isUnsaid(failure: Failure): boolean {
  return lacksExtra(failure) || (failure.restored === null && failure.stage !== 'closed');
}
