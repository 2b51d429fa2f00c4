/** What an agent reads: lists, an opened conversation, history, heads. */
import type { ListPage, ListRequest, Opened, Range } from '@fullname/shared/events';
import { LIST_PAGE_SIZE, PAGE_SIZE } from '@fullname/shared/limits';
import type { Entry, PublicEntry } from '@fullname/shared/model';
import { meantName } from '../people/meant-name.ts';
import type { OwnRecord } from '../store/conversations.ts';
import { listConversations } from '../store/lists.ts';
import { readLog, readPublicLog, type StoredEntry } from '../store/log.ts';
import { searchConversations } from '../store/search.ts';
import { readBefore } from '../store/writing.ts';
import { type Floor, forVisitor, mustRead, remember } from './conversations.ts';
import type { Me } from './desk.ts';
import { makeCursor, readCursor } from './keyset.ts';
import { paneOf } from './records.ts';
import { alikeQueryOf, tsqueryOf } from './search-terms.ts';
import { addressOf, toDetail, toRow } from './views.ts';
import { toEntry } from './wire.ts';

export async function listFor(floor: Floor, me: Me, request: ListRequest): Promise<ListPage> {
  const text = request.query?.trim() ?? '';
  if (text) return searchFor(floor, me, text);
  const records = await listConversations(floor.db, {
    me: me.id,
    view: request.view,
    after: request.cursor === undefined ? null : readCursor(request.cursor),
    limit: LIST_PAGE_SIZE,
  });
  const last = records[records.length - 1];
  const full = records.length === LIST_PAGE_SIZE && last;
  return {
    rows: records.map((record) => toRow(floor, record)),
    next: full ? makeCursor({ key: last.sortKey, id: last.id }) : null,
  };
}

async function searchFor(floor: Floor, me: Me, text: string): Promise<ListPage> {
  const alike = { words: alikeQueryOf(text), name: meantName(text) };
  const asked = { me: me.id, text, words: tsqueryOf(text), alike, limit: LIST_PAGE_SIZE };
  const { records, cut } = await searchConversations(floor.db, asked);
  return { rows: records.map((record) => toRow(floor, record)), next: null, ...(cut && { cut }) };
}

export async function openFor(floor: Floor, me: Me, conversation: string): Promise<Opened> {
  const record = await mustRead(floor, conversation, me.id);
  remember(floor, record);
  const { visitor, customer } = record;
  const [detail, entries, pane, before] = await Promise.all([
    toDetail(floor, record),
    readLog(floor.db, conversation, { limit: PAGE_SIZE }),
    paneOf(floor, record),
    readBefore(floor.db, { conversation, visitor, customer }),
  ]);
  return {
    conversation: detail,
    entries: entries.map((entry) => toEntry(entry, floor.directory.ref)),
    more: (entries[0]?.seq ?? 1) > 1,
    draft: record.draft,
    pane,
    before,
  };
}

type Page<One> = { readonly entries: One[]; readonly more: boolean };

export async function fetchForAgent(
  floor: Floor,
  conversation: string,
  range: Range,
): Promise<Page<Entry> & { seq: number }> {
  const record = await mustRead(floor, conversation);
  const entries = await readLog(floor.db, conversation, { ...range, limit: PAGE_SIZE });
  return {
    entries: entries.map((entry) => toEntry(entry, floor.directory.ref)),
    seq: record.lastSeq,
    more: hasMore(entries, range, { last: record.lastSeq, number: (entry) => entry.seq }),
  };
}

export async function fetchForVisitor(
  floor: Floor,
  record: OwnRecord,
  range: Range,
): Promise<Page<PublicEntry> & { publicSeq: number }> {
  const entries = await readPublicLog(floor.db, record.id, { ...range, limit: PAGE_SIZE });
  return {
    entries: entries.map((entry) => forVisitor(floor, entry, addressOf(record))),
    publicSeq: record.lastPublicSeq,
    more: hasMore(entries, range, { last: record.lastPublicSeq, number: (entry) => entry.publicSeq ?? 0 }),
  };
}

/** More in the direction of the question: newer ones after a forward page, older ones before any other. */
function hasMore(
  entries: readonly StoredEntry[],
  range: Range,
  { last, number }: { last: number; number: (entry: StoredEntry) => number },
): boolean {
  const first = entries[0];
  const newest = entries[entries.length - 1];
  if (!first || !newest) return false;
  return range.after === undefined ? number(first) > 1 : number(newest) < last;
}
