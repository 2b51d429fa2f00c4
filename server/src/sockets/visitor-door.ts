/** Who a visitor's socket is: where it comes from, its token, its proof, and the customer of whom they speak. */
import type { EventsForVisitor, Page, VisitorEvents } from '@fullname/shared/events';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Socket } from 'socket.io';
import type { Floor } from '../desk/conversations.ts';
import type { Asked } from '../desk/greeting.ts';
import { customersChanged } from '../desk/records.ts';
import { addressKey } from '../http/addresses.ts';
import { takeSigned } from '../imports/signed.ts';
import { visitorOfToken } from '../people/continued.ts';
import { linkVisitor } from '../people/customers.ts';
import { deviceOf } from '../people/device.ts';
import { allyOfIdentity, customerFor, type Identity, verifyIdentity } from '../people/identity.ts';
import { hashToken, type Visitor } from '../people/visitors.ts';
import { RelayError } from '../relay-error.ts';
import { type SiteRow, siteByKey } from '../site/sites.ts';
import type { Budget } from './budget.ts';
import { type Edge, spokenProtocol, visitorOriginProblem } from './gate.ts';
import { visitorAuth } from './schemas.ts';

/** What a visitor's socket is known by. `visitor` is null until the first message. */
export type VisitorData = {
  /** The page's own: of this release or of the one before. */
  protocol: number;
  site: SiteRow;
  visitor: string | null;
  tokenHash: Buffer | null;
  identity: Identity | null;
  /** The person this customer knows best; null for a stranger. */
  ally: string | null;
  identityRefused: boolean;
  locale: WidgetLocale;
  page: Page | null;
  /** The hello that stands before the visitor, as the page says: looked at when they write. */
  hello: Asked | null;
  device: string | null;
  /** The visitor's own conversations: client-made id → id. The only way from one to the other. */
  own: Map<string, string>;
  /** Where the socket comes from, as limits count it. */
  address: string;
  /** How much its page may still say; from its first word. */
  telling?: Budget;
};

export type VisitorSocket = Socket<VisitorEvents, EventsForVisitor, Record<string, never>, VisitorData>;

/** Refuses by a closed code whoever may not come in; whose socket it is stands in its data from here on. */
export async function admit(floor: Floor, socket: VisitorSocket, { origins, hops }: Edge): Promise<void> {
  const protocol = spokenProtocol(socket.handshake.auth);
  const parsed = visitorAuth.safeParse(socket.handshake.auth);
  if (!parsed.success) throw new RelayError('INVALID_PAYLOAD');
  const auth = parsed.data;
  const problem = visitorOriginProblem(socket.handshake.headers, auth.token, origins());
  if (problem) throw new RelayError(problem);
  const site = await siteByKey(floor.db, auth.site);
  if (!site) throw new RelayError('UNKNOWN_SITE');
  const identity = await proven(floor, site, auth.identity);
  const known = auth.token === undefined ? null : await visitorOfToken(floor.db, site.id, auth.token);
  if (known?.blocked) throw new RelayError('BLOCKED');
  if (known && identity) await join(floor, { site, known, identity });
  socket.data = {
    protocol,
    site,
    visitor: known?.id ?? null,
    tokenHash: auth.token === undefined ? null : hashToken(auth.token),
    identity: known && identity ? withoutPurchases(identity) : identity,
    ally: await allyFor(floor, { site, known, identity }),
    identityRefused: auth.identity !== undefined && identity === null,
    locale: auth.locale,
    page: auth.page ?? null,
    hello: null,
    device: deviceOf(socket.handshake.headers['user-agent']),
    own: new Map(),
    address: addressKey(socket.request, hops),
  };
}

/** Only a proven customer has an ally; a browser that nobody has linked is told of those who are here. */
async function allyFor(
  floor: Floor,
  { site, known, identity }: { site: SiteRow; known: Visitor | null; identity: Identity | null },
): Promise<string | null> {
  if (known?.customer) return known.customerAlly;
  return identity ? allyOfIdentity(floor.db, site.id, identity) : null;
}

/** A proof that does not hold is no reason to turn anybody away: they write as somebody we do not know. */
async function proven(floor: Floor, site: SiteRow, jwt: string | undefined): Promise<Identity | null> {
  if (jwt === undefined) return null;
  try {
    return await verifyIdentity(site, jwt);
  } catch (error) {
    if (error instanceof RelayError) return null;
    floor.log.warn({ err: error }, 'an identity could not be checked');
    return null;
  }
}

/**
 * A browser that we know by its token now proves who it is. When it belonged to another customer its token is refused:
 * on a shared computer nobody reads the previous person's conversation.
 */
async function join(
  floor: Floor,
  { site, known, identity }: { site: SiteRow; known: Visitor; identity: Identity },
): Promise<void> {
  const customer = await customerProven(floor, site, identity);
  if (known.customer && known.customer !== customer) throw new RelayError('BAD_TOKEN');
  if (!known.customer) {
    await floor.db.transaction((tx) => linkVisitor(tx, { visitor: known.id, customer, by: null }));
  }
}

/** The customer of whom a proof speaks, found or made; their purchases that it brings are taken. */
export async function customerProven(floor: Floor, site: SiteRow, identity: Identity): Promise<string> {
  const { id } = await customerFor(floor.db, site.id, identity);
  const grown = await takeSigned(floor.db, { site, identity, now: floor.now(), log: floor.log });
  // Their pane is read again when it is opened; a visitor is not turned away for it.
  await customersChanged(floor, grown).catch((error: unknown) =>
    floor.log.warn({ err: error }, 'open panes were not told of purchases'),
  );
  return id;
}

/** What was brought is stored: it need not be kept for as long as the socket lives. */
export function withoutPurchases({ purchases: _, ...identity }: Identity): Identity {
  return identity;
}
