/** A conversation's record as each end sees it. */
import type { Page } from '@fullname/shared/events';
import { type Locale, pickLocale, pickWidgetLocale } from '@fullname/shared/locale';
import type { ConversationDetail, ConversationRow, PublicConversation } from '@fullname/shared/model';
import { SITUATIONS, type Situation } from '@fullname/shared/situation';
import type { ConversationRecord, HeadRecord } from '../store/conversations.ts';
import { iso } from '../store/log.ts';
import type { Address } from './announce.ts';
import type { Desk } from './desk.ts';

type Seen = Pick<Desk, 'directory' | 'presence'> & { readonly now: () => number };

export function addressOf(record: Pick<ConversationRecord, 'id' | 'clientId' | 'visitor'>): Address {
  return { id: record.id, clientId: record.clientId, visitor: record.visitor };
}

/** The ally: the customer's own, or the first person of this conversation. */
export function allyOf(record: Pick<ConversationRecord, 'ally' | 'contact'>): string | null {
  return record.ally ?? record.contact;
}

export function toPublicConversation({ directory, presence }: Seen, record: HeadRecord): PublicConversation {
  const ally = allyOf(record);
  return {
    id: record.clientId,
    status: record.status === 'spam' ? 'closed' : record.status,
    holder: record.holder ? presence.card(record.holder) : null,
    contact: ally ? presence.card(ally) : null,
    publicSeq: record.lastPublicSeq,
    read: record.visitorRead,
    agentRead: record.agentRead,
    agentDelivered: record.agentDelivered,
    promises: record.promises.map(({ id, text, due, keeper }) => ({
      ...{ id, text, due: iso(due) },
      person: directory.ref(keeper),
    })),
  };
}

export function toRow({ directory, now }: Seen, record: ConversationRecord): ConversationRow {
  const ref = (person: string | null) => (person ? directory.ref(person) : null);
  return {
    id: record.id,
    status: record.status,
    site: { id: record.site, name: record.siteName },
    name: record.customerName ?? record.claimedName,
    known: record.customer !== null,
    holder: ref(record.holder),
    offeredTo: ref(record.offeredTo),
    waitingSince: record.waitingSince,
    lastAt: record.lastAt,
    preview: record.preview ? { text: record.preview, by: record.previewBy } : null,
    lastSeq: record.lastSeq,
    read: record.read,
    locale: localeOf(record),
    callBack: record.callBack && {
      ...{ from: iso(record.callBack.startsAt), to: iso(record.callBack.endsAt) },
      way: record.callBack.way,
    },
    pleaseKnow: record.pleaseKnow || isAhead(record.flaggedUntil, now()),
    version: record.version,
  };
}

export async function toDetail(seen: Seen, record: ConversationRecord): Promise<ConversationDetail> {
  const ally = allyOf(record);
  return {
    ...toRow(seen, record),
    speaks: pickWidgetLocale([record.locale]),
    publicSeq: record.lastPublicSeq,
    visitorRead: record.visitorRead,
    visitorDelivered: record.visitorDelivered,
    visitorHere: await seen.presence.visitorHere(record.visitor),
    page: pageOf(record),
    device: record.device,
    email: record.claimedEmail,
    situation: isSituation(record.situation) ? record.situation : null,
    contact: ally ? seen.directory.ref(ally) : null,
  };
}

export function pageOf(record: Pick<ConversationRecord, 'pageUrl' | 'pageTitle'>): Page | null {
  return record.pageUrl === null ? null : { url: record.pageUrl, title: record.pageTitle ?? '' };
}

/** Of the book's languages. */
export function localeOf(record: ConversationRecord): Locale {
  return pickLocale([record.locale]);
}

function isAhead(time: string | null, now: number): boolean {
  return time !== null && Date.parse(time) > now;
}

function isSituation(value: string | null): value is Situation {
  return (SITUATIONS as readonly (string | null)[]).includes(value);
}
