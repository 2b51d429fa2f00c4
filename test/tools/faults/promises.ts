/**
 * Promises to visitors and between colleagues, made so short that they are warned of and told of while relays are killed.
 * A promise of some seconds is warned of at half its time, as one of hours is before its end: the ways are the same.
 */
import { randomUUID } from 'node:crypto';
import type * as promising from '../../../server/src/recovery/promises.ts';
import type * as helping from '../../../server/src/recovery/requests.ts';
import type * as databases from '../../../server/src/store/database.ts';
import { loadEnds } from '../../ends/load.ts';
import { DEAF, lineTo } from '../../ends/plain.ts';
import { eventually } from '../../support/eventually.ts';
import { atMost, type Measured } from '../../support/figures.ts';
import { loadServer } from '../../support/root.ts';

const VISITORS = 6;
const SHORTEST_MS = 1_500;
const LONGEST_MS = 6_000;

type Store = Awaited<ReturnType<typeof databases.openDatabase>>;
type Seat = { readonly conversation: string; readonly customer: string };

export type Promises = {
  /** As many promises to customers, and half as many between colleagues, as of now. */
  make(count: number): Promise<void>;
  figures(mails: MailCount): Promise<readonly Measured[]>;
};
/** How often the mail server took a mail, by its id. */
type MailCount = ReadonlyMap<string, number>;

type Place = {
  readonly store: Store;
  readonly origin: string;
  readonly site: string;
  /** Ids of those who promise; two at least. */
  readonly people: readonly string[];
  readonly aCustomer: () => Promise<string>;
};

/** Each seat is that of a visitor with a proven address who has said something and left: who is gone is written to. */
export async function seatPromises(place: Place): Promise<Promises> {
  const { store, people } = place;
  const { makePromise } = await loadServer<typeof promising>('recovery/promises.js');
  const { askForHelp, actOnRequest } = await loadServer<typeof helping>('recovery/requests.js');
  const seats: Seat[] = [];
  for (let n = 0; n < VISITORS; n += 1) seats.push(await aSeat(place, n));
  const made: string[] = [];
  const asked: string[] = [];

  async function promise(n: number): Promise<void> {
    const { conversation, customer } = at(seats, n);
    const [id, now] = [randomUUID(), Date.now()];
    const draft = { id, conversation, text: `I will call, number ${made.length}`, due: soon(now) };
    await store.db.transaction((tx) => makePromise(tx, draft, { customer, by: at(people, n), now }));
    made.push(id);
  }

  async function help(n: number): Promise<void> {
    const { conversation, customer } = at(seats, n);
    const [id, now] = [randomUUID(), Date.now()];
    const [asker, provider] = [at(people, n), at(people, n + 1)];
    const draft = { id, conversation, what: `Where is parcel ${asked.length}?`, provider };
    const act = { act: 'promise', due: soon(now) } as const;
    await store.db.transaction(async (tx) => {
      await askForHelp(tx, draft, { asker, customer, now });
      await actOnRequest(tx, id, { act, me: provider, now });
    });
    asked.push(id);
  }

  return {
    async make(count) {
      for (let n = 0; n < count; n += 1) await promise(n);
      for (let n = 0; n < count / 2; n += 1) await help(n);
    },
    figures: (mails) => toFigures(store, { made, asked, mails }),
  };
}

async function aSeat({ store, origin, site, aCustomer }: Place, n: number): Promise<Seat> {
  const ends = await loadEnds();
  const visitor = ends.openVisitor({ site, line: lineTo(origin), disk: ends.newDisk(), ear: DEAF });
  visitor.say(`Where is my parcel, number ${n}?`);
  const { id: talk } = await eventually(
    'their words are acknowledged',
    () => visitor.state().unsent.length === 0 && visitor.state().conversation,
    30_000,
  );
  visitor.end();
  const customer = await aCustomer();
  const { rows } = await store.pool.query<{ id: string }>(
    `with talk as (select id, visitor_id from conversations where client_id = $1),
       linked as (update visitors set customer_id = $2 from talk where visitors.id = talk.visitor_id)
     select id from talk`,
    [talk, customer],
  );
  return { conversation: rows[0]?.id ?? '', customer };
}

function soon(now: number): string {
  return new Date(now + SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS)).toISOString();
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('there must be one');
  return item;
}

type Run = { readonly made: readonly string[]; readonly asked: readonly string[]; readonly mails: MailCount };

async function toFigures(store: Store, { made, asked, mails }: Run): Promise<readonly Measured[]> {
  const counted = async (text: string, ids: readonly string[]) => {
    const { rows } = await store.pool.query<{ id: string; n: number }>(text, [ids]);
    const byId = new Map(rows.map(({ id, n }) => [id, n]));
    return ids.map((id) => byId.get(id) ?? 0);
  };
  const told = await counted(
    `select data->>'promise' as id, count(*)::int as n from entries
     where kind = 'promise-slipping' and data->>'promise' = any($1) group by 1`,
    made,
  );
  const warned = await counted(
    `select promise_id::text as id, count(*)::int as n from tasks
     where kind = 'promise' and reminded_at is not null and promise_id::text = any($1) group by 1`,
    made,
  );
  const helped = await counted(
    `select request_id::text as id, count(*)::int as n from tasks
     where kind = 'request' and reminded_at is not null and request_id::text = any($1) group by 1`,
    asked,
  );
  // All mails that are no wrap-up's are those of promises.
  const { rows: letters } = await store.pool.query<{ id: string; state: string; trouble: string | null }>(
    'select id::text as id, state, trouble from mails m where not exists (select 1 from tasks t where t.mail_id = m.id)',
  );
  const unknown = letters.filter(({ trouble }) => /may have arrived/.test(trouble ?? '')).length;
  const arrived = (id: string) => mails.get(id) ?? 0;
  const lost = letters.filter(
    ({ id, trouble }) => arrived(id) === 0 && !/may have arrived/.test(trouble ?? ''),
  );
  const none = (name: string, value: number) => atMost(name, [value, ''], { must: 0 });
  const not = (counts: readonly number[], wanted: number) => counts.filter((n) => n !== wanted).length;
  return [
    none('promises not told of exactly once', not(told, 1)),
    none('promises whose keeper was not warned exactly once', not(warned, 1)),
    none('e-mails of promises lost', lost.length),
    none('e-mails of promises arrived twice', letters.filter(({ id }) => arrived(id) > 1).length),
    none('promised answers whose provider was not reminded exactly once', not(helped, 1)),
    atMost('promises told of', [told.filter((n) => n === 1).length, '']),
    atMost('e-mails of promises', [letters.length, '']),
    atMost('of these said to be unknown', [unknown, '']),
    atMost('promised answers reminded of', [helped.filter((n) => n === 1).length, '']),
  ];
}
