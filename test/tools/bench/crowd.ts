/**
 * Visitors by number, in the store before they come: each with a token, and one conversation of three messages, open in
 * the hands of one of the people. Token and ids are made of the number, so that a generator knows them without asking.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';

/** What each conversation of the crowd has in its log. */
export const CROWD_SEQ = 3;

export function tokenOf(number: number): string {
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  return md5(`a${number}`) + md5(`b${number}`);
}

/** The visitor's own id of their conversation. */
export function clientIdOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

/** The agents' id of it. */
export function conversationOf(number: number): string {
  return `00000000-0000-4000-9000-${String(number).padStart(12, '0')}`;
}

const visitor = (g: string) => `md5('visitor' || ${g})::uuid`;
const conversation = (g: string) => `('00000000-0000-4000-9000-' || lpad(${g}::text, 12, '0'))::uuid`;
const clientId = (g: string) => `('00000000-0000-4000-8000-' || lpad(${g}::text, 12, '0'))::uuid`;

/** `people`: addresses as `furnish` gives them; the conversation of number n is held by the n-th of them, in turns. */
export async function fillCrowd(
  client: pg.Client | pg.Pool,
  { site, count, people }: { site: string; count: number; people: number },
): Promise<void> {
  const all = `generate_series(0, ${count} - 1) g`;
  const holder = `(select id from people where email = 'agent.' || (g % ${people}) || '@example.com')`;
  await client.query(`insert into visitors (id, site_id, token_hash, locale)
    select ${visitor('g')}, (select id from sites where key = '${site}'),
      sha256((md5('a' || g) || md5('b' || g))::bytea), 'en' from ${all}`);
  await client.query(`insert into conversations (id, site_id, visitor_id, client_id, status, holder_id, contact_id, hello_by, locale,
      preview, preview_by, last_seq, last_public_seq)
    select ${conversation('g')}, (select id from sites where key = '${site}'), ${visitor('g')}, ${clientId('g')}, 'open',
      ${holder}, ${holder}, ${holder}, 'en', 'Words', 'visitor', ${CROWD_SEQ}, ${CROWD_SEQ} from ${all}`);
  await client.query(`insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
    select ${conversation('g')}, s, s, 'message', 'visitor', ${visitor('g')}, gen_random_uuid(), 'The parcel has not come.'
    from ${all}, generate_series(1, ${CROWD_SEQ}) s`);
  await client.query('analyze');
}

/** One more public message by its agent in each conversation, as another relay would write it. Gives the new public_seq. */
export async function writeToAll(client: pg.Client | pg.Pool): Promise<number> {
  await client.query(`with grown as (
      update conversations set last_seq = last_seq + 1, last_public_seq = last_public_seq + 1, last_at = now(),
        version = version + 1, last_agent_seq = last_seq + 1, last_agent_id = holder_id
      where status = 'open' returning id, last_seq, last_public_seq, holder_id)
    insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
    select id, last_seq, last_public_seq, 'message', 'agent', holder_id, gen_random_uuid(), 'It is on its way.' from grown`);
  const { rows } = await client.query<{ seq: number }>(
    'select max(last_public_seq) as seq from conversations',
  );
  return rows[0]?.seq ?? 0;
}
