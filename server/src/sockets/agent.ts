/** The agents' namespace: a session, an Origin, then the table of events to verbs. */
import type { AgentEvents, EventsForAgent, ListView } from '@fullname/shared/events';
import { AGENT_BURST, AGENT_EVENTS_PER_SECOND } from '@fullname/shared/limits';
import type { Role } from '@fullname/shared/model';
import type { Socket } from 'socket.io';
import { findAlternatives } from '../bible/requests.ts';
import { reportWriting } from '../bible/writing.ts';
import { type AgentNamespace, rooms } from '../desk/announce.ts';
import { offerToAsked } from '../desk/asking.ts';
import { type Floor, mustRead, sendFromAgent, sendNote } from '../desk/conversations.ts';
import type { Me } from '../desk/desk.ts';
import { changeIdea, offerExtras, removePreference } from '../desk/extras.ts';
import { changeFailure, checkFailure, recordFailure, stepFailure } from '../desk/failing.ts';
import { linkForAgent, sendFileFromAgent } from '../desk/filing.ts';
import { headsFor } from '../desk/heads.ts';
import { fetchForAgent, listFor, openFor } from '../desk/lists.ts';
import { chooseSituation, deliveredToAgent, keepDraft, readByAgent } from '../desk/marks.ts';
import { keep, movePromise, recordPromise } from '../desk/promising.ts';
import { link, paneOf, recordPreference } from '../desk/records.ts';
import { setHere } from '../desk/switch.ts';
import {
  closeConversation,
  handOver,
  putAside,
  reopenConversation,
  takeConversation,
} from '../desk/transfers.ts';
import { addressOf } from '../desk/views.ts';
import { workOf } from '../desk/work.ts';
import { sessionToken } from '../http/cookies.ts';
import { fetchKind } from '../metrics/metrics.ts';
import { searchCustomers } from '../people/customers.ts';
import { sessionOf, touchSession } from '../people/sessions.ts';
import { RelayError } from '../relay-error.ts';
import { createBudget, UNLIMITED } from './budget.ts';
import { agentOriginProblem, door, type Edge, forgetHandshake, spokenProtocol } from './gate.ts';
import { createServe, timesOf, type Verbs } from './handle.ts';
import { agentAuth, agentSchemas } from './schemas.ts';

type AgentData = {
  /** The page's own: of this release or of the one before. */
  protocol: number;
  person: string;
  session: Buffer;
  /** By the clock that cannot be set. */
  touchedAt: number;
  /** The conversations on this socket's screens. */
  opened: Set<string>;
  view: ListView | null;
};

export type AgentSocket = Socket<AgentEvents, EventsForAgent, Record<string, never>, AgentData>;

const TOUCH_EVERY_MS = 60_000;

/** What the back office may do: read, and leave notes. Everything else is for those who answer. */
const BACK_OFFICE: ReadonlySet<string> = new Set([
  'conversation:list',
  'conversation:open',
  'conversation:leave',
  'entries:fetch',
  'note:send',
  'file:link',
  'customer:search',
  'customer:read',
  'draft:save',
  'read:advance',
  'heads:ask',
] satisfies (keyof AgentEvents)[]);

export function serveAgents(namespace: AgentNamespace, floor: Floor, { origins }: Edge): void {
  namespace.use(door(floor.log, (socket) => admit(floor, socket as unknown as AgentSocket, origins)));
  const serve = createServe<AgentSocket>({
    schemas: agentSchemas,
    verbs: guarded(floor),
    log: floor.log,
    end: 'agent',
    metrics: floor.metrics,
  });
  namespace.on('connection', (socket) => {
    const agent = socket as AgentSocket;
    forgetHandshake(agent);
    serve(agent, floor.rateLimits ? createBudget(AGENT_EVENTS_PER_SECOND, AGENT_BURST) : UNLIMITED);
    connected(floor, agent);
  });
}

async function admit(floor: Floor, socket: AgentSocket, origins: Edge['origins']): Promise<void> {
  const protocol = spokenProtocol(socket.handshake.auth);
  const parsed = agentAuth.safeParse(socket.handshake.auth);
  if (!parsed.success) throw new RelayError('INVALID_PAYLOAD');
  const problem = agentOriginProblem(socket.handshake.headers, origins());
  if (problem) throw new RelayError(problem);
  const session = await sessionOf(floor.db, sessionToken(socket.handshake.headers.cookie));
  if (!session) throw new RelayError('SIGNED_OUT');
  socket.data = {
    protocol,
    person: session.person.id,
    session: ownCopy(session.hash),
    touchedAt: performance.now(),
    opened: new Set(),
    view: null,
  };
}

/** A small Buffer from elsewhere is a piece of a large one, all of which would stay. */
function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.alloc(bytes.length);
  bytes.copy(copy);
  return copy;
}

function connected(floor: Floor, socket: AgentSocket): void {
  const { person, session } = socket.data;
  void socket.join([rooms.agents, rooms.person(person), rooms.session(session.toString('hex'))]);
  floor.metrics.connected('agent');
  floor.presence.agentCame(person, socket.id);
  socket.on('disconnect', () => floor.presence.agentLeft(person, socket.id));
  offerToAsked(floor, person).catch((error: unknown) =>
    floor.log.warn({ err: error }, 'what waits for somebody by name was not offered to them'),
  );
  welcome(floor, socket).catch((error: unknown) => {
    // Without a welcome the client would wait for ever; closed, it comes back by itself.
    floor.log.error({ err: error }, 'an agent could not be welcomed');
    socket.conn.close();
  });
}

async function welcome(floor: Floor, socket: AgentSocket): Promise<void> {
  const { person } = socket.data;
  const work = await workOf(floor, person);
  const row = floor.directory.get(person);
  const me = floor.presence.colleague(person, floor.news.held(person));
  if (!row || !me) {
    socket.disconnect(true);
    return;
  }
  const colleagues = floor.directory
    .all()
    .filter((one) => one.active)
    .flatMap((one) => floor.presence.colleague(one.id, floor.news.held(one.id)) ?? []);
  floor.announce.welcomeAgent(socket.id, {
    protocol: socket.data.protocol,
    me: { ...me, email: row.email },
    colleagues,
    counts: floor.news.counts(person),
    work,
    demo: row.demo,
  });
}

type Verb = (socket: AgentSocket, request: never) => unknown;

/** Every verb asks first: is the person still who they were, and may their role do this? */
function guarded(floor: Floor): Readonly<Record<string, Verb>> {
  const guard =
    (name: string, verb: Verb): Verb =>
    (socket, request) => {
      const role = roleNow(floor, socket.data.person);
      if (role === 'back-office' && !BACK_OFFICE.has(name)) throw new RelayError('FORBIDDEN');
      touch(floor, socket);
      return verb(socket, request);
    };
  return Object.fromEntries(
    Object.entries(verbsFor(floor)).map(([name, verb]) => [name, guard(name, verb as Verb)]),
  );
}

function roleNow(floor: Floor, person: string): Role {
  const row = floor.directory.get(person);
  if (!row?.active) throw new RelayError('SIGNED_OUT');
  return row.role;
}

/** Doing something keeps a session alive; an open socket alone does not. */
function touch(floor: Floor, socket: AgentSocket): void {
  if (performance.now() - socket.data.touchedAt < TOUCH_EVERY_MS) return;
  socket.data.touchedAt = performance.now();
  touchSession(floor.db, socket.data.session).catch((error: unknown) =>
    floor.log.warn({ err: error }, 'a session could not be marked as used'),
  );
}

/** News of a list go to those who look at it; a socket looks at one. */
async function lookAt(socket: AgentSocket, view: ListView): Promise<void> {
  const before = socket.data.view;
  socket.data.view = view;
  if (before === view) return;
  // In one go: two questions at once would else leave the socket in both rooms.
  await Promise.all([before && socket.leave(rooms.list(before)), socket.join(rooms.list(view))]);
}

async function leave(socket: AgentSocket, conversation: string): Promise<void> {
  socket.data.opened.delete(conversation);
  await socket.leave(rooms.conversation(conversation));
}

function verbsFor(floor: Floor): Verbs<AgentSocket, AgentEvents> {
  const me = ({ data }: AgentSocket): Me => ({
    ...floor.directory.ref(data.person),
    role: roleNow(floor, data.person),
  });
  const from = (socket: AgentSocket) => ({ me: me(socket), socket: socket.id });

  return {
    'conversation:list': async (socket, request) => {
      if (request.cursor === undefined) await lookAt(socket, request.view);
      return listFor(floor, me(socket), request);
    },
    'conversation:open': async (socket, { conversation }) => {
      await socket.join(rooms.conversation(conversation));
      socket.data.opened.add(conversation);
      try {
        return await openFor(floor, me(socket), conversation);
      } catch (error) {
        // A room for every id that was made up would fill the memory.
        if (error instanceof RelayError) await leave(socket, conversation);
        throw error;
      }
    },
    'conversation:leave': async (socket, { conversation }) => {
      await leave(socket, conversation);
      return {};
    },
    'entries:fetch': async (socket, { conversation, ...range }) => {
      const page = await fetchForAgent(floor, conversation, range);
      if (range.after !== undefined) floor.metrics.fetched('agent', fetchKind(page.entries, timesOf(socket)));
      return page;
    },
    'conversation:take': (socket, request) => takeConversation(floor, me(socket), request),
    'message:send': (socket, request) => sendFromAgent(floor, from(socket), request),
    'note:send': (socket, request) => sendNote(floor, from(socket), request),
    'file:send': (socket, request) => sendFileFromAgent(floor, from(socket), request),
    'file:link': (socket, request) => linkForAgent(floor, me(socket), request),
    'conversation:hand-over': (socket, request) => handOver(floor, me(socket), request),
    'conversation:close': (socket, request) => closeConversation(floor, me(socket), request),
    'conversation:reopen': (socket, request) => reopenConversation(floor, me(socket), request),
    'conversation:put-aside': (socket, request) => putAside(floor, me(socket), request),
    'conversation:situation': async (_socket, { conversation, situation }) => {
      await chooseSituation(floor, conversation, situation);
      return {};
    },
    'customer:link': (socket, request) => link(floor, me(socket), request),
    'customer:search': (_socket, { query }) => searchCustomers(floor.db, query),
    'customer:read': async (_socket, { conversation }) => paneOf(floor, await mustRead(floor, conversation)),
    'failure:log': (socket, request) => recordFailure(floor, me(socket), request),
    'failure:change': (socket, request) => changeFailure(floor, me(socket), request),
    'failure:step': (socket, request) => stepFailure(floor, me(socket), request),
    'failure:check': async (socket, request) => {
      await checkFailure(floor, me(socket), request);
      return {};
    },
    'preference:note': (socket, request) => recordPreference(floor, me(socket), request),
    'preference:remove': async (socket, request) => {
      await removePreference(floor, me(socket), request);
      return {};
    },
    'preference:idea': (socket, request) => changeIdea(floor, me(socket), request),
    'promise:make': (socket, request) => recordPromise(floor, me(socket), request),
    'promise:keep': (socket, request) => keep(floor, me(socket), request),
    'promise:move': (socket, request) => movePromise(floor, me(socket), request),
    'extras:offer': (socket, request) => offerExtras(floor, me(socket), request),
    'draft:save': async (socket, { conversation, text }) => {
      await keepDraft(floor, socket.data.person, { id: conversation, text });
      return {};
    },
    'read:advance': async (socket, { conversation, seq }) => {
      await readByAgent(floor, me(socket), { id: conversation, seq });
      return {};
    },
    'delivered:advance': async (socket, { conversation, seq }) => {
      await deliveredToAgent(floor, me(socket), { id: conversation, seq });
      return {};
    },
    'typing:show': async (socket, { conversation }) => {
      const record = await mustRead(floor, conversation);
      floor.announce.typingByAgent(addressOf(record), floor.presence.card(socket.data.person), {
        socket: socket.id,
        isHolder: record.holder === socket.data.person,
      });
    },
    'presence:set': async (socket, { here, backAt }) => {
      await setHere(floor, socket.data.person, { here, backAt: backAt ?? null });
      return {};
    },
    'writing:report': async (socket, request) => {
      const changed = await reportWriting(floor.db, socket.data.person, request);
      if (changed) floor.announce.bookChanged(changed);
      return {};
    },
    'alternatives:find': async (_socket, { conversation, asked }) => {
      const { locale } = await mustRead(floor, conversation);
      const colleagues = floor.directory.all().map((person) => person.fullName);
      return findAlternatives(floor.db, { asked, locale, colleagues });
    },
    'heads:ask': async (socket, { conversations }) => ({
      heads: await headsFor(floor, conversations),
      counts: floor.news.counts(socket.data.person),
    }),
  };
}
