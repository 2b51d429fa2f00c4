/**
 * A company's past, made inside PostgreSQL: of 10 failures there are 100 messages in 5 conversations of 2.5 customers, who have
 * bought 10 times. Ids are made of numbers, so that rows find each other without being looked up.
 */
import { createHash } from 'node:crypto';
import type pg from 'pg';

export type Size = { readonly failures: number };

/** Ids by which the rows of the many, and of the one heavy customer, are found. */
export const idOf = (kind: string, number: string | number) => `md5('${kind}' || ${number})::uuid`;

/** What one customer has who comes back for years and is failed again and again. */
const HEAVY = { failures: 500, conversations: 200, purchases: 300, friends: 60, entries: 20 } as const;

/** How many rows there are of each kind. */
export function countsOf({ failures }: Size) {
  const customers = failures / 4;
  return {
    ...{ failures, customers, conversations: failures / 2, entries: 10 * failures, purchases: failures },
    ...{ preferences: customers, promises: customers, tasks: customers / 5, goodwill: customers / 5 },
    ...{ requests: customers / 5, unlinked: customers / 10, merges: customers / 50 },
  };
}

/** How many connections fill at once. */
const HANDS = 4;
/** Long tables, whose indexes are made when their rows are there: that is much quicker. */
const LONG = ['entries', 'failures', 'purchases', 'conversations', 'search_terms'] as const;

/** Fills an empty, migrated database. */
export async function fill(connect: () => Promise<pg.Client>, size: Size): Promise<void> {
  const n = countsOf(size);
  const hands = await Promise.all(Array.from({ length: HANDS }, connect));
  try {
    // Rows are made to fit: to check each reference again would take most of the time.
    for (const hand of hands)
      await hand.query(`set session_replication_role = replica; set synchronous_commit = off;
        set maintenance_work_mem = '1GB'; set work_mem = '64MB'`);
    const restore = await withoutIndexes(hands);
    await share(hands, [...companyOf(n), ...heavy]);
    await share(hands, [searchTerms]);
    await share(hands, restore);
    await share(hands, live);
    await share(hands, await vacuumed(hands));
  } finally {
    for (const hand of hands) await hand.end();
  }
}

/** Each connection takes the next piece of work when it is free. A piece may be several statements. */
async function share(hands: readonly pg.Client[], pieces: readonly string[]): Promise<void> {
  const left = [...pieces];
  await Promise.all(
    hands.map(async (hand) => {
      for (let piece = left.shift(); piece !== undefined; piece = left.shift()) await hand.query(piece);
    }),
  );
}

/** Takes the indexes off, but for those that other tables refer to; gives what puts them back, a piece a table. */
async function withoutIndexes([client]: readonly pg.Client[]): Promise<string[]> {
  if (!client) return [];
  const { rows } = await client.query<{ table: string; off: string; on: string }>(
    `select c.conrelid::regclass::text as table, format('alter table %s drop constraint %I', c.conrelid::regclass, c.conname) as off,
       format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as on
     from pg_constraint c where c.contype in ('p', 'u') and c.conrelid = any($1::text[]::regclass[])
       and not exists (select 1 from pg_constraint f where f.contype = 'f' and f.confrelid = c.conrelid and f.conindid = c.conindid)
     union all
     select i.indrelid::regclass::text, format('drop index %I', i.indexrelid::regclass::text), pg_get_indexdef(i.indexrelid)
     from pg_index i where i.indrelid = any($1::text[]::regclass[])
       and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [LONG],
  );
  for (const { off } of rows) await client.query(off);
  return LONG.map((table) =>
    rows
      .filter((row) => row.table === table)
      .map(({ on }) => `${on};`)
      .join('\n'),
  );
}

/** A piece a table, the largest first. */
async function vacuumed([client]: readonly pg.Client[]): Promise<string[]> {
  const tables = await client?.query<{ vacuum: string }>(
    `select format('vacuum (analyze) %s', oid::regclass) as vacuum from pg_class
     where relkind = 'r' and relnamespace in ('public'::regnamespace, 'pg_catalog'::regnamespace) order by relpages desc`,
  );
  return tables?.rows.map(({ vacuum }) => vacuum) ?? [];
}

const PEOPLE = 20;
/** Two years, so that some of it is fresh and most is old. */
const SPAN = '2 years';

/** The id of one of the people who answer. */
export function person(number: number): string {
  const hex = createHash('md5').update(`person${number}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/** Conversations that are not over: as many in a company with a long past as in one with a short. Half of them wait. */
export const LIVE = 200;

const live = [
  `update conversations set status = case when g % 2 = 0 then 'waiting' else 'open' end, last_at = now() - g * interval '1 minute',
     holder_id = case when g % 2 = 1 then holder_id end, closed_at = null,
     waiting_since = case when g % 2 = 0 then now() - g * interval '1 minute' end
   from generate_series(0, ${LIVE} - 1) g where id = ${idOf('conversation', 'g')}`,
];

/** A word of its own for each conversation, one that every tenth has, and some that all have. */
const searchTerms = `insert into search_terms (conversation_id, at, terms, seq)
  select c.id, c.last_at, array_to_tsvector(array['message', 'the', 'parcel', 'came', 'on', 'tuesday',
    'order' || g || 'x'] || case when g % 10 = 0 then array['vase'] else '{}' end), 20
  from generate_series(0, (select count(*) from conversations) - 1) g join conversations c on c.id = ${idOf('conversation', 'g')}`;

const some = (kind: string, count: number, salt: number) => idOf(kind, `(g * ${salt}::bigint % ${count})`);
const somebody = (salt: number) => some('person', PEOPLE, salt);
const past = (salt: number) => `now() - interval '${SPAN}' * ((g * ${salt}::bigint % 9973) / 9973.0)`;

function companyOf(n: ReturnType<typeof countsOf>): string[] {
  const rows = (count: number) => `generate_series(0, ${count} - 1) g`;
  const visitors = n.customers + n.unlinked;
  const parts = Array.from({ length: HANDS }, (_, part) => entriesOf(n, part));
  return [
    ...parts,
    `insert into sites (id, key, name, identity_secret) values (${idOf('site', 0)}, 'bench', 'Bench', repeat('x', 32))`,
    `insert into people (id, given, family, full_name, email, role)
     select ${idOf('person', 'g')}, 'Megan', 'No ' || g, 'Megan No ' || g, g || '@example.com', 'agent' from ${rows(PEOPLE)}`,
    `insert into customers (id, name, email, ally_id, referrer_id, since)
     select ${idOf('customer', 'g')}, 'Customer ' || g, 'c' || g || '@example.com', ${somebody(7)},
       case when g % 5 = 0 then ${idOf('customer', '(g / 2)')} end, ${past(31)} from ${rows(n.customers)}`,
    `insert into visitors (id, site_id, token_hash, customer_id, locale)
     select ${idOf('visitor', 'g')}, ${idOf('site', 0)}, decode(md5('a' || g) || md5('b' || g), 'hex'),
       case when g < ${n.customers} then ${idOf('customer', 'g')} end, 'en' from ${rows(visitors)}`,
    `insert into conversations (id, site_id, visitor_id, client_id, status, holder_id, contact_id, locale, preview,
       last_seq, last_public_seq, created_at, last_at, closed_at)
     select ${idOf('conversation', 'g')}, ${idOf('site', 0)}, ${some('visitor', visitors, 1)}, ${idOf('start', 'g')}, 'closed',
       ${somebody(3)}, ${somebody(3)}, 'en', 'Thank you, that was quick.', 20, 20, ${past(17)}, ${past(17)}, ${past(17)}
     from ${rows(n.conversations)}`,
    `insert into failures (customer_id, conversation_id, at, what, stage, put_right, owed, disputed, disputed_currency, ally_id, by_id)
     select case when g % 11 > 0 then ${some('customer', n.customers, 1)} end, ${some('conversation', n.conversations, 1)},
       ${past(41)}, 'The parcel came six days late.', case when g % 9 = 0 then 'fixed' else 'closed' end, 'Shipping refunded',
       case when g % 50 = 0 then 'a call' end, case when g % 9 = 0 then 12 end, case when g % 9 = 0 then 'EUR' end,
       ${somebody(5)}, ${somebody(3)} from ${rows(n.failures)}`,
    `insert into purchases (customer_id, at, what, amount, currency)
     select ${some('customer', n.customers, 1)}, ${past(43)}, 'White roses', 20 + g % 60, 'EUR' from ${rows(n.purchases)}`,
    `insert into preferences (customer_id, conversation_id, text, source, by_id, at)
     select ${idOf('customer', 'g')}, ${some('conversation', n.conversations, 1)}, 'No lilies: the cat.', 'stated', ${somebody(3)}, ${past(47)}
     from ${rows(n.preferences)}`,
    `insert into promises (customer_id, conversation_id, text, due, by_id, kept_at)
     select ${idOf('customer', 'g')}, ${some('conversation', n.conversations, 1)}, 'Call back', ${past(53)}, ${somebody(3)},
       case when g % 20 > 0 then ${past(53)} end from ${rows(n.promises)}`,
    `insert into mails (id, customer_id, by_id, to_address, subject, body, state)
     select ${idOf('mail', 'g')}, ${idOf('customer', 'g')}, ${somebody(3)}, 'c' || g || '@example.com', 'Your parcel', 'We are sorry.',
       'sent' from ${rows(n.tasks)}`,
    `insert into tasks (key, kind, owner_id, due, state, what, customer_id, conversation_id, mail_id)
     select 'bench:' || g, 'wrap-up', ${somebody(3)}, now(), case when g % 10 = 0 then 'open' else 'done' end, 'A note',
       ${idOf('customer', 'g')}, ${idOf('conversation', 'g')}, ${idOf('mail', 'g')} from ${rows(n.tasks)}`,
    `insert into goodwill (id, at, by_id, customer_id, conversation_id, amount, currency, what, state)
     select ${idOf('goodwill', 'g')}, ${past(59)}, ${somebody(3)}, ${idOf('customer', 'g')}, ${idOf('conversation', 'g')}, 9, 'EUR',
       'A bunch of tulips', 'given' from ${rows(n.goodwill)}`,
    `insert into internal_requests (id, at, conversation_id, customer_id, what, asker_id, provider_id, state)
     select ${idOf('request', 'g')}, ${past(61)}, ${idOf('conversation', 'g')}, ${idOf('customer', 'g')}, 'Where is it?', ${somebody(3)},
       ${somebody(7)}, 'answered' from ${rows(n.requests)}`,
    `insert into customer_merges (id, kept_id, merged_id, by_id, moved)
     select ${idOf('merge', 'g')}, ${idOf('customer', 'g')}, ${idOf('customer', '(g + 100)')}, ${somebody(3)}, '{}' from ${rows(n.merges)}`,
  ];
}

/** Every fourth conversation's messages, with ids that are new in their conversation. */
function entriesOf({ conversations }: ReturnType<typeof countsOf>, part: number): string {
  return `insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
    select c.id, m.s, m.s, 'message', 'visitor', c.sender, m.id, m.body
    from (select ${idOf('conversation', 'g')} as id, ${idOf('visitor', 'g')} as sender
        from generate_series(${part}, ${conversations} - 1, ${HANDS}) g offset 0) c,
      (select s, ${idOf('message', 's')} as id, 'Message ' || s || ': the parcel came on Tuesday, and a vase was broken.' as body
        from generate_series(1, 20) s offset 0) m`;
}

const heavyRows = (count: number) => `generate_series(0, ${count} - 1) g`;
const theHeavy = idOf('heavy', 0);
const heavyConversation = idOf('heavy conversation', `(g % ${HEAVY.conversations})`);

const heavy = [
  `insert into customers (id, name, ally_id) values (${theHeavy}, 'Anna Lindqvist', ${idOf('person', 0)})`,
  `insert into customers (id, name, referrer_id)
   select ${idOf('friend', 'g')}, 'Friend ' || g, ${theHeavy} from ${heavyRows(HEAVY.friends)}`,
  `insert into visitors (id, site_id, token_hash, customer_id, locale)
   values (${theHeavy}, ${idOf('site', 0)}, decode(repeat('ab', 32), 'hex'), ${theHeavy}, 'en')`,
  `insert into conversations (id, site_id, visitor_id, client_id, status, locale, preview, created_at, last_at)
   select ${heavyConversation}, ${idOf('site', 0)}, ${theHeavy}, ${idOf('heavy start', 'g')}, 'closed', 'en', 'Again late.',
     ${past(17)}, ${past(17)} from ${heavyRows(HEAVY.conversations)}`,
  `insert into entries (conversation_id, seq, public_seq, kind, sender_kind, sender_id, client_id, body)
   select ${heavyConversation}, s, s, 'message', 'visitor', ${theHeavy}, gen_random_uuid(), 'It is late again.'
   from ${heavyRows(HEAVY.conversations)}, generate_series(1, ${HEAVY.entries}) s`,
  `insert into failures (customer_id, conversation_id, at, what, stage, disputed, disputed_currency, by_id)
   select ${theHeavy}, ${heavyConversation}, ${past(41)}, 'The parcel came six days late.',
     case when g % 9 = 0 then 'fixed' else 'closed' end, 12, 'EUR', ${somebody(3)} from ${heavyRows(HEAVY.failures)}`,
  `insert into purchases (customer_id, at, what, amount, currency)
   select ${theHeavy}, ${past(43)}, 'White roses', 20 + g % 60, 'EUR' from ${heavyRows(HEAVY.purchases)}`,
  `insert into purchases (customer_id, at, what, amount, currency)
   select ${idOf('friend', `(g % ${HEAVY.friends})`)}, ${past(43)}, 'Tulips', 20 + g % 60, 'EUR' from ${heavyRows(4 * HEAVY.friends)}`,
];
