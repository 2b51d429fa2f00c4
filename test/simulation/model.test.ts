/** The model's append against the real one: the same random rows, the same answers, the same conversations and logs. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Appended, appendPrepared, type NewEntry } from '../../server/src/store/log.ts';
import { type Databases, openDatabases, openPool } from '../support/databases.ts';
import { aConversation, append, type ConversationRow, copyOf, emptyState, StoreError } from './model.ts';

const RUNS = 300;
const AT = new Date(0).toISOString();
const uuid = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const AGENTS = [uuid(1), uuid(2)];
const STRANGER = uuid(3);
const RELAY = uuid(4);
const STATUSES = ['waiting', 'open', 'closed', 'spam'] as const;

let databases: Databases;
let pool: pg.Pool;
let site: string;
let visitor: string;
let made = 0;

beforeAll(async () => {
  databases = await openDatabases();
  pool = openPool({ connectionString: await databases.make() });
  site = await idOf(`insert into sites (key, name, identity_secret) values ('k', 'Shop', 's') returning id`);
  const token = createHash('sha256').update('t').digest('hex');
  visitor = await idOf(
    `insert into visitors (site_id, token_hash, locale) values ('${site}', '\\x${token}', 'en') returning id`,
  );
  for (const [index, agent] of AGENTS.entries())
    await pool.query(
      `insert into people (id, email, given, family, full_name, role) values ($1, $2, 'Ada', $3, $4, 'agent')`,
      [agent, `agent${index}@example.com`, `Number${index}`, `Ada Number${index}`],
    );
});
afterAll(() => pool.end());

async function idOf(statement: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(statement);
  return rows[0]?.id ?? '';
}

/** A row as anybody might send it; ids are few, so that retries and conflicts come by themselves. */
const row = fc.record({
  conversation: fc.nat(2),
  from: fc.constantFrom('visitor', 'stranger', 'agent 0', 'agent 1', 'system'),
  clientId: fc.nat(5),
  kind: fc.constantFrom('message', 'message', 'message', 'note', 'farewell', 'email-given', 'joined'),
  body: fc.constantFrom('Hello', 'Is it there?', 'é'.repeat(150)),
  isPublic: fc.boolean(),
  seen: fc.option(fc.nat(6), { nil: null }),
  afterClose: fc.boolean(),
});
type Draft = typeof row extends fc.Arbitrary<infer Value> ? Value : never;
/** Between two appends somebody may take, close or put aside a conversation. */
const change = fc.record({
  conversation: fc.nat(1),
  status: fc.constantFrom(...STATUSES),
  holder: fc.option(fc.nat(1), { nil: null }),
});
/** No batch has one id twice: the group commit sees to that. */
const batch = fc.uniqueArray(row, {
  minLength: 1,
  maxLength: 5,
  selector: ({ conversation, from, clientId }) => `${conversation} ${from} ${clientId}`,
});
const step = fc.oneof({ weight: 3, arbitrary: batch }, { weight: 1, arbitrary: change });

test(`answers as PostgreSQL does, ${RUNS} times over`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      const ids = [await newConversation(), await newConversation()];
      let state = emptyState();
      for (const id of ids)
        state.conversations.set(id, aConversation({ id, clientId: id, visitor, site }, AT));
      for (const one of steps) {
        if (!Array.isArray(one)) {
          const id = ids[one.conversation] ?? '';
          const holder = one.holder === null ? null : (AGENTS[one.holder] ?? null);
          await pool.query('update conversations set status = $2, holder_id = $3 where id = $1', [
            ...[id, one.status, holder],
          ]);
          const before = state.conversations.get(id);
          if (before) state.conversations.set(id, { ...before, status: one.status, holder });
          continue;
        }
        const rows = one.map((draft) => toRow(draft, ids));
        const draft = copyOf(state);
        const mine = attempt(() => append(draft, rows, { snapshot: state, at: AT }));
        const theirs = await appendPrepared(pool, rows).then(plain, codeOf);
        expect(mine).toEqual(theirs);
        if (Array.isArray(mine)) state = draft;
      }
      for (const id of ids) {
        expect(state.conversations.get(id)).toMatchObject(await conversationIn(id));
        expect((state.logs.get(id) ?? []).map(({ at: _, ...entry }) => entry)).toEqual(await logIn(id));
      }
    }),
    { numRuns: RUNS },
  );
}, 60_000);

async function newConversation(): Promise<string> {
  made += 1;
  return idOf(`insert into conversations (site_id, visitor_id, client_id, locale)
    values ('${site}', '${visitor}', '${uuid(1_000 + made)}', 'en') returning id`);
}

function toRow({ conversation, from, clientId, ...rest }: Draft, ids: readonly string[]): NewEntry {
  const senders: Record<Draft['from'], Pick<NewEntry, 'senderKind' | 'sender'>> = {
    visitor: { senderKind: 'visitor', sender: visitor },
    stranger: { senderKind: 'visitor', sender: STRANGER },
    'agent 0': { senderKind: 'agent', sender: AGENTS[0] ?? '' },
    'agent 1': { senderKind: 'agent', sender: AGENTS[1] ?? '' },
    system: { senderKind: 'system', sender: RELAY },
  };
  return {
    ...{ ...rest, ...senders[from], data: null, clientId: uuid(100 + clientId) },
    conversation: ids[conversation] ?? STRANGER,
  };
}

function attempt(act: () => Appended[]): unknown {
  try {
    return plain(act());
  } catch (error) {
    if (error instanceof StoreError) return codeOf(error);
    throw error;
  }
}

function codeOf(error: { readonly code?: string }): unknown {
  return { refused: error.code };
}

/** Without the time, which is PostgreSQL's own. */
function plain(answers: readonly Appended[]): unknown {
  return answers.map((answer) => {
    if (answer.outcome !== 'stored' && answer.outcome !== 'retried') return answer;
    const { conversation, seq, publicSeq, kind, senderKind, sender, clientId, body } = answer.entry;
    const entry = { conversation, seq, publicSeq, kind, senderKind, sender, clientId, body };
    return { ...answer, entry };
  });
}

async function conversationIn(id: string): Promise<Partial<ConversationRow>> {
  const { rows } = await pool.query<Partial<ConversationRow>>(
    `select status, holder_id as holder, last_seq as "lastSeq", last_public_seq as "lastPublicSeq",
      last_agent_seq as "lastAgentSeq", last_agent_id as "lastAgent", hello_by as "helloBy", preview, preview_by as "previewBy",
      waiting_since is not null as "isWaiting" from conversations where id = $1`,
    [id],
  );
  return rows[0] ?? {};
}

async function logIn(id: string): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select conversation_id as conversation, seq, public_seq as "publicSeq", kind, sender_kind as "senderKind", sender_id as sender,
      client_id as "clientId", body, data from entries where conversation_id = $1 order by seq`,
    [id],
  );
  return rows as unknown[];
}
