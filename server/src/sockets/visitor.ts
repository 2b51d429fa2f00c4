/** The visitors' namespace: admit, join the visitor's own room, then the table of events to verbs. */
import type { EventsForVisitor, Page, StartRequest, VisitorEvents, Welcome } from '@fullname/shared/events';
import { VISITOR_BURST, VISITOR_EVENTS_PER_SECOND } from '@fullname/shared/limits';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { Socket } from 'socket.io';
import { rooms, type VisitorNamespace } from '../desk/announce.ts';
import {
  type Floor,
  forVisitor,
  giveEmail,
  ownConversation,
  remember,
  sendFromVisitor,
  startConversation,
} from '../desk/conversations.ts';
import { chooseExtra, rememberedOf, removeOwnPreference } from '../desk/extras.ts';
import { linkForVisitor, sendFileFromVisitor } from '../desk/filing.ts';
import { headsOfVisitor } from '../desk/heads.ts';
import { fetchForVisitor } from '../desk/lists.ts';
import { customersChanged } from '../desk/records.ts';
import { readByVisitor, viewPage, visitorCame, visitorLeft } from '../desk/visits.ts';
import { addressKey } from '../http/addresses.ts';
import { takeSigned } from '../imports/signed.ts';
import { fetchKind } from '../metrics/metrics.ts';
import { linkVisitor } from '../people/customers.ts';
import { deviceOf } from '../people/device.ts';
import { allyOfIdentity, customerFor, type Identity, verifyIdentity } from '../people/identity.ts';
import { hashToken, type Visitor, visitorByToken } from '../people/visitors.ts';
import { RelayError } from '../relay-error.ts';
import { type SiteRow, settingsOf, siteByKey } from '../site/sites.ts';
import { createBudget, UNLIMITED } from './budget.ts';
import { door, type Edge, forgetHandshake, spokenProtocol, visitorOriginProblem } from './gate.ts';
import { createServe, timesOf, type Verbs } from './handle.ts';
import { visitorAuth, visitorSchemas } from './schemas.ts';

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
  device: string | null;
  /** The visitor's own conversations: client-made id → id. The only way from one to the other. */
  own: Map<string, string>;
  /** Where the socket comes from, as limits count it. */
  address: string;
};

export type VisitorSocket = Socket<VisitorEvents, EventsForVisitor, Record<string, never>, VisitorData>;

export function serveVisitors(namespace: VisitorNamespace, floor: Floor, edge: Edge): void {
  namespace.use(door(floor.log, (socket) => admit(floor, socket as unknown as VisitorSocket, edge)));
  const serve = createServe<VisitorSocket>({
    schemas: visitorSchemas,
    verbs: verbsFor(floor, edge),
    log: floor.log,
    end: 'visitor',
    metrics: floor.metrics,
  });
  namespace.on('connection', (socket) => {
    const visitor = socket as VisitorSocket;
    forgetHandshake(visitor);
    serve(visitor, floor.rateLimits ? createBudget(VISITOR_EVENTS_PER_SECOND, VISITOR_BURST) : UNLIMITED);
    connected(floor, visitor);
  });
}

async function admit(floor: Floor, socket: VisitorSocket, { origins, hops }: Edge): Promise<void> {
  const protocol = spokenProtocol(socket.handshake.auth);
  const parsed = visitorAuth.safeParse(socket.handshake.auth);
  if (!parsed.success) throw new RelayError('INVALID_PAYLOAD');
  const auth = parsed.data;
  const problem = visitorOriginProblem(socket.handshake.headers, auth.token, origins());
  if (problem) throw new RelayError(problem);
  const site = await siteByKey(floor.db, auth.site);
  if (!site) throw new RelayError('UNKNOWN_SITE');
  const identity = await proven(floor, site, auth.identity);
  const known = auth.token === undefined ? null : await visitorByToken(floor.db, site.id, auth.token);
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
async function customerProven(floor: Floor, site: SiteRow, identity: Identity): Promise<string> {
  const { id } = await customerFor(floor.db, site.id, identity);
  const grown = await takeSigned(floor.db, { site, identity, now: floor.now(), log: floor.log });
  // Their pane is read again when it is opened; a visitor is not turned away for it.
  await customersChanged(floor, grown).catch((error: unknown) =>
    floor.log.warn({ err: error }, 'open panes were not told of purchases'),
  );
  return id;
}

/** What was brought is stored: it need not be kept for as long as the socket lives. */
function withoutPurchases({ purchases: _, ...identity }: Identity): Identity {
  return identity;
}

function connected(floor: Floor, socket: VisitorSocket): void {
  floor.metrics.connected('visitor');
  void socket.join(rooms.guests(socket.data.ally));
  socket.on('disconnect', () => {
    if (!socket.data.visitor) return;
    visitorLeft(floor, socket.data.visitor, { socket: socket.id, own: socket.data.own }).catch(
      (error: unknown) => floor.log.warn({ err: error }, 'colleagues were not told that a visitor left'),
    );
  });
  welcome(floor, socket).catch((error: unknown) => {
    // Without a welcome the client would wait for ever; closed, it comes back by itself.
    floor.log.error({ err: error }, 'a visitor could not be welcomed');
    socket.conn.close();
  });
}

async function welcome(floor: Floor, socket: VisitorSocket): Promise<void> {
  const { data } = socket;
  const conversations = data.visitor ? await enter(floor, socket, data.visitor) : [];
  const greeting: Welcome = {
    protocol: socket.data.protocol,
    site: { name: data.site.name, demo: data.site.demo },
    visitor: { name: data.identity?.name ?? null, identityRefused: data.identityRefused },
    conversations,
    ...floor.news.forVisitors(data.ally),
  };
  floor.announce.welcomeVisitor(socket.id, greeting);
}

/**
 * Joins the visitor's own room first, then reads: what is committed in between arrives by the room. A socket that closed
 * meanwhile must not be entered: nobody would ever take it out again, and its visitor would be "here" for ever.
 */
async function enter(
  floor: Floor,
  socket: VisitorSocket,
  visitor: string,
): Promise<Welcome['conversations']> {
  if (!socket.connected) return [];
  await socket.join(rooms.visitor(visitor));
  const owned = await headsOfVisitor(floor, visitor);
  for (const { id, conversation } of owned) socket.data.own.set(conversation.id, id);
  if (socket.connected)
    visitorCame(floor, visitor, { socket: socket.id, own: socket.data.own, page: socket.data.page });
  return owned.map(({ conversation }) => conversation);
}

/** The visitor's right to a conversation: their own, by their own id. */
async function own(
  floor: Floor,
  { data }: VisitorSocket,
  clientId: string,
): Promise<{ visitor: string; site: string; conversation: string }> {
  if (!data.visitor) throw new RelayError('UNKNOWN_CONVERSATION');
  let conversation = data.own.get(clientId);
  if (conversation === undefined) {
    const record = await ownConversation(floor, data.visitor, clientId);
    conversation = record.id;
    remember(floor, record);
    data.own.set(clientId, conversation);
  }
  return { visitor: data.visitor, site: data.site.id, conversation };
}

/** An owner may want to know who writes. What was begun before goes on. */
async function mayBegin(floor: Floor, { site, identity }: VisitorData): Promise<void> {
  // Asked anew: the socket may be older than the owner's wish.
  const now = (await siteByKey(floor.db, site.key)) ?? site;
  if (identity === null && settingsOf(now).identity.required) throw new RelayError('IDENTITY_REQUIRED');
}

async function begin(
  floor: Floor,
  socket: VisitorSocket,
  { request, tokenHash }: { request: StartRequest; tokenHash: Buffer },
) {
  const { data } = socket;
  const { site, device } = data;
  const customer = data.identity ? await customerProven(floor, site, data.identity) : null;
  if (data.identity) data.identity = withoutPurchases(data.identity);
  return startConversation(floor, { site: site.id, tokenHash, customer, device, socket: socket.id }, request);
}

/** A site's signature shows a customer what is remembered of them; an agent's word does not. */
function seen({ data }: VisitorSocket) {
  return {
    visitor: data.visitor,
    identity: data.identity && { site: data.site.id, subject: data.identity.subject },
  };
}

function verbsFor(floor: Floor, { limits }: Edge): Verbs<VisitorSocket, VisitorEvents> {
  return {
    'conversation:start': async (socket, request) => {
      const { data } = socket;
      const tokenHash = hashToken(request.token);
      if (data.visitor && data.tokenHash && !data.tokenHash.equals(tokenHash))
        throw new RelayError('BAD_TOKEN');
      await mayBegin(floor, data);
      const cameToNothing = await limits.start(data.address, tokenHash.toString('hex'));
      const started = await begin(floor, socket, { request, tokenHash }).catch((error: unknown) => {
        cameToNothing();
        throw error;
      });
      data.tokenHash = tokenHash;
      if (data.visitor !== started.visitor) {
        data.visitor = started.visitor;
        await enter(floor, socket, started.visitor);
      }
      return { conversation: started.conversation, entry: started.entry };
    },
    'message:send': async (socket, request) => {
      const caller = await own(floor, socket, request.conversation);
      const sent = await sendFromVisitor(floor, { ...caller, socket: socket.id }, request);
      return forVisitor(floor, sent.entry, sent.address);
    },
    'file:send': async (socket, request) => {
      const caller = await own(floor, socket, request.conversation);
      const sent = await sendFileFromVisitor(floor, { ...caller, socket: socket.id }, request);
      return forVisitor(floor, sent.entry, sent.address);
    },
    'file:link': async (socket, request) => {
      const { visitor } = await own(floor, socket, request.conversation);
      const record = await ownConversation(floor, visitor, request.conversation);
      return linkForVisitor(floor, { visitor, conversation: record.id }, request.file);
    },
    'email:give': async (socket, request) =>
      giveEmail(floor, await own(floor, socket, request.conversation), request),
    'entries:fetch': async (socket, request) => {
      const { visitor } = await own(floor, socket, request.conversation);
      const record = await ownConversation(floor, visitor, request.conversation);
      const page = await fetchForVisitor(floor, record, request);
      if (request.after !== undefined)
        floor.metrics.fetched('visitor', fetchKind(page.entries, timesOf(socket)));
      return page;
    },
    'read:advance': async (socket, request) => {
      const { conversation } = await own(floor, socket, request.conversation);
      await readByVisitor(floor, conversation, request.publicSeq);
      return {};
    },
    'typing:show': async (socket, request) => {
      const { conversation } = await own(floor, socket, request.conversation);
      floor.announce.typingByVisitor(conversation);
    },
    'page:view': async ({ data }, page) => {
      data.page = page;
      if (data.visitor) await viewPage(floor, data.visitor, { own: data.own, page });
      return {};
    },
    'extra:choose': async (socket, request) =>
      chooseExtra(floor, await own(floor, socket, request.conversation), request),
    'remembered:read': async (socket) => rememberedOf(floor, seen(socket)),
    'preference:remove': async (socket, { preference }) => {
      await removeOwnPreference(floor, seen(socket), preference);
      return {};
    },
    'heads:ask': async ({ data }) =>
      data.visitor ? (await headsOfVisitor(floor, data.visitor)).map(({ conversation }) => conversation) : [],
  };
}
