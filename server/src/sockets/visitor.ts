/** The visitors' namespace: admit (visitor-door.ts), join the visitor's own room, then the table of events to verbs. */
import type { VisitorEvents, Welcome } from '@fullname/shared/events';
import {
  TELLING_BURST,
  TELLING_PER_SECOND,
  VISITOR_BURST,
  VISITOR_EVENTS_PER_SECOND,
} from '@fullname/shared/limits';
import type { WidgetLocale } from '@fullname/shared/locale';
import type { SiteSettings } from '@fullname/shared/site-settings';
import { rooms, type VisitorNamespace } from '../desk/announce.ts';
import { askForPerson, findPeople } from '../desk/asking.ts';
import { bookCallBack, callBackTimes, cancelCallBack, moveCallBack } from '../desk/call-backs.ts';
import {
  type Floor,
  forVisitor,
  giveEmail,
  ownConversation,
  remember,
  type Speaking,
  type Starter,
  sendFromVisitor,
  startConversation,
} from '../desk/conversations.ts';
import type { Caller } from '../desk/desk.ts';
import { chooseExtra } from '../desk/extras.ts';
import { answerFarewell } from '../desk/farewell.ts';
import { linkForVisitor, sendFileFromVisitor } from '../desk/filing.ts';
import { type Greeting, greetingOf } from '../desk/greeting.ts';
import { headsOfVisitor } from '../desk/heads.ts';
import { fetchForVisitor } from '../desk/lists.ts';
import { prepareConversation } from '../desk/preparing.ts';
import { rememberedOf, removeRemembered } from '../desk/remembered.ts';
import { askTranscript, confirmTranscript, offerTranscript } from '../desk/transcripts.ts';
import {
  deliveredToVisitor,
  pageTold,
  readByVisitor,
  viewPage,
  visitorCame,
  visitorLeft,
  visitorSpeaks,
} from '../desk/visits.ts';
import { fetchKind } from '../metrics/metrics.ts';
import type { Seer } from '../people/remembered.ts';
import { hashToken } from '../people/visitors.ts';
import { allowDevice } from '../push/devices.ts';
import { RelayError } from '../relay-error.ts';
import { settingsOf, siteByKey } from '../site/sites.ts';
import { type Budget, createBudget, UNLIMITED } from './budget.ts';
import { door, type Edge, forgetHandshake } from './gate.ts';
import { createServe, timesOf, type Verbs } from './handle.ts';
import { visitorSchemas } from './schemas.ts';
import {
  admit,
  customerProven,
  type VisitorData,
  type VisitorSocket,
  withoutPurchases,
} from './visitor-door.ts';

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
    visitor: {
      name: data.identity?.name ?? null,
      emailKnown: !!data.identity?.email,
      identityRefused: data.identityRefused,
    },
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
  visitorSpeaks(floor, owned, socket.data.locale);
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
  const settings = await settingsNow(floor, { site });
  if (identity === null && settings.identity.required) throw new RelayError('IDENTITY_REQUIRED');
}

/** Asked anew: the socket may be older than the owner's wish. */
async function settingsNow(floor: Floor, { site }: Pick<VisitorData, 'site'>): Promise<SiteSettings> {
  return settingsOf((await siteByKey(floor.db, site.key)) ?? site);
}

type Begins = {
  readonly visitor: string;
  readonly id: string;
  readonly conversation: { readonly id: string };
};

type BeginRequest = { readonly token: string; readonly locale: WidgetLocale };

/** What makes the visitor known by their token, whose socket this is from then on. */
async function beginWith<Begun extends Begins>(
  { floor, limits }: { readonly floor: Floor; readonly limits: Edge['limits'] },
  socket: VisitorSocket,
  { request, make }: { readonly request: BeginRequest; readonly make: (starter: Starter) => Promise<Begun> },
): Promise<Begun> {
  const { data } = socket;
  const tokenHash = hashToken(request.token);
  if (data.visitor && data.tokenHash && !data.tokenHash.equals(tokenHash)) throw new RelayError('BAD_TOKEN');
  await mayBegin(floor, data);
  const greeting = await greetingFor(floor, data);
  const cameToNothing = await limits.start(data.address, tokenHash.toString('hex'));
  const begun = await customerOf(floor, data)
    .then((customer) =>
      make({
        ...{ site: data.site.id, tokenHash, customer, device: data.device, socket: socket.id },
        greeting,
      }),
    )
    .catch((error: unknown) => {
      cameToNothing();
      throw error;
    });
  data.tokenHash = tokenHash;
  // Chosen since the line came up, it is not taken back by what was spoken then.
  data.locale = request.locale;
  if (data.visitor !== begun.visitor) {
    data.visitor = begun.visitor;
    await enter(floor, socket, begun.visitor);
  }
  // One that was prepared, never used and forgotten had another id.
  data.own.set(begun.conversation.id, begun.id);
  return begun;
}

/** By the owner's settings of this moment, in which it may stand no more. */
async function greetingFor(floor: Floor, { site, hello }: VisitorData): Promise<Greeting | null> {
  if (hello === null) return null;
  return greetingOf(floor, settingsOf((await siteByKey(floor.db, site.key)) ?? site), hello);
}

/** What a visitor says in a conversation of their own, and which hello it answers. */
async function speaking(floor: Floor, socket: VisitorSocket, clientId: string): Promise<Caller & Speaking> {
  const caller = await own(floor, socket, clientId);
  const greeting = socket.data.hello === null ? null : await greetingFor(floor, socket.data);
  return { ...caller, socket: socket.id, greeting };
}

/** Whom a signed identity names; their purchases are taken in once. */
async function customerOf(floor: Floor, data: VisitorData): Promise<string | null> {
  if (!data.identity) return null;
  const customer = await customerProven(floor, data.site, data.identity);
  data.identity = withoutPurchases(data.identity);
  return customer;
}

/** A site's signature shows a customer what is remembered of them; an agent's word does not. */
function seen({ data: { visitor, tokenHash, identity, site } }: VisitorSocket): Seer {
  if (!identity) return { visitor, tokenHash, identity, proven: null };
  const { subject, name, email } = identity;
  return { visitor, tokenHash, identity: { site: site.id, subject }, proven: { name, email } };
}

/** A page's script may say much, and each time a row is written: it has less than its visitor. */
function tellingOf({ data }: VisitorSocket): Budget {
  data.telling ??= createBudget(TELLING_PER_SECOND, TELLING_BURST);
  return data.telling;
}

function verbsFor(floor: Floor, { limits }: Edge): Verbs<VisitorSocket, VisitorEvents> {
  const begin = <Begun extends Begins>(
    socket: VisitorSocket,
    request: BeginRequest,
    make: (starter: Starter) => Promise<Begun>,
  ) => beginWith({ floor, limits }, socket, { request, make });
  const asker = async (socket: VisitorSocket, conversation: string) => {
    const { identity } = socket.data;
    return { ...(await own(floor, socket, conversation)), provenName: identity && (identity.name ?? '') };
  };
  return {
    'conversation:start': async (socket, request) => {
      const begun = await begin(socket, request, (starter) => startConversation(floor, starter, request));
      socket.data.hello = null;
      return { conversation: begun.conversation, entry: begun.entry };
    },
    'conversation:prepare': async (socket, request) => {
      const { conversation } = await begin(socket, request, (starter) =>
        prepareConversation(floor, starter, request),
      );
      return { conversation };
    },
    'message:send': async (socket, request) => {
      const caller = await speaking(floor, socket, request.conversation);
      const sent = await sendFromVisitor(floor, caller, request);
      socket.data.hello = null;
      return forVisitor(floor, sent.entry, sent.address);
    },
    'file:send': async (socket, request) => {
      const caller = await speaking(floor, socket, request.conversation);
      const sent = await sendFileFromVisitor(floor, caller, request);
      socket.data.hello = null;
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
    'delivered:advance': async (socket, request) => {
      const { conversation } = await own(floor, socket, request.conversation);
      await deliveredToVisitor(floor, conversation, request.publicSeq);
      return {};
    },
    'typing:show': async (socket, request) => {
      const { conversation } = await own(floor, socket, request.conversation);
      floor.announce.typingByVisitor(conversation);
    },
    'people:find': async ({ data }, { name }) => findPeople(floor, data, name),
    'person:ask': async (socket, request) =>
      askForPerson(floor, await own(floor, socket, request.conversation), request),
    'call-back:find': async ({ data }) => callBackTimes(floor, data.site.id, await settingsNow(floor, data)),
    'call-back:book': async (socket, request) => {
      const settings = await settingsNow(floor, socket.data);
      return bookCallBack(floor, await own(floor, socket, request.conversation), { settings, request });
    },
    'call-back:move': async (socket, request) => {
      const settings = await settingsNow(floor, socket.data);
      return moveCallBack(floor, await own(floor, socket, request.conversation), { settings, request });
    },
    'call-back:cancel': async (socket, request) =>
      cancelCallBack(floor, await own(floor, socket, request.conversation), request),
    'page:view': async ({ data }, page) => {
      data.page = page;
      if (data.visitor) await viewPage(floor, data.visitor, { own: data.own, page });
      return {};
    },
    'page:tell': async (socket, { conversation, ...told }) => {
      const { visitor } = await own(floor, socket, conversation);
      if (floor.rateLimits && !tellingOf(socket).take()) throw new RelayError('TOO_MANY');
      await pageTold(floor, visitor, { own: socket.data.own, ...told });
      return {};
    },
    'hello:show': async ({ data }, hello) => {
      data.hello = hello;
      return {};
    },
    'extra:choose': async (socket, request) =>
      chooseExtra(floor, await own(floor, socket, request.conversation), request),
    'farewell:answer': async (socket, request) =>
      answerFarewell(floor, await own(floor, socket, request.conversation), request),
    'transcript:offer': async (socket, request) =>
      offerTranscript(floor, await asker(socket, request.conversation)),
    'transcript:ask': async (socket, request) => {
      const caller = await asker(socket, request.conversation);
      await limits.transcript(socket.data.address, socket.data.site.id);
      return askTranscript(floor, caller, request);
    },
    'transcript:confirm': async (socket, request) => {
      const caller = await asker(socket, request.conversation);
      await limits.transcript(socket.data.address, socket.data.site.id);
      return confirmTranscript(floor, caller, request);
    },
    'push:allow': async (socket, { conversation, grant }) => {
      const { visitor } = await own(floor, socket, conversation);
      const { site, tokenHash } = socket.data;
      if (!tokenHash) throw new RelayError('UNKNOWN_CONVERSATION');
      await allowDevice(floor.db, { site: site.key, visitor, tokenHash, grant, now: floor.now() });
      return {};
    },
    'remembered:read': async (socket) => rememberedOf(floor, seen(socket)),
    'remembered:remove': async (socket, { id }) => {
      await removeRemembered(floor, seen(socket), id);
      return {};
    },
    'heads:ask': async ({ data }) =>
      data.visitor ? (await headsOfVisitor(floor, data.visitor)).map(({ conversation }) => conversation) : [],
  };
}
