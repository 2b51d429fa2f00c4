/**
 * The append: SQL by hand, because it is the point. One statement finds retries by index lookup, locks the conversations
 * in id order, raises their counters, numbers the rows and inserts them. The lock lets through what only refers to a
 * conversation, which may hold its own for as long as the disk takes. `seq` counts everything, `public_seq` what the visitor may see;
 * both are dense. Correlated subselects on purpose: as an anti-join the planner scans the whole log once the statement is prepared.
 */
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { type Db, executeNamed } from './db.ts';
import { gathered } from './gathered.ts';

type SenderKind = 'visitor' | 'agent' | 'system';

export type NewEntry = {
  readonly conversation: string;
  readonly senderKind: SenderKind;
  readonly sender: string;
  readonly clientId: string;
  readonly kind: string;
  readonly body: string;
  readonly data: Record<string, string> | null;
  readonly isPublic: boolean;
  /** The last seq on an agent's screen: words by another agent after it hold the row. Null: no such check. */
  readonly seen: number | null;
  /** An agent's words in a conversation that is closed, and stays so: a follow-up is no new talk. */
  readonly afterClose?: boolean;
};

export type StoredEntry = {
  readonly conversation: string;
  readonly seq: number;
  readonly publicSeq: number | null;
  readonly kind: string;
  readonly senderKind: SenderKind;
  readonly sender: string;
  readonly clientId: string;
  readonly body: string;
  readonly data: Record<string, string> | null;
  /** ISO 8601. */
  readonly at: string;
};

export type Refusal = 'unknown' | 'blocked' | 'closed' | 'not-taken' | 'not-yours' | 'held' | 'conflict';

export type Appended =
  | { readonly outcome: 'stored'; readonly entry: StoredEntry; readonly reopened: boolean }
  | { readonly outcome: 'retried'; readonly entry: StoredEntry }
  | { readonly outcome: Refusal };

/** Names are short on purpose: the statement is sent once a connection and then called by its name. */
const BEFORE = `
with input as materialized (
  select * from json_to_recordset(`;
const AFTER = `::json) as i(
    n int, conversation uuid, sender_kind text, sender uuid, client_id uuid, kind text, body text, data jsonb, public boolean, seen int, late boolean)
), locked as materialized (
  select c.id, c.visitor_id, c.status, c.holder_id, c.last_agent_seq, c.last_agent_id, c.hello_by
  from conversations c where c.id = any(array(select i.conversation from input i)) order by c.id for no key update
), judged as materialized (
  select i.*, l.status, l.hello_by,
    (select jsonb_build_object('seq', e.seq, 'public_seq', e.public_seq, 'kind', e.kind, 'body', e.body, 'data', e.data, 'at', e.at)
       from entries e where e.conversation_id = i.conversation and e.sender_id = i.sender and e.client_id = i.client_id) as old,
    case
      when l.id is null or (i.sender_kind = 'visitor' and l.visitor_id <> i.sender) then 'unknown'
      when i.sender_kind = 'visitor' and l.status = 'spam' then 'blocked'
      when i.sender_kind = 'agent' and i.kind in ('message', 'file', 'farewell') then case
        when l.status = 'spam' or (l.status = 'closed' and i.late is not true) then 'closed'
        when l.status = 'closed' then 'stored'
        when l.holder_id is null then 'not-taken'
        when l.holder_id <> i.sender then 'not-yours'
        when i.seen is not null and l.last_agent_seq > i.seen and l.last_agent_id <> i.sender then 'held'
        else 'stored' end
      else 'stored' end as verdict
  from input i left join locked l on l.id = i.conversation
), fresh as materialized (
  select j.*,
    row_number() over (partition by j.conversation order by j.n) as k,
    count(*) filter (where j.public) over (partition by j.conversation order by j.n rows unbounded preceding) as pk,
    case when j.kind = 'message' and j.sender_kind = 'agent' and j.hello_by is distinct from j.sender and j.status <> 'closed'
           and row_number() over (partition by j.conversation, j.sender, j.kind order by j.n) = 1
         then 'hello' else j.kind end as final_kind,
    j.kind in ('message', 'file', 'farewell') as words
  from judged j where j.old is null and j.verdict = 'stored'
), sums as materialized (
  select conversation,
    count(*) as total,
    count(*) filter (where public) as publics,
    max(k) filter (where words and sender_kind = 'agent') as agent_k,
    (array_agg(sender order by n desc) filter (where words and sender_kind = 'agent'))[1] as agent,
    (array_agg(sender order by n desc) filter (where words and kind <> 'file' and sender_kind = 'agent'))[1] as speaker,
    (array_agg(sender_kind order by n desc) filter (where words))[1] as last_by,
    (array_agg(left(body, 140) order by n desc) filter (where words))[1] as preview,
    bool_or(words and sender_kind = 'visitor') as by_visitor
  from fresh group by conversation
), bumped as (
  update conversations c set
    last_seq = c.last_seq + s.total,
    last_public_seq = c.last_public_seq + s.publics,
    version = c.version + 1,
    last_at = clock_timestamp(),
    last_agent_seq = case when s.agent_k is null then c.last_agent_seq else c.last_seq + s.agent_k end,
    last_agent_id = coalesce(s.agent, c.last_agent_id),
    hello_by = case when c.status = 'closed' then null else coalesce(s.speaker, c.hello_by) end,
    preview = coalesce(s.preview, c.preview),
    preview_by = coalesce(s.last_by, c.preview_by),
    waiting_since = case s.last_by
      when 'visitor' then coalesce(c.waiting_since, clock_timestamp()) when 'agent' then null else c.waiting_since end,
    status = case when s.by_visitor and c.status = 'closed' then 'waiting' else c.status end,
    holder_id = case when s.by_visitor and c.status = 'closed' then null else c.holder_id end,
    offered_to = case when s.by_visitor and c.status = 'closed' then null else c.offered_to end,
    situation = case when s.last_by is null then c.situation else null end
  from sums s where c.id = s.conversation
  returning c.id, c.last_seq - s.total as base, c.last_public_seq - s.publics as public_base
), inserted as (
  insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body, data, at)
  select f.conversation, b.base + f.k, case when f.public then b.public_base + f.pk end, f.final_kind, f.sender_kind,
    f.sender, f.client_id, f.body, f.data, clock_timestamp()
  from fresh f join bumped b on b.id = f.conversation
  returning conversation_id, sender_id, client_id, seq, public_seq, kind, at
)
select j.n, j.verdict, j.old, j.status, x.seq, x.public_seq, x.kind, x.at
from judged j
left join inserted x on x.conversation_id = j.conversation and x.sender_id = j.sender and x.client_id = j.client_id
order by j.n`;

export const APPEND_TEXT = `${BEFORE}$1${AFTER}`;

type AppendRow = {
  n: number;
  verdict: 'stored' | Refusal;
  old: {
    seq: number;
    public_seq: number | null;
    kind: string;
    body: string;
    data: Record<string, string> | null;
    at: string;
  } | null;
  status: string | null;
  seq: number | null;
  public_seq: number | null;
  kind: string | null;
  at: Date | string | null;
};

/** Appends rows in one statement and one commit, by the prepared statement. The order of the answers is the order of the rows. */
export async function appendPrepared(pool: pg.Pool, rows: readonly NewEntry[]): Promise<Appended[]> {
  const values = [toJson(rows)];
  const asked = { name: 'append', text: APPEND_TEXT, values, types: { getTypeParser: parserOf } };
  const result = await pool.query<AppendRow>(asked);
  return rows.map((row, index) => toAppended(row, result.rows[index]));
}

/** The same within a transaction that changes more than the log: a start, a hand-over. */
export async function append(db: Db, rows: readonly NewEntry[]): Promise<Appended[]> {
  const result = await db.execute<AppendRow>(sql`${sql.raw(BEFORE)}${toJson(rows)}${sql.raw(AFTER)}`);
  return rows.map((row, index) => toAppended(row, result.rows[index]));
}

function toJson(rows: readonly NewEntry[]): string {
  return JSON.stringify(
    rows.map((row, n) => ({
      n,
      conversation: row.conversation,
      sender_kind: row.senderKind,
      sender: row.sender,
      client_id: row.clientId,
      kind: row.kind,
      body: row.body,
      data: row.data,
      public: row.isPublic,
      seen: row.seen,
      late: row.afterClose,
    })),
  );
}

function toAppended(row: NewEntry, answer: AppendRow | undefined): Appended {
  if (!answer) return { outcome: 'unknown' };
  const { old } = answer;
  if (old) {
    // `hello` is the relay's word for an agent's first message: to its sender it is the same message.
    const sameKind = old.kind === row.kind || (old.kind === 'hello' && row.kind === 'message');
    if (!sameKind || old.body !== row.body) return { outcome: 'conflict' };
    const entry = {
      seq: old.seq,
      publicSeq: old.public_seq,
      kind: old.kind,
      body: old.body,
      data: old.data,
      at: iso(old.at),
      ...identity(row),
    };
    return { outcome: 'retried', entry };
  }
  if (answer.seq === null || answer.kind === null || answer.at === null) {
    return { outcome: answer.verdict === 'stored' ? 'unknown' : answer.verdict };
  }
  // The spread comes last: an object that begins with one costs Node 20 as much as all the rest of an append.
  const entry = {
    seq: answer.seq,
    publicSeq: answer.public_seq,
    kind: answer.kind,
    body: row.body,
    data: row.data,
    at: typeof answer.at === 'string' && answer.at.endsWith('Z') ? answer.at : iso(answer.at),
    ...identity(row),
  };
  return { outcome: 'stored', entry, reopened: answer.status === 'closed' && row.senderKind === 'visitor' };
}

function identity(row: NewEntry): Pick<StoredEntry, 'conversation' | 'senderKind' | 'sender' | 'clientId'> {
  return {
    conversation: row.conversation,
    senderKind: row.senderKind,
    sender: row.sender,
    clientId: row.clientId,
  };
}

const TIMESTAMPTZ = 1184;

/** As usual, but for times: they stay text, since each would become a Date only to become a text again. */
function parserOf(oid: number, format?: 'text' | 'binary') {
  return oid === TIMESTAMPTZ ? isoOfText : pg.types.getTypeParser(oid, format as 'text');
}

/** `2026-11-22 13:05:28.12+00` → `2026-11-22T13:05:28.120Z`. A session that tells another zone's time is asked the long way. */
function isoOfText(text: string): string {
  if (!/^\d{4}-\d\d-\d\d .*\+00$/.test(text))
    return iso(new Date(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00')));
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0').slice(0, 3)}Z`;
}

export function iso(at: Date | string): string {
  return new Date(at).toISOString();
}

/** An entry by its author's own id for it: how a retry of anything that writes to the log finds its first time. */
export async function findEntry(
  db: Db,
  key: Pick<NewEntry, 'conversation' | 'sender' | 'clientId'>,
): Promise<StoredEntry | null> {
  const { rows } = await db.execute<EntryRow>(sql`
    select ${entryColumns} from entries e
    where e.conversation_id = ${key.conversation} and e.sender_id = ${key.sender} and e.client_id = ${key.clientId}`);
  const [row] = rows;
  return row ? toStored(key.conversation, row) : null;
}

/** What says of a visitor what they may have removed: the lines that are ever written anew. */
export async function readRenewed(db: Db, conversation: string): Promise<StoredEntry[]> {
  const { rows } = await db.execute<EntryRow>(sql`
    select ${entryColumns} from entries e
    where e.conversation_id = ${conversation} and e.kind in ('introduced', 'email-given', 'call-back', 'preference-noted')
    order by e.seq desc limit 200`);
  return rows.map((row) => toStored(conversation, row));
}

export type LogRange = {
  readonly after?: number | undefined;
  readonly before?: number | undefined;
  readonly limit: number;
};

/** A page of the whole log, oldest first: after a number, before a number, or the last page. For agents. */
export function readLog(db: Db, conversation: string, range: LogRange): Promise<StoredEntry[]> {
  return readPage(db, { conversation, range, column: 'seq' });
}

/** The same by the visitor's own counter. Notes and other internal entries have none, so no query here can find them. */
export function readPublicLog(db: Db, conversation: string, range: LogRange): Promise<StoredEntry[]> {
  const { after, limit } = range;
  if (after !== undefined) return readBeyond(db, { conversation, after, limit });
  return readPage(db, { conversation, range, column: 'public_seq' });
}

type Beyond = { readonly conversation: string; readonly after: number; readonly limit: number };

/** What visitors lack who come back: one search of the index for each, in one statement for all who ask at once. */
const readBeyond: (db: Db, asked: Beyond) => Promise<StoredEntry[]> = gathered(
  async (db, asks: readonly Beyond[]) => {
    const conversations = sql.param(asks.map(({ conversation }) => conversation));
    const [afters, limits] = [
      sql.param(asks.map(({ after }) => after)),
      sql.param(asks.map(({ limit }) => limit)),
    ];
    const { rows } = await executeNamed<EntryRow & { n: number }>(
      db,
      'beyond',
      sql`select one.n::int, page.* from unnest(${conversations}::uuid[], ${afters}::int[], ${limits}::int[])
          with ordinality as one(conversation, after, most, n)
        cross join lateral (
          select ${entryColumns} from entries e
          where e.conversation_id = one.conversation and e.public_seq is not null and e.public_seq > one.after
          order by e.public_seq limit one.most
        ) page order by one.n, page.public_seq`,
    );
    const pages = asks.map((): StoredEntry[] => []);
    for (const row of rows) pages[row.n - 1]?.push(toStored(asks[row.n - 1]?.conversation ?? '', row));
    return pages;
  },
);

type PageQuery = {
  readonly conversation: string;
  readonly range: LogRange;
  readonly column: 'seq' | 'public_seq';
};

async function readPage(db: Db, { conversation, range, column }: PageQuery): Promise<StoredEntry[]> {
  const number = sql.raw(`e.${column}`);
  const forward = range.after !== undefined;
  const bound = forward
    ? sql`and ${number} > ${range.after}`
    : range.before !== undefined
      ? sql`and ${number} < ${range.before}`
      : sql``;
  const result = await db.execute<EntryRow>(sql`
    select ${entryColumns} from entries e
    where e.conversation_id = ${conversation} and ${number} is not null ${bound}
    order by ${number} ${sql.raw(forward ? 'asc' : 'desc')} limit ${range.limit}`);
  const rows = result.rows.map((row) => toStored(conversation, row));
  return forward ? rows : rows.reverse();
}

const entryColumns = sql`e.seq, e.public_seq, e.kind, e.sender_kind, e.sender_id, e.client_id, e.body, e.data, e.at`;

type EntryRow = {
  seq: number;
  public_seq: number | null;
  kind: string;
  sender_kind: SenderKind;
  sender_id: string;
  client_id: string;
  body: string;
  data: Record<string, string> | null;
  at: Date | string;
};

function toStored(conversation: string, row: EntryRow): StoredEntry {
  return {
    conversation,
    seq: row.seq,
    publicSeq: row.public_seq,
    kind: row.kind,
    senderKind: row.sender_kind,
    sender: row.sender_id,
    clientId: row.client_id,
    body: row.body,
    data: row.data,
    at: iso(row.at),
  };
}
