/**
 * Who is here. An agent is here while the person's own switch says so *and* a socket of theirs is open, at this relay or at
 * another one: a browser that died is not "available". Visitors are here while a socket of theirs is.
 */
import type { Colleague } from '@fullname/shared/events';
import type { PersonCard } from '@fullname/shared/model';
import type { Directory } from '../people/directory.ts';
import type { Db } from '../store/db.ts';
import type { Elsewhere } from './elsewhere.ts';

export type Presence = {
  agentCame(person: string, socket: string): void;
  agentLeft(person: string, socket: string): void;
  visitorCame(visitor: string, socket: string): void;
  visitorLeft(visitor: string, socket: string): void;
  isHere(person: string): boolean;
  /** At any relay. Asks the store only where there is another relay; inside a transaction, by its connection. */
  visitorHere(visitor: string, tx?: Db): Promise<boolean>;
  /** Agents and owners who are here now: those who can take a conversation. */
  here(): string[];
  card(person: string): PersonCard;
  /** What colleagues see of a person; `open` is how many conversations they hold. */
  colleague(person: string, open: number): Colleague | null;
  /** Open conversations ÷ capacity of those who are here; null when nobody is. */
  load(open: number): number | null;
  /** Who sits at this relay. */
  readonly local: Local;
};

export type Local = {
  people(): string[];
  visitors(): Iterable<string>;
  hasVisitor(visitor: string): boolean;
};

type Means = {
  readonly changed: () => void;
  readonly elsewhere: Elsewhere;
  /** Milliseconds by the store's clock: all relays say the same of who is back when. */
  readonly now: () => number;
};

export function createPresence(directory: Directory, { changed, elsewhere, now }: Means): Presence {
  const agents = new Map<string, Set<string>>();
  const visitors = new Map<string, Set<string>>();

  function isHere(person: string): boolean {
    const row = directory.get(person);
    return row?.active === true && row.here && (agents.has(person) || elsewhere.sits(person));
  }

  function here(): string[] {
    return [...new Set([...agents.keys(), ...elsewhere.people()])].filter(
      (person) => isHere(person) && directory.get(person)?.role !== 'back-office',
    );
  }

  function card(person: string): PersonCard {
    const row = directory.get(person);
    const present = isHere(person);
    const backAt =
      !present && row?.backAt && Date.parse(row.backAt) > now() ? new Date(row.backAt).toISOString() : null;
    // The spread comes last: Node 20 is slow with objects that begin with one, and every welcome shows several people.
    return { title: row?.title ?? null, here: present, backAt, ...directory.ref(person) };
  }

  /** Who has another window open at another relay neither comes nor goes. */
  function agentsChanged(person: string): void {
    elsewhere.agentsChanged();
    if (!elsewhere.sits(person)) changed();
  }

  return {
    agentCame(person, socket) {
      if (add(agents, person, socket)) agentsChanged(person);
    },
    agentLeft(person, socket) {
      if (remove(agents, person, socket)) agentsChanged(person);
    },
    visitorCame(visitor, socket) {
      if (add(visitors, visitor, socket)) elsewhere.visitorChanged(visitor);
    },
    visitorLeft(visitor, socket) {
      if (remove(visitors, visitor, socket)) elsewhere.visitorChanged(visitor);
    },
    isHere,
    visitorHere: async (visitor, tx) => visitors.has(visitor) || elsewhere.visitorHere(visitor, tx),
    here,
    card,
    colleague(person, open) {
      const row = directory.get(person);
      return row ? { ...card(person), role: row.role, open } : null;
    },
    load(open) {
      const capacity = here().reduce((sum, person) => sum + (directory.get(person)?.capacity ?? 0), 0);
      return capacity === 0 ? null : open / capacity;
    },
    local: {
      people: () => [...agents.keys()],
      visitors: () => visitors.keys(),
      hasVisitor: (visitor) => visitors.has(visitor),
    },
  };
}

/** True when this was the first socket. */
function add(sockets: Map<string, Set<string>>, who: string, socket: string): boolean {
  const known = sockets.get(who);
  if (known) {
    known.add(socket);
    return false;
  }
  sockets.set(who, new Set([socket]));
  return true;
}

/** True when this was the last socket. */
function remove(sockets: Map<string, Set<string>>, who: string, socket: string): boolean {
  const known = sockets.get(who);
  known?.delete(socket);
  return known?.size === 0 && sockets.delete(who);
}
