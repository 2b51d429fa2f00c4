/** The final log, read from the store itself and not from a relay. */
import pg from 'pg';
import type { HistoryEvent, LogRow } from '../../checker/history.ts';
import type { Agent, Visitor } from './talkers.ts';

/** A URL, or the folder of a relay's own PostgreSQL. */
export type Store = string | { readonly host: string; readonly user: string; readonly database: string };

type Log = Extract<HistoryEvent, { type: 'log' }>;
type Row = {
  conversation: string;
  client_id: string;
  visitor_id: string;
  visitor_read: number;
  agent_read: number;
  rows: readonly {
    seq: number;
    public_seq: number | null;
    kind: string;
    sender_kind: 'visitor' | 'agent' | 'system';
    sender_id: string;
    client_id: string;
    body: string;
  }[];
};

export async function readLogs(
  store: Store,
  { visitors, agents }: { readonly visitors: readonly Visitor[]; readonly agents: readonly Agent[] },
): Promise<Log[]> {
  const client = new pg.Client(store);
  await client.connect();
  try {
    const { rows } = await client.query<Row>(
      `select c.id as conversation, c.client_id, c.visitor_id, c.visitor_read, c.agent_read,
         (select coalesce(json_agg(json_build_object('seq', e.seq, 'public_seq', e.public_seq, 'kind', e.kind,
            'sender_kind', e.sender_kind, 'sender_id', e.sender_id, 'client_id', e.client_id, 'body', e.body) order by e.seq), '[]')
          from entries e where e.conversation_id = c.id) as rows
       from conversations c order by c.id`,
    );
    const owners = new Map(
      visitors.flatMap((one) => [...one.conversations].map((id) => [id, one.name] as const)),
    );
    const people = new Map(agents.map((agent) => [agent.person, agent.name]));
    return rows.map((row) => toLog(row, { owner: owners.get(row.client_id) ?? row.visitor_id, people }));
  } finally {
    await client.end();
  }
}

function toLog(
  row: Row,
  { owner, people }: { readonly owner: string; readonly people: ReadonlyMap<string, string> },
): Log {
  return {
    type: 'log',
    ...{ conversation: row.conversation, clientId: row.client_id, visitor: owner },
    read: { visitor: row.visitor_read, agent: row.agent_read },
    rows: row.rows.map(
      (entry): LogRow => ({
        ...{
          seq: entry.seq,
          publicSeq: entry.public_seq,
          kind: entry.kind,
          id: entry.client_id,
          text: entry.body,
        },
        who:
          entry.sender_kind === 'visitor'
            ? owner
            : entry.sender_kind === 'agent'
              ? (people.get(entry.sender_id) ?? entry.sender_id)
              : null,
      }),
    ),
  };
}
