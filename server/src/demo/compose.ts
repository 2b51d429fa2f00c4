/** The demo desk's rows, worked out from what is written in content/. Pure but for the tokens and the secret, which are random. */
import { randomBytes } from 'node:crypto';
import { fullNameOf } from '@fullname/shared/full-name';
import { newSecret } from '../site/sites.ts';
import type {
  builds,
  buildWishes,
  coachingNotes,
  customers,
  identities,
  people,
  praises,
  preferences,
  purchases,
  sites,
  stories,
  visitors,
} from '../store/schema.ts';
import { composeTalk, type TalkRows } from './compose-talk.ts';
import { demoBuilds, demoCoaching, demoPraises, demoStories } from './content/company.ts';
import { demoCustomers } from './content/customers.ts';
import { demoStaff } from './content/people.ts';
import { products, SHOP } from './content/shop.ts';
import { strangers } from './content/strangers.ts';
import { createDice, type Dice } from './random.ts';
import { ideaOf } from './scribe.ts';
import type { DemoCustomer, DemoStranger, PersonKey, Talk } from './script.ts';

export type DemoRows = {
  readonly site: typeof sites.$inferInsert;
  readonly people: (typeof people.$inferInsert)[];
  readonly customers: (typeof customers.$inferInsert)[];
  readonly identities: (typeof identities.$inferInsert)[];
  readonly visitors: (typeof visitors.$inferInsert)[];
  readonly purchases: (typeof purchases.$inferInsert)[];
  readonly preferences: (typeof preferences.$inferInsert)[];
  readonly talks: TalkRows[];
  readonly stories: (typeof stories.$inferInsert)[];
  readonly praises: (typeof praises.$inferInsert)[];
  readonly coaching: (typeof coachingNotes.$inferInsert)[];
  readonly builds: (typeof builds.$inferInsert)[];
  readonly wishes: (typeof buildWishes.$inferInsert)[];
};

/** What every part of the composition needs. `now` in milliseconds; `shop` is the demo shop's origin. */
export type Stage = {
  readonly now: number;
  readonly shop: string;
  readonly site: string;
  readonly people: Readonly<Record<PersonKey, string>>;
  readonly dice: Dice;
};

export function composeDemo(now: number, shop: string): DemoRows {
  const dice = createDice(0x6c6b7370);
  const people = Object.fromEntries(demoStaff.map(({ key }) => [key, dice.id()])) as Stage['people'];
  const stage: Stage = { now, shop, site: dice.id(), people, dice };
  const rows: DemoRows = {
    site: {
      id: stage.site,
      key: SHOP.key,
      name: SHOP.name,
      hosts: [shop],
      identitySecret: newSecret(),
      demo: true,
    },
    people: composeStaff(stage),
    customers: [],
    identities: [],
    visitors: [],
    purchases: [],
    preferences: [],
    talks: [],
    ...{ stories: [], praises: [], coaching: [], builds: [], wishes: [] },
  };
  for (const customer of demoCustomers) addCustomer(rows, stage, customer);
  for (const stranger of strangers) addStranger(rows, stage, stranger);
  addReferrers(rows);
  addWordsAmongThem(rows, stage);
  return rows;
}

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;

export function iso(time: number): string {
  return new Date(time).toISOString();
}

/** A demo customer's e-mail address: of a domain that nobody can own. */
function addressOf(key: string): string {
  return `${key.replaceAll('-', '.')}@post.example`;
}

function composeStaff(stage: Stage): DemoRows['people'] {
  return demoStaff.map(({ key, given, family, ...person }, index) => ({
    ...person,
    id: stage.people[key],
    given,
    family,
    fullName: fullNameOf({ given, family }),
    demo: true,
    // One millisecond apart: lists of people keep the order in which they are written.
    createdAt: iso(stage.now - 1000 + index),
  }));
}

function addCustomer(rows: DemoRows, stage: Stage, customer: DemoCustomer): void {
  const id = stage.dice.id();
  const since = stage.now - customer.since * YEAR;
  rows.customers.push({
    id,
    name: customer.name,
    email: addressOf(customer.key),
    locale: customer.locale,
    since: iso(since),
    ally: customer.ally && stage.people[customer.ally],
    demo: true,
    createdAt: iso(since),
  });
  rows.identities.push({ site: stage.site, subject: customer.key, customer: id });
  for (const { daysAgo, by, text, quote, idea } of customer.known ?? []) {
    rows.preferences.push({
      id: stage.dice.id(),
      customer: id,
      text,
      source: quote === undefined ? 'noticed' : 'stated',
      quote: quote ?? null,
      by: stage.people[by],
      at: iso(stage.now - daysAgo * DAY),
      ...ideaOf(idea, { at: stage.now - daysAgo * DAY, by: stage.people[by] }),
    });
  }
  rows.purchases.push(...composePurchases(stage, customer, id));
  addTalks(rows, stage, { customer, id });
}

/** Orders over the years at the customer's own pace, each somewhere within its share of the time. */
function composePurchases(stage: Stage, customer: DemoCustomer, id: string): DemoRows['purchases'] {
  const { dice, now } = stage;
  const liked = products.filter((product) => customer.likes.includes(product.key));
  const [first, ...others] = liked;
  if (!first) return [];
  const count = Math.max(1, Math.round(customer.since * customer.yearly));
  const share = (customer.since * YEAR) / count;
  return Array.from({ length: count }, (_, index) => {
    const product = dice.pick([first, ...others]);
    const pieces = product.price < 40 ? dice.between(1, 3) : 1;
    return {
      id: dice.id(),
      customer: id,
      at: iso(now - customer.since * YEAR + (index + dice.next() * 0.9) * share),
      what: pieces === 1 ? product.name : `${product.name} × ${pieces}`,
      amount: product.price * pieces + dice.pick([0, 0, 6]),
      currency: SHOP.currency,
    };
  });
}

function addTalks(rows: DemoRows, stage: Stage, of: { customer: DemoCustomer; id: string }): void {
  const { customer, id } = of;
  let visitor: string | null = null;
  for (const talk of customer.talks) {
    const begun = beganAt(stage, talk);
    if (visitor === null || talk.newBrowser) {
      visitor = stage.dice.id();
      const links = { customer: id, linkedBy: customer.linkedBy, at: begun };
      rows.visitors.push(composeVisitor(stage, { id: visitor, links, ...customer }));
    }
    rows.talks.push(
      composeTalk(stage, { talk, begun, visitor, locale: customer.locale, customer: { id, ...customer } }),
    );
  }
}

/** Who came through whom: as a site that knows it would say. */
function addReferrers(rows: DemoRows): void {
  const idOf = new Map(rows.identities.map(({ subject, customer }) => [subject, customer]));
  for (const { key, through } of demoCustomers) {
    const row = rows.customers.find(({ id }) => id === idOf.get(key));
    if (row && through !== undefined) row.referrer = idOf.get(through) ?? null;
  }
}

/** The conversations of each customer lie beside each other, in the order in which they were written down. */
function addWordsAmongThem(rows: DemoRows, stage: Stage): void {
  const talksOf = new Map(demoCustomers.map(({ key }) => [key, [] as string[]]));
  const ids = rows.talks.flatMap(({ conversation }) => conversation.id ?? []);
  let next = 0;
  for (const { key, talks } of demoCustomers) {
    talksOf.set(key, ids.slice(next, next + talks.length));
    next += talks.length;
  }
  const told = ({
    daysAgo,
    by,
    of,
  }: {
    daysAgo: number;
    by: PersonKey;
    of: { customer: string; talk: number };
  }) => {
    const conversation = talksOf.get(of.customer)?.[of.talk];
    if (conversation === undefined) throw new Error(`${of.customer} has no conversation ${of.talk}`);
    return { id: stage.dice.id(), at: iso(stage.now - daysAgo * DAY), by: stage.people[by], conversation };
  };
  for (const story of demoStories) {
    const { kind, what, why, mayTell, cost } = story;
    const costs = cost === null ? {} : { cost, costCurrency: SHOP.currency };
    rows.stories.push({
      ...told(story),
      kind,
      what,
      why,
      mayTell,
      ...costs,
      about: stage.people[story.about],
    });
  }
  for (const praise of demoPraises) {
    const row = { ...told(praise), to: stage.people[praise.to], text: praise.text };
    rows.praises.push({ ...row, readAt: praise.isRead ? row.at : null });
  }
  for (const note of demoCoaching) {
    const row = { ...told(note), to: stage.people[note.to], text: note.text };
    rows.coaching.push({ ...row, shownAt: row.at });
  }
  for (const { what, builder, wishes } of demoBuilds) {
    const build = stage.dice.id();
    const all = wishes.map(({ words, credit, ...wish }) => ({ ...told(wish), build, words, credit }));
    const [first] = all;
    if (!first) throw new Error('somebody wishes for what is built');
    const { at, by } = first;
    rows.builds.push({ id: build, at, by, what, state: 'building', builder: stage.people[builder] });
    rows.wishes.push(...all);
  }
}

function addStranger(rows: DemoRows, stage: Stage, stranger: DemoStranger): void {
  const { talk, claims, locale } = stranger;
  const id = stage.dice.id();
  const begun = beganAt(stage, talk);
  const visitor = composeVisitor(stage, { id, links: { at: begun }, ...stranger });
  rows.visitors.push({ ...visitor, claimedName: claims.name, claimedEmail: claims.email });
  rows.talks.push(composeTalk(stage, { talk, begun, visitor: id, locale, customer: null }));
}

type Browser = {
  readonly id: string;
  readonly locale: string;
  readonly device: string;
  readonly links: {
    readonly customer?: string;
    readonly linkedBy?: PersonKey | undefined;
    readonly at: number;
  };
};

function composeVisitor(stage: Stage, { id, locale, device, links }: Browser): DemoRows['visitors'][number] {
  return {
    id,
    site: stage.site,
    // No browser has the token behind it: nobody can come back as this visitor.
    tokenHash: randomBytes(32),
    customer: links.customer ?? null,
    linkedBy: links.linkedBy ? stage.people[links.linkedBy] : null,
    linkedAt: links.customer === undefined ? null : iso(links.at),
    locale,
    device,
    createdAt: iso(links.at),
  };
}

function beganAt({ now }: Stage, { begun }: Talk): number {
  if ('minutesAgo' in begun) return now - begun.minutesAgo * 60_000;
  const day = new Date(now);
  const [hours = 0, minutes = 0] = begun.at.split(':').map(Number);
  day.setDate(day.getDate() - begun.daysAgo);
  day.setHours(hours, minutes, 0, 0);
  return day.getTime();
}
