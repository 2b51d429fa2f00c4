/** The customer pane: who this is, what went wrong before and what is still owed, before the agent types a word. */
import type { Locale } from '@fullname/shared/locale';
import {
  type CustomerPane,
  FAREWELL_QUESTIONS,
  type PleaseKnow,
  type TimelineItem,
} from '@fullname/shared/model';
import { toFailure } from '../recovery/failures.ts';
import { toGoodwillUse } from '../recovery/goodwill.ts';
import { toPleaseKnow } from '../recovery/please-know.ts';
import { toPromised } from '../recovery/promises.ts';
import { toRequest } from '../recovery/requests.ts';
import { toTask } from '../recovery/tasks.ts';
import { RelayError } from '../relay-error.ts';
import type { Db } from '../store/db.ts';
import { iso } from '../store/log.ts';
import { type RecordRow, readRecord } from '../store/records.ts';
import type { Names } from '../store/recovery.ts';
import { worthOf } from '../value/worth.ts';
import { knownLocale } from './customers.ts';
import { toPreference } from './preferences.ts';

export type PaneOf = {
  readonly id: string;
  readonly visitor: string;
  readonly locale: Locale;
  /** Milliseconds; the clock of due times. */
  readonly now: number;
};

/**
 * The pane beside a conversation. An unlinked visitor has claims, and what was recorded in this browser's own conversations:
 * a typed name or address opens no past.
 * Please-know holds what is flagged (until its date, or for a year), and whatever is open or owed however old, at most 5, the
 * owed first.
 * The timeline holds other conversations (none that were put aside) and failures, newest first, at most 30.
 * UNKNOWN when there is no such visitor.
 */
export async function readPane(db: Db, conversation: PaneOf, names: Names): Promise<CustomerPane> {
  const record = await readRecord(db, conversation);
  if (!record) throw new RelayError('UNKNOWN');
  const claims = { name: record.claimedName, email: record.claimedEmail };
  return {
    customer: record.customer ? customerOf(record.customer, names) : null,
    claims,
    link: record.customer ? linkOf(record, names) : null,
    pleaseKnow: pleaseKnowOf(record, conversation.locale, names),
    timeline: timelineOf(record, names),
    preferences: record.preferences.map((row) => toPreference(row, names)),
    promises: record.promises.map((row) => toPromised(row, names, conversation.now)),
    purchases: record.purchases.map((row) => ({ ...row, at: iso(row.at) })),
    value: record.customer && (await worthOf(db, { customer: record.customer.id, now: conversation.now })),
    tasks: record.tasks.map((row) => toTask(row, names)),
    requests: record.requests.map((row) => toRequest(row, names, { now: conversation.now })),
    goodwill: record.goodwill.map((row) => toGoodwillUse(row, names)),
    farewells: record.farewells.map((row) => ({
      ...{ ...row, at: iso(row.at), person: names(row.person) },
      question: FAREWELL_QUESTIONS.find((one) => one === row.question) ?? 'how',
    })),
    told: record.told ?? { labels: {}, events: [] },
  };
}

function customerOf(row: NonNullable<RecordRow['customer']>, names: Names): CustomerPane['customer'] {
  const ally = row.ally === null ? null : names(row.ally);
  return { ...row, locale: knownLocale(row.locale), since: iso(row.since), ally };
}

function linkOf(record: RecordRow, names: Names): CustomerPane['link'] {
  if (record.linkedBy === null) return { by: 'identity' };
  return { by: 'agent', person: names(record.linkedBy), at: iso(record.linkedAt) };
}

function pleaseKnowOf(record: RecordRow, locale: Locale, names: Names): PleaseKnow[] {
  const { phrases } = record;
  const ally = record.customer?.ally ?? null;
  return record.pleaseKnow.map((row) => toPleaseKnow(row, names, { ally, locale, phrases }));
}

const TIMELINE_MAX = 30;

function timelineOf(record: RecordRow, names: Names): TimelineItem[] {
  const conversations = record.conversations.map((row): TimelineItem => {
    const holder = row.holder === null ? null : names(row.holder);
    return { kind: 'conversation', ...row, at: iso(row.at), holder };
  });
  const failures = record.failures.map(
    (row): TimelineItem => ({ kind: 'failure', ...toFailure(row, names) }),
  );
  return [...conversations, ...failures].sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, TIMELINE_MAX);
}
