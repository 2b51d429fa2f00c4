/** The agents' namespace: a session, an Origin, then the table of events to verbs. */
import type { AgentEvents, EventsForAgent, ListView } from '@fullname/shared/events';
import { AGENT_BURST, AGENT_EVENTS_PER_SECOND } from '@fullname/shared/limits';
import type { Role } from '@fullname/shared/model';
import type { Socket } from 'socket.io';
import { findAlternatives } from '../bible/requests.ts';
import { reportWriting } from '../bible/writing.ts';
import { type AgentNamespace, rooms } from '../desk/announce.ts';
import { type Floor, mustRead, sendFromAgent, sendNote } from '../desk/conversations.ts';
import type { Me } from '../desk/desk.ts';
import { changeIdea, offerExtras, removePreference } from '../desk/extras.ts';
import { changeFailure, checkFailure, recordFailure, stepFailure } from '../desk/failing.ts';
import { headsFor } from '../desk/heads.ts';
import { fetchForAgent, listFor, openFor } from '../desk/lists.ts';
import { chooseSituation, keepDraft, readByAgent } from '../desk/marks.ts';
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
import { agentOriginProblem, door, type Edge, spokenProtocol } from './gate.ts';
import { serve, timesOf, type Verbs } from './handle.ts';
import { agentAuth, agentSchemas } from './schemas.ts';

export type AgentData = {
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
  'customer:search',
  'customer:read',
  'draft:save',
  'read:advance',
  'heads:ask',
] satisfies (keyof AgentEvents)[]);

export function serveAgents(namespace: AgentNamespace, floor: Floor, { origins }: Edge): void {
  namespace.use(door(floor.log, (socket) => admit(floor, socket as unknown as AgentSocket, origins)));
  namespace.on('connection', (socket) => connected(floor, socket as AgentSocket));
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
    session: session.hash,
    touchedAt: performance.now(),
    opened: new Set(),
    view: null,
  };
}

function connected(floor: Floor, socket: AgentSocket): void {
  const { person, session } = socket.data;
  // The request holds the cookie: nothing needs it any more.
  const { conn } = socket;
  (conn as { request: unknown }).request = null;
  void socket.join([rooms.agents, rooms.person(person), rooms.session(session.toString('hex'))]);
  serve(socket as unknown as Socket, {
    schemas: agentSchemas,
    verbs: guarded(floor, socket),
    budget: floor.rateLimits ? createBudget(AGENT_EVENTS_PER_SECOND, AGENT_BURST) : UNLIMITED,
    log: floor.log,
    end: 'agent',
    metrics: floor.metrics,
  });
  floor.metrics.connected('agent');
  floor.presence.agentCame(person, socket.id);
  socket.on('disconnect', () => floor.presence.agentLeft(person, socket.id));
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

/** Every verb asks first: is the person still who they were, and may their role do this? */
function guarded(floor: Floor, socket: AgentSocket): Verbs<AgentEvents> {
  const verbs = verbsFor(floor, socket);
  const guard =
    (name: string, verb: (request: never) => unknown) =>
    (request: never): unknown => {
      const role = roleNow(floor, socket.data.person);
      if (role === 'back-office' && !BACK_OFFICE.has(name)) throw new RelayError('FORBIDDEN');
      touch(floor, socket);
      return verb(request);
    };
  return Object.fromEntries(
    Object.entries(verbs).map(([name, verb]) => [name, guard(name, verb as (request: never) => unknown)]),
  ) as unknown as Verbs<AgentEvents>;
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

function verbsFor(floor: Floor, socket: AgentSocket): Verbs<AgentEvents> {
  const { data } = socket;
  const me = (): Me => ({ ...floor.directory.ref(data.person), role: roleNow(floor, data.person) });
  const from = () => ({ me: me(), socket: socket.id });
  const leave = async (conversation: string) => {
    data.opened.delete(conversation);
    await socket.leave(rooms.conversation(conversation));
  };

  return {
    'conversation:list': async (request) => {
      if (request.cursor === undefined) await lookAt(socket, request.view);
      return listFor(floor, me(), request);
    },
    'conversation:open': async ({ conversation }) => {
      await socket.join(rooms.conversation(conversation));
      data.opened.add(conversation);
      try {
        return await openFor(floor, me(), conversation);
      } catch (error) {
        // A room for every id that was made up would fill the memory.
        if (error instanceof RelayError) await leave(conversation);
        throw error;
      }
    },
    'conversation:leave': async ({ conversation }) => {
      await leave(conversation);
      return {};
    },
    'entries:fetch': async ({ conversation, ...range }) => {
      const page = await fetchForAgent(floor, conversation, range);
      if (range.after !== undefined) floor.metrics.fetched('agent', fetchKind(page.entries, timesOf(socket)));
      return page;
    },
    'conversation:take': (request) => takeConversation(floor, me(), request),
    'message:send': (request) => sendFromAgent(floor, from(), request),
    'note:send': (request) => sendNote(floor, from(), request),
    'conversation:hand-over': (request) => handOver(floor, me(), request),
    'conversation:close': (request) => closeConversation(floor, me(), request),
    'conversation:reopen': (request) => reopenConversation(floor, me(), request),
    'conversation:put-aside': (request) => putAside(floor, me(), request),
    'conversation:situation': async ({ conversation, situation }) => {
      await chooseSituation(floor, conversation, situation);
      return {};
    },
    'customer:link': (request) => link(floor, me(), request),
    'customer:search': ({ query }) => searchCustomers(floor.db, query),
    'customer:read': async ({ conversation }) => paneOf(floor, await mustRead(floor, conversation)),
    'failure:log': (request) => recordFailure(floor, me(), request),
    'failure:change': (request) => changeFailure(floor, me(), request),
    'failure:step': (request) => stepFailure(floor, me(), request),
    'failure:check': async (request) => {
      await checkFailure(floor, me(), request);
      return {};
    },
    'preference:note': (request) => recordPreference(floor, me(), request),
    'preference:remove': async (request) => {
      await removePreference(floor, me(), request);
      return {};
    },
    'preference:idea': (request) => changeIdea(floor, me(), request),
    'promise:make': (request) => recordPromise(floor, me(), request),
    'promise:keep': (request) => keep(floor, me(), request),
    'promise:move': (request) => movePromise(floor, me(), request),
    'extras:offer': (request) => offerExtras(floor, me(), request),
    'draft:save': async ({ conversation, text }) => {
      await keepDraft(floor, data.person, { id: conversation, text });
      return {};
    },
    'read:advance': async ({ conversation, seq }) => {
      await readByAgent(floor, me(), { id: conversation, seq });
      return {};
    },
    'typing:show': async ({ conversation }) => {
      const record = await mustRead(floor, conversation);
      floor.announce.typingByAgent(addressOf(record), floor.presence.card(data.person), {
        socket: socket.id,
        isHolder: record.holder === data.person,
      });
    },
    'presence:set': async ({ here, backAt }) => {
      await setHere(floor, data.person, { here, backAt: backAt ?? null });
      return {};
    },
    'writing:report': async (request) => {
      const changed = await reportWriting(floor.db, data.person, request);
      if (changed) floor.announce.bookChanged(changed);
      return {};
    },
    'alternatives:find': async ({ conversation, asked }) => {
      const { locale } = await mustRead(floor, conversation);
      const colleagues = floor.directory.all().map((person) => person.fullName);
      return findAlternatives(floor.db, { asked, locale, colleagues });
    },
    'heads:ask': async ({ conversations }) => ({
      heads: await headsFor(floor, conversations),
      counts: floor.news.counts(data.person),
    }),
  };
}
