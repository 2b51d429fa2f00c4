/**
 * The only emitter: a fact goes to the rooms that may know it. What a visitor may see is decided in wire.ts by type,
 * and here by room: visitors' sockets are in the room of their own visitor and in no other.
 */
import type {
  AgentEvents,
  Counts,
  EventsForAgent,
  EventsForVisitor,
  ListView,
  Page,
  VisitorEvents,
} from '@fullname/shared/events';
import type {
  ConversationRow,
  CustomerPane,
  Expectation,
  PersonCard,
  PublicConversation,
} from '@fullname/shared/model';
import type { PageData } from '@fullname/shared/page-data';
import type { Task, Work } from '@fullname/shared/recovery';
import type { Namespace } from 'socket.io';
import { Adapter } from 'socket.io-adapter';
import { NO_METRICS } from '../metrics/metrics.ts';
import type { StoredEntry } from '../store/log.ts';
import { hasWords, type Names, toEntry, toPublicEntry } from './wire.ts';

export type VisitorNamespace = Namespace<VisitorEvents, EventsForVisitor>;
export type AgentNamespace = Namespace<AgentEvents, EventsForAgent>;

/** A conversation's addresses: where its entries go. */
export type Address = { readonly id: string; readonly clientId: string; readonly visitor: string };

export const rooms = {
  visitor: (visitor: string) => `visitor:${visitor}`,
  /** Visitors by their ally, since each is told of that person first; `''` for those without one. */
  guests: (ally: string | null) => `guests:${ally ?? ''}`,
  conversation: (id: string) => `conversation:${id}`,
  person: (id: string) => `person:${id}`,
  session: (hash: string) => `session:${hash}`,
  /** Who looks at this list now. A person's own conversations come by the person's room. */
  list: (view: ListView) => `list:${view}`,
  agents: 'agents',
} as const;

type Left = {
  readonly email: string | null;
  readonly page: Page | null;
  readonly device: string | null;
  readonly entries: readonly StoredEntry[];
};

export type Announce = ReturnType<typeof createAnnounce>;

type Namespaces = { readonly visitors: VisitorNamespace; readonly agents: AgentNamespace };

export function createAnnounce({ visitors, agents }: Namespaces, names: Names, metrics = NO_METRICS) {
  return {
    /** The first thing a socket hears; `socket` is its own room. */
    welcomeVisitor(socket: string, welcome: Parameters<EventsForVisitor['welcome']>[0]): void {
      visitors.local.to(socket).emit('welcome', welcome);
    },

    welcomeAgent(socket: string, welcome: Parameters<EventsForAgent['welcome']>[0]): void {
      agents.local.to(socket).emit('welcome', welcome);
    },

    /** Words, after COMMIT. `from` is the sender's own socket: it has the entry by its acknowledgement. */
    messageSent(entry: StoredEntry, to: Address, from: string | null): void {
      metrics.stored(entry.senderKind, entry.kind);
      this.messageAgain(entry, to, from);
    },

    /** The same after a retry: it is stored once, and told once more. */
    messageAgain(entry: StoredEntry, to: Address, from: string | null): void {
      const event = 'message:sent' as const;
      const theirs = rooms.visitor(to.visitor);
      const forVisitor = mayHear(visitors, theirs, from) && toPublicEntry(entry, to.clientId, names);
      if (forVisitor) {
        const room = visitors.to(theirs);
        (from ? room.except(from) : room).emit(event, forVisitor);
      }
      const ours = rooms.conversation(to.id);
      if (!mayHear(agents, ours, from)) return;
      const room = agents.to(ours);
      (from ? room.except(from) : room).emit(event, toEntry(entry, names));
    },

    /** A fact without words: joined, handed over, linked, logged. */
    conversationChanged(entry: StoredEntry, to: Address, now: PublicConversation): void {
      const forVisitor = toPublicEntry(entry, to.clientId, names);
      if (forVisitor) visitors.to(rooms.visitor(to.visitor)).emit('conversation:changed', forVisitor, now);
      agents.to(rooms.conversation(to.id)).emit('conversation:changed', toEntry(entry, names));
    },

    /** Whichever of the two an entry is. */
    entry(entry: StoredEntry, to: Address, now: PublicConversation): void {
      if (hasWords(entry.kind)) this.messageSent(entry, to, null);
      else this.conversationChanged(entry, to, now);
    },

    /** The visitor's own heads at once, where their state changed without a public entry. */
    visitorHeads(visitor: string, conversations: readonly PublicConversation[]): void {
      visitors.to(rooms.visitor(visitor)).emit('heads', conversations);
    },

    /** To the visitor's sockets at this relay alone: the others look for themselves. */
    visitorHeadsHere(visitor: string, conversations: readonly PublicConversation[]): void {
      visitors.local.to(rooms.visitor(visitor)).emit('heads', conversations);
    },

    agentHeads(socket: string, now: Parameters<EventsForAgent['heads']>[0]): void {
      agents.local.to(socket).emit('heads', now);
    },

    /** To everybody, or to those whose list shows them: `rooms.list` and `rooms.person`. */
    rowsChanged(room: string, rows: readonly ConversationRow[]): void {
      agents.to(room).emit('rows:changed', rows);
    },

    /** The same, at this relay alone. */
    rowsChangedHere(room: string, rows: readonly ConversationRow[]): void {
      agents.local.to(room).emit('rows:changed', rows);
    },

    countsChanged(person: string, counts: Counts): void {
      agents.to(rooms.person(person)).emit('counts:changed', counts);
    },

    workChanged(person: string, work: Work): void {
      agents.to(rooms.person(person)).emit('work:changed', work);
    },

    /** A task's time has come. */
    taskDue(person: string, task: Task): void {
      agents.to(rooms.person(person)).emit('task:due', task);
    },

    /** Whether an agent may have it on a screen. Where other relays are, nobody can know cheaply: then yes. */
    async mayBeOpen(conversation: string): Promise<boolean> {
      const here = agents.adapter.rooms.get(rooms.conversation(conversation))?.size ?? 0;
      return here > 0 || (await agents.adapter.serverCount()) > 1;
    },

    customerChanged(conversation: string, pane: CustomerPane): void {
      agents.to(rooms.conversation(conversation)).emit('customer:changed', { conversation, pane });
    },

    readByAgent(to: Address, agentRead: number): void {
      visitors.to(rooms.visitor(to.visitor)).emit('read:advanced', { conversation: to.clientId, agentRead });
    },

    readByVisitor(conversation: string, visitorRead: number): void {
      agents.to(rooms.conversation(conversation)).emit('read:advanced', { conversation, visitorRead });
    },

    deliveredToAgent(to: Address, agentDelivered: number): void {
      visitors
        .to(rooms.visitor(to.visitor))
        .emit('delivered:advanced', { conversation: to.clientId, agentDelivered });
    },

    deliveredToVisitor(conversation: string, visitorDelivered: number): void {
      agents
        .to(rooms.conversation(conversation))
        .emit('delivered:advanced', { conversation, visitorDelivered });
    },

    /** The visitor sees only the holder write; a colleague composing a note is none of theirs. */
    typingByAgent(
      to: Address,
      person: PersonCard,
      from: { readonly socket: string; readonly isHolder: boolean },
    ): void {
      if (from.isHolder) {
        visitors
          .to(rooms.visitor(to.visitor))
          .volatile.emit('typing:shown', { conversation: to.clientId, person });
      }
      agents
        .to(rooms.conversation(to.id))
        .except(from.socket)
        .volatile.emit('typing:shown', { conversation: to.id, by: 'agent', person });
    },

    typingByVisitor(conversation: string): void {
      agents
        .to(rooms.conversation(conversation))
        .volatile.emit('typing:shown', { conversation, by: 'visitor', person: null });
    },

    pageViewed(conversation: string, page: Page | null, here: boolean): void {
      agents.to(rooms.conversation(conversation)).emit('page:viewed', { conversation, page, here });
    },

    pageTold(conversation: string, told: PageData): void {
      agents.to(rooms.conversation(conversation)).emit('page:told', { conversation, told });
    },

    /** What a visitor has had removed: what is left, with the log's lines of it. */
    visitorChanged(conversation: string, { entries, ...now }: Left): void {
      const lines = entries.map((entry) => toEntry(entry, names));
      agents
        .to(rooms.conversation(conversation))
        .emit('visitor:changed', { conversation, ...now, entries: lines });
    },

    /** To the screens at this relay alone: the others look for themselves. */
    visitorGone(conversation: string): void {
      const gone = { conversation, page: null, here: false };
      agents.local.to(rooms.conversation(conversation)).emit('page:viewed', gone);
    },

    /** The conversations on screens at this relay. */
    openedHere(): string[] {
      const prefix = rooms.conversation('');
      return [...agents.adapter.rooms.keys()].flatMap((room) =>
        room.startsWith(prefix) ? [room.slice(prefix.length)] : [],
      );
    },

    /** Who is here: each relay knows it and tells its own sockets, so that no relay's older knowledge follows a newer one's. */
    peopleChangedForVisitors(
      ally: string | null,
      now: { people: readonly PersonCard[]; expectation: Expectation },
    ): void {
      visitors.local.to(rooms.guests(ally)).emit('people:changed', now);
    },

    peopleChangedForAgents(colleagues: Parameters<EventsForAgent['people:changed']>[0]): void {
      agents.local.to(rooms.agents).emit('people:changed', colleagues);
    },

    bookChanged(now: Parameters<EventsForAgent['book:changed']>[0]): void {
      agents.to(rooms.agents).emit('book:changed', now);
    },

    /** To the sockets of this relay alone: the others stay. */
    leaving(within: number): void {
      visitors.local.emit('relay:leaving', { within });
      agents.local.emit('relay:leaving', { within });
    },

    /** A right has ended: the sockets that lived by it are told, and closed. */
    endSession(hash: string): void {
      agents.to(rooms.session(hash)).emit('signed-out');
      agents.in(rooms.session(hash)).disconnectSockets(true);
    },

    endPerson(person: string): void {
      agents.to(rooms.person(person)).emit('signed-out');
      agents.in(rooms.person(person)).disconnectSockets(true);
    },

    endVisitor(visitor: string): void {
      visitors.in(rooms.visitor(visitor)).disconnectSockets(true);
    },
  };
}

/**
 * Whether anybody but the sender may be in a room. Most visitors have one tab, which has its message by its acknowledgement: encoding
 * it once more for nobody is a good part of what a message costs. Where other relays may be, theirs are not known here.
 */
function mayHear(
  { adapter }: { readonly adapter: Namespace['adapter'] },
  room: string,
  from: string | null,
): boolean {
  if (Object.getPrototypeOf(adapter) !== Adapter.prototype) return true;
  const here = adapter.rooms.get(room);
  if (here === undefined) return false;
  return !(here.size === 1 && from !== null && here.has(from));
}
